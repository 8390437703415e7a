"""The drawn sheet: where lines run and what each cell shows. Plain data; no Django, no database."""
