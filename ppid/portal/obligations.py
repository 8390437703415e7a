"""The obligations matrix: what the city and its units must publish, and what of it stands on the shelf."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.http import Http404, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from ppid.portal.filters import CATEGORY_IN_ADDRESS, of_class
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.matrix import LOOKS, Cell, Column, PlainCell, Source
from ppid.shelf.models import DutyScore, ShownDuty
from ppid.shelf.obligations import CITY
from ppid.shelf.periods import in_words
from ppid.shelf.rubric import CURRENT, RUBRICS, State, score
from ppid.web import charts
from ppid.web.columns import Column as Heading
from ppid.web.csv_lines import csv_lines
from ppid.web.filters import Filter, choice

CATEGORIES = {
    "periodic": ("Berkala", "UU 14/2008 pasal 9, diperbarui paling lambat tiap enam bulan"),
    "immediate": ("Serta merta", "UU 14/2008 pasal 10, tanpa penundaan"),
    "on_demand": ("Setiap saat", "UU 14/2008 pasal 11"),
}
_YEARS = 5  # that can be asked for, this one included
LEGEND = tuple((state.label, LOOKS[state]) for state in State)


class DutyFilter(Filter):
    """The filters of the matrix: words of the duty, class, unit, state, and a year instead of today."""

    jenis = of_class()
    keadaan = choice(
        "Keadaan",
        "Keadaan yang diminta tidak dikenal; saringan ini diabaikan.",
        choices=[("", "Semua keadaan"), *State.choices],
    )
    tahun = choice("Periode", "Periode yang diminta tidak ada dalam daftar ini; saringan ini diabaikan.")
    field_order = ["q", "jenis", "unit", "keadaan", "tahun"]

    def __init__(self, data, *, today, **more):
        super().__init__(data, today=today, oldest=today.year - _YEARS + 1, **more)
        self.fields["tahun"].choices = [("", "Sekarang"), *self.fields["tahun"].choices[1:]]
        self.full_clean()

    def keeps(self, duty: ShownDuty) -> bool:
        """Whether the duty is of the class and holds the words."""
        category = CATEGORY_IN_ADDRESS.get(self.chosen.get("jenis", ""))
        text = f"{duty.code} {duty.name} {duty.group}".casefold()
        words = self.chosen.get("q", "").casefold().split()[:10]
        return category in (None, duty.category) and all(word in text for word in words)


class OfObligations(OpenPage):
    """Mixin: what the pages of the matrix share. ``unit`` and ``duty`` narrow what is read."""

    section = "obligations"
    unit = duty = ""

    @property
    def today(self):
        return timezone.localdate()

    @cached_property
    def year(self) -> int | None:
        """The year that is asked for, None for today; anything else counts as nothing."""
        asked = self.request.GET.get("tahun", "")
        years = [str(self.today.year - back) for back in range(_YEARS)]
        return int(asked) if asked in years else None

    @cached_property
    def shelf(self):
        standing = of_edition(self.request).obligations_of(self.year)
        whole, units = standing.shelf, standing.units
        if self.duty:
            duties = [duty for duty in whole.duties if duty.code == self.duty]
            whole = replace(whole, duties=duties or on_shelf(ShownDuty).filter(code=self.duty))
        if self.unit:
            whole = replace(whole, columns=[column for column in whole.columns if column.code == self.unit])
        return whole, units

    @cached_property
    def matrix(self):
        whole = of_edition(self.request).obligations_of(self.year).matrix
        if self.duty:
            return whole.of_duty(self.duty)
        return whole.of_column(self.unit) if self.unit else whole

    def get_context_data(self, **kwargs):
        return super().get_context_data(legend=LEGEND, today=self.today, year=self.year, **kwargs)


class Filtered(OfObligations):
    """Mixin: the matrix with the filters of the address."""

    @cached_property
    def filter(self) -> DutyFilter:
        shelf, units = self.shelf
        data, said = self.request.GET, []
        if (code := data.get("unit", "")) and (now := units.now(code)) != code:
            data = data.copy()
            data["unit"] = now
            said = [f"{units.by_code[code].name} sudah ditutup; kewajibannya kini pada {units.name(now, now)}."]
        named = [(column.code, column.name) for column in shelf.columns]
        return DutyFilter(data, today=self.today, units=named, said=said)

    @cached_property
    def columns(self) -> list[Column]:
        asked = self.filter.chosen.get("unit")
        return [column for column in self.matrix.columns if asked in (None, column.code)]

    @cached_property
    def rows(self) -> list[tuple[ShownDuty, str, list[Cell | None]]]:
        """The rows that fit, each with the cells that fit; a row of which none does is left out."""
        state = self.filter.chosen.get("keadaan")
        shown = {column.code for column in self.columns}
        places = [n for n, column in enumerate(self.matrix.columns) if column.code in shown]
        found = []
        for duty, period, row in self.matrix.rows:
            if self.filter.keeps(duty):
                cells = [row[n] for n in places]
                if state:
                    cells = [cell if cell and cell.state == state else None for cell in cells]
                if any(cells):
                    found.append((duty, period, cells))
        return found

    @property
    def cells(self) -> list[Cell]:
        return [cell for _, _, row in self.rows for cell in row if cell]


class PlainRow(NamedTuple):
    """What the table prints of a duty for a period; a cell is None where the duty does not concern the unit."""

    url: str
    name: str
    period: str
    cells: tuple[PlainCell | None, ...]


class PlainColumn(NamedTuple):
    """What the table prints of a unit: its points as they are written, for 1 and 1.0 are equal."""

    url: str
    name: str
    short_name: str
    points: str
    of: int


class Said(NamedTuple):
    """Why a duty is answered without information, and who holds it."""

    reason: str
    held_by: str


class Line(NamedTuple):
    """What a page that has room prints of a cell, below the name of its duty or of its unit."""

    anchor: str
    url: str
    name: str
    told: str
    period: str
    state: str
    sources: tuple[Source, ...]
    word: Said | None
    tone: str
    icon: str
    label: str


def line(cell: Cell, anchor: str, url: str, name: str) -> Line:
    """Return the cell as a line below this name."""
    word = cell.word and Said(cell.word.reason, cell.word.held_by)
    said = cell.told, cell.period, cell.state.value, cell.sources, word, cell.tone, cell.icon, cell.label
    return Line(anchor, url, name, *said)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a class."""

    key: str
    name: str
    law: str
    rows: Sequence


