"""A dozen kills with a fixed seed; ``python -m tests.fire --kills 300`` is the long run."""

import configparser
from pathlib import Path

import pytest

from tests.fire.campaign import campaign

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.fire
def test_what_was_acknowledged_stands_once_whatever_is_killed():
    outcome = campaign(kills=12, seed=12, officers=3)
    assert not outcome.faults, str(outcome)
    assert sum(outcome.kills.values()) == 12
    assert len(outcome.kills) >= 2, outcome.kills


@pytest.mark.parametrize(("unit", "again"), [("ppid", "on-failure"), ("ppid-worker", "always")])
def test_systemd_starts_again_what_ended(unit, again):
    """The queue's worker ends with the database, and says 0: «on-failure» would leave the office without notices."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(ROOT / "deploy" / f"{unit}.service")
    assert parser["Service"]["Restart"] == again
