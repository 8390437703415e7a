"""Who may do what on a case, by the appointments in force and the performers of the case's own SOP version.

Each rule answers with the sentence that people read where the button would be.
"""

from collections.abc import Collection, Iterable
from datetime import date

from ppid.flows.models import Case
from ppid.flows.own_work import everybodys_work, tested
from ppid.flows.own_work import worked_on as worked_on
from ppid.flows.states import DECIDES, PREPARES, ExclusionState
from ppid.flows.steps import Kind, Move
from ppid.flows.walking import column_of
from ppid.organisation.deciding import Deciders
from ppid.organisation.models import Appointment, User
from sop.models import Activity

UTAMA, HEAD = "ppid_utama", "atasan_ppid"
ADOPTS = "adopt"  # the step of an exclusion that whoever tested doesn't take either


def acts_as(user: User, case: Case, offices: Collection[str] = (), *, on: date) -> Appointment | None:
    """Return the appointment by which the person acts for the case's unit, in one of these offices if any are named."""
    held = case.held_by(user, on=on)
    return next((each for each in held if not offices or each.role.code in offices), None)


def performs(user: User, case: Case, number: int | None, *, on: date) -> Appointment | None:
    """Return the appointment under which the person performs row ``number`` of the case, alone or with others."""
    if number is None or (activity := case.activities.get(number)) is None:
        return None
    return next((each for each in case.held_by(user, on=on) if each.role_id in activity.role_ids), None)


def appointment_for(case: Case, move: Move, user: User, *, on: date) -> Appointment | None:
    """Return the appointment under which the person may make this move; None when there is none."""
    if move.kind in (Kind.STEP, Kind.RETURN, Kind.DIVERSION, Kind.CONCLUSION):
        mine = performs(user, case, case.step_number, on=on)
        if mine is None and move.names_its_row and case.state == ExclusionState.ADOPTING:
            return acts_as(user, case, [HEAD], on=on)  # who is asked to approve it
        return mine
    if move.kind == Kind.REOPENING:
        return changes_documents_as(user, case, on=on)
    chief = acts_as(user, case, [UTAMA], on=on)
    if chief is None and move.kind == Kind.WITHDRAWAL and case.opened_by_id == user.pk:
        return acts_as(user, case, on=on)
    return chief


def forbidden_because(case: Case, move: Move, user: User, appointment: Appointment | None, *, on: date) -> str:
    """Return why the person may not make this move, as a sentence; empty when they may."""
    if appointment is None:
        return _whose(case, move)
    if move.kind == Kind.WITHDRAWAL and case.published_first_at and appointment.role.code != UTAMA:
        return (
            "Informasi ini sudah diumumkan lebih dahulu, jadi menarik prosesnya juga mencabutnya dari portal. "
            "Minta PPID Utama melakukannya."
        )
    if move.kind == Kind.FIRST_PUBLICATION:
        return chiefs(case, on=on).refusal_of(user, "mengumumkan lebih dahulu")
    if move.kind not in (Kind.STEP, Kind.CONCLUSION):
        return ""
    act = f"mengerjakan langkah {case.step_number}"
    if case.decides:
        return deciders(case, on=on).refusal_of(user, act)
    if ADOPTS in [each.key for each in case.carried] and (work := tested(case, user)):
        held = _holders_of(case, case.awaited, on)
        return Deciders.among(case.awaited_column, held, lambda person: tested(case, person)).refusal(act, work)
    return ""


def deciders(case: Case, *, on: date) -> Deciders:
    """Return who could take the step that decides on the case, each with what they did on it themselves."""
    row = case.row_of(DECIDES[case.flow])
    return _deciding(case, column_of(row), _holders_of(case, row, on))


def chiefs(case: Case, *, on: date) -> Deciders:
    """Return who acts as PPID Utama for the case, each with what they did on it themselves."""
    return _deciding(case, "PPID Utama", [each for each in case.in_office(on=on) if each.role.code == UTAMA])


def _deciding(case: Case, office: str, held: Iterable[Appointment]) -> Deciders:
    work = everybodys_work(case)
    return Deciders.among(office, held, lambda person: work.get(person.pk, ""))


def _holders_of(case: Case, row: Activity, on: date) -> list[Appointment]:
    return [each for each in case.in_office(on=on) if each.role_id in row.role_ids]


def holders(case: Case, *, on: date) -> list[Appointment]:
    """Return the appointments whose holders may perform the step being awaited."""
    if not case.is_running:
        return []
    return _holders_of(case, case.awaited, on)


def changes_documents_as(user: User, case: Case, *, on: date) -> Appointment | None:
    """Return the appointment under which the person may change the item's documents and DIP fields now.

    Those are the performers of the present step unless it decides, those of the step that prepares, and whoever
    opened the case as long as nothing has been prepared.
    """
    if not case.is_running:
        return None
    number, prepares = case.awaited.number, case.row_of(PREPARES[case.flow]).number
    decides = case.awaited.kind == "decision" or case.decides
    mine = None if decides else performs(user, case, number, on=on)
    mine = mine or performs(user, case, prepares, on=on)
    if mine is None and case.is_being_prepared and case.opened_by_id == user.pk:
        return acts_as(user, case, on=on)
    return mine


def _whose(case: Case, move: Move) -> str:
    unit = case.unit.name
    if move.kind in (Kind.STEP, Kind.RETURN, Kind.DIVERSION, Kind.CONCLUSION):
        label = case.awaited_column
        return f"Langkah {case.step_number} adalah tugas {label}. Anda tidak bertugas dalam peran itu untuk {unit}."
    if move.kind == Kind.WITHDRAWAL:
        return "Proses hanya dapat ditarik oleh orang yang membukanya atau oleh PPID Utama."
    if move.kind == Kind.RETRACTION:
        return "Hanya PPID Utama yang dapat mencabut informasi dari portal."
    if move.kind == Kind.FIRST_PUBLICATION:
        return "Hanya PPID Utama yang dapat mengumumkan lebih dahulu."
    return "Anda tidak bertugas mengubah dokumen proses ini."
