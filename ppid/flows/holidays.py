"""Keeping the working calendar: who may change it, and the running deadlines that move with it.

Each change moves the deadlines of the running cases in the same transaction. The ledger's rows stay as they were.
"""

from dataclasses import dataclass
from datetime import date

import holidays
from django.db import IntegrityError, transaction
from django.utils import timezone

from ppid.flows.actions import deadline
from ppid.flows.models import Case, Holiday
from ppid.flows.steps import ChangedMeanwhile, Refusal
from ppid.flows.working_time import calendar
from ppid.organisation.models import Appointment, User

KEEPERS = ("ppid_utama", "bidang_layanan", "operator")
YEARS = range(2024, 2100)


class CalendarRefused(Refusal):
    """The change of the calendar was refused."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a year did: the days added, and the running deadlines moved."""

    added: int
    moved: int


def keeps_calendar(user: User, *, on: date) -> bool:
    """Whether the person may change the working calendar: PPID Utama, Bidang and Operator may."""
    return Appointment.objects.in_force(on=on).filter(user=user, role__code__in=KEEPERS).exists()


@transaction.atomic
def add(holiday: Holiday, *, actor: User) -> int:
    """Add a day that is not worked; return how many running deadlines moved. Raises CalendarRefused."""
    _require_keeper(actor)
    _write(holiday, force_insert=True)
    return _move_deadlines()


@transaction.atomic
def change(holiday: Holiday, *, actor: User, seen: str) -> int:
    """Write a changed day; return how many running deadlines moved.

    ``seen`` is the ``Holiday.mark`` that the actor saw: ChangedMeanwhile when it is another by now. Raises
    CalendarRefused.
    """
    _require_keeper(actor)
    _refuse_changed(holiday.pk, seen)
    _write(holiday)
    return _move_deadlines()


@transaction.atomic
def remove(holiday: Holiday, *, actor: User) -> int:
    """Make the day a working day again; return how many running deadlines moved. Raises CalendarRefused."""
    _require_keeper(actor)
    Holiday.objects.filter(pk=holiday.pk).delete()
    return _move_deadlines()


@transaction.atomic
def predict(year: int, *, actor: User) -> Filled:
    """Fill the year with what the library of holidays expects, unconfirmed; days already there stay as they are."""
    _require_keeper(actor)
    if year not in YEARS:
        raise CalendarRefused(f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.")
    days = [
        Holiday(date=day, name=name[:150], kind=kind)
        for kind, category in ((Holiday.Kind.NATIONAL, "public"), (Holiday.Kind.JOINT_LEAVE, "government"))
        for day, name in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items()
    ]
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(days, ignore_conflicts=True)
    return Filled(added=Holiday.objects.count() - before, moved=_move_deadlines())


def _require_keeper(actor: User) -> None:
    if not keeps_calendar(actor, on=timezone.localdate()):
        raise CalendarRefused("Kalender kerja hanya dapat diubah oleh PPID Utama, Bidang, atau Operator.")


def _write(holiday: Holiday, **how) -> None:
    try:
        with transaction.atomic():
            holiday.save(**how)
    except IntegrityError as error:
        raise CalendarRefused("Tanggal ini sudah ada dalam kalender. Ubah baris yang sudah ada.") from error


def _refuse_changed(pk: int, seen: str) -> None:
    current = Holiday.objects.select_for_update().filter(pk=pk).first()
    if current is None:
        raise CalendarRefused("Hari libur ini sudah dihapus orang lain. Tambahkan lagi bila memang perlu.")
    if current.mark != seen:
        raise ChangedMeanwhile(
            f"Hari libur ini diubah rekan Anda sesudah Anda membukanya; sekarang tersimpan: {current.date:%d/%m/%Y}, "
            f"{current.name}. Periksa, lalu simpan lagi: yang tersimpan nanti adalah isian Anda."
        )


def _move_deadlines() -> int:
    """Reckon the present step of every running case again; return how many deadlines are another moment now.

    The cases are locked first, so that a step taken meanwhile is either reckoned here or sees this calendar itself.
    """
    cases = list(Case.objects.running().select_for_update().order_by("pk"))
    reckoning, moved = calendar(), []
    for case in cases:
        due = deadline(case, case.step_number, case.received_at, reckoning)
        if due != case.due_at:
            case.due_at = due
            moved.append(case)
    Case.objects.bulk_update(moved, ["due_at"], batch_size=500)
    return len(moved)
