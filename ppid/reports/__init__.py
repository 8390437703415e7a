"""What the public tells of what it reads: problems reported on the portal, taken in, handled by a person."""
