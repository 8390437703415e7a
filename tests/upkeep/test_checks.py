"""What is told of backups: none, old, damaged, never tried, and all well."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import ERROR, INFO, WARNING

from ppid import backup_marks
from ppid.upkeep.checks import there_is_a_backup

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def machine(settings, tmp_path):
    settings.VAR, settings.DEMO = tmp_path, False
    return tmp_path


def mark(folder, kind: str, ago: timedelta, **facts) -> None:
    at = (datetime.now(UTC) - ago).isoformat(timespec="seconds")
    (folder / kind).write_text(json.dumps({"at": at, "name": "2026-11-27_001000", "size": 5_000_000, **facts}))


def levels() -> list[int]:
    return [each.level for each in there_is_a_backup(["default"])]


def test_without_one_it_is_an_error_and_in_the_demo_a_fact(settings):
    assert levels() == [ERROR]
    settings.DEMO = True
    assert levels() == [INFO]


@pytest.mark.parametrize(
    ("made", "tried", "found"),
    [
        (HOUR, HOUR, [INFO]),
        (25 * HOUR, 99 * DAY, [INFO]),
        (27 * HOUR, HOUR, [WARNING]),
        (4 * DAY, HOUR, [ERROR]),
        (HOUR, 101 * DAY, [WARNING]),
        (HOUR, None, [WARNING]),
        (4 * DAY, None, [ERROR, WARNING]),
    ],
)
def test_its_age_and_its_last_trial_are_looked_at(machine, made, tried, found):
    mark(machine, backup_marks.MADE, made)
    if tried is not None:
        mark(machine, backup_marks.TRIED, tried)
    assert levels() == found


def test_what_was_lost_or_damaged_in_it_is_an_error(machine):
    mark(machine, backup_marks.TRIED, HOUR)
    mark(machine, backup_marks.MADE, 2 * HOUR, faults=3)
    assert levels() == [ERROR]
    mark(machine, backup_marks.MADE, 2 * HOUR)
    mark(machine, backup_marks.READ, HOUR, faults=1)
    assert levels() == [ERROR]
    mark(machine, backup_marks.MADE, timedelta(0))  # a new one since then
    assert levels() == [INFO]
