"""Keeping the working calendar: who may change it, what a change would move, and the deadlines that move with it.

Each change moves the deadlines of the running cases in the same transaction, and leaves a line in each of them. What
it would move can be looked at before: ``ahead`` makes it and takes it back.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import holidays
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.models import Appointment, User
from ppid.web.refusals import ChangedMeanwhile, Refused
from ppid.worktime.calendar import CALENDAR_LOCK, WorkingCalendar, calendar
from ppid.worktime.models import Holiday, SpecialDay, SpecialHours

KEEPERS = ("ppid_utama", "bidang_layanan", "operator")
YEARS = range(2024, 2100)


class CalendarRefused(Refused):
    """The change of the calendar was refused."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling a year did: the days added, those confirmed, and the running deadlines moved."""

    added: int
    moved: int
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class WouldMove:
    """A running deadline that a change of the calendar would move: of which case, from when to when."""

    case: int
    number: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """What a change wrote: the sentence that its cases keep, and how many days it added and confirmed."""

    because: str
    added: int = 0
    confirmed: int = 0


# A change of the calendar: it writes, inside a transaction, and returns what it wrote; it raises CalendarRefused.
Change = Callable[[], Written]


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not worked, as it comes from a file."""

    date: date
    name: str
    kind: str = field(default=Holiday.Kind.NATIONAL)


def keeps_calendar(user: User, *, on: date) -> bool:
    """Whether the person may change the working calendar: PPID Utama, Bidang and Operator may."""
    return Appointment.objects.of(user, on=on).filter(role__code__in=KEEPERS).exists()


def make(change: Change, *, actor: User, standing: str = "") -> Filled:
    """Make the change, with all that moves by it.

    ``standing`` is the ``mark`` of the calendar of which the actor saw what it moves: ChangedMeanwhile when it is
    another by now. Raises CalendarRefused.
    """
    with transaction.atomic():
        _require_keeper(actor)
        _one_change_at_a_time()
        if standing and standing != mark():
            raise ChangedMeanwhile(
                "Kalender ini diubah rekan Anda sesudah Anda melihat apa yang bergeser. Periksa lagi yang bergeser "
                "sekarang, lalu simpan."
            )
        written = change()
        return Filled(written.added, _move_deadlines(actor, written.because), written.confirmed)


def ahead(change: Change, *, actor: User) -> list[WouldMove]:
    """Return what the change would move; nothing of it is kept, and nobody waits for it. Raises as ``make`` does."""
    _require_keeper(actor)
    with transaction.atomic():
        change()
        reckoning = calendar()
        transaction.set_rollback(True)
    return [move for would_move in _looked_ahead for move in would_move(reckoning)]


def mark() -> str:
    """Return a short mark of all that the calendar says now, to notice that somebody changed it."""
    says = [
        list(Holiday.objects.order_by("pk").values_list("pk", "date", "name", "kind", "source", "is_confirmed")),
        list(SpecialHours.objects.order_by("pk").values_list("pk", "name", "first", "last", "source")),
        list(SpecialDay.objects.order_by("pk").values_list("hours", "weekday", *_CLOCK)),
    ]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:16]


_CLOCK = ("starts", "break_starts", "break_ends", "ends")


def adding(holiday: Holiday) -> Change:
    """A day that is not worked."""

    def change() -> Written:
        holiday.pk = None
        _write(holiday, new=True)
        return Written(f"{_named(holiday)} menjadi hari libur.", added=1)

    return change


def changing(holiday: Holiday, *, seen: str) -> Change:
    """Another day, name, kind or source. ``seen`` is the ``Holiday.mark`` of the row that was opened."""

    def change() -> Written:
        current = Holiday.objects.filter(pk=holiday.pk).first()
        if current is None:
            raise CalendarRefused("Hari libur ini sudah dihapus orang lain. Tambahkan lagi bila memang perlu.")
        if current.mark != seen:
            raise ChangedMeanwhile(
                f"Hari libur ini diubah rekan Anda sesudah Anda membukanya; sekarang tersimpan: {_named(current)}. "
                "Periksa, lalu simpan lagi: yang tersimpan nanti adalah isian Anda."
            )
        _write(holiday)
        return Written(f"Hari libur {_named(current)} diubah menjadi {_named(holiday)}.")

    return change


def removing(holiday: Holiday) -> Change:
    """The day is worked again."""

    def change() -> Written:
        removed, _ = Holiday.objects.filter(pk=holiday.pk).delete()
        if not removed:
            raise CalendarRefused("Hari libur ini sudah dihapus orang lain.")
        return Written(f"{_named(holiday)} menjadi hari kerja.")

    return change


def predicting(year: int) -> Change:
    """What the library of holidays expects of the year, unconfirmed; days already there stay as they are."""

    def change() -> Written:
        if year not in YEARS:
            raise CalendarRefused(f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.")
        added = _added(Holiday(date=each.date, name=each.name, kind=each.kind) for each in predicted(year))
        return Written(f"Perkiraan hari libur tahun {year} diisi.", added=added)

    return change


def predicted(year: int) -> list[Day]:
    """Return the days off that the library of holidays expects of the year."""
    return [
        Day(day, name[:150], kind)
        for kind, category in ((Holiday.Kind.NATIONAL, "public"), (Holiday.Kind.JOINT_LEAVE, "government"))
        for day, name in holidays.country_holidays("ID", years=year, categories=(category,), language="id").items()
    ]


def bringing_in(days: Sequence[Day], *, source: str, is_confirmed: bool) -> Change:
    """Days read from a file. What stands there already stays, but a prediction is confirmed where these are."""

    def change() -> Written:
        if not days:
            raise CalendarRefused("Pilih sekurang-kurangnya satu hari.")
        if is_confirmed and not source:
            raise CalendarRefused("Hari libur yang sudah ditetapkan harus menyebut dasar hukumnya.", fields=["source"])
        if wrong := [each for each in days if each.date.year not in YEARS]:
            raise CalendarRefused(f"{wrong[0].date:%d/%m/%Y}: tahun harus antara {YEARS[0]} dan {YEARS[-1]}.")
        confirmed = 0
        if is_confirmed:
            standing = Holiday.objects.filter(date__in=[each.date for each in days], is_confirmed=False)
            confirmed = standing.update(is_confirmed=True, source=source)
        rows = (
            Holiday(date=each.date, name=each.name, kind=each.kind, source=source, is_confirmed=is_confirmed)
            for each in days
        )
        added = _added(rows)
        return Written(f"{len(days)} hari libur dari berkas kalender dimasukkan.", added, confirmed)

    return change


def setting_hours(hours: SpecialHours, days: Sequence[SpecialDay], *, seen: str = "") -> Change:
    """Special hours, new ones or those that ``hours`` are already, with the hours of each weekday.

    ``seen`` is the ``SpecialHours.mark`` of those that were opened to be changed.
    """
    key = hours.pk

    def change() -> Written:
        hours.pk = key  # looked at ahead, it had one that was taken back
        if hours.first.year not in YEARS or hours.last.year not in YEARS:
            raise CalendarRefused(f"Tahun harus antara {YEARS[0]} dan {YEARS[-1]}.", fields=["first"])
        if sorted(day.weekday for day in days) != [0, 1, 2, 3, 4]:
            raise CalendarRefused("Isi jam kerja setiap hari dari Senin sampai Jumat.")
        current = SpecialHours.objects.filter(pk=key).first() if key else None
        if key and current is None:
            raise CalendarRefused("Jam kerja khusus ini sudah dihapus orang lain. Tambahkan lagi bila memang perlu.")
        if current is not None and current.mark != seen:
            raise ChangedMeanwhile(
                f"Jam kerja khusus ini diubah rekan Anda sesudah Anda membukanya; sekarang tersimpan: "
                f"{_stretch(current)}. Periksa, lalu simpan lagi: yang tersimpan nanti adalah isian Anda."
            )
        try:
            with transaction.atomic():
                hours.save()
                SpecialDay.objects.filter(hours=hours).delete()
                for day in days:
                    day.pk, day.hours = None, hours
                SpecialDay.objects.bulk_create(days)
        except IntegrityError as error:
            raise CalendarRefused(_WRONG_HOURS, fields=["first"]) from error
        return Written(f"{_stretch(hours)}: jam kerja lain ({hours.source}).")

    return change


_WRONG_HOURS = (
    "Sebagian hari ini sudah punya jam kerja khusus lain, atau jamnya tidak berurutan. Ubah yang sudah ada, atau "
    "betulkan tanggal dan jamnya."
)


def ending_hours(hours: SpecialHours) -> Change:
    """The usual hours hold again."""

    def change() -> Written:
        told = _stretch(hours)
        removed, _ = SpecialHours.objects.filter(pk=hours.pk).delete()
        if not removed:
            raise CalendarRefused("Jam kerja khusus ini sudah dihapus orang lain.")
        return Written(f"{told}: kembali ke jam kerja biasa.")

    return change


def add(holiday: Holiday, *, actor: User) -> int:
    """Add a day that is not worked; return how many running deadlines moved. Raises CalendarRefused."""
    return make(adding(holiday), actor=actor).moved


def change(holiday: Holiday, *, actor: User, seen: str) -> int:
    """Write a changed day; return how many running deadlines moved. Raises ChangedMeanwhile, CalendarRefused."""
    return make(changing(holiday, seen=seen), actor=actor).moved


def remove(holiday: Holiday, *, actor: User) -> int:
    """Make the day a working day again; return how many running deadlines moved. Raises CalendarRefused."""
    return make(removing(holiday), actor=actor).moved


def predict(year: int, *, actor: User) -> Filled:
    """Fill the year with what the library of holidays expects, unconfirmed. Raises CalendarRefused."""
    return make(predicting(year), actor=actor)


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


def _added(days: Iterable[Holiday]) -> int:
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(days, ignore_conflicts=True)
    return Holiday.objects.count() - before


def _named(holiday: Holiday) -> str:
    return f"{holiday.date:%d/%m/%Y}, {holiday.name}"


def _stretch(hours: SpecialHours) -> str:
    return f"{hours.name}, {date_format(hours.first)} sampai {date_format(hours.last)}"


def _one_change_at_a_time() -> None:
    """Hold the calendar alone until the transaction ends: after other changes, and after all who reckon by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [CALENDAR_LOCK])


_reckoned_anew: list[Callable[[User | None, str], int]] = []
_looked_ahead: list[Callable[[WorkingCalendar], Iterable[WouldMove]]] = []


def reckon_anew(
    move: Callable[[User | None, str], int], would_move: Callable[[WorkingCalendar], Iterable[WouldMove]]
) -> None:
    """Have ``move`` called in each change's transaction, with who changed it and what: it moves running deadlines.

    It returns how many. Nobody (None) changed what was found changed. ``would_move`` tells what would move by another
    calendar, and writes nothing.

    The flows register here as the project starts; the calendar knows no case.
    """
    _reckoned_anew.append(move)
    _looked_ahead.append(would_move)


def _move_deadlines(actor: User | None, because: str) -> int:
    return sum(move(actor, because) for move in _reckoned_anew)
