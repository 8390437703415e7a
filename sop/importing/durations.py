"""Printed durations as value and unit: «2 (dua) hari kerja» is two working days. The printed words stay beside."""

import re

_UNITS = {
    "menit": "minute",
    "mnt": "minute",
    "jam": "hour",
    "hari": "day",
    "hari kerja": "working_day",
    "hk": "working_day",
    "minggu": "week",
    "bulan": "month",
}
_MOST = 1000  # sop.models.MAX_DURATION; what reads files doesn't depend on the database
_PRINTED = re.compile(r"(\d{1,4})\s*(?:\([a-z ]+\))?\s*(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\.?")


def typed(text: str) -> tuple[int, str] | None:
    """Return the value and unit that the printed words name; None for none, several, a range or «± 1 hari»."""
    found = _PRINTED.fullmatch(" ".join(text.lower().split()))
    if not found or not 0 < int(found[1]) <= _MOST:
        return None
    return int(found[1]), _UNITS[found[2]]
