"""Noting what runs by the clock: around each task of ``manage.py daily`` and each periodic task of the worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.health.models import JobRun
from ppid.web.reference import referred_to

_LONGEST = 300


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Note that the job runs, and how it ends. What it raises goes on."""
    _write(name, started_at=timezone.now(), ended_at=None)
    try:
        yield
    except BaseException as error:
        now = timezone.now()
        _write(name, ended_at=now, failed_at=now, because=_in_a_line(error))
        raise
    now = timezone.now()
    _write(name, ended_at=now, done_at=now, because="")


def note_runs(app: Any) -> None:
    """Let the worker of ``app`` note its periodic tasks, and let what a job logs name the job."""
    app.worker_defaults["task_middleware"] = [*app.worker_defaults.get("task_middleware", ()), _noting]


def _noting(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    with referred_to(f"job-{context.job.id}"):
        if not is_periodic(context.app, context.job.task_name):
            return call_next()
        with noted(context.job.task_name):
            return call_next()


def is_periodic(app: Any, name: str) -> bool:
    """Whether the task begins by the clock."""
    return any(key[0] == name for key in app.periodic_registry.periodic_tasks)


def _write(name: str, **fields: Any) -> None:
    """Write a note of its own transaction, beside what the job does; a database that is away breaks no job off."""
    try:
        with transaction.atomic():
            JobRun.objects.update_or_create(
                name=name, defaults=fields, create_defaults={"started_at": timezone.now(), **fields}
            )
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:
            raise


def _in_a_line(error: BaseException) -> str:
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    return said[:_LONGEST]
