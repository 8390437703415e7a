"""Blocks read as sheets: the identity part, the procedure, the performers. No Django, no database."""
