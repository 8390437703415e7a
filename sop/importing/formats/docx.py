"""Word documents: the paragraphs and tables of the body, shapes and their columns, headers, footers, notes.

Word and LibreOffice write a floating shape twice, as ``wps`` and as VML; the first is read, the second only where it
stands alone. A shape's column is known where its offset can be laid against the widths of the table's grid.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ppid.web.archives import BROKEN
from sop.importing.formats.door import MAX_COLUMNS, MAX_ROWS, TOO_MANY_ROWS, TOO_WIDE, Package
from sop.importing.imported import ImportRefused
from sop.importing.source import Block, Cell, Line, Paragraph, Shape, Symbol, Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"

_TWIP = 635  # EMU
_POINT = 12700  # EMU

SYMBOLS: dict[str, Symbol] = {
    "flowChartTerminator": "terminator",
    "roundRect": "terminator",
    "ellipse": "terminator",
    "flowChartAlternateProcess": "terminator",
    "flowChartDecision": "decision",
    "diamond": "decision",
    "flowChartProcess": "process",
    "flowChartPredefinedProcess": "process",
    "rect": "process",
    "flowChartOffpageConnector": "offpage",
    "flowChartConnector": "offpage",
    "homePlate": "offpage",
    "pentagon": "offpage",
    "line": "line",
}
# Types of VML shapes: «#_x0000_t110».
_VML_TYPES: dict[str, Symbol] = {
    "116": "terminator",
    "176": "terminator",
    "110": "decision",
    "4": "decision",
    "109": "process",
    "112": "process",
    "1": "process",
    "2": "terminator",
    "3": "terminator",
    "177": "offpage",
    "120": "offpage",
    "15": "offpage",
    "20": "line",
    "32": "line",
    "33": "line",
    "34": "line",
    "35": "line",
    "75": "picture",
}
_VML_TAGS: dict[str, Symbol] = {
    "rect": "process",
    "roundrect": "terminator",
    "oval": "terminator",
    "line": "line",
    "polyline": "line",
}
_OTHER_PARTS = {
    "header": "Kepala halaman",
    "footer": "Kaki halaman",
    "footnotes": "Catatan kaki",
    "endnotes": "Catatan akhir",
    "comments": "Komentar",
}


@dataclass(slots=True)
class _Floating:
    """A shape as drawn: how far its left edge is from the left edge of what it is ``beside``, in EMU."""

    shape: Shape
    left: int | None = None
    width: int = 0
    beside: str = "cell"  # cell, margin or page
    is_outside: bool = False  # Word up to 2010 counts from the margin then; LibreOffice and Word since 2013 don't
    is_inline: bool = False


def read(package: Package) -> list[Block]:
    """Return the document's blocks, the body first. Raises ImportRefused."""
    root = package.xml(package.main)
    body = root.find(f"{_W}body")
    if body is None:
        raise ImportRefused(BROKEN)
    margin = body.find(f".//{_W}pgMar")
    reader = _Reader(_number(margin.get(f"{_W}left")) * _TWIP if margin is not None else 0)
    blocks = list(reader.blocks(body))
    if reader.hidden:
        blocks.append(Paragraph(reader.hidden, origin="Teks tersembunyi", is_hidden=True))
    for kind, origin in _OTHER_PARTS.items():
        for part in package.of_type(package.main, kind):
            for block in _Reader(0).blocks(package.xml(part)):
                if any(block.lines()):
                    block.origin = origin
                    blocks.append(block)
    return blocks


