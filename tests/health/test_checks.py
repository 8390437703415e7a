"""What is told of worker, queue, mail, ledgers and sheets: each state of theirs, and the level it is told with."""

from datetime import datetime, timedelta

import pytest
from django.core.checks import ERROR, INFO, WARNING
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.flows.checks import every_flow_has_its_sheet
from ppid.health import checks
from ppid.health.jobs_known import DAILY
from ppid.health.models import JobRun
from ppid.jobs import ask
from ppid.notices.checks import mails_leave_in_time
from ppid.notices.models import Dispatch
from ppid.notices.telling import News, tell
from ppid.proof.checks import ledgers_hold
from ppid.proof.models import Examination
from ppid.upkeep import tasks
from sop.models import SopVersion
from tests import make

pytestmark = pytest.mark.django_db
DB = ["default"]
HOUR = timedelta(hours=1)


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def levels(found) -> list[int]:
    return [each.level for each in found]


def test_a_worker_that_is_gone_is_told_with_when_it_was_there():
    (never,) = checks.somebody_does_the_jobs(DB)
    assert (never.level, "belum pernah" in never.msg) == (ERROR, True)
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 hours')")
    (gone,) = checks.somebody_does_the_jobs(DB)
    assert "sejak" in gone.msg
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert checks.somebody_does_the_jobs(DB) == []


@pytest.mark.parametrize(("seconds", "found"), [(55, []), (65, [ERROR])])
def test_a_worker_that_was_not_seen_for_a_minute_is_gone(seconds, found):
    sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp() - make_interval(secs => %s))",
        seconds,
    )
    assert levels(checks.somebody_does_the_jobs(DB)) == found


def test_a_job_that_failed_and_went_well_later_is_not_counted():
    ask(tasks.forget_old_jobs, once="x", timestamp=0)
    key = ProcrastinateJob.objects.get().pk
    sql("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", key)
    sql("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', now())", key)
    assert levels(checks.the_queue_flows(DB)) == [INFO]


@pytest.mark.parametrize(("minutes", "level"), [(0, INFO), (9, INFO), (11, WARNING), (61, ERROR)])
def test_a_queue_that_stands_still_is_told(minutes, level):
    ask(tasks.forget_old_jobs, once="x", timestamp=0)
    sql("UPDATE procrastinate_events SET at = now() - make_interval(mins => %s)", minutes)
    assert levels(checks.the_queue_flows(DB)) == [level]


def test_what_is_asked_for_later_does_not_wait_yet():
    tasks.forget_old_jobs.configure(schedule_at=timezone.now() + timedelta(days=1)).defer(timestamp=0)
    sql("UPDATE procrastinate_events SET at = now() - interval '3 hours'")
    assert levels(checks.the_queue_flows(DB)) == [INFO]


def test_jobs_that_failed_within_a_day_are_counted():
    ask(tasks.forget_old_jobs, once="x", timestamp=0)
    key = ProcrastinateJob.objects.get().pk
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", key)
    sql("INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', now())", key)
    (found,) = checks.the_queue_flows(DB)
    assert found.level == WARNING
    assert found.msg.startswith("1 pekerjaan gagal")
    sql("UPDATE procrastinate_events SET at = now() - interval '25 hours'")
    assert levels(checks.the_queue_flows(DB)) == [INFO]


def ran(name: str, *, ago: timedelta, because: str = "") -> None:
    at = timezone.now() - ago
    ended = {"failed_at": at, "because": because} if because else {"done_at": at}
    JobRun.objects.create(name=name, started_at=at, ended_at=at, **ended)


def test_daily_jobs_that_never_ran_are_told_outside_the_demo(settings):
    assert levels(checks.jobs_of_the_clock_run(DB)) == [INFO]
    settings.DEMO = False
    assert levels(checks.jobs_of_the_clock_run(DB)) == [WARNING]


def test_daily_jobs_that_fail_or_come_late_are_told_by_name():
    for name in DAILY:
        if name not in ("sweep", "remind"):
            ran(name, ago=timedelta(hours=2))
    ran("sweep", ago=timedelta(hours=1), because="Cakram penuh.")
    ran("remind", ago=timedelta(hours=40))
    failed, late = checks.jobs_of_the_clock_run(DB)
    assert (failed.level, late.level) == (ERROR, WARNING)
    assert "Cakram penuh." in failed.msg
    assert "ppid-manage sweep" in failed.hint
    assert "mengingatkan" in late.msg


@pytest.mark.parametrize(("minutes", "found"), [(29, []), (31, [WARNING])])
def test_a_job_of_a_worker_that_lives_is_told_when_it_comes_late(minutes, found):
    for name in DAILY:
        ran(name, ago=HOUR)
    ran("ppid.notices.tasks.send", ago=timedelta(minutes=minutes))
    assert checks.jobs_of_the_clock_run(DB) == [], "without a worker «Pekerja latar belakang hidup» says so"
    sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert levels(checks.jobs_of_the_clock_run(DB)) == found


