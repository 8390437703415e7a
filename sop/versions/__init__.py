"""What happens to a version from draft to retirement, and what is kept and shown of it."""
