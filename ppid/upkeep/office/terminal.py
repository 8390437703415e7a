"""What the commands of an office's export and import ask at the terminal: who, why, and the key."""

import getpass
import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from ppid.upkeep.backups.sealing import Key

_LEAST = 32
_LONGEST = 500


def account() -> str:
    """Return the machine's account of who sits there: who became root by sudo is named."""
    try:
        return (os.environ.get("SUDO_USER") or getpass.getuser())[:150]
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def reason(because: str) -> str:
    """Return the reason as the ledger takes it."""
    because = " ".join(because.split())
    if not because:
        raise CommandError("--because says at whose request and what for: the ledger keeps it.")
    if len(because) > _LONGEST or not because.isprintable():
        raise CommandError(f"--because takes {_LONGEST} letters at most.")
    return because


def named(path: Path) -> Path:
    """Return the place as the ledger writes it."""
    if not str(path).isprintable():
        raise CommandError(f"The name {str(path)!r} holds a sign that can't be printed: choose another one.")
    return path.absolute()


def key_in(path: Path | None) -> Key | None:
    """Return the key in the file. It is never that of the backups: whoever is given it would open all of them."""
    if path is None:
        return None
    try:
        secret = path.read_text().strip()
    except (OSError, ValueError) as error:
        raise CommandError(f"The key {path} can't be read: {getattr(error, 'strerror', None) or error}.") from error
    if len(secret) < _LEAST:
        raise CommandError(f"The key in {path} is shorter than {_LEAST} characters: make one, openssl rand -hex 32.")
    if secret in (settings.BACKUP_KEY, settings.SECRET_KEY):
        raise CommandError(
            f"The key in {path} is one of this installation's own: whoever is given the export is given its key, so "
            "make another one, openssl rand -hex 32."
        )
    return Key(secret)
