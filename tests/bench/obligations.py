"""The obligations matrix among 10,000 items and more: its queries, and that its time doesn't grow with the items."""

from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf.matrix import matrix
from ppid.shelf.reading_obligations import read
from tests.bench.measure import Figure, seconds
from tests.bench.office import inside

ROUNDS = 3


def figures(databases) -> list[Figure]:
    few, many = databases.sizes[0], databases.sizes[-1]
    taken: dict[int, list[float]] = {few: [], many: []}
    for size in (few, many) * ROUNDS:
        took, queries = _reckoned(databases.shelf(size))
        taken[size].append(took)
    small, large = min(taken[few]), min(taken[many])
    return [
        Figure("obligations matrix, queries", queries, "queries", 4),
        Figure(f"  reckoned among {few:,} items", small, "s", 1),
        Figure(f"  among {many:,} items, times that", large / small, "×", 1.5),
    ]


def _reckoned(database) -> tuple[float, int]:
    """Return how long the matrix takes and how many queries, with an item for two of three of its cells."""
    inside(database)
    today = timezone.localdate()
    with CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as queries:
        _matrix(today)
    return seconds(lambda: _matrix(today), times=5, warm=1), len(queries)


def _matrix(today):
    return matrix(read(_rows, on=today)[0], on=today).score


def _rows(model):
    return model.objects.using(settings.PORTAL_DATABASE)
