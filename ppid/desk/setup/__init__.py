"""The first day: what an empty office still needs before its first case, each judged from the data."""
