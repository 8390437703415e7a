"""The sheet as an Excel workbook: «Identitas», «Prosedur» with symbols in words, and «Keputusan».

The sheet's data travel in a hidden fourth sheet, with a digest of what the others say, as in the Word document.
"""

import hashlib
import io

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ppid.web.letters import without_forbidden
from sop.drawing import widths
from sop.export import json, words
from sop.export.package import settled
from sop.sheet import LISTS, Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IDENTITY, PROCEDURE, EXITS, DATA = "Identitas", "Prosedur", "Keputusan", "Data"
LETTERHEAD, HEADING, READING = "Kop", "Judul Bagian", "Pembagian Pelaksana"
_SHOWN = (IDENTITY, PROCEDURE, EXITS)
_CELL = 30_000  # a cell of Excel holds 32,767 characters
_WIDTH = 190  # characters over the whole procedure, on a landscape page

_LINE = Side(style="thin", color="515A58")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TEXT = Alignment(vertical="center", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write(sheet: Sheet) -> bytes:
    """Return the workbook; the same bytes for the same sheet. No text of the sheet ever becomes a formula."""
    book = Workbook()
    book.remove(book.active)
    for name in _SHOWN:
        page = book.create_sheet(name)
        page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    _identity(book[IDENTITY], sheet)
    _procedure(book[PROCEDURE], sheet)
    _exits(book[EXITS], sheet)
    _carry(book, sheet)
    book.properties.title = without_forbidden(f"SOP {sheet.title}")[:255]
    book.properties.creator = without_forbidden(" ".join(sheet.letterhead))[:255]
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def carried(data: bytes) -> Sheet | None:
    """Return the sheet that ``write`` put into the workbook; None when it holds none or its cells were changed."""
    book = load_workbook(io.BytesIO(data))
    if DATA not in book.sheetnames or any(name not in book.sheetnames for name in _SHOWN):
        return None
    lines = [str(value) for (value,) in book[DATA].iter_rows(max_col=1, values_only=True) if value]
    if not lines or lines[0] != _digest(book):
        return None
    return json.read("".join(lines[1:]))


def _carry(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(DATA)
    page.sheet_state = "hidden"
    text = json.write(sheet, is_ascii=True).decode()
    pieces = [text[at : at + _CELL] for at in range(0, len(text), _CELL)]
    for n, piece in enumerate([_digest(book), *pieces], start=1):
        _put(page, n, 1, piece)


def _digest(book: Workbook) -> str:
    """Return a digest of what the cells say and of where they are joined."""
    seen = [
        [
            [[str(value or "") for value in row] for row in book[name].iter_rows(values_only=True)],
            sorted(str(joined) for joined in book[name].merged_cells.ranges),
        ]
        for name in _SHOWN
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _identity(page, sheet: Sheet) -> None:
    """One fact or one item a row: the caption in A, the text in B; an item's number stands in A too, "Peringatan 2"."""
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 110
    lines = [(LETTERHEAD, "\n".join(sheet.letterhead)), (HEADING, sheet.heading)]
    lines += [(caption, words.fact(sheet, name)) for name, caption in words.FACTS.items()]
    if sheet.reading:
        lines.append((READING, sheet.reading))
    for name in LISTS:
        caption, items = words.caption(sheet, name), sheet.lists.get(name, ())
        lines += [(f"{caption} {n}", item) for n, item in enumerate(items, start=1)] or [(caption, "")]
    for n, (caption, text) in enumerate(lines, start=1):
        _put(page, n, 1, caption, font=Font(bold=True))
        _put(page, n, 2, text)
        _make_room(page, n)


def _procedure(page, sheet: Sheet) -> None:
    columns = max(len(sheet.performers), 1)
    for n, share in enumerate(widths.columns(columns), start=1):
        page.column_dimensions[get_column_letter(n)].width = max(5, share * _WIDTH)
    after = len(words.BEFORE) + columns + 1
    for n, caption in enumerate(words.BEFORE, start=1):
        _head(page, 1, n, caption, until=(2, n))
    _head(page, 1, 3, words.PERFORMERS, until=(1, 2 + columns))
    for n, performer in enumerate(sheet.performers, start=3):
        _head(page, 2, n, performer)
    _head(page, 1, after, words.STANDARD, until=(1, after + 2))
    for n, caption in enumerate(words.AFTER[:3], start=after):
        _head(page, 2, n, caption)
    _head(page, 1, after + 3, words.AFTER[3], until=(2, after + 3))
    _make_room(page, 2)
    page.freeze_panes = "C3"
    page.print_title_rows = "1:2"
    for line, row in enumerate(sheet.rows, start=3):
        _put(page, line, 1, row.number, alignment=_CENTRED)
        _put(page, line, 2, row.text)
        for n in range(3, after):
            _put(page, line, n, "", alignment=_CENTRED)
        if row.first is not None:
            _put(page, line, 3 + row.first, words.symbol(row), alignment=_CENTRED)
            if row.last > row.first:
                page.merge_cells(start_row=line, end_row=line, start_column=3 + row.first, end_column=3 + row.last)
        for n, text in enumerate((row.requirement, row.duration, row.output, row.note), start=after):
            _put(page, line, n, text)
        _make_room(page, line)


def _make_room(page, row: int) -> None:
    """Make the row as high as its longest text needs; not every programme does that by itself."""
    most = 1
    for cell in page[row]:
        width = page.column_dimensions[get_column_letter(cell.column)].width
        most = max(most, words.lines(str(cell.value or ""), max(1, int(width * 0.9))))
    page.row_dimensions[row].height = min(409, 15 * most + 3)


def _exits(page, sheet: Sheet) -> None:
    for n, caption in enumerate(words.EXITS, start=1):
        page.column_dimensions[get_column_letter(n)].width = 24
        _head(page, 1, n, caption)
    for line, exits in enumerate(words.exits(sheet), start=2):
        for n, text in enumerate(exits, start=1):
            _put(page, line, n, int(text) if text.isdigit() else text, alignment=_CENTRED)


def _head(page, row: int, column: int, text: str, *, until: tuple[int, int] | None = None) -> None:
    _put(page, row, column, text, font=Font(bold=True), alignment=_CENTRED)
    if until and until != (row, column):
        page.merge_cells(start_row=row, start_column=column, end_row=until[0], end_column=until[1])


def _put(page, row: int, column: int, value: str | int, *, font: Font | None = None, alignment=_TEXT) -> None:
    cell = page.cell(row, column)
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = without_forbidden(value)[:32_767]
        cell.data_type = "s"  # also when it begins with =, + or @
    cell.border, cell.alignment = _FRAME, alignment
    if font:
        cell.font = font
