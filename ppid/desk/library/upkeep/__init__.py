"""What keeps the library right: comparing, reviewing, reading, numbering, signed sheets, legal bases."""
