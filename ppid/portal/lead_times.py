"""How long it took until something was public: working days from the opening to the publication, by class and by unit.

From the counted days of what stands on the shelf (``ppid.shelf.publication_counts``), reckoned as the desk's figures
reckon them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format

from ppid.shelf.models import Category
from ppid.shelf.units import Units
from ppid.web import charts
from ppid.web.percentiles import percentile


@dataclass(frozen=True, slots=True)
class LeadTime:
    """The working days that items of a class or of a unit took: how many items, in how many days half of them and
    nine of ten were public. ``key`` is a unit's code."""

    label: str
    n: int
    half: float
    nine_of_ten: float
    key: str = ""

    @property
    def words(self) -> str:
        """What stands over its bar."""
        return f"{in_figures(self.half)} hari, 9/10 dalam {in_figures(self.nine_of_ten)} hari"

    @property
    def told(self) -> str:
        """What is read aloud of its bar."""
        half, most = in_days(self.half), in_days(self.nine_of_ten)
        return f"{self.label}: separuhnya dalam {half}, 9 dari 10 dalam {most}."


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """The times of each class, with all of them together at the end, and of each unit, the quickest first."""

    classes: tuple[LeadTime, ...]
    units: tuple[LeadTime, ...]

    @property
    def n(self) -> int:
        return self.classes[-1].n if self.classes else 0


def in_days(days: float) -> str:
    """Say so many working days, with at most one place after the comma."""
    return f"{in_figures(days)} hari kerja"


def in_figures(days: float) -> str:
    """Write a number with at most one place after the comma: «7,6», «3»."""
    return number_format(days, 1).removesuffix(",0")


def lead_times(rows: Iterable[dict], units: Units) -> LeadTimes:
    """Return the times from what was counted by ``days``, ``category`` and ``unit_code``."""
    by_class: defaultdict[str, Counter[int]] = defaultdict(Counter)
    by_unit: defaultdict[str, Counter[int]] = defaultdict(Counter)
    every: Counter[int] = Counter()
    for row in rows:
        for counted in (by_class[row["category"]], by_unit[row["unit_code"]], every):
            counted[row["days"]] += row["total"]
    classes = [_time(each.label, by_class[each.value]) for each in Category if each.value in by_class]
    of_units = [_time(units.name(code, code), days, code) for code, days in by_unit.items()]
    of_units.sort(key=lambda time: (time.half, time.nine_of_ten, time.label.casefold()))
    return LeadTimes((*classes, _time("Semua", every)) if every else (), tuple(of_units))


def drawn(times: LeadTimes) -> charts.Chart | None:
    """Draw a bar for each class to its half, with a line to nine of ten; None while nothing is measured.

    What is public on the day of its opening has no bar, and its words say so.
    """
    bars = [
        charts.Row(time.label, time.words, (charts.Part(time.half),), reach=time.nine_of_ten, told=time.told)
        for time in times.classes
    ]
    return charts.chart("lama", "Hari kerja dari dibuka sampai diumumkan", bars, legend=_LEGEND)


_LEGEND = (charts.Entry("plain", "separuhnya; garis sampai tegak: 9 dari 10"),)


def _time(label: str, days: Counter[int], key: str = "") -> LeadTime:
    return LeadTime(label, days.total(), percentile(days, 0.5) or 0, percentile(days, 0.9) or 0, key)
