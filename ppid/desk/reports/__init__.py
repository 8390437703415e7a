"""What the public reported, at the desk: read, and answered as handled."""
