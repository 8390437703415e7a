"""What the queue's worker does for notices."""

from procrastinate.contrib.django import app

from ppid.notices import sending


# Asked for by every notice (a trigger), and by the clock for what is tried again. No lock: the sender has its own.
@app.periodic(cron="* * * * *")
@app.task
def send(timestamp: int = 0) -> None:
    """Send what waits to be sent; what is left over is another job, so that others get their turn."""
    if sending.send_due():
        sending.ask_to_send()
