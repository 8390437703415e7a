"""The queue of what is done in the background: a job is a row in the same transaction as what asks for it.

The tasks themselves stand in the ``tasks.py`` of their app; ``manage.py procrastinate worker`` does them.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

_HEARTBEAT = timedelta(seconds=60)


def ask(task: Task, *, once: str, **arguments: Any) -> bool:
    """Ask for the task, unless one of the same ``once`` waits already; return whether it was asked for now.

    ``arguments`` are kept as they are: keys of rows, never personal data. A rollback takes the job with it.
    """
    try:
        with transaction.atomic():  # what is refused here would abort the caller's transaction
            task.configure(queueing_lock=once).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def somebody_works() -> bool:
    """Say whether a worker has shown itself within the last minute."""
    with connection.cursor() as cursor:
        since = timezone.now() - _HEARTBEAT
        cursor.execute("SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > %s)", [since])
        return cursor.fetchone()[0]


def last_heartbeat() -> datetime | None:
    """Return when a worker last showed itself; None when none did that is still known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        return cursor.fetchone()[0]
