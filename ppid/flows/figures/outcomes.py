"""What came of the cases in a period: opened, ended and how, published by class and unit, sent back and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Lower, Trim

from ppid.flows.figures.measures import Ended, UnitThen, records, units_then
from ppid.flows.figures.period import Period
from ppid.flows.ledger import StepRecord
from ppid.flows.models import CaseQuerySet
from ppid.flows.states import PublicationState
from ppid.flows.steps import Kind
from ppid.shelf.models import Category

_BACK = (Kind.RETURN, Kind.REOPENING)


@dataclass(frozen=True, slots=True)
class Movement:
    """A flow in the period: what was opened, what ended by the state in which it did, and what ran when it was over.

    ``taken_over`` counts what came from lists that were signed elsewhere; it is in none of the others.
    """

    flow: str
    opened: int
    ended: dict[str, int]
    running: int
    taken_over: int


@dataclass(frozen=True, slots=True)
class UnitPublished:
    """What a unit published in the period for the first time or anew, by class; ``taken_over`` not in them."""

    unit: UnitThen
    by_class: dict[str, int]
    taken_over: int

    @property
    def n(self) -> int:
        return sum(self.by_class.values())


@dataclass(frozen=True, slots=True)
class Returned:
    """How often cases of a flow were sent back from a row to an earlier one."""

    flow: str
    step: int
    to_step: int
    n: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for which cases were sent back, in the words of one of those who gave it, and how often."""

    words: str
    n: int


@dataclass(frozen=True, slots=True)
class Returns:
    """All returns of the period, ``n`` of them; ``reasons`` are the most frequent."""

    rows: tuple[Returned, ...]
    reasons: tuple[Reason, ...]
    n: int


def movements(cases: CaseQuerySet, finished: Iterable[Ended], period: Period) -> list[Movement]:
    """Return the flows' comings and goings, with what ``ended`` counted. One query."""
    taken_over = Q(worked_days=None, ended_at__isnull=False)
    # A retraction sets the case's end anew; the row that ended it stays.
    had_ended = StepRecord.objects.standing().filter(
        case=OuterRef("pk"), to_step=None, step__isnull=False, done_at__lt=period.ends
    )
    still_ran = Q(ended_at=None) | Q(ended_at__gte=period.ends) & ~Q(Exists(had_ended))
    counted = (
        cases.order_by()
        .values("flow")
        .annotate(
            opened=Count("pk", filter=period.of("opened_at") & ~taken_over),
            taken_over=Count("pk", filter=period.of("opened_at") & taken_over),
            running=Count(
                "pk",
                filter=Q(opened_at__lt=period.ends) & still_ran & ~taken_over,
            ),
        )
    )
    by_state: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in finished:
        if case.days is not None:
            by_state[case.flow][case.state] += case.n
    found = [Movement(ended=dict(by_state[row["flow"]].most_common()), **row) for row in counted]
    return sorted((each for each in found if _says_something(each)), key=lambda each: each.flow, reverse=True)


def published(cases: CaseQuerySet, period: Period) -> list[UnitPublished]:
    """Return what was announced, by the unit whose it was then and the class decided for it. Three queries.

    What was announced first counts then, and not again as its rows followed.
    """
    decided = (
        StepRecord.objects.standing()
        .filter(case=OuterRef("case"), sequence__lte=OuterRef("sequence"))
        .order_by("-sequence")
    )
    category = decided.filter(approved__isnull=False).values("approved__category")[:1]
    announced = records(cases, period).filter(
        Q(key="publish_first")
        | Q(key="publish", case__published_first_at=None)
        | Q(key="take_over", to_state=PublicationState.PUBLISHED)
    )
    classes = announced.annotate(category=Subquery(category))
    by_unit: defaultdict[int, Counter[str]] = defaultdict(Counter)
    taken_over: Counter[int] = Counter()
    for unit, kind, category, n in classes.values_list("unit", "kind", "category").annotate(n=Count("pk")):
        if kind == Kind.TAKEOVER:
            taken_over[unit] += n
        else:
            by_unit[unit][category] += n
    units = units_then({*by_unit, *taken_over}, period.last)
    return [
        UnitPublished(unit, {key: by_unit[unit.key][key] for key in Category.values}, taken_over[unit.key])
        for unit in units.values()
    ]


def returns(cases: CaseQuerySet, period: Period, *, most: int) -> Returns:
    """Return what was sent back, from where to where, and the ``most`` frequent reasons. Two queries."""
    back = records(cases, period).filter(kind__in=[str(kind) for kind in _BACK])
    rows = back.values_list("case__flow", "step", "to_step").annotate(n=Count("pk"))
    found = tuple(Returned(*row) for row in rows.order_by("-case__flow", "-n", "step", "to_step"))
    said = back.annotate(alike=Lower(Trim("note"))).values("alike").annotate(n=Count("pk"), words=Min("note"))
    reasons = tuple(Reason(row["words"], row["n"]) for row in said.order_by("-n", "alike")[:most]) if found else ()
    return Returns(found, reasons, sum(row.n for row in found))


def _says_something(movement: Movement) -> bool:
    return bool(movement.opened or movement.ended or movement.running or movement.taken_over)
