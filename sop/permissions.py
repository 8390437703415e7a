"""Who keeps the sheets of a unit, and who approves them, by the appointments in force."""

from datetime import date

from ppid.organisation.models import Appointment, Unit, User

KEEPER = "sop_keeper"
APPROVER = "ppid_utama"


def keeps(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the person may edit the unit's sheets: its SOP keeper, or PPID Utama for every unit."""
    held = Appointment.objects.of(user, on=on).filter(role__code__in=[KEEPER, APPROVER])
    return held.for_unit(unit).exists()


def keeps_units(user: User, *, on: date) -> list[Unit]:
    """Return the units whose sheets the person may edit."""
    held = Appointment.objects.of(user, on=on)
    units = Unit.objects.filter(is_active=True)
    if held.filter(role__code=APPROVER).exists():
        return list(units)
    return list(units.filter(pk__in=held.filter(role__code=KEEPER).values("unit")))


def keeps_any(user: User, *, on: date) -> bool:
    """Whether the person keeps the sheets of any unit, and with them what all sheets share."""
    return Appointment.objects.of(user, on=on).filter(role__code__in=[KEEPER, APPROVER]).exists()


def approves(user: User, *, on: date) -> bool:
    """Whether the person may approve, send back and retire sheets: PPID Utama."""
    return Appointment.objects.of(user, on=on).filter(role__code=APPROVER).exists()
