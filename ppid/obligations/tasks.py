"""What the queue's worker does for the obligations: counting what is open at each unit."""

from procrastinate.contrib.django import app

from ppid.obligations import gaps


@app.periodic(cron="*/10 * * * *")
@app.task
def count(timestamp: int = 0) -> None:
    """Count what is open at each unit, where the shelf or the day is another one."""
    gaps.count_today()
