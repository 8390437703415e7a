"""What is stuck with others, as rows that say with whom, since when, and which act helps; and as a table."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.figures.tables import Table
from ppid.desk.status import Status, due_status
from ppid.desk.waiting.kind import Reader
from ppid.flows.figures.standing import AllStuck, Stuck
from ppid.flows.knowing import knows_all
from ppid.flows.models import Case
from ppid.flows.remarks import Remark
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.worktime.calendar import WorkingCalendar

_NAMES = 3  # that a row tells


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A row of the panel. ``act`` is what helps, where the reader may do it; else ``advice`` says who may."""

    case: Case
    holders: str
    vacant: str
    act: str
    url: str
    advice: str
    reminds: bool
    is_reminded: bool


def rows(found: AllStuck, *, reader: Reader) -> list[StuckRow]:
    """Return the first of what is stuck as rows, each with the act that helps, where it is the reader's."""
    appoints, reminds = reader.holds(CHIEF, ADMIN), knows_all(reader.offices)
    told: set[int] = set()
    if reminds:
        cases = [each.case.pk for each in found.first]
        reminded = Remark.objects.reminders(on=reader.today).filter(case__in=cases)
        told = set(reminded.values_list("case", flat=True))
    return [_row(each, appoints, reminds and each.overdue, each.case.pk in told) for each in found.first]


def table(found: AllStuck, *, now: datetime, working: WorkingCalendar) -> Table:
    """Return what is stuck as a table for a workbook."""
    more = f"{len(found.first)} yang pertama dari {found.n}." if found.n > len(found.first) else ""
    return Table(
        "tersangkut",
        "Tersangkut",
        "Proses yang tidak bergerak: terlambat, atau langkahnya belum ada pemegang",
        ("Nomor", "Judul informasi", "Unit", "Langkah", "Menunggu", "Sejak", "Hari kerja", "Keadaan"),
        tuple(
            (
                each.case.number,
                each.case.information.title,
                each.case.unit.short_name,
                each.case.step,
                _waits_for(each),
                date_format(each.case.received_at, "j F Y"),
                working.working_days_between(_day(each.case.received_at), _day(now)),
                status(each, now=now, working=working).words,
            )
            for each in found.first
        ),
        empty="Tidak ada yang tersangkut.",
        note=more,
    )


def status(each: Stuck, *, now: datetime, working: WorkingCalendar) -> Status:
    """Return why it is stuck: nobody holds the seat, or how long it is overdue."""
    if each.vacant:
        return Status("late", "user-minus", "Belum ada pemegang")
    return due_status(each.case.due_at, now=now, working=working)


def _row(each: Stuck, appoints: bool, reminds: bool, is_reminded: bool) -> StuckRow:
    act = url = advice = ""
    if each.vacant and appoints:
        act, url = "Tunjuk pemegang", reverse("desk:appointments")
    elif each.vacant:
        advice = "Minta PPID Utama menunjuk pemegangnya."
    return StuckRow(each.case, _listed(each.holders), " dan ".join(each.vacant), act, url, advice, reminds, is_reminded)


def _waits_for(each: Stuck) -> str:
    return f"belum ada pemegang: {' dan '.join(each.vacant)}" if each.vacant else _listed(each.holders)


def _listed(names: tuple[str, ...]) -> str:
    told = " atau ".join(names[:_NAMES])  # a name has commas of its own
    return f"{told} atau {len(names) - _NAMES} lain" if len(names) > _NAMES else told


def _day(moment: datetime):
    return timezone.localdate(moment)
