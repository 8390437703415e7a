"""When a backup was made last, and when one was last restored on trial: marks that the machine's scripts leave.

``deploy/ppid-backup`` and ``deploy/ppid-try-restore`` write them; who signs in at the desk can't.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def last_backup() -> datetime | None:
    return _when("backup-made")


def last_restore_tried() -> datetime | None:
    return _when("backup-tried")


def restore_was_tried() -> bool:
    """Whether a backup was ever made and restored on trial."""
    return bool(last_backup() and last_restore_tried())


def _when(name: str) -> datetime | None:
    """Return when the script wrote its mark; None when it never did, or the mark is no file of its own."""
    mark = Path(settings.VAR) / name
    return datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.is_file() else None
