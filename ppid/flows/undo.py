"""Taking back what one decided a moment ago: by who decided, within ten minutes, before the next row was worked on.

The case stands as it did: its row, its state, its due date, the class and urgency that were overwritten. Both rows stay
in the ledger, and nothing counts either of them (``StepRecord.objects.standing()``). What released, adopted, ended the
case or voided a decree is not taken back, nor a row that several confirmed together.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ppid.flows import shelving, states, telling
from ppid.flows.actions import deadline, hold
from ppid.flows.head_approval import HeadApproval, UndoneApproval
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import UNDO, Act, Kind, Move, StepForbidden, StepOutOfOrder
from ppid.flows.undone import SINCE, UNDO_WITHIN
from ppid.organisation.models import User

_MOVED = ["state", "step", "moves", "received_at", "due_at", "is_urgent", "urgent_because", "urgent_since"]
_FINAL = "Putusan ini tidak dapat diurungkan. Bila keliru, kembalikan prosesnya dari langkah yang sekarang."


@transaction.atomic
def undo(case: Case, *, actor: User, at: datetime | None = None) -> StepRecord:
    """Take back the actor's last decision on the case; return the ledger row of the undo.

    Raises StepOutOfOrder when there is nothing to be taken back any more, StepForbidden when it was somebody else's.
    """
    at = at or timezone.now()
    locked = case.locked()
    made = refuse_unless_undoable(locked, actor=actor, at=at)
    first, last = made[0], made[-1]
    locked.act = Act(actor, max(at, last.done_at), inputs={"state": first.from_state})
    hold(last.appointment, locked.act)
    record = StepRecord.objects.create(
        case=locked,
        sequence=locked.moves + 1,
        kind=Kind.UNDO,
        key=UNDO.key,
        step=locked.step,
        to_step=first.step,
        from_state=locked.state,
        to_state=first.from_state,
        actor=actor,
        actor_name=actor.name,
        appointment=last.appointment,
        acting_as=last.appointment.acting_as,
        unit_id=locked.unit_id,
        received_at=locked.received_at,
        done_at=locked.act.at,
        due_at=locked.due_at,
        is_urgent=locked.due_at_once,
        back_to=_stood_on(locked, first),
    )
    _restore(locked, made)
    telling.undone(locked, record)
    return record


@transaction.atomic
def undo_approval(approval: HeadApproval, *, actor: User, at: datetime | None = None) -> UndoneApproval:
    """Take back the head's approval, given in person. Raises as ``undo``."""
    at = at or timezone.now()
    locked = Case.objects.get(pk=approval.case_id).locked()
    refuse_unless_approval_undoable(approval, locked, actor=actor, at=at)
    at = max(at, approval.recorded_at)
    undone = UndoneApproval.objects.create(approval=approval, actor=actor, actor_name=actor.name, at=at)
    telling.undone_by_head(locked, actor=actor, approval=approval.pk, at=at)
    return undone


def refuse_unless_approval_undoable(approval: HeadApproval, case: Case, *, actor: User, at: datetime) -> None:
    """Raise StepForbidden when another approved, StepOutOfOrder when it can't be taken back any more."""
    if approval.recorded_by_id != actor.pk:
        raise StepForbidden(f"Yang dapat mengurungkannya hanya {approval.recorded_by_name}.")
    if UndoneApproval.objects.filter(approval=approval).exists():
        raise StepOutOfOrder("Persetujuan ini sudah diurungkan.")
    if approval.document_id is not None:
        raise StepOutOfOrder("Persetujuan dengan pindaian bertanda tangan tidak dapat diurungkan.")
    _refuse_late(approval.recorded_at, at)
    since = ("documents", "decree")
    if case.moves != approval.moves or case.state != states.ExclusionState.ADOPTING:
        raise StepOutOfOrder(_GONE_ON)
    if _happened_since(case, approval.recorded_at, since):
        raise StepOutOfOrder(_GONE_ON)


def refuse_unless_undoable(case: Case, *, actor: User, at: datetime) -> Sequence[StepRecord]:
    """Return the ledger rows that would be taken back, the first one first: one, or all of a row of the sheet.

    Raises StepOutOfOrder or StepForbidden.
    """
    made = last_decision(case)
    if not made:
        raise StepOutOfOrder("Tidak ada putusan yang dapat diurungkan pada proses ini.")
    last = made[-1]
    if last.actor_id != actor.pk:
        raise StepForbidden(f"Yang dapat mengurungkannya hanya {last.actor_name}, yang memutuskannya.")
    if not case.is_running or case.published_first_at and case.published_first_at > last.done_at:
        raise StepOutOfOrder(_FINAL)
    if not is_undone_by_its_maker(case, made):
        raise StepOutOfOrder(_FINAL)
    _refuse_late(last.done_at, at)
    if _happened_since(case, last.done_at, SINCE):
        raise StepOutOfOrder(_GONE_ON)
    return made


