"""The work of lists taken over, for the queue's worker: a job that is broken off goes on where it stopped."""

from procrastinate.contrib.django import app

from ppid.jobs import ask
from ppid.takeover import working


@app.task
def carry_on(takeover: int) -> None:
    """Do what the takeover still has to be done, row by row."""
    while working.carry_on(takeover):
        pass


def carry_on_later(takeover_pk: int) -> bool:
    """Leave the work to the worker, once however often it is asked for."""
    return ask(carry_on, once=f"takeover-{takeover_pk}", takeover=takeover_pk)
