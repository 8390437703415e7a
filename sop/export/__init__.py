"""The sheet as files to work on elsewhere: Word, Excel, JSON. Each carries the whole sheet and gives it back equal."""
