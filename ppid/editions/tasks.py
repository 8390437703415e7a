"""What the queue's worker does for editions: print their annexes, which takes too long for a page."""

from procrastinate.contrib.django import app

from ppid.editions.printing import print_next


# Also by the clock: a row that is covered takes its part of the annex away, and nothing there knows of the queue.
@app.periodic(cron="*/10 * * * *")
@app.task
def print_annexes(timestamp: int = 0) -> None:
    """Print all parts of annexes that are missing, each in a transaction of its own."""
    while print_next():
        pass
