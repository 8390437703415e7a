"""A typed duration, as sheets set one for a step. No Django, no database."""

from enum import StrEnum
from typing import NamedTuple


class DurationUnit(StrEnum):
    """A unit of time on a sheet; the stored value, and the word that sheets print."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DurationUnit.MINUTE: "menit",
    DurationUnit.HOUR: "jam",
    DurationUnit.DAY: "hari",
    DurationUnit.WORKING_DAY: "hari kerja",
    DurationUnit.WEEK: "minggu",
    DurationUnit.MONTH: "bulan",
}

# The longest duration that a step may be given, in whatever unit it is printed.
MAX_DURATION = 1000


class Duration(NamedTuple):
    """So many of a unit: minutes and hours of working time, working days, weeks of five of them, calendar months."""

    value: int
    unit: str  # a value of DurationUnit

    def __str__(self):
        return f"{self.value} {DurationUnit(self.unit).label}"
