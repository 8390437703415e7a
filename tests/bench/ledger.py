"""The chain: what it adds to a step, how fast its links are written, and a million of them read again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ppid.chain.forms import chained_parts
from ppid.chain.models import Link
from ppid.chain.verify import faults
from ppid.flows.actions import take_step
from ppid.flows.models import Case
from tests import make
from tests.bench.measure import Figure, grown, paired
from tests.bench.office import LARGE, inside, twin

TIMES = 40
LINKS = 1_000_000
_AT_ONCE = 50_000


def figures(databases) -> list[Figure]:
    with twin(databases[LARGE]) as name:  # whose cases the parts before have not all moved
        inside(name)
        return [*_step(), *_reading(LINKS)]


def _step() -> list[Figure]:
    """A step with the chain and without it, in turns."""
    bidang = make.demo("bidang")
    cases = iter(list(Case.objects.filter(state="updating").order_by("pk")[: 2 * (TIMES + 10)]))

    def chained():
        take_step(next(cases), "update_content", actor=bidang)

    def unchained():
        with _no_chain():
            start = time.perf_counter()
            take_step(next(cases), "update_content", actor=bidang)
            bare.append(time.perf_counter() - start)

    bare: list[float] = []
    whole, _ = paired(chained, unchained, times=TIMES)
    plain = sorted(bare[3:])[len(bare[3:]) // 2]
    return [Figure("a step with its links in the chain, to one without", whole / plain, "×", 1.5)]


@contextmanager
def _no_chain() -> Iterator[None]:
    names = [(model._meta.db_table, trigger.get_pgid(model)) for model, trigger in chained_parts()]
    with connection.cursor() as cursor:
        for table, trigger in names:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{trigger}"')
        try:
            yield
        finally:
            for table, trigger in names:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER "{trigger}"')


def _reading(links: int) -> list[Figure]:
    start = time.perf_counter()
    _write(links)
    written = links / (time.perf_counter() - start)

    def read():
        for _ in faults():
            pass

    start = time.perf_counter()
    read()
    count = Link.objects.count()
    speed = count / (time.perf_counter() - start)
    memory = grown(read)
    return [
        Figure("links written a second, many in a transaction", written, "/s"),
        # An aim is what a value may not be above, so this one is told the other way round.
        Figure(f"seconds that 20,000 of {count:,} links take to be read again", 20_000 / speed, "s", 1),
        Figure("memory that the reading needs", memory, "MB", 30),
    ]


def _write(links: int) -> None:
    """Write rows of a ledger, with the guards of that table aside but for the chain's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'flows_moveddeadline'::regclass AND NOT tgisinternal"
        )
        others = [name for (name,) in cursor.fetchall() if "enters_the_chain" not in name]
        for name in others:
            cursor.execute(f'ALTER TABLE flows_moveddeadline DISABLE TRIGGER "{name}"')
        for _ in range(0, links, _AT_ONCE):
            cursor.execute(
                "INSERT INTO flows_moveddeadline (case_id, kind, moves, because, actor_name, moved_at) "
                "SELECT (SELECT min(id) FROM flows_case), 'calendar', n, 'Libur nasional', '', now() "
                "FROM generate_series(1, %s) n",
                [_AT_ONCE],
            )
        for name in others:
            cursor.execute(f'ALTER TABLE flows_moveddeadline ENABLE TRIGGER "{name}"')
        cursor.execute("ANALYZE flows_moveddeadline")
        cursor.execute("ANALYZE chain_link")
