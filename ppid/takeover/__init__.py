"""Taking over a list that an office has kept elsewhere: its table, its rows, its files, and how they become items."""
