"""The worker notes what it does, and two that watch at the same moment tell once: on committed rows."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ppid.health.models import JobRun, Trouble
from ppid.health.runs import is_periodic
from ppid.health.watching import Found, note
from ppid.notices.models import Notice
from ppid.upkeep.tasks import tell_what_is_due
from ppid.web.reference import current
from tests.together import two_at_once


def test_the_worker_notes_its_periodic_tasks_and_what_they_log_names_the_job(committed_database, monkeypatch):
    seen = []
    monkeypatch.setattr("ppid.upkeep.tasks.remind_of_cases", lambda: seen.append(current()))
    assert is_periodic(app, "ppid.upkeep.tasks.tell_what_is_due")
    assert not is_periodic(app, "ppid.proof.tasks.examine_all")
    job = tell_what_is_due.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False)
    assert f"job-{job}" in seen
    run = JobRun.objects.get(name="ppid.upkeep.tasks.tell_what_is_due")
    assert run.done_at == run.ended_at


def test_a_task_that_fails_at_the_worker_is_noted_too(committed_database, monkeypatch):
    def fail():
        raise RuntimeError("Rusak.")

    monkeypatch.setattr("ppid.upkeep.tasks.remind_of_cases", fail)
    tell_what_is_due.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False)
    assert JobRun.objects.get(name="ppid.upkeep.tasks.tell_what_is_due").because == "Rusak."


def test_two_that_watch_at_once_tell_once(committed_database):
    def watches():
        note([Found("disk", True, "Cakram penuh.")], at=timezone.now())

    assert two_at_once(watches, watches) == (None, None)
    assert Trouble.objects.count() == 1
    told = Notice.objects.filter(kind="trouble").values_list("person__email", flat=True)
    assert sorted(told) == ["utama@demo.example", "wakil@demo.example"]
