"""How things stand at a moment: what runs, what is overdue, and what is stuck, where, with whom and for how long."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Window
from django.utils import timezone

from ppid.flows.models import Case, CaseQuerySet, is_overdue
from ppid.organisation.models import Appointment, Role
from sop.models import Activity, fixed_activities


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """What runs of a flow at a unit, as it is called now."""

    flow: str
    unit: int
    name: str
    short_name: str
    running: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case that does not move: its row is overdue, or nobody holds a role that may take it.

    ``holders`` are the names of those who may take the row; ``vacant`` the sheet's columns that nobody holds.
    """

    case: Case
    holders: tuple[str, ...]
    vacant: tuple[str, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class AllStuck:
    """The first of what is stuck, the most urgent first, how many are stuck in all, and of how many that run."""

    first: tuple[Stuck, ...]
    n: int
    running: int


def standing(cases: CaseQuerySet, *, at: datetime) -> list[UnitStanding]:
    """Return what runs, by flow and unit. One query."""
    found = cases.running().order_by("-flow", "unit__short_name", "unit")
    counted = found.values_list("flow", "unit", "unit__name", "unit__short_name").annotate(
        running=Count("pk"), overdue=Count("pk", filter=is_overdue(at=at))
    )
    return [UnitStanding(*row) for row in counted]


def stuck(cases: CaseQuerySet, *, at: datetime, most: int) -> AllStuck:
    """Return what is stuck, ``most`` of it in full. Three queries, and those of sheets that nobody has read before."""
    running, held = cases.running().order_by(), _Held.at(at)
    places = list(running.values_list("sop_version", "step", "unit").annotate(n=Count("pk")))
    nobody = Q(pk__in=[])
    for (version, step), units in _vacant(places, held).items():
        nobody |= Q(sop_version=version, step=step, unit__in=units)
    late = is_overdue(at=at)
    still = running.filter(late | nobody).annotate(in_all=Window(Count("pk")))
    rows = still.for_list().annotate(late=ExpressionWrapper(late, BooleanField())).most_urgent_first()
    first = list(rows[:most])
    n = first[0].in_all if first else 0
    return AllStuck(tuple(_stuck(case, held) for case in first), n, sum(running for *_, running in places))


@dataclass(frozen=True, slots=True)
class _Held:
    """Who holds each role of the city, and each role at each unit, at a moment."""

    names: dict[tuple[int, int | None], list[str]]

    @classmethod
    def at(cls, moment: datetime) -> "_Held":
        names: defaultdict[tuple[int, int | None], list[str]] = defaultdict(list)
        held = Appointment.objects.in_force(on=timezone.localdate(moment)).definitive_first()
        for role, scope, unit, name in held.values_list("role", "role__scope", "unit", "user__name"):
            names[role, None if scope == Role.Scope.CITY else unit].append(name)
        return cls(dict(names))

    def of(self, roles: Iterable[int], unit: int) -> list[str]:
        """Return who holds one of the roles for the unit, each once."""
        found = [name for role in sorted(roles) for where in (unit, None) for name in self.names.get((role, where), [])]
        return list(dict.fromkeys(found))

    def vacant(self, activity: Activity, unit: int) -> tuple[str, ...]:
        """Return the columns of the row that nobody holds for the unit."""
        return tuple(
            column.label for column in activity.columns if not self.of([role.pk for role in column.roles.all()], unit)
        )


def _vacant(places: Iterable[tuple[int, int, int, int]], held: _Held) -> dict[tuple[int, int], set[int]]:
    """Return, by version and row, the units at which a column of it has no holder."""
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for version, step, unit, _ in places:
        if held.vacant(fixed_activities(version)[step], unit):
            found[version, step].add(unit)
    return found


def _stuck(case: Case, held: _Held) -> Stuck:
    row = case.awaited
    return Stuck(case, tuple(held.of(row.role_ids, case.unit_id)), held.vacant(row, case.unit_id), vars(case)["late"])
