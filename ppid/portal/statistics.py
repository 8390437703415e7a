"""What stands on the shelf in numbers: by year, month, class and unit, as charts with their tables, and as CSV.

All of it is added up from the small tables of counts (``ppid.shelf.item_counts``, ``ppid.shelf.publication_counts``):
nothing here knows of an item, so nothing tells of one that is excluded; what left the shelf is counted no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import F, Value
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.views.generic import TemplateView, View

from ppid.portal import lead_times
from ppid.portal.of_edition import ReadOnce, of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.units import units_now
from ppid.shelf.downloads import KINDS
from ppid.shelf.models import Category, ItemCount, LeadTimeCount, MonthCount, MonthlyDownloads
from ppid.shelf.publication_counts import LONGEST
from ppid.web import charts
from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines

MONTHS = 24  # that the page tells
_LOOKS = {Category.PERIODIC: "plain", Category.IMMEDIATE: "second", Category.ON_DEMAND: "third"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what it is of, how many of each class, and how many in all. ``key`` is a unit's code."""

    label: str
    of_class: tuple[int, ...]
    key: str = ""

    @property
    def total(self) -> int:
        return sum(self.of_class)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """The numbers, each with the head of its column."""
        return [*zip((each.label for each in Category), self.of_class, strict=True), ("Semua", self.total)]


def lines(rows: Iterable[dict], column: str) -> list[Line]:
    """Add the rows up to a line for each value of the column, in the order of the values."""
    found: defaultdict = defaultdict(lambda: dict.fromkeys(Category, 0))
    for row in rows:
        of_class = found[row[column]]
        if row["category"] in of_class:
            of_class[row["category"]] += row["total"]
    return [Line(str(value), tuple(found[value].values()), str(value)) for value in sorted(found)]


class Picture(NamedTuple):
    """The lines as bars, a stretch for each class: what is drawn once for the same lines."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def chart(self) -> charts.Chart | None:
        legend = [charts.Entry(_LOOKS[each], each.label) for each in Category]
        bars = [
            charts.Row(
                line.label,
                number_format(line.total, force_grouping=True),
                tuple(charts.Part(n, _LOOKS[each]) for each, n in zip(Category, line.of_class, strict=True)),
            )
            for line in self.lines
        ]
        return charts.chart(self.key, self.title, bars, legend=legend)


def _counted(shelf: ReadOnce) -> list[dict]:
    """Return what is counted by year, class and unit."""
    return [
        {"category": category, "unit_code": unit, "year": year, "total": n}
        for (category, unit, year), n in shelf.counts.items()
    ]


def _timed() -> list[dict]:
    """Return what is counted by days, class and unit. One query."""
    return list(on_shelf(LeadTimeCount).values("days", "unit_code", "category", total=F("n")))


def _by_month(*, today: date) -> tuple[list[dict], list[dict]]:
    """Return what was published and what was downloaded in each of the last 24 months. One query."""
    since = _months_before(today, MONTHS - 1)
    found = on_shelf(MonthCount).filter(month__gte=since)
    loaded = on_shelf(MonthlyDownloads).order_by().filter(month__gte=since)
    rows = list(
        found.values("month", kind=F("category"), total=F("n"), which=Value("published")).union(
            loaded.values("month", "kind", total=F("n"), which=Value("downloaded")), all=True
        )
    )
    published = [{**row, "category": row["kind"]} for row in rows if row["which"] == "published"]
    return published, [row for row in rows if row["which"] == "downloaded"]


def _months_before(day: date, n: int) -> date:
    """Return the first day of the month that lies ``n`` months before that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 - n, 12)
    return date(year, month + 1, 1)


def published_months(rows: list[dict], *, today: date) -> list[Line]:
    """Return a line for each month since the first of the last 24 that has any, the newest first, empty ones too."""
    if not rows:
        return []
    found = {line.key: line for line in lines(rows, "month")}
    first, months = min(row["month"] for row in rows), [_months_before(today, n) for n in range(MONTHS)]
    nothing = Line("", (0,) * len(Category))
    return [
        replace(found.get(str(month), nothing), label=date_format(month, "F Y"), key=f"{month:%Y-%m}")
        for month in months
        if month >= first
    ]


