"""An evaluation to take away: as PDF and as XLSX."""

import io

from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ppid.flows.evaluation import FEWEST, Evaluation
from ppid.web.columns import Column
from ppid.web.workbook import write_line
from sop.models import SopVersion
from sop.paper import press


def _told(count: int | None) -> int | str:
    """Return the count, in words when it is withheld."""
    return f"kurang dari {FEWEST}" if count is None else count


COLUMNS = (
    Column("No.", lambda step: step.number),
    Column("Aktivitas", lambda step: step.text),
    Column("Pelaksana", lambda step: step.performer),
    Column("Waktu pada lembar", lambda step: step.duration),
    Column("Satuan", lambda step: step.unit),
    Column("Rencana", lambda step: step.planned),
    Column("Median", lambda step: step.median),
    Column("9 dari 10 dalam", lambda step: step.p90),
    Column("Proses", lambda step: _told(step.cases)),
    Column("Kali dikerjakan", lambda step: _told(step.taken)),
    Column("Pengembalian", lambda step: _told(step.returns)),
    Column("Tepat waktu", lambda step: _told(step.on_time)),
    Column("Bertenggat", lambda step: _told(step.timed)),
    Column("Sedang terlambat", lambda step: _told(step.overdue)),
)
_WIDTHS = (6, 60, 32, 18, 12, 10, 10, 10, 10, 16, 14, 12, 12, 18)
_BARS_ON_A_PAGE = 10


def pdf(context: dict) -> bytes:
    """Return the evaluation as a tagged PDF; ``context`` is what the page has."""
    charts = context["chart"].in_parts(_BARS_ON_A_PAGE) if context["chart"] else []
    page = render_to_string("pdf/evaluation.html", {**context, "charts": charts})
    return press.printed(page, "css/charts.css", "css/evaluation.css")


def xlsx(version: SopVersion, evaluation: Evaluation) -> bytes:
    """Return the evaluation as a workbook with one sheet; no text in it is taken for a formula."""
    book = Workbook()
    page = book.active
    page.title = "Evaluasi"
    write_line(page, 1, [f"Evaluasi SOP {version.title}, versi {version.version}"], font=Font(bold=True, size=14))
    unit = version.unit_name or version.sop.unit.name
    write_line(page, 2, [f"{unit}; nomor {version.number or '–'}; {_told(evaluation.cases)} proses selesai"])
    write_line(page, 4, [column.heading for column in COLUMNS], font=Font(bold=True), wraps=True)
    for n, step in enumerate(evaluation.steps, start=5):
        write_line(page, n, [column.value(step) for column in COLUMNS], wraps=True)
    for n, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(n)].width = width
    page.freeze_panes = "C5"
    page.print_title_rows = "4:4"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
