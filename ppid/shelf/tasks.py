"""What the queue's worker does for the shelf: read the documents that were published, so that they can be searched."""

import logging
from time import monotonic

from procrastinate.contrib.django import app

from ppid import jobs

logger = logging.getLogger(__name__)
_A_WHILE = 20  # seconds: notices wait behind it


# Also by the clock: what came to the shelf while nobody worked.
@app.periodic(cron="37 * * * *")
@app.task
def read_published_files(timestamp: int = 0) -> None:
    """Read the public files that nobody has read yet; what can't be read says so. After a while others have a turn."""
    from ppid.shelf.search import documents  # which needs the shelf that asks for this

    until = monotonic() + _A_WHILE
    for sha256 in sorted(documents.unread()):
        try:
            documents.read_file(sha256)
        except Exception:  # one file that makes us stumble keeps no other from being read; the clock comes back to it
            logger.exception("The public file %s could not be read.", sha256)
        if monotonic() > until:
            read_later()
            return


def read_later() -> None:
    """Leave the reading to the worker, in the transaction that puts files on the shelf."""
    jobs.ask(read_published_files, once="ppid.shelf.reading")
