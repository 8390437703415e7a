"""Backups: one consistent set of database and files, made, read again, restored. What lies in a set: ``sets.py``."""
