"""Files as their formats have them: opened, bounded, read into blocks. No Django, no database."""
