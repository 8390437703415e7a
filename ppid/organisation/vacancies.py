"""What of the office's roles ends soon, and which seats nobody holds: plain rows for a page, an inbox, a check."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from ppid.organisation.models import Appointment, Role, Unit

SOON = timedelta(days=30)


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


def ending_soon(on: date, within: timedelta = SOON) -> list[Ending]:
    """Return the appointments in force on the day ``on`` that end by ``within``, the nearest first. Two queries."""
    held = Appointment.objects.in_force(on=on).filter(ends_on__lte=on + within)
    ending = list(held.select_related("user", "role", "unit").order_by("ends_on", "user__name", "pk"))
    if not ending:
        return []
    after = _by_seat(
        Appointment.objects.recorded()
        .filter(user__is_active=True, role__in={each.role_id for each in ending})
        .select_related("user", "role", "unit")
    )
    return [_ending(each, after[_seat(each)], on) for each in ending]


def vacant_seats(on: date) -> list[Vacancy]:
    """Return the seats that nobody holds on the day ``on``: the city's roles, and each open unit's own seat. 4 queries.

    Roles of which a unit may have none or many, and those that keep the office itself, are no seats.
    """
    roles = list(Role.objects.order_by("name"))
    units = list(Unit.objects.filter(is_active=True).order_by("name"))
    seats: list[tuple[Role, Unit | None]] = [(role, None) for role in roles if role.scope == Role.Scope.CITY]
    seats += [(role, unit) for role in roles if role.is_a_seat_of_each_unit for unit in units]
    filled = {
        (role, None if scope == Role.Scope.CITY else unit)
        for role, scope, unit in Appointment.objects.in_force(on=on).values_list("role", "role__scope", "unit")
    }
    empty = [(role, unit) for role, unit in seats if (role.pk, unit and unit.pk) not in filled]
    if not empty:
        return []
    before = _by_seat(
        Appointment.objects.recorded()
        .filter(role__in={role.pk for role, _ in empty}, starts_on__lte=on)
        .select_related("user", "role")
    )
    return [_vacancy(role, unit, before[role.pk, unit and unit.pk], on) for role, unit in empty]


def _seat(held: Appointment) -> tuple[int, int | None]:
    return held.role_id, None if held.role.scope == Role.Scope.CITY else held.unit_id


def _by_seat(appointments: Iterable[Appointment]) -> dict[tuple[int, int | None], list[Appointment]]:
    found = defaultdict(list)
    for each in appointments:
        found[_seat(each)].append(each)
    return found


def _ending(each: Appointment, in_seat: list[Appointment], on: date) -> Ending:
    following = next((other for other in in_seat if other.pk != each.pk and other.holds(on=_after(each.ends_on))), None)
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
        followed_by=following.user.name if following else "",
    )


def _vacancy(role: Role, unit: Unit | None, before: list[Appointment], on: date) -> Vacancy:
    last = max(before, key=lambda each: each.last_day_by(on), default=None)
    return Vacancy(
        role=role.code,
        role_name=role.name,
        unit=unit.code if unit else "",
        unit_name=unit.short_name if unit else "",
        since=_after(last.last_day_by(on)) if last else None,
        last_holder=last.user.name if last else "",
    )


def _after(day: date) -> date:
    return day + timedelta(days=1)
