"""Keeping the working calendar: who may change it, and the running deadlines that move with it.

Each change moves the deadlines of the running cases in the same transaction, and leaves a line in each of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import holidays
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ppid.organisation.models import Appointment, User
from ppid.web.refusals import ChangedMeanwhile, Refused
from ppid.worktime.calendar import CALENDAR_LOCK
from ppid.worktime.models import Holiday

KEEPERS = ("ppid_utama", "bidang_layanan", "operator")
YEARS = range(2024, 2100)


class CalendarRefused(Refused):
    """The change of the calendar was refused."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a year did: the days added, and the running deadlines moved."""

    added: int
    moved: int


def keeps_calendar(user: User, *, on: date) -> bool:
    """Whether the person may change the working calendar: PPID Utama, Bidang and Operator may."""
    return Appointment.objects.of(user, on=on).filter(role__code__in=KEEPERS).exists()


@transaction.atomic
def add(holiday: Holiday, *, actor: User) -> int:
    """Add a day that is not worked; return how many running deadlines moved. Raises CalendarRefused."""
    _require_keeper(actor)
    _one_change_at_a_time()
    _write(holiday, new=True)
    return _move_deadlines(actor, f"{_named(holiday)} menjadi hari libur.")


@transaction.atomic
def change(holiday: Holiday, *, actor: User, seen: str) -> int:
    """Write a changed day; return how many running deadlines moved.

    ``seen`` is the ``Holiday.mark`` that the actor saw: ChangedMeanwhile when it is another by now. Raises
    CalendarRefused.
    """
    _require_keeper(actor)
    _one_change_at_a_time()
    current = Holiday.objects.filter(pk=holiday.pk).first()
    if current is None:
        raise CalendarRefused("Hari libur ini sudah dihapus orang lain. Tambahkan lagi bila memang perlu.")
    if current.mark != seen:
        raise ChangedMeanwhile(
            f"Hari libur ini diubah rekan Anda sesudah Anda membukanya; sekarang tersimpan: {_named(current)}. "
            "Periksa, lalu simpan lagi: yang tersimpan nanti adalah isian Anda."
        )
    _write(holiday)
    return _move_deadlines(actor, f"Hari libur {_named(current)} diubah menjadi {_named(holiday)}.")


@transaction.atomic
def remove(holiday: Holiday, *, actor: User) -> int:
    """Make the day a working day again; return how many running deadlines moved. Raises CalendarRefused."""
    _require_keeper(actor)
    _one_change_at_a_time()
    removed, _ = Holiday.objects.filter(pk=holiday.pk).delete()
    if not removed:
        raise CalendarRefused("Hari libur ini sudah dihapus orang lain.")
    return _move_deadlines(actor, f"{_named(holiday)} menjadi hari kerja.")


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
    _one_change_at_a_time()
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(days, ignore_conflicts=True)
    moved = _move_deadlines(actor, f"Perkiraan hari libur tahun {year} diisi.")
    return Filled(added=Holiday.objects.count() - before, moved=moved)


@transaction.atomic
def reckon_again() -> int:
    """Reckon the running deadlines by the calendar as it stands; return how many moved.

    The acts above have done so already. What came in otherwise (a file of holidays, a setting) is found here.
    """
    _one_change_at_a_time()
    return _move_deadlines(None, "Kalender kerja berubah di luar halaman kalender (berkas hari libur atau pengaturan).")


def _require_keeper(actor: User) -> None:
    if not keeps_calendar(actor, on=timezone.localdate()):
        raise CalendarRefused("Kalender kerja hanya dapat diubah oleh PPID Utama, Bidang, atau Operator.")


def _write(holiday: Holiday, *, new: bool = False) -> None:
    try:
        with transaction.atomic():
            holiday.save(force_insert=new)
    except IntegrityError as error:
        raise CalendarRefused("Tanggal ini sudah ada dalam kalender. Ubah baris yang sudah ada.") from error


def _named(holiday: Holiday) -> str:
    return f"{holiday.date:%d/%m/%Y}, {holiday.name}"


def _one_change_at_a_time() -> None:
    """Hold the calendar alone until the transaction ends: after other changes, and after all who reckon by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [CALENDAR_LOCK])


_reckoned_anew: list[Callable[[User | None, str], int]] = []


def reckon_anew(move: Callable[[User | None, str], int]) -> None:
    """Have ``move`` called in each change's transaction, with who changed it and what: it moves running deadlines.

    It returns how many. Nobody (None) changed what was found changed.

    The flows register here as the project starts; the calendar knows no case.
    """
    _reckoned_anew.append(move)


def _move_deadlines(actor: User | None, because: str) -> int:
    return sum(move(actor, because) for move in _reckoned_anew)
