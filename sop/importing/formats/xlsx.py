"""Excel workbooks: each worksheet as one table, with merged cells, and the shapes by the cells that they cover."""

import re
from collections.abc import Iterator

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

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
    workbook = package.xml("xl/workbook.xml")
    related = package.related("xl/workbook.xml")
    book = _Book(package, dict(related.values()))
    blocks: list[Block] = []
    for sheet in workbook.iterfind(f"{_S}sheets/{_S}sheet"):
        kind, part = related.get(sheet.get(f"{_R}id"), ("", ""))
        if kind != "worksheet":
            continue
        is_hidden = sheet.get("state", "visible") != "visible"
        blocks += book.worksheet(part, f"Lembar tersembunyi «{sheet.get('name')}»" if is_hidden else "")
    return blocks


class _Book:
    def __init__(self, package: Package, parts: dict[str, str]):
        self.package = package
        strings = parts.get("sharedStrings")
        self.strings = [_string(each) for each in package.xml(strings)] if strings else []
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
            self.formats.append(formats.get(number) or BUILTIN_FORMATS.get(number, "General"))
            fill = int(style.get("fillId", 0))
            self.fills.append(fills[fill] if fill < len(fills) else "")

    def worksheet(self, part: str, origin: str) -> Iterator[Block]:
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
        used = {
            n for cell in cells.values() if cell.lines or cell.shapes for n in range(cell.row, cell.row + cell.rowspan)
        }
        if used:
            yield Table(_closed_up(cells.values(), used), origin)
        yield from paragraphs
        for comments in self.package.of_type(part, "comments"):
            for text in self.package.xml(comments).iter(f"{_S}text"):
                yield Paragraph([Line(line) for line in _string(text).split("\n")], origin="Komentar")

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
            return "" if inline is None else _string(inline)
        value = element.findtext(f"{_S}v")
        if value is None:
            formula = element.findtext(f"{_S}f")
            return f"={formula}" if formula else ""
        if kind == "s":
            return self.strings[int(value)] if int(value) < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return value if kind in ("str", "e", "d") else _printed(value, number_format)

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


def _string(element) -> str:
    """Return a string with its runs, without the readings that East Asian texts have beside."""
    texts = (each for each in element.iter(f"{_S}t") if each.getparent().tag != f"{_S}rPh")
    return "".join(each.text or "" for each in texts)


def _printed(value: str, number_format: str) -> str:
    """Return a number as the worksheet shows it, as far as offices' formats go."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date_format(number_format):
        try:
            day = from_excel(number)
        except (ValueError, OverflowError):
            return value
        return day.strftime("%d/%m/%Y") if hasattr(day, "day") else str(day)
    text = str(int(number)) if number == int(number) and abs(number) < 1e15 else f"{number:g}".replace(".", ",")
    words = re.fullmatch(r'[0#]+( ?)"([^"]*)"', number_format)
    return f"{text}{words[1]}{words[2]}" if words else text


def _merge(reference: str, cells: dict[tuple[int, int], Cell]) -> int:
    """Merge a range of cells, and return how many places it covers."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    if None in (left, top, right, bottom):
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


def _closed_up(cells, used: set[int]) -> list[Cell]:
    """Return the cells without the empty rows between and the empty columns around them."""
    rows = {row: n for n, row in enumerate(sorted(used))}
    cells = [cell for cell in cells if cell.row in rows]
    columns = [c for cell in cells if cell.lines or cell.shapes for c in range(cell.column, cell.column + cell.colspan)]
    first, last = min(columns), max(columns)
    kept = []
    for cell in cells:
        reach = [rows[n] for n in range(cell.row, cell.row + cell.rowspan) if n in rows]
        cell.row, cell.rowspan = reach[0], len(reach)
        if first <= cell.column <= last:
            cell.colspan = min(cell.colspan, last - cell.column + 1)
            cell.column -= first
            for shape in cell.shapes:
                if shape.columns:
                    shape.columns = (shape.columns[0] - first, shape.columns[1] - first)
            kept.append(cell)
    return kept


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
