"""The sheet as files to work on elsewhere: Word, Excel, JSON. Each carries the whole sheet, so that it comes back equal."""
