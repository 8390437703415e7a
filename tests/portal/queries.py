"""How many queries a page takes: at most four, with the one for the edition that the kept pages ask for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# What is announced on top is read once an edition in each process, not for a page (ppid/portal/announcements.py).
ON_TOP = "shelf_publishedannouncement"


@contextmanager
def at_most(most: int) -> Iterator[CaptureQueriesContext]:
    """Let what is done inside ask the shelf so often, and no more."""
    with CaptureQueriesContext(connection) as queries:
        yield queries
    own = [each["sql"] for each in queries.captured_queries if ON_TOP not in each["sql"]]
    assert len(own) <= most, own
