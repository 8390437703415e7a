"""Time that does not flatter: what is late is told as late, wherever it is told, and why a due date moved."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case
from ppid.flows.passport import passport
from ppid.worktime import actions as holidays
from ppid.worktime.models import Holiday
from tests import make

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Pontianak")


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of November 2026, in which no holiday lies; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def at_step_four(*, since: datetime) -> Case:
    """Return a publication that came to step 4 at this moment, from where it has three working days."""
    case = open_publication(make.information(), actor=make.demo("bidang"), at=since)
    for key, who in (("update_content", "bidang"), ("coordinate", "bidang"), ("prepare", "dinsos")):
        case = make.step(case, key, actor=who, at=since)
    return case


@pytest.mark.parametrize(("done", "on_time"), [(wib(5, 15, 45), True), (wib(5, 15, 46), False)])
def test_a_late_return_is_late_in_the_ledger_and_in_the_passport(done, on_time):
    case = at_step_four(since=wib(2, 9))
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Perbaiki.", at=done)
    assert case.records.get(kind="return").on_time is on_time
    (row,) = [row for row in passport(make.again(case)) if row["kind"] == "return"]
    assert (row["on_time"], row["used"], row["standard"]) == (on_time, "3 hari", "3 hari")


def test_a_register_counts_late_stays_and_what_is_overdue_and_not_yet_taken():
    case = at_step_four(since=wib(2, 9))
    take_step(case, "return_for_repair", actor=make.demo("utama"), note="Perbaiki.", at=wib(6, 9))

    def told(at):
        found = Case.objects.for_register(at=at).get(pk=case.pk)
        return found.late_steps, found.is_overdue

    # Received at step 3 on Friday the 6th; a day, so until Monday at closing.
    assert told(wib(9, 15, 45)) == (1, False)
    assert told(wib(9, 15, 46)) == (1, True)


def test_a_due_date_that_a_holiday_moved_is_told_in_the_passport_beside_its_step():
    case = make.publication(at="preparing")
    day = timezone.localtime(case.due_at).date()
    holidays.add(Holiday(date=day, name="Pemilihan ulang", kind="local"), actor=make.demo("bidang"))
    moved_to = timezone.localtime(make.again(case).due_at).date()
    make.walk(make.again(case), to="clarifying")
    rows = {row["number"]: row["moved"] for row in passport(make.again(case))}
    assert rows == {
        1: [],
        2: [],
        3: [{"to": moved_to.isoformat(), "because": f"{day:%d/%m/%Y}, Pemilihan ulang menjadi hari libur."}],
    }


def test_a_calendar_that_changed_by_another_way_moves_due_dates_with_their_line_the_next_day():
    case = make.publication(at="preparing")
    day = timezone.localtime(case.due_at).date()
    Holiday.objects.create(date=day, name="Dimuat dari berkas", kind="local")
    said = StringIO()
    call_command("reckon_deadlines", stdout=said)
    line = MovedDeadline.objects.get(case=case)
    after = make.again(case)
    assert after.due_at > case.due_at
    assert (line.due_before, line.due_after) == (case.due_at, after.due_at)
    assert (line.actor, line.actor_name) == (None, "")
    assert line.because == "Kalender kerja berubah di luar halaman kalender (berkas hari libur atau pengaturan)."
    assert said.getvalue() == "1 deadlines moved.\n"
    call_command("reckon_deadlines", stdout=said)
    assert MovedDeadline.objects.filter(case=case).count() == 1, "run twice it moves nothing"


def test_due_dates_move_some_at_a_time(monkeypatch):
    monkeypatch.setattr("ppid.flows.deadlines._AT_A_TIME", 2)
    cases = [make.publication(at="coordinating") for _ in range(5)]
    day = timezone.localtime(cases[0].due_at).date()
    assert holidays.add(Holiday(date=day, name="Libur", kind="local"), actor=make.demo("bidang")) == 5
    assert all(make.again(case).due_at > case.due_at + timedelta(hours=1) for case in cases)
