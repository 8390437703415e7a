"""Figures to take away: the page as PDF and as a workbook with a sheet a table."""

import io
import re
from collections.abc import Sequence

from django.template.loader import render_to_string
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ppid.desk.figures.tables import Table, Words
from ppid.web.workbook import write_line
from sop.paper import press

_BARS_ON_A_PAGE = 12
_WIDE = (
    "Aktivitas",
    "Alasan",
    "Berakhir sebagai",
    "Huruf",
    "Cara berakhir",
    "Judul informasi",
    "Menunggu",
    "Yang menolong",
)


def pdf(context: dict) -> bytes:
    """Return the figures as a tagged PDF; ``context`` is what the page has."""
    tables = [(each, each.chart.in_parts(_BARS_ON_A_PAGE) if each.chart else []) for each in context["tables"]]
    page = render_to_string("pdf/figures.html", {**context, "tables": tables})
    return press.printed(page, "css/charts.css", "css/figures-paper.css")


def xlsx(title: str, lines: Sequence[str], tables: Sequence[Table]) -> bytes:
    """Return the tables as a workbook, each on a sheet of its own under ``title`` and ``lines``."""
    book = Workbook()
    book.remove(book.active)
    for n, table in enumerate(tables, start=1):
        _sheet(book, n, title, lines, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, n: int, title: str, lines: Sequence[str], table: Table) -> None:
    name = re.sub(r"[^\w ]", "", table.title)  # a sheet's name bears no other letters
    page = book.create_sheet(f"{n} {name}"[:31].strip())
    write_line(page, 1, [title], font=Font(bold=True, size=14))
    above = [*lines, table.caption, *([table.note] if table.note else [])]
    for place, line in enumerate(above, start=2):
        write_line(page, place, [line])
    head = len(above) + 3
    write_line(page, head, table.heads, font=Font(bold=True), wraps=True)
    for place, row in enumerate(table.rows, start=head + 1):
        write_line(page, place, [cell.value if isinstance(cell, Words) else cell for cell in row], wraps=True)
    if not table.rows:
        write_line(page, head + 1, [table.empty])
    for place, name in enumerate(table.heads, start=1):
        page.column_dimensions[get_column_letter(place)].width = 56 if name in _WIDE else 18
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
