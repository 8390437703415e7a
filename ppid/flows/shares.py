"""Whose time it was: the parts of a step's stay that belong to each person who had it. Pure reckoning, no database.

A moment belongs to the one person whose it was to take the step then: a stand-in (Plh, Plt) comes before the holder of
the same office, whoever took the step in the end before colleagues of the same role. A holder who takes it while the
stand-in's order still runs was not away, and answers for all of it. Where several had it and none of them took it, or
nobody was in office, it belongs to nobody. So the parts never overlap, and never exceed the whole.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from ppid.worktime.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody's time in an office that may take the step: from ``begins`` up to ``ends``, None while it holds.

    ``office`` tells the offices apart in which one stands in for another.
    """

    person: int
    appointment: int
    office: Hashable
    stands_in: bool
    begins: datetime
    ends: datetime | None

    def covers(self, since: datetime, until: datetime) -> bool:
        return self.begins <= since and (self.ends is None or until <= self.ends)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the stay that was one person's: when it came to them and left them, and when it was due from them.

    ``minutes`` and ``days`` are working time; ``took_it`` says whether they took the step.
    """

    person: int
    appointment: int
    since: datetime
    until: datetime
    due_at: datetime | None
    minutes: int
    days: int
    took_it: bool


def shares(
    received: datetime,
    done: datetime,
    *,
    taken_under: Tenure,
    tenures: Sequence[Tenure],
    due: Callable[[datetime], datetime | None],
    reckoning: WorkingCalendar,
) -> list[Share]:
    """Return the parts of the stay from ``received`` to ``done``, in order; the last is that of whoever took the step.

    ``due`` says when a step that came to somebody at a moment is due from them.
    """
    held = _held(received, done, taken_under, tenures)
    whole = [moment for _, since, until in held for moment in (since, until)]
    minutes = {moment: reckoning.minutes_between(received, moment) for moment in whole}
    days = {
        moment: reckoning.working_days_between(timezone.localdate(received), timezone.localdate(moment))
        for moment in whole
    }
    return [
        Share(
            tenure.person,
            tenure.appointment,
            since,
            until,
            due(since),
            minutes[until] - minutes[since],
            days[until] - days[since],
            took_it=until == done and tenure.person == taken_under.person,
        )
        for tenure, since, until in held
    ]


def _held(
    received: datetime, done: datetime, taken_under: Tenure, tenures: Sequence[Tenure]
) -> list[tuple[Tenure, datetime, datetime]]:
    """Return who had the step from when to when, neighbouring stretches of the same person as one."""
    changes = {moment for each in tenures for moment in (each.begins, each.ends) if moment and received < moment < done}
    held: list[tuple[Tenure, datetime, datetime]] = []
    for since, until in pairwise(sorted({received, done} | changes)):
        tenure = _whose([each for each in tenures if each.covers(since, until)], taken_under, done)
        if tenure is None:
            continue
        if held and held[-1][0].person == tenure.person and held[-1][2] == since:
            tenure, since, _ = held.pop()
        held.append((tenure, since, until))
    if not held or held[-1][2] < done or held[-1][0].person != taken_under.person:
        held.append((taken_under, done, done))  # they took what was not theirs to do just then: it cost them no time
    return held


def _whose(in_office: Sequence[Tenure], taken_under: Tenure, done: datetime) -> Tenure | None:
    def is_away(each: Tenure) -> bool:
        others = [other for other in in_office if other.stands_in and other.office == each.office]
        if each.person == taken_under.person:
            others = [other for other in others if other.ends is not None and other.ends <= done]
        return bool(others) and not each.stands_in

    acting = [each for each in in_office if not is_away(each)]
    theirs = [each for each in acting if each.person == taken_under.person]
    if theirs or len({each.person for each in acting}) == 1:
        return (theirs or acting)[0]
    return None