def downloaded_months(rows: list[dict]) -> list[tuple[date, tuple[tuple[str, int], ...], int]]:
    """Return the months, the newest first: the downloads of each kind, and all of them."""
    found: dict[date, dict[str, int]] = {}
    for row in sorted(rows, key=lambda row: row["month"], reverse=True):
        found.setdefault(row["month"], dict.fromkeys(KINDS, 0))[row["kind"]] = row["total"]
    return [
        (month, (*zip(KINDS.values(), of_kind.values(), strict=True),), sum(of_kind.values()))
        for month, of_kind in found.items()
    ]


class Statistics(OpenPage, TemplateView):
    template_name = "portal/statistics.html"
    section = "statistics"

    def get_context_data(self, **kwargs):
        shelf = of_edition(self.request)
        counts, units = _counted(shelf), shelf.units
        published, downloaded = _by_month(today=timezone.localdate())
        published = published_months(published, today=timezone.localdate())
        times = lead_times.lead_times(_timed(), units)
        years = lines(counts, "year")[::-1]
        of_units = [
            Line(units.name(each.key, each.key), each.of_class, each.key) for each in lines(counts, "unit_code")
        ]
        of_units.sort(key=lambda line: (-line.total, line.label.casefold()))
        return super().get_context_data(
            classes=[category.label for category in Category],
            total=sum(line.total for line in years),
            years=years,
            years_chart=Picture("tahun", "Informasi yang diumumkan, menurut tahun", tuple(years)),
            units=of_units,
            kinds=list(KINDS.values()),
            published=published,
            published_chart=Picture("bulan", "Informasi yang diumumkan, menurut bulan", tuple(published)),
            times=times,
            times_chart=lead_times.drawn(times),
            most_days=LONGEST,
            months=downloaded_months(downloaded),
            units_chart=Picture("unit", "Informasi yang diumumkan, menurut unit", tuple(of_units)),
            **kwargs,
        )


class StatisticsFile(OpenPage, View):
    """Numbers of the page, as CSV."""

    filename = ""
    columns: tuple[Column, ...] = ()

    def get(self, request):
        response = StreamingHttpResponse(csv_lines(self.columns, self.rows()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.filename}"'
        return response


class StatisticsCsv(StatisticsFile):
    """A line for each year, unit and class."""

    filename = "statistik.csv"
    columns = (
        Column("Tahun", lambda row: row["year"]),
        Column("Kode unit", lambda row: row["unit_code"]),
        Column("Unit", lambda row: row["name"]),
        Column("Jenis", lambda row: Category(row["category"]).label),
        Column("Informasi", lambda row: row["total"]),
    )

    def rows(self) -> Iterator[dict]:
        units = units_now()
        for row in on_shelf(ItemCount).by("year", "unit_code", "category"):
            yield row | {"name": units.name(row["unit_code"], row["unit_code"])}


class MonthsCsv(StatisticsFile):
    """A line for each month and class, of all months."""

    filename = "statistik-bulan.csv"
    columns = (
        Column("Bulan", lambda row: f"{row['month']:%Y-%m}"),
        Column("Jenis", lambda row: Category(row["category"]).label),
        Column("Informasi", lambda row: row["n"]),
    )

    def rows(self) -> Iterable[dict]:
        return on_shelf(MonthCount).order_by("month", "category").values("month", "category", "n")


class LeadTimesCsv(StatisticsFile):
    """A line for each class and each unit: how long it took until something was public."""

    filename = "statistik-waktu.csv"
    columns = (
        Column("Jenis atau unit", lambda row: row.label),
        Column("Kode unit", lambda row: row.key),
        Column("Informasi yang diukur", lambda row: row.n),
        Column("Separuhnya dalam (hari kerja)", lambda row: lead_times.in_figures(row.half)),
        Column("Sembilan dari sepuluh dalam (hari kerja)", lambda row: lead_times.in_figures(row.nine_of_ten)),
    )

    def rows(self) -> Iterable[lead_times.LeadTime]:
        times = lead_times.lead_times(_timed(), units_now())
        return [*times.classes, *times.units]
