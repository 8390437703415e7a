"""What a person may open a case for: the units they act for, and the items that no case is running for."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import open_exclusion, open_publication, register_information
from ppid.flows.models import Case
from ppid.information.models import Exclusion, Information
from ppid.organisation.models import Appointment, Role, Unit, User

_OPEN = {"publication": open_publication, "exclusion": open_exclusion}


def units_acted_for(user: User, *, on: date):
    """Return the active units that the person acts for: all of them in a city-wide role."""
    held = Appointment.objects.in_force(on=on).filter(user=user)
    units = Unit.objects.filter(is_active=True)
    if held.filter(role__scope=Role.Scope.CITY).exists():
        return units
    return units.filter(pk__in=held.values("unit"))


def items_to_open(user: User, *, on: date):
    """Return the items of those units that are free for a new case: none is running, and they are not excluded."""
    return (
        Information.objects.filter(unit__in=units_acted_for(user, on=on))
        .exclude(pk__in=Case.objects.running().values("information"))
        .exclude(pk__in=Exclusion.objects.in_force(on=on).values("information"))
        .select_related("unit")
    )


def open_case(flow: str, information: Information, *, actor: User, at: datetime | None = None) -> Case:
    """Open a case of ``flow`` for an item of the register. Raises StepForbidden or StepUnmet, with sentences."""
    return _OPEN[flow](information, actor=actor, at=at)


@transaction.atomic
def open_new(flow: str, *, unit: Unit, actor: User, title: str, at: datetime | None = None, **fields) -> Case:
    """Write a new item into the register and open a case of ``flow`` for it, both or neither. Raises as above."""
    at = at or timezone.now()
    information = register_information(unit=unit, actor=actor, title=title, at=at, **fields)
    return open_case(flow, information, actor=actor, at=at)
