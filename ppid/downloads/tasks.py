"""What the queue's worker does by the clock: take in what the portal counted."""

from procrastinate.contrib.django import app

from ppid.downloads.counting import take_all_in


@app.periodic(cron="* * * * *")
@app.task
def take_downloads_in(timestamp: int = 0) -> None:
    """Count the letters of downloads that wait."""
    take_all_in()