def test_a_reading_that_was_killed_and_never_ended_is_none(settings):
    settings.DEMO = False
    JobRun.objects.create(name="verify_files", started_at=timezone.now())
    (found,) = checks.files_agree_with_their_hashes(DB)
    assert (found.level, found.id) == (WARNING, "ppid.H004")


@pytest.mark.parametrize(
    ("name", "check"),
    [("verify_files", checks.files_agree_with_their_hashes), ("compare_shelf", checks.the_shelf_agrees_with_the_desk)],
)
def test_what_a_reading_of_everything_found_is_told(settings, name, check):
    settings.DEMO = False
    assert levels(check(DB)) == [WARNING]  # never
    ran(name, ago=timedelta(hours=1))
    assert levels(check(DB)) == [INFO]
    JobRun.objects.all().delete()
    ran(name, ago=timedelta(hours=30))
    assert levels(check(DB)) == [WARNING]
    JobRun.objects.all().delete()
    ran(name, ago=timedelta(hours=1), because="3 files are lost.")
    (found,) = check(DB)
    assert (found.level, "3 files are lost." in found.msg) == (ERROR, True)


# A Thursday; the office is open from 7.15 to 15.30, and on Friday.
@pytest.mark.parametrize(
    ("urgent", "told", "looked", "level"),
    [
        (False, "2026-11-26 09:00", "2026-11-26 09:30", INFO),
        (False, "2026-11-26 09:00", "2026-11-26 10:30", WARNING),
        (False, "2026-11-26 18:00", "2026-11-27 06:00", INFO),  # the office is closed
        (False, "2026-11-26 18:00", "2026-11-27 07:45", INFO),  # and has just opened
        (False, "2026-11-26 18:00", "2026-11-27 09:00", WARNING),
        (False, "2026-11-25 09:00", "2026-11-26 11:00", ERROR),
        (False, "2026-11-27 14:00", "2026-11-29 12:00", INFO),  # a Sunday
        (True, "2026-11-27 20:00", "2026-11-27 20:30", INFO),
        (True, "2026-11-27 20:00", "2026-11-27 21:30", WARNING),  # what must not be delayed goes at any hour
        (True, "2026-11-27 20:00", "2026-11-28 21:30", ERROR),
    ],
)
def test_mails_that_wait_in_open_hours_are_told(monkeypatch, urgent, told, looked, level):
    at, now = (timezone.make_aware(datetime.fromisoformat(each)) for each in (told, looked))
    monkeypatch.setattr("ppid.notices.telling.timezone.now", lambda: at)
    tell(News(kind="arrived", key="x", url="/meja/", is_urgent=urgent), to=[make.demo("bidang").pk])
    monkeypatch.setattr("ppid.notices.checks.timezone.now", lambda: now)
    assert levels(mails_leave_in_time(DB)) == [level]


def test_mails_that_failed_are_counted():
    assert levels(mails_leave_in_time(DB)) == [INFO]
    tell(News(kind="arrived", key="x", url="/meja/"), to=[make.demo("bidang").pk])
    mail = Dispatch.objects.filter(channel="mail")
    mail.update(stage="sending", next_at=None)
    mail.update(stage="failed", because="Ditolak.")
    (found,) = mails_leave_in_time(DB)
    assert (found.level, found.msg) == (WARNING, "1 surel tidak terkirim.")


def test_what_the_last_reading_of_the_ledgers_found_is_told(settings):
    settings.DEMO = False
    now = timezone.now()
    assert levels(ledgers_hold(DB)) == [WARNING]
    Examination.objects.create(started_at=now, ended_at=now - timedelta(hours=30))
    assert levels(ledgers_hold(DB)) == [WARNING]
    Examination.objects.create(started_at=now, ended_at=now, read=7)
    assert [each.msg.startswith("7 catatan") for each in ledgers_hold(DB)] == [True]
    Examination.objects.create(started_at=now, ended_at=now, faults=2)
    (found,) = ledgers_hold(DB)
    assert (found.level, found.msg.startswith("2 temuan")) == (ERROR, True)


def test_a_flow_without_a_sheet_in_force_is_told():
    assert every_flow_has_its_sheet(DB) == []
    sql("ALTER TABLE sop_sopversion DISABLE TRIGGER USER")
    SopVersion.objects.filter(runs="exclusion").update(runs="")
    (found,) = every_flow_has_its_sheet(DB)
    assert (found.level, "Pengecualian informasi" in found.msg) == (WARNING, True)
