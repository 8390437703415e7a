"""What the queue's worker does for what has just become public: draw its pages, read its tables and its text, print its
notice."""

from time import monotonic

from procrastinate.contrib.django import app

from ppid import jobs
from ppid.shelf.search.documents import read_next_text
from ppid.shelf.showing import forget_what_is_lost
from ppid.showing.announcement import print_next
from ppid.showing.reading import read_next

_A_WHILE = 20  # seconds: notices wait behind it


# Also by the clock: what came to the shelf while nobody worked, or was taken off and put back.
@app.periodic(cron="23 * * * *")
@app.task
def show(timestamp: int = 0) -> None:
    """Make what is missing, each thing in a transaction of its own; after a while others have their turn."""
    until = monotonic() + _A_WHILE
    while read_next() or read_next_text() or print_next():
        if monotonic() > until:
            ask()
            return


@app.periodic(cron="41 3 * * *")
@app.task
def make_lost_ones_anew(timestamp: int = 0) -> None:
    """Make anew what time took away: it can be made, so it is in no other store."""
    if forget_what_is_lost():
        ask()


def ask() -> None:
    """Ask for it, with the transaction that makes something public."""
    jobs.ask(show, once="ppid.showing")