class _Reader:
    def __init__(self, page_margin: int):
        self.page_margin = page_margin
        self.hidden: list[Line] = []
        self.rows = 0

    def blocks(self, parent) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{_W}p":
                lines, floating = self.paragraph(child)
                if any(lines) or floating:
                    yield Paragraph([line for line in lines if line], [each.shape for each in floating])
            elif child.tag == f"{_W}tbl":
                yield self.table(child)
            elif child.tag in (f"{_W}sectPr", f"{_W}del", f"{_W}moveFrom"):
                continue
            else:
                yield from self.blocks(child)

    def table(self, table) -> Table:
        widths = [_number(col.get(f"{_W}w")) * _TWIP for col in table.iterfind(f"{_W}tblGrid/{_W}gridCol")][
            :MAX_COLUMNS
        ]
        indent = table.find(f"{_W}tblPr/{_W}tblInd")
        indent = _number(indent.get(f"{_W}w")) * _TWIP if indent is not None else 0
        cells: list[Cell] = []
        above: dict[int, Cell] = {}  # the cell that a vertical merge continues, by its first column
        for n, row in enumerate(_rows(table)):
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise ImportRefused(TOO_MANY_ROWS)
            before = row.find(f"{_W}trPr/{_W}gridBefore")
            column = min(_number(before.get(f"{_W}val")), 200) if before is not None else 0
            for tc in _cells(row):
                span = tc.find(f"{_W}tcPr/{_W}gridSpan")
                wide = max(1, min(_number(span.get(f"{_W}val")), 200)) if span is not None else 1
                if column + wide > MAX_COLUMNS:
                    raise ImportRefused(TOO_WIDE)
                merge = tc.find(f"{_W}tcPr/{_W}vMerge")
                continues = merge is not None and merge.get(f"{_W}val") != "restart"
                if continues and column in above:
                    cell = above[column]
                    cell.rowspan = n - cell.row + 1
                else:
                    cell = Cell(n, column, colspan=wide, fill=_fill(tc))
                    cells.append(cell)
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = cell
                self.fill(cell, tc, n, widths, indent, column, cells)
                column += wide
        return Table(cells)

    def fill(self, cell: Cell, tc, row: int, widths, indent: int, column: int, cells: list[Cell]) -> None:
        """Read what stands in a cell; tables inside it become lines of it."""
        for block in tc:
            if block.tag == f"{_W}p":
                lines, floating = self.paragraph(block)
                cell.lines += lines
                for each in floating:
                    each.shape.columns, each.shape.is_near = self.columns(each, each.beside, widths, indent, column)
                    if each.is_outside:
                        each.shape.otherwise, _ = self.columns(each, "margin", widths, indent, column)
                    # The row is the paragraph's own, also where its cell is merged with the ones above.
                    target = cell if cell.row == row else _row_cell(cells, row, column)
                    target.shapes.append(each.shape)
            elif block.tag == f"{_W}tbl":
                inner = self.table(block)
                cell.lines += [line for each in inner.cells for line in each.lines]
                cell.shapes += [shape for each in inner.cells for shape in each.shapes]
            elif block.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}customXml", f"{_W}sdtContent"):
                self.fill(cell, block, row, widths, indent, column, cells)

    def columns(
        self, floating: _Floating, beside: str, widths, indent: int, column: int
    ) -> tuple[tuple[int, int] | None, bool]:
        """Return the first and last column that a shape covers, and whether that is a near thing."""
        if floating.is_inline or (floating.left is None and beside == "cell"):
            return (column, column), False
        if floating.left is None or not widths:
            return None, False
        left = floating.left
        if beside == "cell":
            left += sum(widths[:column])
        else:
            left -= indent + (self.page_margin if beside == "page" else 0)
        right, edge, covered, best, most = left + floating.width, 0, [], None, 0
        for n, width in enumerate(widths):
            inside = min(right, edge + width) - max(left, edge)
            if width and inside > 0.6 * width:
                covered.append(n)
            if inside > most:
                best, most = n, inside
            edge += width
        if best is None:
            return None, False
        if len(covered) > 1:
            return (covered[0], covered[-1]), False
        return (best, best), bool(floating.width) and most < 0.7 * min(floating.width, widths[best])

    def paragraph(self, paragraph) -> tuple[list[Line], list[_Floating]]:
        is_item = _is_numbered(paragraph)
        lines = [Line("", is_item=is_item)]
        floating: list[_Floating] = []
        self._runs(paragraph, lines, floating)
        return lines, floating

    def _runs(self, parent, lines: list[Line], floating: list[_Floating]) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{_W}t":
                lines[-1].text += child.text or ""
            elif tag == f"{_W}tab":
                lines[-1].text += "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                if lines[-1] or child.get(f"{_W}type") not in ("page", "column"):
                    lines.append(Line("", is_soft=bool(lines[-1])))
            elif tag == f"{_W}noBreakHyphen":
                lines[-1].text += "-"
            elif tag == f"{_W}sym":
                lines[-1].text += _symbol_character(child)
            elif tag == f"{_W}r" and _is_on(child.find(f"{_W}rPr/{_W}vanish")):
                self.hidden += [Line(text) for text in ["".join(child.itertext(f"{_W}t"))] if text.strip()]
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                fallback = child.find(f"{_MC}Fallback")
                use = fallback if chosen is None or not len(chosen) else chosen
                if use is not None:
                    self._runs(use, lines, floating)
            elif tag == f"{_W}drawing":
                floating += self.drawing(child)
            elif tag in (f"{_W}pict", f"{_W}object"):
                floating += self.vml(child)
            elif tag in (f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"):
                continue
            else:
                self._runs(child, lines, floating)

    def drawing(self, drawing) -> Iterator[_Floating]:
        place = drawing.find(f"{_WP}anchor")
        is_inline = place is None
        if is_inline:
            place = drawing.find(f"{_WP}inline")
        if place is None:
            return
        extent = place.find(f"{_WP}extent")
        width = _number(extent.get("cx")) if extent is not None else 0
        left, beside = _horizontal(place) if not is_inline else (None, "cell")
        is_outside = not is_inline and beside == "cell" and place.get("layoutInCell") in ("0", "false")
        shapes = list(place.iter(f"{_WPS}wsp"))
        if not shapes:
            symbol: Symbol = "picture" if place.find(f".//{_PIC}pic") is not None else "other"
            yield _Floating(Shape(symbol), left, width, beside, is_outside, is_inline)
        is_group = len(shapes) > 1
        for each in shapes:
            shape = Shape(_preset(each), self.text_of(each.find(f"{_WPS}txbx")))
            # Inside a group a shape's own place isn't resolved, so its column stays unknown.
            left, beside = (None, "group") if is_group else (left, beside)
            yield _Floating(shape, left, width, beside, is_outside, is_inline)

    def vml(self, pict) -> Iterator[_Floating]:
        tags = {f"{_V}{name}" for name in ("shape", *_VML_TAGS)}
        shapes = [each for each in pict.iter() if each.tag in tags]
        is_grouped = pict.find(f".//{_V}group") is not None
        for each in shapes:
            style = _style(each.get("style", ""))
            lines = self.text_of(each.find(f"{_V}textbox"))
            if each.tag == f"{_V}shape":
                kind = re.search(r"_t(\d+)$", each.get("type", ""))
                symbol = _VML_TYPES.get(kind[1] if kind else "", "other")
                symbol = "picture" if each.find(f"{_V}imagedata") is not None else symbol
            else:
                symbol = _VML_TAGS[each.tag.removeprefix(_V)]
            left, width = _points(style.get("margin-left", style.get("left", ""))), _points(style.get("width", ""))
            relative = style.get("mso-position-horizontal-relative", "text")
            beside = {"page": "page", "margin": "margin"}.get(relative, "cell")
            if is_grouped:
                left, beside = None, "group"
            is_inline = style.get("position") != "absolute"
            is_outside = beside == "cell" and each.get(f"{_O}allowincell") in ("f", "false")
            yield _Floating(Shape(symbol, lines), left, width or 0, beside, is_outside, is_inline and not is_grouped)

    def text_of(self, box) -> list[Line]:
        if box is None:
            return []
        lines: list[Line] = []
        for paragraph in box.iter(f"{_W}p"):
            lines += filter(None, self.paragraph(paragraph)[0])
        return lines


def _rows(table) -> Iterator:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(child)


def _cells(row) -> Iterator:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _cells(child)


def _row_cell(cells: list[Cell], row: int, column: int) -> Cell:
    """Return an empty cell that stands for a row of a merged one, to hang a shape on."""
    for cell in cells:
        if (cell.row, cell.column, cell.colspan) == (row, column, 0):
            return cell
    cell = Cell(row, column, colspan=0)
    cells.append(cell)
    return cell


def _is_numbered(paragraph) -> bool:
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if numbering is not None:
        return numbering.get(f"{_W}val") != "0"
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith(("ListNumber", "ListBullet"))


def _horizontal(anchor) -> tuple[int | None, str]:
    position = anchor.find(f"{_WP}positionH")
    if position is None:
        return None, "cell"
    relative = position.get("relativeFrom", "column")
    offset = position.find(f"{_WP}posOffset")
    beside = {"page": "page", "margin": "margin", "leftMargin": "page"}.get(relative, "cell")
    if offset is None:  # «align»: in the middle, at the left or right of what it is beside
        return None, beside
    return _number(offset.text), beside


def _preset(shape) -> Symbol:
    geometry = shape.find(f"{_WPS}spPr/{_A}prstGeom")
    name = geometry.get("prst", "") if geometry is not None else ""
    if "Connector" in name and not name.startswith("flowChart") or shape.find(f"{_WPS}cNvCnPr") is not None:
        return "line"
    if name == "rect" and shape.find(f"{_WPS}cNvSpPr[@txBox='1']") is not None:
        return "other"
    return "line" if name.endswith("Arrow") else SYMBOLS.get(name, "other")


def _is_on(setting) -> bool:
    return setting is not None and setting.get(f"{_W}val", "true") not in ("0", "false", "off")


# What the codes of the two old symbol fonts draw, as far as sheets use them.
_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFD: "☒",
    0xFE: "☑",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0xA8: "□",
    0x75: "◆",
    0xA1: "○",
}
_WINGDINGS |= {0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xEF: "←", 0xF0: "→", 0xF1: "↑", 0xF2: "↓"}
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xE0: "◊", 0xA8: "◆", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xDC: "←", 0xDE: "→"}


