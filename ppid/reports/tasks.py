"""What the queue's worker does for reports: take them in from the letter box."""

from procrastinate.contrib.django import app

from ppid.reports.taking_in import take_in_reports


@app.periodic(cron="* * * * *")
@app.task
def take_in(timestamp: int = 0) -> None:
    """Take in what the public reported."""
    take_in_reports()
