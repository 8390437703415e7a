"""What runs by the clock is noted: when it began, how it ended, why it failed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ppid.health.jobs_known import BY_THE_WORKER, DAILY, daily_jobs, worker_jobs
from ppid.health.models import JobRun
from ppid.health.runs import noted
from ppid.upkeep.management.commands.daily import TASKS

pytestmark = pytest.mark.django_db


def test_every_task_of_the_day_and_of_the_worker_is_known_by_words_and_in_its_order():
    assert tuple(DAILY) == TASKS
    assert set(BY_THE_WORKER) == {name for name, _ in app.periodic_registry.periodic_tasks}
    assert all(DAILY.values())


EVERY = {"* * * * *": 1, "*/10 * * * *": 10, "5-59/10 * * * *": 10, "*/15 * * * *": 15}


@pytest.mark.parametrize("task", list(app.periodic_registry.periodic_tasks.values()), ids=lambda task: task.task.name)
def test_how_often_is_what_the_task_says(task):
    minutes = EVERY.get(task.cron) or (60 if task.cron.endswith(" * * * *") else 24 * 60)
    assert BY_THE_WORKER[task.task.name][1] == timedelta(minutes=minutes)


def test_a_run_that_goes_well_has_begin_and_end():
    with noted("sweep"):
        under_way = JobRun.objects.get(name="sweep")
        assert (under_way.ended_at, under_way.done_at, under_way.took) == (None, None, None)
    run = JobRun.objects.get(name="sweep")
    assert run.started_at <= run.ended_at == run.done_at
    assert not run.failed
    assert run.took < timedelta(seconds=5)


def test_a_run_that_fails_says_why_in_a_line_until_one_goes_well():
    with pytest.raises(CommandError), noted("sweep"):
        raise CommandError("3 files are lost\nand more")
    run = JobRun.objects.get(name="sweep")
    assert (run.because, run.done_at, run.failed) == ("3 files are lost", None, True)
    with noted("sweep"):
        pass
    run.refresh_from_db()
    assert (run.because, run.failed) == ("", False)
    assert run.failed_at < run.done_at


def test_one_that_was_killed_stands_as_begun():
    with noted("sweep"):
        pass
    before = JobRun.objects.get(name="sweep").done_at
    JobRun.objects.filter(name="sweep").update(started_at=timezone.now(), ended_at=None)
    (job,) = [job for job in daily_jobs(timezone.now()) if job.name == "sweep"]
    assert job.is_running
    assert job.run.done_at == before
    assert not job.is_late


@pytest.mark.parametrize(
    ("name", "ago", "late"),
    [
        ("sweep", timedelta(hours=25), False),
        ("sweep", timedelta(hours=27), True),
        ("ppid.notices.tasks.send", timedelta(minutes=29), False),
        ("ppid.notices.tasks.send", timedelta(minutes=31), True),
        ("ppid.upkeep.tasks.tell_what_ends", timedelta(hours=2), False),
        ("ppid.upkeep.tasks.tell_what_ends", timedelta(hours=4), True),
    ],
)
def test_a_job_is_late_when_none_went_well_for_too_long(name, ago, late):
    now = timezone.now()
    JobRun.objects.create(name=name, started_at=now - ago, ended_at=now - ago, done_at=now - ago)
    (job,) = [job for job in [*daily_jobs(now), *worker_jobs(now)] if job.name == name]
    assert (job.is_late, job.is_well) == (late, not late)


def test_a_first_run_that_is_under_way_is_late_only_when_it_takes_too_long():
    now = timezone.now()
    JobRun.objects.create(name="sweep", started_at=now)
    for later, late in ((timedelta(hours=1), False), (timedelta(hours=27), True)):
        (job,) = [job for job in daily_jobs(now + later) if job.name == "sweep"]
        assert job.is_late is late


def test_what_never_ran_is_late():
    assert all(job.is_late for job in daily_jobs(timezone.now()))


def test_the_daily_command_notes_each_task_also_the_one_that_fails(monkeypatch):
    monkeypatch.setattr("ppid.upkeep.management.commands.daily.TASKS", ("clearsessions", "verify_ledger", "remind"))

    def fail(*args, **options):
        raise CommandError("Rusak.")

    monkeypatch.setattr("ppid.upkeep.management.commands.verify_ledger.Command.handle", fail)
    with pytest.raises(CommandError, match="verify_ledger"):
        call_command("daily", verbosity=0)
    runs = JobRun.objects.in_bulk()
    assert {name: run.because for name, run in runs.items()} == {
        "clearsessions": "",
        "verify_ledger": "Rusak.",
        "remind": "",
    }


@pytest.mark.parametrize(
    "fields",
    [{"ended_at": timezone.now()}, {"because": "Rusak."}],
    ids=["ends neither done nor failed", "failed without a moment"],
)
def test_the_database_holds_how_a_run_ends(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(name="sweep", started_at=timezone.now(), **fields)
