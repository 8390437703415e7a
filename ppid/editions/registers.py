"""A register as it stands on the shelf, in the rows and the order of an edition."""

from collections.abc import Iterator
from datetime import date

from ppid.editions.models import RegisterEdition
from ppid.shelf.covering import as_readable
from ppid.shelf.models import DikEntry, PublishedItem, PublishedRegister
from ppid.shelf.register_compare import Comparable, Comparison, compare
from ppid.shelf.register_fields import DIP, Row, row_of_entry, row_of_item


def standing(register: str, *, on: date) -> Iterator[Row]:
    """Yield the rows of the register as it is public on the day ``on``, which is today: by unit, then by number."""
    if register == DIP:
        items = PublishedItem.objects.order_by("unit_name", "number").defer("passport")
        yield from map(row_of_item, items.iterator(chunk_size=1000))
    else:
        entries = DikEntry.objects.in_force(on=on).order_by("unit_name", "number")
        yield from map(row_of_entry, entries.iterator(chunk_size=1000))


def last_set(register: str) -> PublishedRegister | None:
    """Return the newest edition of the register that was set; None before the first."""
    return PublishedRegister.objects.filter(register=register).newest_first().first()


def readable(edition: RegisterEdition) -> list[Row]:
    """Return the rows of an edition as they may be read now: what was closed since it was prepared is covered."""
    rows = (Row(each.key, each.values, each.unit_code) for each in edition.rows.order_by("position"))
    return [row for row, _ in as_readable(edition.register, rows, since=edition.as_of)]


def would_change(register: str, *, on: date) -> Comparison:
    """Compare the newest edition that was set with the register as it stands."""
    return against_last(register, list(standing(register, on=on)))


def against_last(register: str, rows: list[Row]) -> Comparison:
    """Compare the newest edition that was set with these rows."""
    before: list[Comparable] = []
    if last := last_set(register):
        before = list(last.rows.only("key", "values", "edition"))
    return compare(register, before, rows)
