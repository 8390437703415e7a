"""Tables of other programs as plain data: rows of texts that remember where they stood. No Django, no database."""