def groups(rows: Iterable[tuple[str, Any]]) -> list[Group]:
    """Return the classes of these rows, each with its rows; a row comes with the key of its class."""
    of_class: dict[str, list] = {key: [] for key in CATEGORIES}
    for category, row in rows:
        of_class[category].append(row)
    return [Group(key, *CATEGORIES[key], found) for key, found in of_class.items() if found]


class Obligations(Filtered, TemplateView):
    """Duties by units; on a phone the units, each leading to its own page."""

    template_name = "portal/obligations.html"

    def get_context_data(self, **kwargs):
        by_column = zip(*(cells for _, _, cells in self.rows), strict=True) if self.rows else ([] for _ in self.columns)
        return super().get_context_data(
            filter=self.filter,
            columns=tuple(map(plain_column, self.columns, by_column)),
            groups=groups((duty.category, plain_row(duty, period, cells)) for duty, period, cells in self.rows),
            score=score(cell.state for cell in self.cells),
            width=len(self.columns) + 1,
            has_duties=bool(self.matrix.rows),
            **kwargs,
        )


def plain_row(duty: ShownDuty, period: str, cells: Iterable[Cell | None]) -> PlainRow:
    """Return what the table prints of a row."""
    return PlainRow(duty.url, duty.name, period, tuple([cell and cell.plain for cell in cells]))


def plain_column(column: Column, cells: Iterable[Cell | None]) -> PlainColumn:
    """Return what the table prints of a unit that has these cells."""
    points = score(cell.state for cell in cells if cell)
    return PlainColumn(column.url, column.name, column.short_name, str(points.points), points.of)


class OfUnit(OfObligations, TemplateView):
    """What one unit must publish, class by class; an old address leads to the unit that answers for it now."""

    template_name = "portal/obligations_unit.html"

    @property
    def unit(self):
        return self.kwargs["unit"]

    def get(self, request, *args, **kwargs):
        units = self.shelf[1]
        if (now := units.now(self.unit)) != self.unit and now in units.by_code:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"/kewajiban/unit/{now}/{'?' if query else ''}{query}")
        if not self.shelf[0].columns:
            return self.render_to_response({"section": self.section, "units": self._others()}, status=404)
        return super().get(request, *args, **kwargs)

    def render_to_response(self, context, **kwargs):
        if kwargs.get("status") == 404:
            self.template_name = "portal/obligations_no_unit.html"
        return super().render_to_response(context, **kwargs)

    def _others(self):
        return sorted((each for each in self.shelf[1].by_code.values() if not each.successor_code), key=str)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            column=self.shelf[0].columns[0],
            groups=groups((cell.duty.category, self.line(cell)) for cell in self.matrix.cells),
            score=self.matrix.score,
            years=[self.today.year - back for back in range(_YEARS)],
            **kwargs,
        )

    @staticmethod
    def line(cell: Cell) -> Line:
        duty = cell.duty
        anchor = f"{duty.code}-{cell.period}" if cell.period else duty.code
        return line(cell, anchor, duty.url, duty.name)


class DutyPage(OfObligations, TemplateView):
    """One duty across the units: what it asks, by which law, and how it stands everywhere."""

    template_name = "portal/obligations_duty.html"

    @property
    def duty(self):
        return self.kwargs["duty"]

    def get_context_data(self, **kwargs):
        shelf, units = self.shelf
        if not shelf.duties:
            raise Http404
        (duty,) = shelf.duties
        cells = self.matrix.cells
        kwargs["duty"] = duty
        return super().get_context_data(
            category=CATEGORIES[duty.category],
            concerns_units=[units.name(code, code) for code in duty.unit_codes if code != CITY],
            lines=[line(cell, cell.column.code, cell.column.url, cell.column.name) for cell in cells],
            score=score(cell.state for cell in cells),
            next_period=in_words(duty.calendar.next(self.today)),
            next_due=duty.calendar.due(duty.calendar.next(self.today)),
            **kwargs,
        )


