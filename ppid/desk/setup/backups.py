"""When a backup was made last, and when one was last restored on trial: marks that ``manage.py`` leaves."""

from datetime import datetime

from ppid import backup_marks


def last_backup() -> datetime | None:
    mark = backup_marks.last(backup_marks.MADE)
    return mark and mark.at


def last_restore_tried() -> datetime | None:
    mark = backup_marks.last(backup_marks.TRIED)
    return mark and mark.at


def restore_was_tried() -> bool:
    """Whether a backup was ever made and restored on trial."""
    return bool(last_backup() and last_restore_tried())
