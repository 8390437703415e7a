"""Walking every case again by its ledger alone, and telling where the case stands elsewhere than its rows say.

The chain proves that no row was changed; this proves that what people see of a case is what its rows say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from ppid.flows import as_decided, states
from ppid.flows.actions import deadline
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import Kind
from ppid.worktime.calendar import WorkingCalendar, calendar

_AT_ONCE = 500  # cases read at once

_UNKNOWN: Any = object()  # a due date that no row has told yet

_RECORD = (
    *("id", "case_id", "sequence", "kind", "key", "step", "to_step", "from_state", "to_state", "unit_id"),
    *("received_at", "done_at", "due_at", "back_to"),
)


@dataclass
class Walked:
    """Where a case stands after the rows of its ledger that were read, and what did not fit together on the way."""

    state: str
    step: int | None
    received_at: datetime
    moves: int = 0
    ended_at: datetime | None = None
    published_first_at: datetime | None = None
    due_at: Any = _UNKNOWN
    unit_id: int | None = None
    rows: dict[int, StepRecord] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def unlike_their_ledger(cases: QuerySet[Case] | None = None) -> Iterator[str]:
    """Yield a sentence for each thing in which a case is not what its ledger says, the oldest case first.

    People work meanwhile: what seems to differ is read again while nobody moves it, and told only if it still does.
    """
    chosen = Case.objects.all() if cases is None else cases
    reckoning, after = calendar(), 0
    while page := list(_with_rows(chosen.filter(pk__gt=after))):
        after = page[-1].pk
        for case in page:
            if differences(case, reckoning):
                yield from _while_it_stands_still(case)


def _while_it_stands_still(case: Case) -> list[str]:
    """Return where the case differs, read again alone, under its lock and with the calendar of that moment."""
    with transaction.atomic():
        locked = case.locked()
        prefetch_related_objects([locked], *_rows())
        return differences(locked, calendar())


def _with_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.order_by("pk").select_related("information", "exclusion").prefetch_related(*_rows())[:_AT_ONCE]


def _rows() -> tuple[Prefetch | str, ...]:
    records = StepRecord.objects.only(*_RECORD).order_by("sequence")
    return (Prefetch("records", queryset=records), "moved_deadlines", "passed_on", *as_decided.rows())


def differences(case: Case, reckoning: WorkingCalendar) -> list[str]:
    """Return in sentences where the case is not what its ledger says."""
    walked = walk(case)
    found = list(walked.broken)
    pairs = [
        ("keadaannya", _state(case, case.state), _state(case, walked.state)),
        ("langkah yang ditunggunya", case.step or "tidak ada", walked.step or "tidak ada"),
        ("jumlah geraknya", case.moves, walked.moves),
        ("saat diterimanya", _moment(case.received_at), _moment(walked.received_at)),
        ("akhirnya", _moment(case.ended_at), _moment(walked.ended_at)),
        ("saat diumumkan lebih dahulu", _moment(case.published_first_at), _moment(walked.published_first_at)),
    ]
    found += [f"{what} {says}, padahal menurut riwayatnya {told}" for what, says, told in pairs if says != told]
    if walked.unit_id is not None and case.unit_id != walked.unit_id:
        found.append("perangkat daerahnya bukan yang disebut riwayatnya")
    found += as_decided.differences(case)
    due = walked.due_at if walked.due_at is not _UNKNOWN else _due(case, walked, reckoning)
    if not found and case.due_at != due:
        found.append(f"tenggatnya {_moment(case.due_at)}, padahal menurut riwayat dan kalender kerja {_moment(due)}")
    return [f"Proses {case.number}: {each}." for each in found]


def walk(case: Case) -> Walked:
    """Walk the case by its ledger from its opening on; only what never changes is read off the case itself."""
    walked = Walked(states.INITIAL[case.flow], min(case.activities, default=None), case.opened_at)
    lines = sorted(case.moved_deadlines.all(), key=lambda line: line.pk)
    for record in case.records.all():
        _move_due(walked, [line for line in lines if line.moves == walked.moves])
        _take(walked, record)
    _move_due(walked, [line for line in lines if line.moves == walked.moves])
    passed = sorted(case.passed_on.all(), key=lambda line: line.pk)
    if passed:
        walked.unit_id = passed[-1].to_unit_id
    return walked


def _take(walked: Walked, record: StepRecord) -> None:
    where = f"riwayat ke-{record.sequence}"
    if record.sequence != walked.moves + 1:
        walked.broken.append(f"riwayat ke-{walked.moves + 1} tidak ada")
    if (record.from_state, record.step) != (walked.state, walked.step):
        walked.broken.append(f"{where} tidak mulai di tempat riwayat sebelumnya berakhir")
    elif record.from_state != record.to_state and (record.from_state, record.to_state) not in _lawful(record):
        walked.broken.append(f"{where} melangkah ke keadaan yang tidak dibolehkan alurnya")
    if record.received_at != walked.received_at:
        walked.broken.append(f"{where} menyebut saat terima lain daripada akhir riwayat sebelumnya")
    if walked.due_at is not _UNKNOWN and record.due_at != walked.due_at:
        walked.broken.append(f"{where} menyebut tenggat lain daripada yang berlaku")
    walked.state, walked.step, walked.moves = record.to_state, record.to_step, record.sequence
    walked.rows[record.sequence] = record
    if record.kind == Kind.UNDO:
        return _stand_again(walked, record, where)
    if record.kind == Kind.FIRST_PUBLICATION:
        walked.published_first_at = record.done_at
    else:
        walked.received_at = record.done_at
    if record.to_step is None:
        walked.ended_at = walked.received_at
    # While a row carries another lawful step no clock runs in between.
    stops = record.to_step is None or record.to_step == record.step and record.kind == Kind.STEP
    walked.due_at = None if stops else _UNKNOWN
    walked.unit_id = record.unit_id


def _lawful(record: StepRecord) -> list[tuple[str, str]]:
    return [*states.MOVES, *states.UNDOING] if record.kind == Kind.UNDO else states.MOVES


def _stand_again(walked: Walked, record: StepRecord, where: str) -> None:
    """Stand where the decision that is undone was made, with the times that it had there."""
    undone = walked.rows.get((record.back_to or 0) + 1)
    if undone is None or (undone.from_state, undone.step) != (record.to_state, record.to_step):
        walked.broken.append(f"{where} mengurungkan ke tempat lain daripada semula")
        return
    walked.received_at, walked.unit_id = undone.received_at, record.unit_id
    walked.due_at = _UNKNOWN  # the calendar may have moved it meanwhile: it is reckoned, or told by the next row


def _move_due(walked: Walked, lines: list) -> None:
    for line in lines:
        if walked.due_at is not _UNKNOWN and line.due_before != walked.due_at:
            walked.broken.append(f"pergeseran tenggat sesudah riwayat ke-{line.moves} tidak mulai dari yang berlaku")
        walked.due_at = line.due_after


def _due(case: Case, walked: Walked, reckoning: WorkingCalendar) -> datetime | None:
    """Return when the row is due that the case waits at by its ledger, reckoned by the calendar as it stands."""
    return None if walked.step is None else deadline(case, walked.step, walked.received_at, reckoning)


def _state(case: Case, state: str) -> str:
    try:
        return f"«{states.STATES[case.flow](state).label}»"
    except ValueError:
        return f"«{state}»"


def _moment(moment: datetime | None) -> str:
    return "tidak ada" if moment is None else f"{timezone.localtime(moment):%d/%m/%Y %H.%M.%S}"
