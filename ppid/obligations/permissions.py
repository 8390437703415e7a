"""Who keeps the list of duties, who answers for a unit's cells, and who decides, by the appointments in force."""

from collections.abc import Callable, Iterable
from datetime import date

from ppid.organisation.models import Appointment, User
from ppid.shelf.obligations import CITY

KEEPER = "bidang_layanan"
DECIDER = "ppid_utama"
# They state for their own unit; the city as a whole, which has none of them, is the keeper's.
OF_UNIT = ("ppid_pelaksana", "ppid_pembantu")


def keeps(user: User, *, on: date) -> Appointment | None:
    """Return the appointment by which the person hands in changes of the list."""
    return _first(user, _keeps, on=on)


def states(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person states something of a cell of this unit (its code)."""
    return _first(user, lambda held: _answers(held) == unit, on=on)


def links(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person says that an item fills a cell of this unit."""
    return states(user, unit, on=on) or keeps(user, on=on)


def decides(user: User, *, on: date) -> Appointment | None:
    return _first(user, lambda held: held.role.code == DECIDER, on=on)


def ends(user: User, unit: str, *, on: date) -> Appointment | None:
    """Return the appointment by which the person may end what stands of a cell of this unit."""
    return decides(user, on=on) or links(user, unit, on=on)


def may_link(appointments: Iterable[Appointment], unit: str) -> bool:
    """Whether one of these lets its person say that an item fills a cell of this unit; no query."""
    return any(_keeps(held) or _answers(held) == unit for held in appointments)


def answered_by(appointments: Iterable[Appointment]) -> set[str]:
    """Return the codes of the units whose cells these let their person answer; the city's for its keepers."""
    return set(filter(None, map(_answers, appointments)))


def _keeps(held: Appointment) -> bool:
    return held.role.code == KEEPER


def _answers(held: Appointment) -> str:
    """Return the code of the unit for which the appointment answers, "" for none."""
    if _keeps(held):
        return CITY
    return held.unit.code if held.role.code in OF_UNIT else ""


def _first(user: User, which: Callable[[Appointment], bool], *, on: date) -> Appointment | None:
    held = Appointment.objects.of(user, on=on).select_related("role", "unit", "user").definitive_first()
    return next(filter(which, held), None)
