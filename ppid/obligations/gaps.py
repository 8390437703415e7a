"""How many duties of each unit are open, counted again once the shelf or the day is another one."""

from collections.abc import Iterable
from datetime import date

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.utils import timezone

from ppid.obligations.models import Gap
from ppid.shelf import edition as shelf_edition
from ppid.shelf.matrix import Cell, Matrix
from ppid.shelf.reading_obligations import all_rows, standing
from ppid.shelf.rubric import State


def matrix_of(on: date) -> Matrix:
    """Return the matrix of the day, as the public reads it."""
    return standing(all_rows, on=on)


def count_today() -> bool:
    """Count as of today, for the worker by the clock and for ``manage.py daily``; return as ``count`` does."""
    return count(on=timezone.localdate())


@transaction.atomic
def count(*, on: date) -> bool:
    """Count again; return whether anything had to be counted, because shelf or day are others than the last time."""
    with connection.cursor() as cursor:  # one counts at a time; the shelf itself is not held, this takes a moment
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ppid.obligations.gaps'))")
    # Asked before anything is read: what is counted is never older than that.
    edition, _ = shelf_edition.state(DEFAULT_DB_ALIAS, at=timezone.now())
    last = Gap.objects.order_by("-edition").first()
    if last is not None and (last.edition, last.counted_on) == (edition, on):
        return False
    whole = matrix_of(on)
    found = [_gap(column.code, whole.of(column.code), on, edition) for column in whole.columns]
    Gap.objects.all().delete()
    Gap.objects.bulk_create(gap for gap in found if gap.missing or gap.old or gap.late)
    return True


def _gap(unit: str, cells: Iterable[Cell], on: date, edition: int) -> Gap:
    gap = Gap(unit_code=unit, missing=0, old=0, late=0, counted_on=on, edition=edition)
    for cell in cells:
        gap.missing += cell.state == State.MISSING
        gap.old += cell.state == State.OLD
        gap.late += cell.work is not None and cell.work.until is not None and cell.work.until < on
    return gap
