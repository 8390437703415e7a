"""Notes with a ledger row whose time the stay was, and counts what a person did in time, late, and has lying too long.

A person is billed from the latest of: the step came, their appointment began, its order was recorded here.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ppid.flows.held_time import HeldTime
from ppid.flows.ledger import StepRecord
from ppid.flows.models import FOLLOWS_WITHIN, Case
from ppid.flows.shares import Tenure, shares
from ppid.organisation.models import Appointment
from ppid.worktime.calendar import MINUTES, WorkingCalendar
from ppid.worktime.durations import Duration


def bill(record: StepRecord, case: Case, reckoning: WorkingCalendar) -> list[HeldTime]:
    """Write whose the stay was that ended with ``record``, a step or a return of ``case``."""
    activity = case.activities[record.step or 0]
    done, received = timezone.localdate(record.done_at), timezone.localdate(record.received_at)
    held = Appointment.objects.for_unit(case.unit_id).held_between(received, done)
    offices = list(held.filter(role__in=activity.role_ids).order_by("pk"))
    own = next((each for each in offices if each.pk == record.appointment_id), record.appointment)

    def due(since: datetime) -> datetime | None:
        if record.is_urgent:
            return reckoning.add_minutes(max(since, case.urgent_since or since), MINUTES["hour"])
        if since == record.received_at or activity.duration_value is None:
            return record.due_at
        return own_due(case, since, Duration(activity.duration_value, activity.duration_unit), reckoning)

    parts = shares(
        record.received_at,
        record.done_at,
        taken_under=tenure(own, before=record.done_at),
        tenures=[tenure(each, before=record.done_at) for each in offices],
        due=due,
        reckoning=reckoning,
    )
    return HeldTime.objects.bulk_create(
        HeldTime(
            record=record,
            person_id=part.person,
            appointment_id=part.appointment,
            since=part.since,
            until=part.until,
            due_at=part.due_at,
            minutes=part.minutes,
            days=part.days,
            took_it=part.took_it,
        )
        for part in parts
    )


def own_due(case: Case, since: datetime, standard: Duration, reckoning: WorkingCalendar) -> datetime:
    """Return when a row that came to somebody later than it was received is due from them."""
    return reckoning.due(since, FOLLOWS_WITHIN if case.rows_follow else standard)


def tenure(appointment: Appointment, *, before: datetime) -> Tenure:
    """Return the time in office. An order recorded after it took effect counts from then, if that was ``before``."""
    begins = _midnight(appointment.starts_on)
    if begins < appointment.recorded_at <= before:
        begins = appointment.recorded_at
    return Tenure(
        person=appointment.user_id,
        appointment=appointment.pk,
        office=appointment.role_id,
        stands_in=appointment.kind != Appointment.Kind.DEFINITIVE,
        begins=begins,
        ends=_midnight(appointment.ends_on + timedelta(days=1)) if appointment.ends_on else None,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
