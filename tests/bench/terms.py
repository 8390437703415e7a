"""The end of 10,000 terms in one run of the daily job, and what it holds in memory meanwhile."""

import time
import tracemalloc
from datetime import timedelta

import pgtrigger
from django.db import connection
from django.utils import timezone

from ppid.flows.lifting import lapse_due
from ppid.flows.models import Case
from ppid.information.models import Exclusion, Information
from ppid.shelf.actions import put_dik
from ppid.shelf.models import DikEntry
from tests import make
from tests.bench.measure import Figure
from tests.bench.office import LARGE, inside, twin

# Rows that refer to each other wait for Python's collector, which comes after some batches: fewer would not show them.
FEW, MANY = 2_000, 10_000


def figures(databases) -> list[Figure]:
    with twin(databases[LARGE]) as name:  # what it leaves behind is nobody else's office
        inside(name)
        held = {number: memory_of(number) for number in (FEW, MANY)}
        end_together(MANY, "D")
        began = time.perf_counter()
        end_all(MANY)
        took = time.perf_counter() - began
    return [
        Figure(f"The end of {MANY:,} terms, with a publication begun for each", took, "s", 60),
        Figure(f"  the memory of {MANY:,} against that of {FEW:,}", held[MANY] / held[FEW], "×", 1.5),
    ]


def memory_of(number: int) -> int:
    """Return the most bytes that the end of so many terms holds at once."""
    end_together(number, "M")
    tracemalloc.start()
    end_all(number)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def end_all(number: int) -> None:
    lapsed = sum(1 for _ in lapse_due(at=timezone.now() + timedelta(days=2)))
    if lapsed != number:
        raise AssertionError(f"{lapsed} of {number} terms were written down.")


def end_together(number: int, series: str) -> None:
    """Add so many adopted exclusions of a series whose term ends tomorrow, each with its entry of the DIK."""
    walked = make.exclusion(at="testing", unit="disdukcapil", title=f"Contoh pengecualian {number}")
    last = timezone.localdate() + timedelta(days=1)
    make.fill_test(walked, make.test(ends_on=last), [make.participant()], actor=make.demo("opd"))
    walked = make.walk(make.again(walked), to="adopted")
    entry = DikEntry.objects.get(number=walked.number)
    numbers = [f"{series}{number}-{n:05}" for n in range(number - 1)]
    items = Information.objects.bulk_create(
        Information(
            number=each,
            title=f"Contoh {each}",
            unit=walked.unit,
            created_by=walked.opened_by,
            created_at=walked.opened_at,
        )
        for each in numbers
    )
    with pgtrigger.ignore(), connection.cursor() as cursor:
        exclusions = Exclusion.objects.bulk_create(
            Exclusion(information=item, ends_on=last, adopted_at=walked.ended_at) for item in items
        )
        cases = Case.objects.bulk_create(
            Case(
                flow="exclusion",
                number=f"K-{item.number}",
                information=item,
                unit=walked.unit,
                sop_version=walked.sop_version,
                exclusion=exclusion,
                opened_by=walked.opened_by,
                opened_at=walked.opened_at,
                received_at=walked.received_at,
                ended_at=walked.ended_at,
                moves=walked.moves,
                state="adopted",
            )
            for item, exclusion in zip(items, exclusions, strict=True)
        )
        cursor.execute("ANALYZE")
    for case in cases:
        entry.pk, entry.number = None, case.number
        put_dik(entry)
