"""Durations as sheets print them («maks. 5 hari kerja»), read into a number and a unit; the words stay as they are."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from ppid.worktime.durations import MAX_DURATION, Duration, DurationUnit

# How a unit is written, and how many of the typed unit it is. No calendar days: «hari» means working days.
_UNITS: dict[str, tuple[int, DurationUnit]] = {
    r"menit|mnt|min": (1, DurationUnit.MINUTE),
    r"jam(?: kerja)?": (1, DurationUnit.HOUR),
    r"(?:hari|hr)\.? ?(?:kerja|krj)|hk|h\.k": (1, DurationUnit.WORKING_DAY),  # the longer words first
    r"hari|hr": (1, DurationUnit.DAY),
    r"minggu|mgg|mg|pekan": (1, DurationUnit.WEEK),
    r"bulan|bln": (1, DurationUnit.MONTH),
    r"tahun|thn|th": (12, DurationUnit.MONTH),
}
# What is whole in a smaller unit alone: «1 jam 30 menit». Days and hours have no such rate, it is the calendar's.
_SMALLER = {DurationUnit.HOUR: (60, DurationUnit.MINUTE)}
_ONES = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
# «sehari», and the words for a fraction.
_FUSED = {"se": Fraction(1), "setengah ": Fraction(1, 2), "½ ": Fraction(1, 2), "seperempat ": Fraction(1, 4)}
_MOST = (
    r"maks(?:imal|imum)?\.?|max\.?|paling (?:lama|lambat|banyak)|selambat(?:-lambatnya|nya)?|selama(?:-lamanya)?"
    r"|dalam(?: waktu)?|≤|<=?"
)


class _Part(NamedTuple):
    """An amount as it is printed, and how many of the typed unit one of it is."""

    amount: Fraction
    rate: int
    unit: DurationUnit


def _words() -> dict[str, int]:
    found = {word: n for n, word in enumerate(_ONES, start=1)} | {"sepuluh": 10, "sebelas": 11}
    found |= {f"{word} belas": n + 10 for n, word in enumerate(_ONES[1:], start=2)}
    for tens, ten in enumerate(_ONES[1:], start=2):
        found[f"{ten} puluh"] = 10 * tens
        found |= {f"{ten} puluh {word}": 10 * tens + n for n, word in enumerate(_ONES, start=1)}
    return found | {"seratus": 100}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBERS = _words()
_UNIT = "|".join(f"(?P<u{n}>{pattern})" for n, pattern in enumerate(_UNITS))
_AMOUNT = (
    rf"(?P<digits>[0-9]{{1,9}}(?:,(?:00?|50?|25|75)|\.[05])?)|(?P<word>{_any(_NUMBERS)})|(?P<fused>{_any(_FUSED)})"
)
_PART = re.compile(
    rf"(?:{_AMOUNT}) ?(?:\((?P<again>[a-z]+(?: [a-z]+)*|[0-9]{{1,9}})\))? ?(?:{_UNIT})\.?(?!\w)(?: ?\(hk\))?"
)
_JOINED = re.compile(r" ?(?:,|\+|dan|&)? ?(?=\S)")
_LIMIT = re.compile(rf"(?:{_MOST}) ?:? ?")
_RANGE = re.compile(r"\d ?(?:-|–|—|s\.? ?/? ?d\.?|sampai(?: dengan)?|hingga|atau) ?\d")
_ABOUT = re.compile(r"±|\+/-|~|≈|\b(?:kurang lebih|sekitar|kira-kira|lk)\b")
_HEAD_UNIT = re.compile(rf"(?:{_UNIT})\.?")


def read_duration(printed: str) -> Duration | None:
    """Return what the printed words say, or None unless they say one whole duration and nothing else.

    An upper bound («maks. 10 hari kerja») is the duration that the sheet sets. «± 1 hari», «1–2 jam» and «2 x 24 jam»
    are left to people.
    """
    text = _even(printed)
    rest = text[found.end() :] if (found := _LIMIT.match(text)) else text
    parts: list[_Part] = []
    while rest:
        part = _PART.match(rest)
        if not part or (amount := _amount(part)) is None:
            return None
        parts.append(_Part(amount, *_unit(part)))
        rest = rest[part.end() :].strip()
        if rest in (".", "maksimal", "paling lama"):
            break
        if rest:
            rest = _JOINED.sub("", rest, count=1)
    return _together(parts)


def why_unread(printed: str) -> str:
    """Return a sentence that says what keeps ``read_duration`` from reading the words, and what to do."""
    printed, text = " ".join(printed.split()), _even(printed)
    if _RANGE.search(text):
        return f"Waktu «{printed}» adalah rentang; isi angka dan satuannya, biasanya batas paling lamanya."
    if _ABOUT.search(text):
        return f"Waktu «{printed}» adalah perkiraan; isi angka dan satuan yang menjadi mutu bakunya."
    return f"Waktu «{printed}» tidak dapat dihitung; isi angka dan satuannya."


def unit_in(words: str) -> DurationUnit | None:
    """Return the unit that the words name and nothing else, as the head «Waktu (Menit)» does."""
    found = _HEAD_UNIT.fullmatch(_even(words).removeprefix("dalam ").removeprefix("satuan ").strip())
    if not found:
        return None
    rate, unit = _unit(found)
    return unit if rate == 1 else None


def _even(text: str) -> str:
    return " ".join(text.lower().replace("\xa0", " ").split())


def _unit(found: re.Match[str]) -> tuple[int, DurationUnit]:
    return next(unit for n, unit in enumerate(_UNITS.values()) if found[f"u{n}"])


def _amount(part: re.Match[str]) -> Fraction | None:
    """Return the number of a part; None when it says two different ones, as «3 (lima) hari» does."""
    if part["digits"]:
        amount = Fraction(part["digits"].replace(",", "."))
    else:
        amount = Fraction(_NUMBERS[part["word"]]) if part["word"] else _FUSED[part["fused"]]
    if again := part["again"]:
        said = int(again) if again.isdigit() else _NUMBERS.get(again)
        if said != amount:
            return None
    return amount


def _together(parts: list[_Part]) -> Duration | None:
    """Return the parts as one duration in the smallest unit that is whole; each unit stands once, the larger first."""
    if not parts:
        return None
    unit, total, last_rate = parts[0].unit, Fraction(0), None
    if (len(parts) > 1 or parts[0].amount.denominator > 1) and unit in _SMALLER:
        rate, unit = _SMALLER[unit]
        parts = [_Part(parts[0].amount, rate, unit), *parts[1:]]
    for part in parts:
        if part.unit != unit or (last_rate and part.rate >= last_rate):
            return None
        total, last_rate = total + part.amount * part.rate, part.rate
    is_whole = total.denominator == 1 and 0 < total <= MAX_DURATION
    return Duration(int(total), str(unit)) if is_whole else None