def _symbol_character(sym) -> str:
    code = int(sym.get(f"{_W}char", "0") or "0", 16) & 0xFF
    drawn = _SYMBOL if sym.get(f"{_W}font", "").lower() == "symbol" else _WINGDINGS
    return drawn.get(code) or (_WINGDINGS | _SYMBOL).get(code, chr(code) if code >= 32 else "")


def _fill(tc) -> str:
    shading = tc.find(f"{_W}tcPr/{_W}shd")
    fill = shading.get(f"{_W}fill", "") if shading is not None else ""
    return "" if fill.lower() in ("auto", "ffffff") else fill.lower()


def _style(text: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in text.split(";"))}


def _points(text: str) -> int | None:
    found = re.fullmatch(r"(-?[\d.]+)(pt|in|cm|mm|px)?", text)
    if not found:
        return None
    scale = {"pt": _POINT, "in": 914400, "cm": 360000, "mm": 36000, "px": 9525, None: 9525}[found[2]]
    return int(float(found[1]) * scale)


def _number(text: str | None) -> int:
    """Return a whole number; Strict documents write twentieths of a point as points."""
    text = text or "0"
    try:
        return round(float(text.removesuffix("pt")) * 20) if text.endswith("pt") else int(float(text))
    except (ValueError, OverflowError):
        return 0
