"""A dozen kills with a fixed seed; ``python -m tests.fire --kills 300`` is the long run."""

import pytest

from tests.fire.campaign import campaign
from tests.fire.house import restarts


@pytest.mark.fire
def test_what_was_acknowledged_stands_once_whatever_is_killed():
    outcome = campaign(kills=12, seed=12, officers=3, settles=False)
    assert not outcome.faults, str(outcome)
    assert sum(outcome.kills.values()) == 12
    assert len(outcome.kills) >= 2, outcome.kills


@pytest.mark.parametrize(("unit", "again"), [("ppid", "on-failure"), ("ppid-worker", "always")])
def test_systemd_starts_again_what_ended(unit, again):
    """The queue's worker ends with the database, and says 0: «on-failure» would leave the office without notices."""
    assert restarts(unit) == again
