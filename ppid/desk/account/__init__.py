"""Signing in and out, and changing one's password: the only pages of allauth that are reachable."""
