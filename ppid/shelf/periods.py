"""The periods of duties to publish: a year, a half-year, or none («now»), by the duty's rhythm.

A period is a text that sorts by time: "2026", "2026-1" for its first half, "" where the duty has none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

FIRST_YEAR = 2008  # of UU 14/2008
LAST_YEAR = 9000

YEARLY, HALF_YEARLY = "yearly", "half_yearly"
NOW = ""
_PERIOD = {YEARLY: re.compile(r"^(?P<year>\d{4})$"), HALF_YEARLY: re.compile(r"^(?P<year>\d{4})-(?P<half>[12])$")}


@dataclass(frozen=True, slots=True)
class Calendar:
    """When what is due: by its rhythm, so many months after the period ends, or begins for what looks ahead.

    ``looks_back`` is what is written once its year is over, as a report; a half-year is always looked back upon.
    """

    rhythm: str
    looks_back: bool = False
    months: int = 3

    @property
    def is_timed(self) -> bool:
        return self.rhythm in _PERIOD

    def is_period(self, text: str) -> bool:
        """Whether the text is a period of this rhythm."""
        if not self.is_timed:
            return text == NOW
        found = _PERIOD[self.rhythm].match(text)
        return found is not None and FIRST_YEAR <= int(found["year"]) <= LAST_YEAR

    def due(self, period: str) -> date | None:
        """Return the last day by which the period's information is to be public; None where nothing sets one."""
        if not self.is_timed:
            return None
        year = int(period[:4])
        if self.rhythm == HALF_YEARLY:
            begins = date(year, 7, 1) if period.endswith("1") else date(year + 1, 1, 1)
        else:
            begins = date(year + 1 if self.looks_back else year, 1, 1)
        return begins + relativedelta(months=self.months) - timedelta(days=1)

    def expected(self, on: date) -> str:
        """Return the last period that is to be public on this day: its day is over. What is newer counts as well."""
        if not self.is_timed:
            return NOW
        candidates = [period for year in range(on.year + 1, on.year - 4, -1) for period in self.of_year(year)[::-1]]
        return next(period for period in candidates if (due := self.due(period)) and due < on)

    def next(self, on: date) -> str:
        """Return the period that comes due next, whose day is today or later."""
        if not self.is_timed:
            return NOW
        candidates = [period for year in range(on.year - 3, on.year + 2) for period in self.of_year(year)]
        return next(period for period in candidates if (due := self.due(period)) and due >= on)

    def of_year(self, year: int) -> list[str]:
        """Return the periods of the year, in their order; none for what has no period."""
        if self.rhythm == YEARLY:
            return [f"{year:04}"]
        return [f"{year:04}-1", f"{year:04}-2"] if self.rhythm == HALF_YEARLY else []

    def choices(self, on: date) -> list[str]:
        """Return the periods for which something may be said on this day, the newest first."""
        years = range(on.year + 1, on.year - 6, -1)
        return [period for year in years for period in self.of_year(year)[::-1]] or [NOW]


def in_words(period: str) -> str:
    """Return how people write the period: «2026», «semester 1 2026», "" for none."""
    year, _, half = period.partition("-")
    return f"semester {half} {year}" if half else year
