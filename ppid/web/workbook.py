"""How lists and figures leave as a workbook (XLSX): no text in it is taken for a formula, so no program runs any."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from ppid.web.columns import Column
from ppid.web.letters import without_forbidden

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 32_767  # letters that a cell may hold
_HEAD, _TITLE, _WRAPPED = Font(bold=True), Font(bold=True, size=12), Alignment(wrap_text=True, vertical="top")
_WIDE, _NARROW = 44, 18


def workbook(sheet: str, title: Iterable[str], columns: Iterable[Column], rows: Iterable) -> bytes:
    """Return the list as XLSX: the lines of ``title``, the headings, which stay in sight, and a line for each row."""
    columns, lines = tuple(columns), list(title)
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = f"A{len(lines) + 3}"
    for n, column in enumerate(columns):
        page.column_dimensions[chr(ord("A") + n)].width = _WIDE if column.width == "w-text" else _NARROW
    for line in lines:
        page.append([_cell(page, line, font=_TITLE)])
    page.append([])
    page.append([_cell(page, column.heading, font=_HEAD, alignment=_WRAPPED) for column in columns])
    for row in rows:
        page.append([_plain(page, column.text(row)) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_line(
    page: Worksheet, row: int, values: Iterable[object], *, font: Font | None = None, wraps: bool = False
) -> None:
    """Write a line in which numbers stay numbers, to two places, and every text is a text."""
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column)
        if isinstance(value, str):
            cell.value = without_forbidden(value)[:_MOST]
            cell.data_type = "s"  # also what starts with «=»
        elif isinstance(value, int | float):
            cell.value = round(value, 2)
        cell.alignment = Alignment(vertical="top", wrap_text=wraps)
        if font:
            cell.font = font


def _plain(page: WriteOnlyWorksheet, text: str) -> Cell | str:
    """Return the text itself, which is ten times as fast as a cell, unless it would be taken for more than text."""
    return _cell(page, text) if text.startswith(("=", "#")) else without_forbidden(text)[:_MOST]


def _cell(page: WriteOnlyWorksheet, text: str, **look: Font | Alignment) -> Cell:
    cell = WriteOnlyCell(page, value=without_forbidden(text)[:_MOST])
    cell.data_type = "s"  # also what begins as a formula does
    for name, value in look.items():
        setattr(cell, name, value)
    return cell
