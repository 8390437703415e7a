"""Days off from a calendar file (iCalendar, ``.ics``): read within bounds, and never taken without a look.

All-day events are days off, over several days too; so is what lasts from midnight to midnight here, whatever zone it
was written in. Anything else is left out and told. No Django models, no database.
"""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as clock
from typing import Any, BinaryIO

import icalendar
from dateutil.rrule import rruleset, rrulestr

from ppid.web.letters import without_forbidden
from ppid.web.refusals import Refused

MAX_BYTES = 512 * 1024
MAX_LINES = 10_000
MAX_SECONDS = 3  # of following rules that lead nowhere
MAX_EVENTS = 2000
MAX_DAYS = 600  # that a file may bring
LONGEST = 31  # days of one event: a school holiday is no day off of an office
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
MAX_REPEATING = 100  # events of a file
_OLDEST = 1900  # in which a rule by years or months may begin: it is followed from there
_SHORTLY_BEFORE = 2  # years before the window in which one by days or weeks may
# What a calendar calls days that are worked all the same.
_OBSERVED = ("perayaan", "observance", "peringatan", "bukan hari libur")


class UnreadableCalendar(Refused):
    """The file is no calendar, or one beyond all bounds."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day of an event. ``is_doubted`` is one that the calendar itself doesn't call a day off."""

    date: date
    name: str
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: its days within the years asked for, each once, and what was left out, in sentences."""

    days: tuple[FoundDay, ...]
    left_out: tuple[str, ...]


def read(file: BinaryIO, *, years: range, zone: tzinfo) -> Found:
    """Return the days off of the file. Raises UnreadableCalendar with what to do next."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableCalendar(
            "Berkas kalender paling besar 512 KB. Simpan hanya kalender hari libur, lalu unggah lagi."
        )
    if content.count(b"\n") + content.count(b"\r") > 2 * MAX_LINES:
        raise UnreadableCalendar(
            f"Berkas kalender paling panjang {MAX_LINES} baris. Simpan hanya kalender hari libur, lalu unggah lagi."
        )
    events, begun = _events(content), time.monotonic()
    window = (date(years[0], 1, 1), date(years[-1], 12, 31))
    days: dict[date, FoundDay] = {}
    left_out: dict[str, None] = {}
    moved = {
        (str(event.get("UID", "")), _day_of(event, "RECURRENCE-ID", zone))
        for event in events
        if "RECURRENCE-ID" in event
    }
    for event in events:
        if time.monotonic() - begun > MAX_SECONDS:
            raise UnreadableCalendar(
                "Aturan pengulangan dalam berkas ini terlalu rumit. Simpan hanya kalender hari libur, lalu unggah lagi."
            )
        name = _name(event)
        try:
            for day in _days(event, window, zone, moved):
                found = FoundDay(day, name, _is_doubted(event))
                if day not in days or days[day].is_doubted and not found.is_doubted:
                    days[day] = found
                if len(days) > MAX_DAYS:
                    raise UnreadableCalendar(
                        f"Berkas ini memuat lebih dari {MAX_DAYS} hari libur. Pilih satu tahun, lalu unggah lagi."
                    )
        except _LeftOut as because:
            left_out[f"«{name}»: {because}"] = None
    return Found(tuple(days[day] for day in sorted(days)), tuple(left_out))


class _LeftOut(Exception):
    """An event is no day off, or can't be understood."""


def _events(content: bytes) -> list[Any]:
    unreadable = UnreadableCalendar("Berkas ini bukan kalender (.ics) yang dapat dibaca. Unduh lagi dari sumbernya.")
    try:
        calendars = icalendar.Calendar.from_ical(content, multiple=True)
        found = [each for one in calendars if one.name == "VCALENDAR" for each in one.subcomponents]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        raise unreadable from error
    if not any(one.name == "VCALENDAR" for one in calendars):
        raise unreadable
    events = [each for each in found if each.name == "VEVENT"]
    if sum(_repeats(event) for event in events) > MAX_REPEATING:
        raise UnreadableCalendar(
            f"Berkas ini memuat lebih dari {MAX_REPEATING} acara berulang. Simpan hanya hari libur, lalu unggah lagi."
        )
    if len(events) > MAX_EVENTS:
        raise UnreadableCalendar(
            f"Berkas ini memuat lebih dari {MAX_EVENTS} acara. Simpan hanya hari libur, lalu unggah lagi."
        )
    return events


