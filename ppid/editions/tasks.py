"""What the queue's worker does for editions and registers: print them, which takes too long for a page."""

from procrastinate.contrib.django import app

from ppid.editions.bundles import MAKERS, bring_about
from ppid.editions.printing import print_next


# Also by the clock: a row that is covered takes its part of the annex away, and nothing there knows of the queue.
@app.periodic(cron="*/10 * * * *")
@app.task
def print_annexes(timestamp: int = 0) -> None:
    """Print all parts of annexes that are missing, each in a transaction of its own."""
    while print_next():
        pass


# By the clock alone: whatever is published asks for nothing, and ten acts in ten minutes make one run begin.
@app.periodic(cron="5-59/10 * * * *")
@app.task
def make_bundles(timestamp: int = 0) -> None:
    """Make what is taken away in parts, where what it shows has changed."""
    for maker in MAKERS.values():
        bring_about(maker)
