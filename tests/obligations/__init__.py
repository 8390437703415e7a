"""What must be public, at the desk."""
