"""Who keeps the list of duties, who answers for a unit's cells, and who decides, by the appointments in force."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ppid.organisation.models import Appointment, User
from ppid.shelf.obligations import CITY

KEEPER = "bidang_layanan"
DECIDER = "ppid_utama"
# They state for their own unit; the city as a whole, which has none of them, is the keeper's.
OF_UNIT = ("ppid_pelaksana", "ppid_pembantu")


def keeps(user: User, *, on: date) -> Appointment | None:
    """Return the appointment by which the person hands in changes of the list."""
    return _first(user, Q(role__code=KEEPER), on=on)


def states(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person states something of a cell of this unit (its code)."""
    if unit == CITY:
        return keeps(user, on=on)
    return _first(user, Q(role__code__in=OF_UNIT, unit__code=unit), on=on)


def links(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person says that an item fills a cell of this unit."""
    return states(user, unit, on=on) or keeps(user, on=on)


def may_link(appointments: Iterable[Appointment], unit: str) -> bool:
    """Whether one of these lets its person say that an item fills a cell of this unit; no query."""
    return any(
        each.role.code == KEEPER or each.role.code in OF_UNIT and each.unit.code == unit for each in appointments
    )


def decides(user: User, *, on: date) -> Appointment | None:
    return _first(user, Q(role__code=DECIDER), on=on)


def ends(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person may end what stands of a cell of this unit."""
    return decides(user, on=on) or links(user, unit, on=on)


def answered_by(appointments: Iterable[Appointment]) -> set[str]:
    """Return the codes of the units whose cells these let their person answer; the city's for its keepers."""
    return {
        CITY if each.role.code == KEEPER else each.unit.code
        for each in appointments
        if each.role.code in (KEEPER, *OF_UNIT)
    }


def _first(user: User, which: Q, *, on: date) -> Appointment | None:
    held = Appointment.objects.of(user, on=on).filter(which)
    return held.select_related("role", "unit", "user").definitive_first().first()
