"""Notes with a ledger row whose time the stay was, and counts what a person did in time, late, and has lying too long.

A person is billed from the latest of: the step came, their appointment began, its order was recorded here.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ppid.flows.held_time import HeldTime
from ppid.flows.ledger import StepRecord
from ppid.flows.models import FOLLOWS_WITHIN, Case
from ppid.flows.shares import Tenure, shares
from ppid.organisation.models import Appointment, Role
from ppid.web.fixed_queries import FixedQuery
from ppid.worktime.calendar import MINUTES, WorkingCalendar
from ppid.worktime.durations import Duration


def _held(received: date, done: date, *units: int, roles: tuple[int, ...]) -> QuerySet[Appointment]:
    held = Appointment.objects.none()
    for unit in units:
        held |= Appointment.objects.for_unit(unit).held_between(received, done)
    return held.filter(role__in=roles).select_related("role").order_by("pk")


_HELD = FixedQuery(_held)


def bill(record: StepRecord, case: Case, reckoning: WorkingCalendar) -> list[HeldTime]:
    """Write whose the stay was that ended with ``record``, a step or a return of ``case``."""
    activity = case.activities[record.step or 0]
    done, received = timezone.localdate(record.done_at), timezone.localdate(record.received_at)
    spans = spans_of(case, since=record.received_at)
    units = [span.unit for span in spans]
    offices = _HELD.rows(received, done, *units, roles=tuple(sorted(activity.role_ids)))
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
        tenures=[
            clipped for each in offices if (clipped := _while_theirs(each, spans, before=record.done_at)) is not None
        ],
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


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which a unit answered for a case; open where there is no moment."""

    unit: int
    begins: datetime | None = None
    ends: datetime | None = None


def spans_of(case: Case, *, since: datetime) -> list[Span]:
    """Return which units answered for the case since then, one after the other: one, unless it passed on."""
    if case.passed_on_at is None or case.passed_on_at <= since:
        return [Span(case.unit_id)]
    spans, begins = [], None
    for line in case.passed_on.filter(at__gt=since).order_by("pk"):
        spans.append(Span(line.from_unit_id, begins, line.at))
        begins = line.at
    return [*spans, Span(case.unit_id, begins)]


def _while_theirs(appointment: Appointment, spans: list[Span], *, before: datetime) -> Tenure | None:
    """Return the time in office as far as the case was the unit's; None when it never was in that time."""
    held = tenure(appointment, before=before)
    if len(spans) == 1 or appointment.role.scope == Role.Scope.CITY:
        return held
    span = next(each for each in spans if each.unit == appointment.unit_id)
    begins = max(held.begins, span.begins) if span.begins else held.begins
    ends = min(held.ends, span.ends) if held.ends and span.ends else held.ends or span.ends
    return replace(held, begins=begins, ends=ends) if ends is None or begins < ends else None


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
        ends=appointment.closed_at
        or (_midnight(appointment.ends_on + timedelta(days=1)) if appointment.ends_on else None),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
