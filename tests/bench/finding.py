"""The search held against plain SQL that answers the same, and what it finds of the pairs that the office names."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.shelf.search.families import asked
from ppid.shelf.search.finding import Narrowed, find
from ppid.shelf.search.question import read
from ppid.shelf.search.vectors import vector
from ppid.shelf.units import ShelfUnit
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside
from tests.bench.shelf import COMMON, RARE, THREE

PAIRS = Path(__file__).parent.parent / "shelf" / "search_pairs.tsv"
# The best twenty of all that answers, and how many there are of each kind, class, unit and year: what the page says.
PLAIN = """
    WITH found AS MATERIALIZED (
        SELECT id, kind, key, number, category, unit_code, day, extract(year FROM day) AS year,
               ts_rank(words, %(q)s::tsquery) AS rank
        FROM shelf_searchentry WHERE words @@ %(q)s::tsquery AND is_current
    ), best AS (
        SELECT * FROM found ORDER BY rank DESC, day DESC, id DESC LIMIT 20
    ), counted AS (
        SELECT kind, category, unit_code, year, count(*) AS n FROM found
        GROUP BY GROUPING SETS ((kind), (category), (unit_code), (year))
    )
    SELECT (SELECT jsonb_agg(best) FROM best), (SELECT jsonb_agg(counted) FROM counted)
"""


def figures(databases) -> list[Figure]:
    found = []
    for size in databases.sizes[1:]:
        inside(databases.shelf(size))
        for name, words in {"a common word": COMMON, "a rare word": RARE, "three words": THREE}.items():
            found += _against_plain(name, words, size)
    inside(databases[SMALL])
    return [*found, _missed()]


def _against_plain(name: str, words: str, size: int) -> list[Figure]:
    """Hold the statement that finds, ranks and counts against the plain one, both sent as they stand."""
    using, today = settings.PORTAL_DATABASE, timezone.localdate()
    question = read(words)
    with CaptureQueriesContext(connections[using]) as asked_for:
        find(question, Narrowed(), using=using, today=today)
    [ours] = [each["sql"] for each in asked_for]
    with connections[using].cursor() as cursor:

        def run(sql: str, parameters=None):
            cursor.execute(sql, parameters)
            return cursor.fetchall()

        own, plain = paired(lambda: run(ours), lambda: run(PLAIN, {"q": question.query}), times=20)
    return [
        Figure(f"search for {name} among {size:,} items, against plain SQL", own / plain, "×", 1.5),
        Figure("  search; plain SQL", own * 1000, f"ms, {plain * 1000:.1f}"),
    ]


def _missed() -> Figure:
    """Return how many of a hundred pairs are not found, or found though they have nothing to do with each other."""
    pairs = [line.split("\t") for line in PAIRS.read_text().splitlines() if not line.startswith("#")]
    with transaction.atomic():
        call_command("loaddata", "word_families", verbosity=0)
        ShelfUnit.objects.all().delete()
        missed = sum(not _as_the_office_says(*pair) for pair in pairs)
        transaction.set_rollback(True)
    return Figure("pairs of the office that the search gets wrong, of a hundred", 100 * missed / len(pairs), "", 5)


def _as_the_office_says(kind: str, one: str, other: str) -> bool:
    found = _finds(one, other) and (kind == "finds" or _finds(other, one))
    return not (_finds(one, other) or _finds(other, one)) if kind == "apart" else found


def _finds(query: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector((text, "A", "C")), asked(query).query])
        return cursor.fetchone()[0]
