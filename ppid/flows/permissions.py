"""Who may do what on a case, by the appointments in force and the performers of the case's own SOP version.

Each rule answers with the sentence that people read where the button would be.
"""

from datetime import date

from ppid.flows.models import Case
from ppid.flows.states import PREPARES
from ppid.flows.steps import Kind, Move
from ppid.organisation.models import Appointment, AppointmentQuerySet, Unit, User

UTAMA = "ppid_utama"


def appointment_for_unit(user: User, unit: Unit | int, *, on: date) -> Appointment | None:
    """Return an appointment under which the person acts for ``unit`` (or its key), definitive ones first."""
    return _in_force(user, unit, on).first()


def performs(user: User, case: Case, number: int | None, *, on: date) -> Appointment | None:
    """Return the appointment under which the person performs row ``number`` of the case, alone or with others."""
    if number is None or (activity := case.activities.get(number)) is None:
        return None
    return _in_force(user, case.unit_id, on).filter(role__in=activity.role_ids).first()


def appointment_for(case: Case, move: Move, user: User, *, on: date) -> Appointment | None:
    """Return the appointment under which the person may make this move; None when there is none."""
    if move.kind in (Kind.STEP, Kind.RETURN, Kind.DIVERSION, Kind.CONCLUSION):
        return performs(user, case, case.step_number, on=on)
    if move.kind == Kind.REOPENING:
        return changes_documents_as(user, case, on=on)
    chief = _in_force(user, case.unit_id, on).filter(role__code=UTAMA).first()
    if chief is None and move.kind == Kind.WITHDRAWAL and case.opened_by_id == user.pk:
        return appointment_for_unit(user, case.unit_id, on=on)
    return chief


def leads(user: User, case: Case, *, on: date) -> bool:
    """Whether the person acts as PPID Utama."""
    return _in_force(user, case.unit_id, on).filter(role__code=UTAMA).exists()


def forbidden_because(case: Case, move: Move, user: User, appointment: Appointment | None) -> str:
    """Return why the person may not make this move, as a sentence; empty when they may."""
    if appointment is None:
        return _whose(case, move)
    if move.kind == Kind.WITHDRAWAL and case.published_first_at and appointment.role.code != UTAMA:
        return (
            "Informasi ini sudah diumumkan lebih dahulu, jadi menarik prosesnya juga mencabutnya dari portal. "
            "Minta PPID Utama melakukannya."
        )
    if move.kind == Kind.FIRST_PUBLICATION and _prepared(case, user):
        return "Tidak seorang pun mengumumkan lebih dahulu apa yang ia siapkan sendiri. Minta PPID Utama yang lain."
    if move.kind in (Kind.STEP, Kind.CONCLUSION) and case.decides and _prepared(case, user):
        prepares = case.row_of(PREPARES[case.flow])
        return (
            f"Langkah {case.step_number} tidak boleh dikerjakan oleh orang yang mengerjakan langkah "
            f"{prepares.number}: tidak seorang pun menyetujui pekerjaannya sendiri. "
            f"Minta {case.awaited_column} yang lain."
        )
    return ""


def holders(case: Case, *, on: date) -> list[Appointment]:
    """Return the appointments whose holders may perform the step being awaited."""
    if not case.is_running:
        return []
    held = Appointment.objects.in_force(on=on).for_unit(case.unit_id).filter(role__in=case.awaited.role_ids)
    return list(held.select_related("user", "role", "unit").definitive_first())


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
        return appointment_for_unit(user, case.unit_id, on=on)
    return mine


def _in_force(user: User, unit: Unit | int, on: date) -> AppointmentQuerySet:
    held = Appointment.objects.in_force(on=on).filter(user=user).for_unit(unit)
    return held.select_related("role").definitive_first()


def _prepared(case: Case, user: User) -> bool:
    return case.records.filter(kind=Kind.STEP, key=PREPARES[case.flow], actor=user).exists()


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
