"""Taking over a list: upload, what its columns are, dry run, doubts, proposal, approval, progress."""
