"""Seats as the database is asked for them: what ends and nobody follows, and what was held and stands empty now.

``vacancies`` tells the same of each in words; these are what an inbox counts.
"""

from datetime import date, timedelta

from django.db.models import DateField, F, OuterRef, Q, Value
from django.db.models.functions import Least

from ppid.organisation.models import Appointment, AppointmentQuerySet, Role
from ppid.organisation.vacancies import SOON, following, shares_its_seat

_SEATS = Q(role__scope=Role.Scope.CITY) | Q(role__scope=Role.Scope.UNIT, role__single_seat=True, unit__is_active=True)


def ending_unfollowed(on: date, within: timedelta = SOON) -> AppointmentQuerySet:
    """Keep the appointments in force that end by ``within`` and whose seat nobody holds the day after."""
    ending = Appointment.objects.in_force(on=on).filter(~shares_its_seat(following()))
    ending = ending.filter(ends_on__lte=on + within)
    return ending.select_related("user", "role", "unit").order_by("ends_on", "pk")


def emptied(on: date) -> AppointmentQuerySet:
    """Keep the last appointment of each seat that nobody holds any more, the longest empty first."""
    held = Appointment.objects.in_force(on=on)
    begun = Appointment.objects.recorded().filter(_SEATS, starts_on__lte=on)
    later = begun.filter(
        Q(starts_on__gt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    )
    last_day = Least(F("ends_on"), Value(on - timedelta(days=1)), output_field=DateField())
    last = begun.filter(~shares_its_seat(held), ~shares_its_seat(later)).annotate(last_day=last_day)
    return last.select_related("role", "unit", "user").order_by("last_day", "pk")
