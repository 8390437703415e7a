"""The obligations matrix among 10,000 and 100,000 items: its queries, and that its time doesn't grow with the items."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf.matrix import matrix
from ppid.shelf.models import DutyFill, PublishedItem, ShownDuty
from ppid.shelf.reading_obligations import read
from tests.bench.measure import Figure, seconds
from tests.bench.office import LARGE, SMALL, inside


def figures(databases) -> list[Figure]:
    small, large = (_reckoned(databases[size]) for size in (SMALL, LARGE))
    return [
        Figure("obligations matrix, queries", large[1], "queries", 4),
        Figure(f"  reckoned among {SMALL:,} items", small[0], "s", 1),
        Figure(f"  among {LARGE:,} items, times that", large[0] / small[0], "×", 1.5),
    ]


def _reckoned(database) -> tuple[float, int]:
    """Return how long the matrix takes and how many queries, with an item for each third of its cells."""
    inside(database)
    today = timezone.localdate()
    call_command("load_duties", verbosity=0)
    numbers = list(PublishedItem.objects.order_by("-pk").values_list("number", flat=True)[:700])
    shelf, _ = read(_rows, on=today)
    cells = matrix(shelf, on=today).cells[: len(numbers)]
    DutyFill.objects.bulk_create(
        DutyFill(duty_code=cell.duty.code, unit_code=cell.column.code, period=cell.period, number=number)
        for cell, number in zip(cells, numbers, strict=False)
    )
    try:
        with CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as queries:
            _matrix(today)
        return seconds(lambda: _matrix(today), times=5, warm=1), len(queries)
    finally:
        DutyFill.objects.all().delete()
        ShownDuty.objects.all().delete()


def _matrix(today):
    return matrix(read(_rows, on=today)[0], on=today).score


def _rows(model):
    return model.objects.using(settings.PORTAL_DATABASE)