class Rubric(OpenPage, TemplateView):
    """How the score is counted, in writing."""

    template_name = "portal/obligations_rubric.html"
    section = "obligations"

    def get_context_data(self, **kwargs):
        rows = [(state, LOOKS[state], weight) for state, weight in RUBRICS[CURRENT].items()]
        return super().get_context_data(rubric=CURRENT, weights=rows, **kwargs)


def frozen_scores():
    """Return the frozen scores without their cells, the newest quarter first, the whole before its units."""
    return on_shelf(DutyScore).order_by("-year", "-quarter", "unit_code").defer("cells")


class Development(OpenPage, TemplateView):
    """The frozen scores, quarter by quarter: a picture of all together, a table with every unit."""

    template_name = "portal/obligations_development.html"
    section = "obligations"
    QUARTERS = 12

    def get_context_data(self, **kwargs):
        newest = timezone.localdate().year - self.QUARTERS // 4
        rows = list(frozen_scores().filter(year__gte=newest))
        whole = [row for row in rows if not row.unit_code][: self.QUARTERS][::-1]
        chart = charts.chart(
            "perkembangan",
            "Nilai seluruh kota menurut triwulan, dalam persen",
            [
                charts.Row(
                    row.quarter_name.capitalize(),
                    f"{_figure(row.points)} dari {row.out_of} ({_figure(row.score.percent or 0)}%)",
                    (charts.Part(float(row.score.percent or 0)),),
                )
                for row in whole
            ],
            most=100,
            least=100,
        )
        return super().get_context_data(rows=rows, chart=chart, **kwargs)


def _figure(value) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")


def _day(value) -> str:
    return value.isoformat() if value else ""


class ObligationsCsv(Filtered, View):
    """Every cell as CSV, with the filters of the address."""

    filename = "kewajiban.csv"

    def get(self, request):
        def address(cell):
            return request.build_absolute_uri(cell.url)

        columns = (
            Heading("Kode", lambda cell: cell.duty.code),
            Heading("Kewajiban", lambda cell: cell.duty.name),
            Heading("Jenis informasi", lambda cell: CATEGORIES[cell.duty.category][0]),
            Heading("Kode unit", lambda cell: cell.column.code),
            Heading("Unit", lambda cell: cell.column.name),
            Heading("Periode", lambda cell: cell.period),
            Heading("Keadaan", lambda cell: cell.label),
            Heading("Tanggal", lambda cell: _day(cell.on)),
            Heading("Jatuh tempo", lambda cell: _day(cell.due)),
            Heading("Informasi", lambda cell: "; ".join(source.title for source in cell.sources)),
            Heading("Alasan", lambda cell: cell.word.reason if cell.word and cell.state != State.MISSING else ""),
            Heading("Dipegang oleh", lambda cell: cell.word.held_by if cell.word else ""),
            Heading("Tautan", address),
        )
        return _csv(columns, self.cells, self.filename)


class ObligationsJson(Filtered, View):
    """Every cell as JSON, with the filters of the address."""

    def get(self, request):
        cells = [
            {
                "kewajiban": cell.duty.code,
                "unit": cell.column.code,
                "periode": cell.period,
                "keadaan": cell.state,
                "tanggal": _day(cell.on),
                "jatuh_tempo": _day(cell.due),
                "informasi": [{"judul": source.title, "alamat": source.url} for source in cell.sources],
            }
            for cell in self.cells
        ]
        counted = score(cell.state for cell in self.cells)
        head = {"hari": _day(self.today), "rubrik": counted.rubric, "nilai": float(counted.points), "dari": counted.of}
        return JsonResponse({**head, "sel": cells}, json_dumps_params={"ensure_ascii": False})


class ScoresCsv(OpenPage, View):
    """All frozen scores as CSV."""

    def get(self, request):
        counts = [Heading(state.label, lambda row, state=state: row.counts.get(state, 0)) for state in State]
        columns = (
            Heading("Triwulan", lambda row: f"{row.year}-{row.quarter}"),
            Heading("Dihitung pada", lambda row: row.taken_on),
            Heading("Kode unit", lambda row: row.unit_code),
            Heading("Unit", lambda row: row.unit_name),
            Heading("Rubrik", lambda row: row.rubric),
            Heading("Nilai", lambda row: str(row.points).replace(".", ",")),
            Heading("Dari", lambda row: row.out_of),
            *counts,
        )
        return _csv(columns, frozen_scores().iterator(chunk_size=500), "nilai-kewajiban.csv")


def _csv(columns, rows, filename: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
