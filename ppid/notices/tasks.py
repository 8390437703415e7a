"""What the queue's worker does for notices."""

from procrastinate.contrib.django import app


@app.task
def send() -> None:
    """Send what waits to be sent."""