def _days(event: Any, window: tuple[date, date], zone: tzinfo, moved: set) -> Iterator[date]:
    """Yield the days of the event that lie in the window."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _LeftOut("dibatalkan menurut berkasnya.")
    first = _day_of(event, "DTSTART", zone)
    length = _length(event, first, zone)
    changed = "RECURRENCE-ID" in event
    begins = [first] if changed or not _repeats(event) else _again(event, first, window, length, zone)
    for start in begins:
        if not changed and (str(event.get("UID", "")), start) in moved:
            continue
        for n in range(length):
            day = start + timedelta(days=n)
            if window[0] <= day <= window[1]:
                yield day


def _repeats(event: Any) -> bool:
    return "RRULE" in event or "RDATE" in event


def _length(event: Any, first: date, zone: tzinfo) -> int:
    """Return how many days the event lasts."""
    if "DTEND" in event:
        length = (_day_of(event, "DTEND", zone) - first).days
    elif "DURATION" in event:
        lasts = _value(event, "DURATION")
        if not isinstance(lasts, timedelta) or lasts % timedelta(days=1):
            raise _LeftOut("bukan acara sehari penuh.")
        length = lasts.days
    elif isinstance(_value(event, "DTSTART"), datetime):
        raise _LeftOut("bukan acara sehari penuh.")
    else:
        length = 1
    if length > LONGEST:
        raise _LeftOut(
            f"berlangsung {length} hari; libur kantor sepanjang itu tidak ada. Tambahkan sendiri bila benar."
        )
    return max(length, 1)  # some write the last day, not the day after it


def _day_of(event: Any, name: str, zone: tzinfo) -> date:
    """Return the day that the field names here; a moment counts when it is midnight here."""
    value = _value(event, name)
    if isinstance(value, datetime):
        try:
            local = value.astimezone(zone) if value.tzinfo else value
        except (OverflowError, ValueError) as error:
            raise _LeftOut("tanggalnya tidak dapat dibaca.") from error
        if local.time() != clock.min:
            raise _LeftOut("bukan acara sehari penuh.")
        return local.date()
    if isinstance(value, date):
        return value
    raise _LeftOut("tanggalnya tidak dapat dibaca.")


def _value(event: Any, name: str) -> Any:
    try:
        field = event.get(name)
        return getattr(field, "dt", None)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise _LeftOut("tanggalnya tidak dapat dibaca.") from error


def _again(event: Any, first: date, window: tuple[date, date], length: int, zone: tzinfo) -> Iterator[date]:
    """Yield the days on which the event begins, by its rules, until the window ends."""
    start, end = datetime.combine(first, clock.min), datetime.combine(window[1], clock.max)
    dates = rruleset()
    dates.rdate(start)
    for rule in _each(event.get("RRULE")):
        for each in _followed(rule, start, window, end, zone):
            dates.rdate(each)
    for day in _listed(event, "RDATE", zone):
        dates.rdate(datetime.combine(day, clock.min))
    for day in _listed(event, "EXDATE", zone):
        dates.exdate(datetime.combine(day, clock.min))
    earliest = datetime.combine(window[0], clock.min) - timedelta(days=length)
    yield from (each.date() for each in dates if earliest <= each <= end)


def _followed(rule: Any, start: datetime, window: tuple[date, date], end: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Yield what a rule says from its start to the window's end, bounded whatever it says."""
    frequency = [str(each).upper() for each in rule.get("FREQ", [])]
    if len(frequency) != 1 or frequency[0] not in _FREQUENCIES or {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(rule):
        raise _LeftOut("aturan pengulangannya bukan per hari, minggu, bulan, atau tahun.")
    oldest = window[0].year - _SHORTLY_BEFORE if frequency[0] in ("DAILY", "WEEKLY") else _OLDEST
    if start.year < oldest:
        raise _LeftOut(f"berulang sejak sebelum tahun {oldest}.")
    unreadable = _LeftOut("aturan pengulangannya tidak dapat dibaca.")
    try:
        many = int(rule["COUNT"][0]) if rule.get("COUNT") else None
        if int(rule.get("INTERVAL", [1])[0]) < 1:  # it would never get on
            raise unreadable
        kept = {name: value for name, value in rule.items() if name not in ("COUNT", "UNTIL")}
        text = icalendar.vRecur(kept).to_ical().decode()
        repeated = rrulestr(f"{text};UNTIL={_until(rule, end, zone):%Y%m%dT%H%M%S}", dtstart=start)
        yield from itertools.islice(repeated, many)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise unreadable from error


def _until(rule: Any, end: datetime, zone: tzinfo) -> datetime:
    """Return until when the rule is followed: as it says, and never beyond the window."""
    told = next(iter(rule.get("UNTIL", [])), None)
    if isinstance(told, datetime):
        return min(told.astimezone(zone).replace(tzinfo=None) if told.tzinfo else told, end)
    if isinstance(told, date):
        return min(datetime.combine(told, clock.max), end)
    return end


def _listed(event: Any, name: str, zone: tzinfo) -> Iterator[date]:
    for field in _each(event.get(name)):
        for value in getattr(field, "dts", []):
            moment = value.dt
            if isinstance(moment, datetime):
                yield (moment.astimezone(zone) if moment.tzinfo else moment).date()
            elif isinstance(moment, date):
                yield moment


def _each(field: Any) -> list[Any]:
    if field is None:
        return []
    return field if isinstance(field, list) else [field]


def _name(event: Any) -> str:
    """Return what the event is called, as the calendar can keep it."""
    words = " ".join(without_forbidden(str(event.get("SUMMARY", ""))).split())
    return words[:150] or "Tanpa nama"


def _is_doubted(event: Any) -> bool:
    words = str(event.get("DESCRIPTION", "")).casefold()
    return any(word in words for word in _OBSERVED)
