"""Addresses that open something to whoever has them: a secret that is told once, of which the hash alone is kept."""

import hashlib
import secrets


def new_secret() -> str:
    """Return a secret of 256 bits, as it stands in an address."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
