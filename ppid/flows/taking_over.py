"""Taking over what stands in a list that was signed elsewhere: an item, its case and the one row of its ledger.

Who may is asked where the list is approved as a whole (``ppid.takeover``); the database lets no such row stand without.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import new_case, refuse_unmet, sheet_of
from ppid.flows.ledger import Evidence, StepRecord
from ppid.flows.locks import hold_to_open_at
from ppid.flows.models import Case
from ppid.flows.steps import Act, StepUnmet
from ppid.information.classification import YEARS_OF_GROUND_A, ClassificationDecree, ConsequenceTest, FillingOfTest
from ppid.information.models import Exclusion, Information
from ppid.information.numbering import next_number
from ppid.organisation.models import Appointment, Unit, User
from sop.models import SopVersion

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
    unit = hold_to_open_at(unit)
    version = _sheet("publication", unit, at)
    item = _written_down(words, unit=unit, by=written_by, at=at)
    if bring is not None:
        bring(item)
    case = new_case("publication", item, version, at=at, opened_by=written_by)
    case.save(force_insert=True)
    move = case.move_called(MOVE)
    case.act = Act(appointment.user, at, because, inputs={"category": category}, carried=[move])
    refuse_unmet(case, [move])
    record = _record(case, appointment, case.words_to_approve())
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
    return _moved(case)


@transaction.atomic
def take_over_exclusion(
    words: Mapping[str, Any],
    test: ConsequenceTest,
    decree: ClassificationDecree,
    *,
    unit: Unit,
    written_by: User,
    appointment: Appointment,
    because: str,
    at: datetime,
) -> Case:
    """Write an excluded item down and put it on the DIK, with the test as far as its row tells it, and its decree.

    The test names no participant and no day, the decree no approval of the head: they say ``because`` instead. Both
    come unsaved. Call it as ``take_over_item``; raises as that does, and when the term is over.
    """
    unit = hold_to_open_at(unit)
    version = _sheet("exclusion", unit, at)
    item = _written_down(words, unit=unit, by=written_by, at=at)
    test.exclusion = decree.exclusion = Exclusion.objects.create(information=item)
    test.taken_over, test.unit_name = because, unit.name
    test.filled_by, test.filled_at, decree.recorded_by, decree.recorded_at = written_by, at, written_by, at
    _refuse_broken(test, decree, at=at)
    case = new_case("exclusion", item, version, at=at, opened_by=written_by, exclusion=test.exclusion)
    case.save(force_insert=True)
    move = case.move_called(MOVE)
    case.act = Act(appointment.user, at, because, carried=[move])
    # Before its papers: the database lets them be written in this row's transaction only.
    _record(case, appointment, {**item.description, "test": test.words})
    filling = {"filled_by": written_by, "filled_by_name": written_by.name, "filled_at": at}
    FillingOfTest.objects.create(exclusion=test.exclusion, **filling)
    test.digest, test.words_digest = test.reckon_digest(), test.reckon_words_digest()
    test.save(force_insert=True)
    decree.test_digest = test.digest
    decree.save(force_insert=True)
    refuse_unmet(case, [move])
    return _moved(case)


def _sheet(flow: str, unit: Unit, at: datetime) -> SopVersion:
    version = sheet_of(flow, unit, timezone.localdate(at))
    if version is None:
        raise StepUnmet("Belum ada SOP yang berlaku untuk alur ini. Mintalah PPID Utama menyetujui lembar SOP-nya.")
    return version


def _written_down(words: Mapping[str, Any], *, unit: Unit, by: User, at: datetime) -> Information:
    item = Information(number=next_number("", timezone.localdate(at).year), unit=unit, created_by=by, created_at=at)
    item.tell(**words)
    item.save(force_insert=True)
    return item


def _refuse_broken(test: ConsequenceTest, decree: ClassificationDecree, *, at: datetime) -> None:
    day, said = timezone.localdate(at), []
    if decree.date > day:
        said.append("Tanggal surat penetapan tidak boleh sesudah hari ini.")
    if test.ends_on and test.ends_on <= decree.date:
        said.append("Jangka waktu pengecualiannya berakhir sebelum surat penetapannya. Periksa keduanya di tabel.")
    if "a" in test.grounds and test.ends_on and test.ends_on > decree.date + relativedelta(years=YEARS_OF_GROUND_A):
        said.append("Pengecualian menurut huruf a paling lama 30 tahun sejak ditetapkan (pasal 20).")
    if said:
        raise StepUnmet(*said)
    try:
        test.validate_constraints(exclude={"exclusion"})
    except ValidationError as broken:
        raise StepUnmet(*broken.messages) from broken


def _record(case: Case, appointment: Appointment, approved: Mapping[str, Any]) -> StepRecord:
    [move] = case.act.carried
    return StepRecord.objects.create(
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
        unit=case.information.unit,
        received_at=case.act.at,
        done_at=case.act.at,
        note=case.act.note,
        approved=approved,
    )


def _moved(case: Case) -> Case:
    case.take_over()  # type: ignore[attr-defined]  # each flow has its own
    case.step, case.moves, case.ended_at = None, 1, case.act.at
    case.save(update_fields=["state", "step", "moves", "ended_at"])
    return case
