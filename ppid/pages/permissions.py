"""Who writes the office's own pages, and who approves them, by the appointments in force."""

from datetime import date

from ppid.organisation.models import Appointment, User

WRITER = "bidang_layanan"
DECIDER = "ppid_utama"


def _acting(user: User, *roles: str, on: date) -> Appointment | None:
    held = Appointment.objects.of(user, on=on).filter(role__code__in=roles)
    return held.select_related("role", "unit", "user").definitive_first().first()


def writes(user: User, *, on: date) -> Appointment | None:
    return _acting(user, WRITER, on=on)


def decides(user: User, *, on: date) -> Appointment | None:
    return _acting(user, DECIDER, on=on)


def ends(user: User, *, on: date) -> Appointment | None:
    """Return the appointment under which the person may take an announcement off before its day."""
    return _acting(user, WRITER, DECIDER, on=on)
