"""Excel workbooks: each worksheet as one table, with merged cells, and the shapes by the cells that they cover."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter, range_boundaries

from ppid.web import spreadsheetml
from sop.importing.formats import numbers
from sop.importing.formats.docx import SYMBOLS
from sop.importing.formats.door import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, TOO_MANY_ROWS, TOO_WIDE, Package
from sop.importing.imported import ImportRefused
from sop.importing.source import Block, Cell, Line, Paragraph, Shape, Table

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_MAX_CELLS = 60_000


def read(package: Package) -> list[Block]:
    """Return a table for each worksheet, in their order. Raises ImportRefused."""
    workbook = package.xml(package.main)
    related = package.related(package.main)
    book = _Book(package, dict(related.values()), spreadsheetml.epoch(workbook))
    blocks: list[Block] = []
    for sheet in workbook.iterfind(f"{_S}sheets/{_S}sheet"):
        kind, part = related.get(sheet.get(f"{_R}id"), ("", ""))
        if kind != "worksheet":
            continue
        found = book.worksheet(part)
        if sheet.get("state", "visible") != "visible":
            found = _hidden(found, f"Lembar tersembunyi «{sheet.get('name')}»")
        blocks += found
    return blocks


class _Book:
    def __init__(self, package: Package, parts: dict[str, str], epoch: datetime):
        self.package, self.epoch = package, epoch
        strings = parts.get("sharedStrings")
        self.strings = [spreadsheetml.string(each) for each in package.xml(strings)] if strings else []
        self.formats: list[str] = []
        self.fills: list[str] = []
        if "styles" in parts:
            self._styles(package.xml(parts["styles"]))

    def _styles(self, styles) -> None:
        formats = {int(each.get("numFmtId")): each.get("formatCode", "") for each in styles.iter(f"{_S}numFmt")}
        fills = []
        for fill in styles.iterfind(f"{_S}fills/{_S}fill"):
            colour = fill.find(f"{_S}patternFill[@patternType='solid']/{_S}fgColor")
            value = "" if colour is None else colour.get("rgb") or f"theme{colour.get('theme')}{colour.get('tint', '')}"
            fills.append("" if value.lower() in ("ffffffff", "00ffffff", "theme0") else value.lower())
        for style in styles.iterfind(f"{_S}cellXfs/{_S}xf"):
            number = int(style.get("numFmtId", 0))
            self.formats.append(numbers.format_of(number, formats))
            fill = int(style.get("fillId", 0))
            self.fills.append(fills[fill] if fill < len(fills) else "")

    def worksheet(self, part: str) -> Iterator[Block]:
        """Yield what the worksheet shows as one table, then what stands beside it and what it hides."""
        root = self.package.xml(part)
        cells: dict[tuple[int, int], Cell] = {}
        rows = 0
        for row in root.iterfind(f"{_S}sheetData/{_S}row"):
            found = [cell for each in row if (cell := self._cell(each)) is not None]
            rows += any(cell.lines for cell in found)
            cells |= {(cell.row, cell.column): cell for cell in found}
            if rows > MAX_ROWS or len(cells) > _MAX_CELLS:
                raise ImportRefused(TOO_MANY_ROWS)
        covered = sum(_merge(each.get("ref", ""), cells) for each in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"))
        if covered > MAX_PLACES:
            raise ImportRefused(TOO_MANY_ROWS)
        paragraphs = list(self._drawings(part, cells))
        away_rows, away_columns = _away(root)
        full = [cell for cell in cells.values() if cell.lines or cell.shapes]
        used = {n for cell in full for n in range(cell.row, cell.row + cell.rowspan)} - away_rows
        shown, hidden = _closed_up(cells.values(), used, away_columns)
        if any(cell.lines or cell.shapes for cell in shown):
            yield Table(shown)
        yield from paragraphs
        for cell in hidden:
            is_row = cell.row in away_rows
            where = f"Baris tersembunyi {cell.row + 1}" if is_row else f"Kolom tersembunyi {_letter(cell)}"
            yield Paragraph(cell.lines, cell.shapes, where, is_hidden=True)
        for comments in self.package.of_type(part, "comments"):
            for text in self.package.xml(comments).iter(f"{_S}text"):
                yield Paragraph([Line(line) for line in spreadsheetml.string(text).split("\n")], origin="Komentar")

    def _cell(self, element) -> Cell | None:
        reference = element.get("r")
        if not reference:
            return None
        letters, row = coordinate_from_string(reference)
        column = column_index_from_string(letters) - 1
        if column >= MAX_COLUMNS:
            if element.findtext(f"{_S}v") or element.find(f"{_S}is") is not None:
                raise ImportRefused(TOO_WIDE)
            return None  # only formatted
        style = int(element.get("s", 0))
        fill = self.fills[style] if style < len(self.fills) else ""
        text = self._text(element, self.formats[style] if style < len(self.formats) else "General")
        parts = text.replace("\r", "").split("\n") if text.strip() else []
        return Cell(row - 1, column, [Line(part) for part in parts], fill=fill)

    def _text(self, element, number_format: str) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(f"{_S}is")
            return "" if inline is None else spreadsheetml.string(inline)
        value = element.findtext(f"{_S}v")
        if value is None:
            formula = element.findtext(f"{_S}f")
            return f"={formula}" if formula else ""
        if kind == "s":
            return self.strings[int(value)] if int(value) < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return numbers.printed_day(value, number_format)
        return value if kind in ("str", "e") else numbers.printed(value, number_format, self.epoch)

    def _drawings(self, part: str, cells: dict[tuple[int, int], Cell]) -> Iterator[Paragraph]:
        """Hang each shape on its upper row; give those that stand on no cell as paragraphs."""
        for drawing in self.package.of_type(part, "drawing"):
            for anchor in self.package.xml(drawing):
                begin, end = anchor.find(f"{_XDR}from"), anchor.find(f"{_XDR}to")
                for element in anchor.iter(f"{_XDR}sp", f"{_XDR}pic", f"{_XDR}cxnSp"):
                    shape = _shape(element)
                    if begin is None:
                        yield Paragraph([], [shape])
                        continue
                    is_alone = len(list(anchor.iter(f"{_XDR}sp"))) < 2
                    shape.columns = _covered(begin, end) if is_alone else None
                    row = _middle_row(begin, end)
                    column = int(begin.findtext(f"{_XDR}col", "0"))
                    cells.setdefault((row, column), Cell(row, column)).shapes.append(shape)


def _merge(reference: str, cells: dict[tuple[int, int], Cell]) -> int:
    """Merge a range of cells, and return how many places it covers."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    if left is None or top is None or right is None or bottom is None:
        return 0  # whole rows or columns
    right, bottom = min(right, MAX_COLUMNS), min(bottom, top + MAX_ROWS)
    area = (bottom - top + 1) * (right - left + 1)
    if area <= 0 or area > MAX_PLACES // 2:
        return area
    cell = cells.setdefault((top - 1, left - 1), Cell(top - 1, left - 1))
    for row in range(top - 1, bottom):
        for column in range(left - 1, right):
            if (hidden := cells.get((row, column))) is not None and hidden is not cell:
                cell.lines += hidden.lines  # under the merged cell, and still a text
                del cells[row, column]
    cell.rowspan, cell.colspan = bottom - top + 1, right - left + 1
    return area


