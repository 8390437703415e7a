"""Excel workbooks: what their cells show, formulas by the values that Excel had stored for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.exceptions import CellCoordinatesException

from ppid.takeover.tables.table import MAX_COLUMNS, TOO_WIDE, Filling, Row, Sheet, TableRefused, merge
from ppid.web import spreadsheetml
from ppid.web.archives import MB, Package, parse_xml
from ppid.web.xml_parts import BOUNDS, attribute, child_text, count, elements
from sop.importing.formats import numbers

_MOST_TAGS = 400_000


def read(file: BinaryIO) -> list[Sheet]:
    """Return the worksheets in their order. Raises TableRefused and ArchiveRefused."""
    package = Package(file, BOUNDS, xml_most=BOUNDS.unpacked)
    workbook = _parsed(package, package.main)
    related = package.related(package.main)
    book = _Book(package, dict(related.values()), spreadsheetml.epoch(workbook))
    for sheet in workbook.iter("{*}sheet"):
        kind, part = related.get(_relation(sheet), ("", ""))
        if kind == "worksheet":
            is_hidden = sheet.get("state", "visible") != "visible"
            book.worksheet(part, sheet.get("name", ""), is_hidden=is_hidden)
    return book.filling.sheets


class _Book:
    def __init__(self, package: Package, parts: dict[str, str], epoch: datetime):
        self.package, self.epoch, self.filling = package, epoch, Filling()
        self.strings = list(self._shared(parts["sharedStrings"])) if "sharedStrings" in parts else []
        self.formats = self._styles(parts["styles"]) if "styles" in parts else []

    def _shared(self, part: str) -> Iterator[str]:
        return (spreadsheetml.string(element) for _, element in elements(self.package, part, "si"))

    def _styles(self, part: str) -> list[str]:
        styles = _parsed(self.package, part)
        own = {count(each, "numFmtId", least=0): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
        return [
            numbers.format_of(count(style, "numFmtId", least=0), own)
            for styled in styles.iter("{*}cellXfs")
            for style in styled.iterchildren("{*}xf")
        ]

    def worksheet(self, part: str, name: str, *, is_hidden: bool) -> None:
        sheet = self.filling.begin(name, is_hidden=is_hidden)
        merges: list[tuple[int, int, int, int]] = []
        last = 0
        for _, element in elements(self.package, part, "row", "mergeCell"):
            if etree.QName(element).localname == "mergeCell":
                merges += _area(element.get("ref", ""))
                continue
            last = count(element, "r", least=last + 1)
            self.filling.add(self._row(element, last))
        merge(sheet, merges)

    def _row(self, element: etree._Element, number: int) -> Row:
        cells: list[str] = []
        formulas: list[int] = []
        lost: list[int] = []
        for cell in element.iterchildren("{*}c"):
            column, text = _column(cell, len(cells)), self._text(cell)
            if column >= MAX_COLUMNS:
                if text:
                    raise TableRefused(TOO_WIDE)
                continue
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = text
            if child_text(cell, "f") is not None:
                (formulas if text else lost).append(column)
        is_hidden = element.get("hidden") in ("1", "true") or element.get("ht") in ("0", "0.0")
        return Row(number, cells, is_hidden, tuple(formulas), tuple(lost))

    def _text(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return next((spreadsheetml.string(inline) for inline in cell.iterchildren("{*}is")), "")
        value = child_text(cell, "v")
        if not value:
            return ""
        if kind == "s":
            place = int(value) if value.isascii() and value.isdigit() else len(self.strings)
            return self.strings[place] if place < len(self.strings) else ""
        if kind == "b":
            return "ya" if value == "1" else "tidak"
        if kind in ("str", "e"):
            return value
        style = count(cell, "s", least=0)
        shown = self.formats[style] if style < len(self.formats) else "General"
        return numbers.printed_day(value, shown) if kind == "d" else numbers.printed(value, shown, self.epoch)


def _parsed(package: Package, part: str) -> etree._Element:
    return parse_xml(package.read(part, most=40 * MB), most_tags=_MOST_TAGS)


def _relation(sheet: etree._Element) -> str:
    return next((value for key, value in sheet.items() if key.endswith("}id")), "") or attribute(sheet, "id")


def _column(cell: etree._Element, following: int) -> int:
    """Return the column of a cell; one that doesn't say where it stands follows the last."""
    try:
        return column_index_from_string(coordinate_from_string(cell.get("r", ""))[0]) - 1
    except (CellCoordinatesException, ValueError):
        return following


def _area(reference: str) -> list[tuple[int, int, int, int]]:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return []
    if left is None or top is None or right is None or bottom is None:
        return []  # whole rows or columns
    return [(top, left - 1, bottom, right - 1)]
