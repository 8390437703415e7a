"""«Waktu pembuatan» as offices write it («2024», «Januari 2025», «semester I 2026»), read as a first and a last day.

The words stay as they are; what says no time of the calendar («setiap bulan») is read as none. No Django, no database.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from ppid.web.dates import MONTH_NUMBERS, full_date


class Days(NamedTuple):
    """A first and a last day, both included."""

    first: date
    last: date


_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NUMBER = r"(?P<part>[1-9]|i{1,3}|iv)"
_PARTS = {"semester": 2, "smt": 2, "caturwulan": 3, "triwulan": 4, "tw": 4, "kuartal": 4, "kwartal": 4}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {"pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4"}

# A Roman number alone («II 2026») is as likely a quarter as a month, so it is read as neither.
_MONTH_NAMES = "|".join(sorted((word for word in MONTH_NUMBERS if not set(word) <= set("ivx")), key=len, reverse=True))

_WHOLE_YEAR = re.compile(rf"(?:tahun anggaran |tahun |thn\.? |ta\.? |t\.a\.? )?{_YEAR}")
_PART_OF_YEAR = re.compile(rf"(?P<what>{'|'.join(_PARTS)})\.?(?: ke)?[ -]?{_NUMBER}(?: tahun| ta| -|,)? ?{_YEAR}")
_MONTH = re.compile(rf"(?:bulan )?(?P<month>{_MONTH_NAMES})\.?(?: tahun|,)? {_YEAR}")
_NUMERIC_MONTH = re.compile(rf"(?P<month>0?[1-9]|1[0-2]) ?[/-] ?{_YEAR}")
_BETWEEN = re.compile(
    r" ?[–—] ?| ?s/d ?| s\.?d\.? ?| sampai dengan | sampai | hingga | dan | - |(?<=[0-9]{4})[-/](?=[0-9]{4})"
)
_TIGHT = re.compile(r"(?<=[0-9a-z])-(?=[0-9a-z])")
_IN_FRONT = re.compile(r"(?:pada |periode |tanggal |tgl\.? )+")


def days_meant(written: str) -> Days | None:
    """Return the first and the last day that the words name; None when they name no time that has both."""
    words = " ".join(written.casefold().replace("\xa0", " ").split()).rstrip(".")
    for word, number in _ORDINALS.items():
        words = words.replace(word, number)
    words = _IN_FRONT.sub("", words, count=1) if _IN_FRONT.match(words) else words
    return _one(words) or _span(words) or (_span(_TIGHT.sub(" - ", words)) if "-" in words else None)


def _one(words: str) -> Days | None:
    """Read one time: a day, a month, a part of a year, a year."""
    if day := full_date(words):
        return Days(day, day)
    if found := _WHOLE_YEAR.fullmatch(words):
        return _months(int(found["year"]), 1, 12)
    if found := _MONTH.fullmatch(words):
        month = MONTH_NUMBERS[found["month"]]
        return _months(int(found["year"]), month, month)
    if found := _NUMERIC_MONTH.fullmatch(words):
        month = int(found["month"])
        return _months(int(found["year"]), month, month)
    if found := _PART_OF_YEAR.fullmatch(words):
        count = _PARTS[found["what"]]
        part = _ROMAN.get(found["part"]) or int(found["part"])
        length = 12 // count
        return _months(int(found["year"]), (part - 1) * length + 1, part * length) if part <= count else None
    return None


def _span(words: str) -> Days | None:
    """Read two times with a word or a stroke between them; what one of them leaves out, it has from the other."""
    parts = _BETWEEN.split(words)
    if len(parts) != 2:
        return None
    first, last = parts
    until = _one(last) or _one(" ".join([*first.split(" ")[:-1], last]))
    since = until and (_one(first) or _with_the_end_of(last, first))
    if since is None or until is None or since.first > until.first:
        return None
    return Days(since.first, until.last)


def _with_the_end_of(last: str, first: str) -> Days | None:
    """Read «Januari» of «Januari - Maret 2025», «20» of «20 - 22 November 2026», «TW I» of «TW I - II 2026»."""
    ends = last.split(" ")
    return next((days for n in range(1, len(ends)) if (days := _one(" ".join([first, *ends[n:]])))), None)


def _months(year: int, first: int, last: int) -> Days:
    return Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
