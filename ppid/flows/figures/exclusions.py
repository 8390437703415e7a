"""The exclusions of a period by the letters of article 17, and how they ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, Func, Q, QuerySet

from ppid.flows.afterwards import ExclusionOpening
from ppid.flows.figures.period import Period
from ppid.flows.models import CaseQuerySet
from ppid.information.models import Exclusion


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of article 17: how many exclusions rest on it that were adopted in the period, and in force at its end.

    An exclusion that names two letters counts at both.
    """

    letter: str
    adopted: int
    in_force: int


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The exclusions of the period: ``ended`` by how, a value of ``ExclusionOpening.Ground`` or "continued"."""

    letters: tuple[Letter, ...]
    adopted: int
    in_force: int
    ended: dict[str, int]


CONTINUED = "continued"


def exclusions(cases: CaseQuerySet, period: Period, *, on: date) -> Exclusions:
    """Return the exclusions that these cases adopted, as far as the period is over on the day ``on``. Five queries."""
    last = min(period.last, on)
    found = Exclusion.objects.filter(case__in=cases.order_by().values("pk"), adopted_at__isnull=False).order_by()
    adopted, in_force = period.of("adopted_at"), _in_force(last)
    counts = {"adopted": Count("pk", filter=adopted), "in_force": Count("pk", filter=in_force)}
    letters = found.annotate(letter=_Each("test__grounds")).values_list("letter").annotate(**counts).order_by("letter")
    return Exclusions(
        letters=tuple(letter for row in letters if (letter := Letter(*row)) and (letter.adopted or letter.in_force)),
        ended=_ended(found, period, on),
        **found.aggregate(**counts),
    )


class _Each(Func):
    """A row for each element of an array."""

    function = "unnest"
    output_field = CharField()
    set_returning = True


def _in_force(last: date) -> Q:
    """Return what was in force when this day was over."""
    over = Period(last, last).ends
    return (
        Q(adopted_at__lt=over)
        & (Q(ends_on=None) | Q(ends_on__gte=last))
        & (Q(opened_on=None) | Q(opened_on__gt=last))
        & (Q(continued_by=None) | Q(continued_by__adopted_at__gte=over))
    )


def _ended(found: QuerySet[Exclusion], period: Period, on: date) -> dict[str, int]:
    """Return how many ended in the period, by how: what a term's end opened also before the daily job wrote it down."""
    openings = ExclusionOpening.objects.filter(period.of_day("opened_on"), exclusion__in=found.values("pk"))
    ended = dict(openings.order_by().values_list("ground").annotate(n=Count("pk")))
    before, until = period.first - timedelta(days=1), min(period.last, on)  # open from the day after its last one on
    lapsed = found.filter(opened_on=None, continued_by=None, ends_on__gte=before, ends_on__lt=until)
    if n := lapsed.count():
        ended[ExclusionOpening.Ground.TERM] = ended.get(ExclusionOpening.Ground.TERM, 0) + n
    if n := found.filter(period.of("continued_by__adopted_at")).count():
        ended[CONTINUED] = n
    return ended
