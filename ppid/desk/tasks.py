"""What the queue's worker does for the desk: the digest of a working day's morning."""

from procrastinate.contrib.django import app

from ppid.desk.notices.digest import write_digests


@app.periodic(cron="*/15 * * * *")
@app.task
def digest(timestamp: int) -> None:
    """Write the digests that are due; at other hours there are none."""
    write_digests()
