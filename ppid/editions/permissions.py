"""Who prepares an edition, who approves it as head, and who sets it, by the appointments in force."""

from datetime import date

from ppid.flows.head_approval import HEAD
from ppid.flows.permissions import UTAMA
from ppid.organisation.models import Appointment, User

PREPARERS = ("bidang_layanan", "operator")


def acting(user: User, *roles: str, on: date) -> Appointment | None:
    """Return the appointment under which the person holds one of these roles; None when they hold none."""
    held = Appointment.objects.of(user, on=on).filter(role__code__in=roles)
    return held.select_related("role", "unit", "user").definitive_first().first()


def prepares(user: User, *, on: date) -> Appointment | None:
    return acting(user, *PREPARERS, on=on)


def approves(user: User, *, on: date) -> Appointment | None:
    return acting(user, HEAD, on=on)


def sets(user: User, *, on: date) -> Appointment | None:
    return acting(user, UTAMA, on=on)


def keeps(user: User, *, on: date) -> bool:
    """Whether the person has anything to do with editions, and so reads their papers."""
    return acting(user, *PREPARERS, HEAD, UTAMA, on=on) is not None