def _away(root) -> tuple[set[int], set[int]]:
    """Return the rows and columns that the worksheet hides, also those folded to nothing."""

    def is_away(element, size: str) -> bool:
        return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")

    rows = {
        int(row.get("r")) - 1
        for row in root.iterfind(f"{_S}sheetData/{_S}row")
        if is_away(row, "ht") and row.get("r", "").isdigit()
    }
    columns: set[int] = set()
    for each in root.iterfind(f"{_S}cols/{_S}col"):
        first, last = each.get("min", ""), each.get("max", "")
        if is_away(each, "width") and first.isdigit() and last.isdigit():
            columns |= set(range(int(first) - 1, min(int(last), MAX_COLUMNS)))
    return rows, columns


def _closed_up(cells: Iterable[Cell], used: set[int], away: set[int]) -> tuple[list[Cell], list[Cell]]:
    """Return the cells without the empty and hidden rows and columns, and the filled ones that are hidden altogether.

    A merged cell shows its text in whatever part of it is to be seen.
    """
    cells = list(cells)
    rows = {row: n for n, row in enumerate(sorted(used))}
    full = [cell for cell in cells if cell.lines or cell.shapes]
    seen = {n for cell in full if cell.row in rows for n in range(cell.column, cell.column + cell.colspan)} - away
    between = range(min(seen), max(seen) + 1) if seen else ()
    columns = {column: n for n, column in enumerate(column for column in between if column not in away)}
    shown, hidden = [], []
    for cell in cells:
        down = [rows[n] for n in range(cell.row, cell.row + cell.rowspan) if n in rows]
        across = [columns[n] for n in range(cell.column, cell.column + cell.colspan) if n in columns]
        if not down or not across:
            hidden += [cell] if cell.lines or cell.shapes else []
            continue
        cell.row, cell.rowspan, cell.column, cell.colspan = down[0], len(down), across[0], len(across)
        for shape in cell.shapes:
            if shape.columns:
                reach = [columns[n] for n in range(shape.columns[0], shape.columns[1] + 1) if n in columns]
                shape.columns = (reach[0], reach[-1]) if reach else None
        shown.append(cell)
    return shown, hidden


