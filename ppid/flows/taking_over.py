"""Taking over what is public elsewhere by a list that was signed: an item, its case and the one row of its ledger.

Who may is asked where the list is approved as a whole (``ppid.takeover``); the database lets no such row stand without.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import new_case, refuse_unmet, sheet_of
from ppid.flows.ledger import Evidence, StepRecord
from ppid.flows.locks import hold_to_open_at
from ppid.flows.models import Case
from ppid.flows.steps import Act, StepUnmet
from ppid.information.models import Information
from ppid.information.numbering import next_number
from ppid.organisation.models import Appointment, Unit, User

MOVE = "take_over"


@transaction.atomic
def take_over_item(
    words: Mapping[str, Any],
    *,
    unit: Unit,
    category: str,
    written_by: User,
    appointment: Appointment,
    because: str,
    at: datetime,
    bring: Callable[[Information], object] | None = None,
) -> Case:
    """Write the item down and put it on the shelf, by the approval that was given under ``appointment``.

    ``because`` is what ledger and passport say instead of steps. ``bring`` adds the item's documents. Call it inside
    the transaction that notes the case in the list's row. Raises StepUnmet with sentences.
    """
    unit, day = hold_to_open_at(unit), timezone.localdate(at)
    version = sheet_of("publication", unit, day)
    if version is None:
        raise StepUnmet("Belum ada SOP yang berlaku untuk alur ini. Mintalah PPID Utama menyetujui lembar SOP-nya.")
    item = Information(number=next_number("", day.year), unit=unit, created_by=written_by, created_at=at)
    item.tell(**words)
    item.save(force_insert=True)
    if bring is not None:
        bring(item)
    case = new_case("publication", item, version, at=at, opened_by=written_by)
    case.save(force_insert=True)
    move = case.move_called(MOVE)
    case.act = Act(appointment.user, at, because, inputs={"category": category}, carried=[move])
    refuse_unmet(case, [move])
    record = StepRecord.objects.create(
        case=case,
        sequence=1,
        kind=move.kind,
        key=move.key,
        step=case.step,
        from_state=case.state,
        to_state=case.state_after(move, None),
        actor=appointment.user,
        actor_name=appointment.user.name,
        appointment=appointment,
        acting_as=appointment.acting_as,
        unit=unit,
        received_at=at,
        done_at=at,
        note=because,
        approved=case.words_to_approve(),
    )
    approved = [
        Evidence(
            record=record,
            part=Evidence.Part.APPROVED,
            document=document,
            sha256=document.sha256,
            means="item",
            by_portal=True,
        )
        for document in case.content
    ]
    Evidence.objects.bulk_create(approved)
    case.take_over()  # type: ignore[attr-defined]  # of a publication
    case.step, case.moves, case.ended_at = None, 1, at
    case.save(update_fields=["state", "step", "moves", "ended_at"])
    return case
