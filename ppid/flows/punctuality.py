"""How punctual a person is, without flattery: what was taken in time, what was late, and what lies too long right now.

A person answers only for the time in which something was theirs (``ppid.flows.shares``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from ppid.flows.billing import tenure
from ppid.flows.held_time import HeldTime
from ppid.flows.knowing import Held
from ppid.flows.models import Case, CaseQuerySet, waits_for
from ppid.organisation.models import Appointment, Role, User
from ppid.worktime.calendar import MINUTES, WorkingCalendar, calendar
from ppid.worktime.durations import Duration
from sop.models import fixed_activities


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Counts of steps and returns with a due date: in time, late, and lying too long now."""

    on_time: int
    late: int
    late_now: int

    @property
    def measured(self) -> int:
        return self.on_time + self.late + self.late_now

    @property
    def marks(self) -> list[str]:
        """One word for each of them, as the stylesheet names its mark."""
        return ["ok"] * self.on_time + ["late"] * self.late + ["now"] * self.late_now


def punctuality(
    user: User, *, since: datetime, at: datetime, offices: Collection[Appointment] | None = None
) -> Punctuality:
    """Return what the person did since then, and what lies with them at this moment, as ``lying_too_long`` says."""
    counted = HeldTime.objects.counted(user, since=since).aggregate(
        on_time=Count("pk", filter=Q(is_late=False)), late=Count("pk", filter=Q(is_late=True))
    )
    return Punctuality(**counted, late_now=lying_too_long(user, at=at, offices=offices).count())


def lying_too_long(user: User, *, at: datetime, offices: Collection[Appointment] | None = None) -> CaseQuerySet:
    """Return the overdue cases that have been with the person themselves longer than the sheet allows.

    What came to them with their appointment has its time from then. ``offices`` are the appointments that they hold at
    this moment, where those are known already.
    """
    if offices is None:
        held = Appointment.objects.of(user, on=timezone.localdate(at))
        offices = list(held.select_related("role"))
    overdue = Case.objects.awaiting_with([Held.by(each) for each in offices]).overdue(at=at)
    found = overdue.aggregate(n=Count("pk"), oldest=Min("received_at"), passed_on=Max("passed_on_at"))
    if not found["n"]:
        return Case.objects.none()
    theirs, reckoning = Q(pk__in=[]), calendar()
    for appointment in offices:
        begins = tenure(appointment, before=at).begins
        mine = waits_for(appointment.role.scope, appointment.unit_id, appointment.role_id)
        if found["passed_on"] and appointment.role.scope == Role.Scope.UNIT:
            came = Q(passed_on_at__gt=F("received_at"))
            theirs |= _since_it_came(overdue.filter(mine & came), begins, at=at, reckoning=reckoning)
            mine &= ~came | Q(passed_on_at__isnull=True)
        theirs |= mine & Q(received_at__gte=begins)
        if found["oldest"] >= begins:
            continue
        came_along = overdue.filter(mine, received_at__lt=begins)
        for version, step in came_along.order_by().values_list("sop_version", "step").distinct():
            activity = fixed_activities(version)[step]
            standard = Duration(activity.duration_value or 0, activity.duration_unit)
            if standard.value and reckoning.due(begins, standard) < at:
                theirs |= mine & Q(sop_version=version, step=step, is_urgent=False)
        if reckoning.add_minutes(begins, MINUTES["hour"]) < at:
            theirs |= mine & Q(
                is_urgent=True
            )  # also what follows an announcement: they had more than the hour it takes
    return overdue.filter(theirs)


def _since_it_came(cases: CaseQuerySet, begins: datetime, *, at: datetime, reckoning: WorkingCalendar) -> Q:
    """Return which of the cases that passed on to the unit have been there longer than the sheet allows."""
    theirs = Q(pk__in=[])
    for case in cases.order_by():
        activity, since = fixed_activities(case.sop_version_id)[case.step], max(begins, case.passed_on_at)
        standard = Duration(activity.duration_value or 0, activity.duration_unit)
        due = reckoning.due(since, standard) if standard.value else since
        if (reckoning.add_minutes(since, MINUTES["hour"]) if case.is_urgent else due) < at:
            theirs |= Q(pk=case.pk)
    return theirs