def _hidden(blocks: Iterable[Block], origin: str) -> Iterator[Paragraph]:
    """Yield what a hidden worksheet holds as paragraphs, a row each: nobody sees it, so it is no sheet."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(block.own, block.shapes, origin, is_hidden=True)
            continue
        cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
        for _, row in groupby(cells, key=lambda cell: cell.row):
            full = list(row)
            lines = [line for cell in full for line in cell.lines]
            yield Paragraph(lines, [shape for cell in full for shape in cell.shapes], origin, is_hidden=True)


def _letter(cell: Cell) -> str:
    return get_column_letter(cell.column + 1)


def _shape(element) -> Shape:
    if element.tag == f"{_XDR}pic":
        return Shape("picture")
    geometry = element.find(f".//{_A}prstGeom")
    name = geometry.get("prst", "") if geometry is not None else ""
    lines = []
    for paragraph in element.iter(f"{_A}p"):
        text = "".join(each.text or "" for each in paragraph.iter(f"{_A}t"))
        lines += [Line(text)] if text.strip() else []
    if element.tag == f"{_XDR}cxnSp" or name.endswith("Arrow") or ("Connector" in name and name not in SYMBOLS):
        return Shape("line", lines)
    is_box = element.find(f"{_XDR}nvSpPr/{_XDR}cNvSpPr[@txBox='1']") is not None
    return Shape("other" if is_box else SYMBOLS.get(name, "other"), lines)


def _covered(begin, end) -> tuple[int, int]:
    first = int(begin.findtext(f"{_XDR}col", "0"))
    if end is None:
        return first, first
    last = int(end.findtext(f"{_XDR}col", "0"))
    if last > first and int(end.findtext(f"{_XDR}colOff", "0")) < 150_000:
        last -= 1  # it only touches the next column
    return first, max(first, min(last, MAX_COLUMNS))


def _middle_row(begin, end) -> int:
    first = int(begin.findtext(f"{_XDR}row", "0"))
    last = first if end is None else int(end.findtext(f"{_XDR}row", "0"))
    return first if last - first < 2 else (first + last) // 2
