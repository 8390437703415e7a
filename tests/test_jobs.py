"""The queue: a job comes and goes with the transaction that asks for it, comes once, and outlives a killed worker."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.jobs import ask, somebody_works
from ppid.upkeep import tasks


def waiting() -> int:
    return ProcrastinateJob.objects.filter(status="todo").count()


def a_worker_is_killed_at_all_of_them(*, ago: str = "2 minutes") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id", [ago]
        )
        [gone] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [gone])


@pytest.mark.django_db
def test_a_job_comes_with_the_transaction_that_asks_for_it_and_goes_with_it():
    with transaction.atomic():
        ask(tasks.forget_old_jobs, once="forget", timestamp=0)
        transaction.set_rollback(True)
    assert waiting() == 0
    assert ask(tasks.forget_old_jobs, once="forget", timestamp=0)
    assert waiting() == 1


@pytest.mark.django_db
def test_what_waits_already_is_not_asked_for_twice_and_the_transaction_goes_on():
    with transaction.atomic():
        ask(tasks.forget_old_jobs, once="forget", timestamp=0)
        assert not ask(tasks.forget_old_jobs, once="forget", timestamp=0)
        assert ask(tasks.forget_old_jobs, once="another", timestamp=0)
    assert waiting() == 2


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_taken_up_again():
    ask(tasks.forget_old_jobs, once="forget", timestamp=0)
    a_worker_is_killed_at_all_of_them()
    assert waiting() == 0
    assert not somebody_works()
    tasks.take_up_stalled_jobs(timestamp=0)
    assert waiting() == 1


@pytest.mark.django_db
def test_what_a_worker_does_that_was_silent_for_a_moment_stays_with_it():
    ask(tasks.forget_old_jobs, once="forget", timestamp=0)
    a_worker_is_killed_at_all_of_them(ago="30 seconds")
    tasks.take_up_stalled_jobs(timestamp=0)
    assert waiting() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["succeeded", "failed", "aborted"])
def test_a_job_that_ended_is_kept_for_thirty_days(status):
    ask(tasks.forget_old_jobs, once="old", timestamp=31)
    ask(tasks.forget_old_jobs, once="young", timestamp=29)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute(
            "UPDATE procrastinate_events e SET at = now() - (args->>'timestamp' || ' days')::interval "
            "FROM procrastinate_jobs j WHERE j.id = e.job_id"
        )
    tasks.forget_old_jobs(timestamp=0)
    assert [each.args["timestamp"] for each in ProcrastinateJob.objects.all()] == [29]


def test_a_stalled_job_that_was_asked_for_again_ends_and_holds_up_no_other(committed_database):
    ask(tasks.forget_old_jobs, once="forget", timestamp=1)
    ask(tasks.forget_old_jobs, once="another", timestamp=2)
    a_worker_is_killed_at_all_of_them()
    ask(tasks.forget_old_jobs, once="forget", timestamp=3)
    tasks.take_up_stalled_jobs(timestamp=0)
    stand = {each.args["timestamp"]: each.status for each in ProcrastinateJob.objects.all()}
    assert stand == {1: "aborted", 2: "todo", 3: "todo"}


def test_a_worker_does_what_was_asked_for_and_shows_itself(committed_database):
    ask(tasks.forget_old_jobs, once="forget", timestamp=0)
    assert not somebody_works()
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False)
    asked = ProcrastinateJob.objects.get(task_name="ppid.upkeep.tasks.forget_old_jobs", args={"timestamp": 0})
    assert asked.status == "succeeded"  # the clock may ask for another at this very minute
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert somebody_works()
