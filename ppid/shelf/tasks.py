"""What the queue's worker does for the shelf: read the documents that were published, so that they can be searched."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ppid.jobs import ask


@app.task(retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def read_published_file(sha256: str) -> None:
    """Read the file with these bytes; what can't be read says so."""
    from ppid.shelf.search.documents import read_file  # which needs the shelf that asks for this

    read_file(sha256)


def read_later(sha256: str) -> bool:
    """Leave the reading to the worker, in the transaction that puts the file on the shelf; the same bytes once."""
    return ask(read_published_file, once=f"read-public-{sha256}", sha256=sha256)
