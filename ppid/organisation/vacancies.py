"""What of the office's roles ends soon, and which seats nobody holds: plain rows for a page, an inbox, a check."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, DateField, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.models import Appointment, AppointmentQuerySet, PersonChange, Role, Unit, User

SOON = timedelta(days=30)
_SAME_ROLE = Q(role=OuterRef("role"))
_SAME_ROLE_AND_UNIT = Q(role=OuterRef("role"), unit=OuterRef("unit"))


@dataclass(frozen=True, slots=True)
class Ending:
    """An appointment in force that ends soon. ``followed_by`` names who holds the same seat the day after, or is ""."""

    appointment: int
    person: int
    person_name: str
    acting_as: str
    role: str
    unit: str
    unit_name: str
    ends_on: date
    days_left: int
    followed_by: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat that nobody holds: a role of the city (``unit`` is "") or one of a unit's own.

    ``since`` is the first day without a holder, None when nobody ever held it; ``last_holder`` who was the last.
    """

    role: str
    role_name: str
    unit: str
    unit_name: str
    since: date | None
    last_holder: str

    @property
    def seat(self) -> str:
        return f"{self.role_name} {self.unit_name}".strip()

    @property
    def sentence(self) -> str:
        """«PPID Pelaksana Dinsos kosong sejak 1 Desember 2026», or that it was never held."""
        if self.since is None:
            return f"{self.seat} belum pernah terisi"
        return f"{self.seat} kosong sejak {date_format(self.since)}"


def shares_its_seat(others: AppointmentQuerySet) -> Q:
    """Say of an outer appointment whether one of the others is in its seat.

    Asked of the city's roles and of the units' apart, an index answers; asked as one, all who hold a role are compared.
    """
    of_the_city = Q(role__scope=Role.Scope.CITY) & Q(Exists(others.filter(_SAME_ROLE)))
    return of_the_city | Q(Exists(others.filter(_SAME_ROLE_AND_UNIT)))


def following() -> AppointmentQuerySet:
    """Keep the appointments that are held on the day after the last one of an outer appointment, whatever the seat."""
    next_day = ExpressionWrapper(OuterRef("ends_on") + Value(1), output_field=DateField())
    held = Appointment.objects.recorded().filter(user__is_active=True, closed_at__isnull=True)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=next_day), starts_on__lte=next_day)
    return held.exclude(pk=OuterRef("pk"))


def ending_soon(on: date, within: timedelta = SOON) -> list[Ending]:
    """Return the appointments in force on the day ``on`` that end by ``within``, the nearest first. One query."""
    follower = following().definitive_first().values("user__name")
    next_one = Case(
        When(role__scope=Role.Scope.CITY, then=Subquery(follower.filter(_SAME_ROLE)[:1])),
        default=Subquery(follower.filter(_SAME_ROLE_AND_UNIT)[:1]),
    )
    held = Appointment.objects.in_force(on=on).filter(ends_on__lte=on + within).annotate(next_one=next_one)
    return [_ending(each, on) for each in held.select_related("user", "role", "unit").order_by("ends_on", "user__name")]


def vacant_seats(
    on: date, *, roles: Sequence[Role] | None = None, units: Sequence[Unit] | None = None
) -> list[Vacancy]:
    """Return the seats that nobody holds on the day ``on``: the city's roles, and each open unit's own seat.

    Roles of which a unit may have none or many, and those that keep the office itself, are no seats. ``roles`` and
    ``units`` are all there are, where the page has read them already; so this takes one query, or three.
    """
    roles = list(Role.objects.order_by("name")) if roles is None else roles
    units = list(Unit.objects.order_by("name")) if units is None else units
    seats: list[tuple[Role, Unit | None]] = [(role, None) for role in roles if role.scope == Role.Scope.CITY]
    open_units = [unit for unit in units if unit.is_active]
    seats += [(role, unit) for role in roles if role.is_a_seat_of_each_unit for unit in open_units]
    begun = Appointment.objects.recorded().filter(role__in={role.pk for role, _ in seats}, starts_on__lte=on)
    closing = PersonChange.objects.filter(person=OuterRef("user"), kind=PersonChange.Kind.DEACTIVATED).order_by("-pk")
    begun = begun.annotate(account_closed_at=Subquery(closing.values("at")[:1]))
    held = _by_seat(begun.select_related("user", "role"))
    return [
        _vacancy(role, unit, in_seat, on)
        for role, unit in seats
        for in_seat in [held[role.pk, unit and unit.pk]]
        if not any(each.holds(on=on) and each.user.is_active for each in in_seat)
    ]


def left_empty(person: User, *, on: date) -> list[Appointment]:
    """Return the appointments of the person in whose seat, or role at the unit, nobody else is on the day ``on``."""
    in_force = Appointment.objects.in_force(on=on).select_related("user", "role", "unit")
    mine = list(in_force.filter(user=person))
    others = _by_seat(in_force.exclude(user=person).filter(role__in={each.role_id for each in mine}))
    return [each for each in mine if not others[_seat(each)]]


def _seat(held: Appointment) -> tuple[int, int | None]:
    return held.role_id, None if held.role.scope == Role.Scope.CITY else held.unit_id


def _by_seat(appointments: Iterable[Appointment]) -> dict[tuple[int, int | None], list[Appointment]]:
    found = defaultdict(list)
    for each in appointments:
        found[_seat(each)].append(each)
    return found


def _ending(each: Appointment, on: date) -> Ending:
    return Ending(
        appointment=each.pk,
        person=each.user_id,
        person_name=each.user.name,
        acting_as=each.acting_as,
        role=each.role.code,
        unit=each.unit.code,
        unit_name=each.unit.short_name,
        ends_on=each.ends_on,
        days_left=(each.ends_on - on).days,
        followed_by=each.next_one or "",
    )


def _vacancy(role: Role, unit: Unit | None, before: list[Appointment], on: date) -> Vacancy:
    last = max(before, key=lambda each: _last_day(each, on), default=None)
    return Vacancy(
        role=role.code,
        role_name=role.name,
        unit=unit.code if unit else "",
        unit_name=unit.short_name if unit else "",
        since=_after(_last_day(last, on)) if last else None,
        last_holder=last.user.name if last else "",
    )


def _last_day(each: Appointment, on: date) -> date:
    """Return the last day on which it was held: one whose account was closed since, until the day before that."""
    last = each.last_day_by(on)
    if each.user.is_active or each.account_closed_at is None:
        return last
    return min(last, timezone.localdate(each.account_closed_at) - timedelta(days=1))


def _after(day: date) -> date:
    return day + timedelta(days=1)
