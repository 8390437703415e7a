"""Durations as sheets print them («5 hari kerja»), read into a number and a unit."""

import re

from ppid.worktime.durations import MAX_DURATION, Duration, DurationUnit

_UNITS = {
    **{unit.label: unit for unit in DurationUnit},
    "mnt": DurationUnit.MINUTE,
    "hk": DurationUnit.WORKING_DAY,
}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"], start=1
    )
}
# The longer words first: «hari kerja» before «hari».
_PRINTED = re.compile(
    rf"(?P<number>[0-9]{{1,9}}|{'|'.join(_NUMBERS)})(?:\s*\([a-z ]+\))?\s*"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\.?"
)


def read_duration(printed: str) -> Duration | None:
    """Return what the printed words say, or None unless they say one whole duration and nothing else.

    «± 1 hari», «1–2 jam» and «2 x 24 jam» are left to people.
    """
    found = _PRINTED.fullmatch(" ".join(printed.lower().split()))
    if not found:
        return None
    number = found["number"]
    value = _NUMBERS.get(number) or int(number)
    return Duration(value, str(_UNITS[found["unit"]])) if 0 < value <= MAX_DURATION else None
