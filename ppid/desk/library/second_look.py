"""For the how-many-th time a sheet is handed in, why it was sent back, and what was edited since: from its ledgers."""

from dataclasses import dataclass
from datetime import datetime

from ppid.desk.work.second_look import Return, SecondLook
from ppid.flows.points import Point, points
from sop.ledgers import DraftEdit, StateChange
from sop.models import SopVersion


@dataclass(frozen=True, slots=True)
class SentBack:
    """A move of a sheet's ledger, read as the decision screen reads a return."""

    actor_name: str
    done_at: datetime
    kind: str = "return"


def sheets_second_look(version: SopVersion) -> SecondLook:
    """Return how often the version was handed in before, each time with the reason for which it came back."""
    back = [each for each in version.changes.all() if _is_return(each)]
    returns = [
        Return(SentBack(each.actor_name, each.at), [Point(asked) for asked in points(each.why)], [])  # type: ignore[arg-type]  # a ledger of the sheet's own
        for each in reversed(back)
    ]
    return SecondLook(visit=len(back) + 1, returns=returns)


def edits_since(version: SopVersion, look: SecondLook) -> list[DraftEdit]:
    """Return what was edited since the version was sent back last; nothing for one that never was."""
    if look.last is None:
        return []
    return list(version.edits.filter(at__gt=look.last.record.done_at).order_by("revision"))


def _is_return(change: StateChange) -> bool:
    return (change.from_state, change.to_state) == (SopVersion.State.IN_REVIEW, SopVersion.State.DRAFT)
