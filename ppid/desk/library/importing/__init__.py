"""Importing sheets: upload, look at what was read beside the source, keep it as a draft."""
