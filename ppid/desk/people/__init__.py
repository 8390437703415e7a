"""People and their appointments."""
