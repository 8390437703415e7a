"""What the office works by: the SOP sheets."""
