"""Reminding those with whom an overdue case lies: by who sees to the whole office, once a day while it lies there."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from ppid.flows.knowing import held_by, knows_all
from ppid.flows.models import Case
from ppid.flows.telling import performers, tell_of_case
from ppid.notices.models import Notice
from ppid.organisation.models import User
from ppid.web.refusals import Forbidden, Refused


class ReminderForbidden(Forbidden):
    """It is not this person's to do."""


def remind(case: Case, *, actor: User, at: datetime | None = None) -> int:
    """Tell those who may take the present row that it is overdue; return how many were told.

    The database keeps that nobody is told twice on a day (``Notice``). Raises Refused, ReminderForbidden.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    if not knows_all(held_by(actor, on=day)):
        raise ReminderForbidden("Hanya PPID Utama dan Atasan PPID yang dapat mengingatkan petugas lain.")
    if not Case.objects.overdue(at=at).filter(pk=case.pk, moves=case.moves).exists():
        raise Refused("Proses ini tidak terlambat lagi, atau sudah bergerak sejak Anda membukanya.")
    if reminded([case], on=day):
        raise Refused("Sudah diingatkan hari ini. Besok dapat diingatkan lagi.")
    lines = [("Diingatkan oleh", actor.name), ("Yang diminta", case.asks)]
    tell_of_case(case, "overdue", _what(case, day), performers(case, on=day), at=at, actor=actor, lines=lines)
    told = Notice.objects.filter(event=_event(case, day)).count()
    if not told:
        raise Refused("Tidak ada yang dapat diingatkan: belum ada pemegang langkah ini selain Anda.")
    return told


def reminded(cases: Iterable[Case], *, on: date) -> set[int]:
    """Return the keys of the cases with whose people a reminder was left on this day, as they stand now. One query."""
    events = {_event(case, on): case.pk for case in cases}
    found = Notice.objects.filter(event__in=events).values_list("event", flat=True).distinct() if events else ()
    return {events[event] for event in found}


def _event(case: Case, day: date) -> str:
    return f"case:{case.pk}:{_what(case, day)}"


def _what(case: Case, day: date) -> str:
    return f"{case.moves}:reminded:{day:%Y%m%d}"
