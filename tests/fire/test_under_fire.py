"""Ten kills with a fixed seed; ``python -m tests.fire --kills 300`` is the long run."""

import subprocess
import time

import pytest

from tests.fire.campaign import campaign
from tests.fire.house import ROOT, restarts


@pytest.mark.fire
def test_what_was_acknowledged_stands_once_whatever_is_killed():
    outcome = campaign(kills=10, seed=12, officers=3, settles=False)
    assert not outcome.faults, str(outcome)
    assert sum(outcome.kills.values()) == 10
    assert len(outcome.kills) >= 2, outcome.kills


@pytest.mark.parametrize(("unit", "again"), [("ppid", "on-failure"), ("ppid-worker", "always")])
def test_systemd_starts_again_what_ended(unit, again):
    """The queue's worker ends with the database, and says 0: «on-failure» would leave the office without notices."""
    assert restarts(unit) == again


def test_the_demo_starts_its_queue_worker_again_and_ends_it_with_the_portal(tmp_path):
    script = (ROOT / "script" / "server").read_text()
    work = script[script.index("work() {") :].partition("\n}\n")[0] + "\n}\n"
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@" >> started\n')
    python.chmod(0o755)
    at_work = subprocess.Popen(["bash", "-c", f"sleep() {{ command sleep 0.1; }}\n{work}work"], cwd=tmp_path)
    started, until = tmp_path / "started", time.monotonic() + 20
    while not started.exists() or started.read_text().count("procrastinate worker") < 3:
        assert time.monotonic() < until, "the worker was not started again"
        time.sleep(0.05)
    at_work.terminate()
    at_work.wait(timeout=20)
