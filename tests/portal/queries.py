"""How many queries a page takes: at most four, with the one for the edition that the kept pages ask for."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.portal import of_edition

# What is read once an edition alone (ppid/portal/of_edition.py).
ON_THE_SHELF = ("shelf_itemcount", "shelf_shelfunit", "shelf_familyword", "shelf_publishedannouncement", "shelf_bundle")
EDITION = 1  # the query of ppid/portal/kept.py, which tests do not ask for


@contextmanager
def at_most(most: int = 4) -> Iterator[CaptureQueriesContext]:
    """Let a page ask the shelf so often, the edition's query with them, of a process that is in use.

    What such a process reads once an edition (``ReadOnce``) is read before, all of it.
    """
    read = _all_read()
    with mock.patch.object(of_edition, "ReadOnce", return_value=read), CaptureQueriesContext(connection) as queries:
        yield queries
    own = [each["sql"] for each in queries.captured_queries]
    assert len(own) <= most - EDITION, own


def _all_read() -> of_edition.ReadOnce:
    read = of_edition.ReadOnce(timezone.localdate())
    for name, value in vars(of_edition.ReadOnce).items():
        if isinstance(value, cached_property):
            getattr(read, name)
    assert read.units.by_code is not None
    return read
