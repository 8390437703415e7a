"""What the queue's worker does by the clock: tell what is due, take up what a killed one left, forget what is done."""

from contextlib import suppress

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from ppid.scanning import verdicts
from ppid.scanning.clamd import ScannerAway
from ppid.upkeep.reminders import remind, remind_of_cases
from ppid.upkeep.scanning import scan_waiting

_A_WHILE = 20  # seconds: notices wait behind it
_SILENT = 60  # seconds without a sign of life, after which a worker counts as gone
_KEPT = 24 * 30  # hours that a job is kept after its end


# No lock: a job that holds one and is killed would never be taken up again by itself.
@app.periodic(cron="* * * * *")
@app.task
def take_up_stalled_jobs(timestamp: int) -> None:
    """Put back in the queue what was being done by a worker that is gone: each task goes on where it stopped.

    Where the same was asked for again meanwhile, that one does its work, and the stalled one ends.
    """
    manager = app.job_manager
    for job in async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=_SILENT):
        try:
            async_to_sync(manager.retry_job)(job)
        except UniqueViolation:
            async_to_sync(manager.finish_job)(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="* * * * *")
@app.task
def tell_what_is_due(timestamp: int) -> None:
    """Tell people of the rows that are due or late."""
    remind_of_cases()


@app.periodic(cron="* * * * *")
@app.task
def scan_what_waits(timestamp: int) -> None:
    """Scan the files that came while the scanner was away; it may still be."""
    if not verdicts.is_on():
        return
    with suppress(ScannerAway):
        scan_waiting(within=_A_WHILE)


@app.periodic(cron="7 * * * *")
@app.task
def tell_what_ends(timestamp: int) -> None:
    """Tell people of all that the clock tells: terms, items to renew and appointments, too."""
    remind()


@app.periodic(cron="17 2 * * *")
@app.task
def forget_old_jobs(timestamp: int) -> None:
    """Delete the rows of jobs that ended long ago."""
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=_KEPT, include_failed=True, include_aborted=True)
