"""What stands on the shelf in numbers: by year, class and unit, as charts with their tables, and as CSV.

All of it is added up from the small table of counts (``ppid.shelf.item_counts``): nothing here knows of an item, so
nothing tells of one that is excluded; what left the shelf is counted no more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import StreamingHttpResponse
from django.utils.formats import number_format
from django.views.generic import TemplateView, View

from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.units import units_now
from ppid.shelf.downloads import KINDS
from ppid.shelf.models import Category, ItemCount, MonthlyDownloads
from ppid.web import charts
from ppid.web.columns import Column
from ppid.web.csv_lines import csv_lines

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
    found: dict = {}
    for row in rows:
        of_class = found.setdefault(row[column], dict.fromkeys(Category, 0))
        if row["category"] in of_class:
            of_class[row["category"]] += row["total"]
    return [Line(str(value), tuple(found[value].values()), str(value)) for value in sorted(found)]


def drawn(key: str, title: str, rows: Iterable[Line]) -> charts.Chart | None:
    """Draw the lines as bars, a stretch for each class; None while there is nothing."""
    legend = [charts.Entry(_LOOKS[each], each.label) for each in Category]
    bars = [
        charts.Row(
            line.label,
            number_format(line.total, force_grouping=True),
            tuple(charts.Part(n, _LOOKS[each]) for each, n in zip(Category, line.of_class, strict=True)),
        )
        for line in rows
    ]
    return charts.chart(key, title, bars, legend=legend)


def months() -> list[tuple[date, list[tuple[str, int]], int]]:
    """Return the months of the last two years, the newest first: the downloads of each kind, and all of them."""
    found: dict[date, dict[str, int]] = {}
    for row in on_shelf(MonthlyDownloads)[: 24 * len(KINDS)]:
        found.setdefault(row.month, dict.fromkeys(KINDS, 0))[row.kind] = row.n
    return [
        (month, [*zip(KINDS.values(), of_kind.values(), strict=True)], sum(of_kind.values()))
        for month, of_kind in found.items()
    ]


class Statistics(OpenPage, TemplateView):
    template_name = "portal/statistics.html"
    section = "statistics"

    def get_context_data(self, **kwargs):
        counts = list(on_shelf(ItemCount).by("year", "unit_code", "category"))
        units = units_now()
        years = lines(counts, "year")[::-1]
        of_units = [
            Line(units.name(each.key, each.key), each.of_class, each.key) for each in lines(counts, "unit_code")
        ]
        of_units.sort(key=lambda line: (-line.total, line.label.casefold()))
        return super().get_context_data(
            classes=[category.label for category in Category],
            total=sum(line.total for line in years),
            years=years,
            years_chart=drawn("tahun", "Informasi yang diumumkan, menurut tahun", years),
            units=of_units,
            kinds=list(KINDS.values()),
            months=months(),
            units_chart=drawn("unit", "Informasi yang diumumkan, menurut unit", of_units),
            **kwargs,
        )


_COLUMNS = (
    Column("Tahun", lambda row: row["year"]),
    Column("Kode unit", lambda row: row["unit_code"]),
    Column("Unit", lambda row: row["name"]),
    Column("Jenis", lambda row: Category(row["category"]).label),
    Column("Informasi", lambda row: row["total"]),
)


class StatisticsCsv(OpenPage, View):
    """The same numbers, a line for each year, unit and class."""

    def get(self, request):
        response = StreamingHttpResponse(csv_lines(_COLUMNS, self.rows()), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="statistik.csv"'
        return response

    def rows(self) -> Iterator[dict]:
        units = units_now()
        for row in on_shelf(ItemCount).by("year", "unit_code", "category"):
            yield row | {"name": units.name(row["unit_code"], row["unit_code"])}