_GONE_ON = (
    "Proses ini sudah dikerjakan lebih lanjut, jadi putusan Anda tidak dapat diurungkan lagi. Proses masih dapat "
    "dikembalikan, dengan alasannya."
)


def last_decision(case: Case) -> list[StepRecord]:
    """Return the rows of the case's last move, all that were taken with it, when it was a decision; else none."""
    records = [each for each in case.records.all() if each.sequence <= case.moves]
    if not records or records[-1].kind not in (Kind.STEP, Kind.RETURN):
        return []
    made = [records[-1]]
    for before in reversed(records[:-1]):
        if not made[0].goes_on(before):
            break
        made.insert(0, before)
    keys, last = states.DECISIONS[case.flow], made[-1]
    decides = any(each.kind == Kind.STEP and each.key in keys for each in made)
    sends_back = last.kind == Kind.RETURN and last.from_state in states.UNDONE_INTO
    return made if decides or sends_back else []


def is_final(case: Case, move: Move) -> bool:
    """Whether this move, made now, can't be taken back: it releases, ends or voids, or several take it together."""
    if move.kind not in (Kind.STEP, Kind.RETURN):
        return True
    if move.kind == Kind.RETURN:
        return bool(getattr(case, "decree", None))
    ahead = [number for number in case.onward.values() if number is not None]
    after = {case.state_awaited_at(number) for number in ahead}
    return len(case.awaited.columns) > 1 or not after or not after <= set(states.STEP_NUMBERS)


def is_undone_by_its_maker(case: Case, made: Sequence[StepRecord]) -> bool:
    """Whether these rows are of a kind that can be taken back: nothing was released or ended, nobody else confirmed."""
    last = made[-1]
    row = case.activities.get(last.step or 0)
    return last.to_state in states.STEP_NUMBERS and row is not None and len(row.columns) < 2


def _refuse_late(decided_at: datetime, at: datetime) -> None:
    until = timezone.localtime(decided_at + UNDO_WITHIN)
    if at > until:
        raise StepOutOfOrder(
            f"Putusan ini dapat diurungkan sampai pukul {until:%H.%M}. Proses masih dapat dikembalikan, dengan "
            "alasannya."
        )


def _happened_since(case: Case, moment: datetime, kinds: Sequence[str] | dict[str, str]) -> bool:
    """Say whether anything of these kinds came of the case after the moment: the same SQL as the trigger's."""
    asked = " OR ".join(f"EXISTS ({SINCE[kind]})" for kind in kinds)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {asked} FROM flows_case c, (SELECT %s::timestamptz AS done_at) made WHERE c.id = %s",  # noqa: S608
            [moment, case.pk],
        )
        return cursor.fetchone()[0]


def _stood_on(case: Case, first: StepRecord) -> int:
    """Return the row on which the case stood before: the one before, or the one to which an earlier undo led."""
    before = next((each for each in case.records.all() if each.sequence == first.sequence - 1), None)
    if before is None:
        return 0
    return before.sequence if before.back_to is None else before.back_to


def _restore(case: Case, made: Sequence[StepRecord]) -> None:
    first = made[0]
    case.stand_again()
    case.step = first.step
    case.received_at, case.due_at = first.received_at, first.due_at
    stood = next((each.stood for each in made if each.stood and "category" in each.stood), None)
    if stood is not None:
        case.is_urgent, case.urgent_because = stood["is_urgent"], stood["urgent_because"]
        case.urgent_since = parse_datetime(stood["urgent_since"]) if stood["urgent_since"] else None
        case.information.category = stood["category"]
        case.information.save(update_fields=["category"])
    if case.moved_deadlines.filter(moves__gte=first.sequence).exists():
        case.due_at = deadline(case, case.step, case.received_at)  # the calendar changed meanwhile
    case.moves += 1
    case.save(update_fields=_MOVED)
    if case.rows_follow:
        shelving.follow(case)


def undoable_until(case: Case, *, actor: User, at: datetime) -> datetime | None:
    """Return until when the person may take back what they decided last; None when they may not."""
    try:
        made = refuse_unless_undoable(case, actor=actor, at=at)
    except (StepOutOfOrder, StepForbidden):
        return None
    return made[-1].done_at + UNDO_WITHIN
