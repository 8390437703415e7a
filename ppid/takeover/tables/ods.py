"""OpenDocument spreadsheets: what their cells show, and rows that stand for several unfolded."""

from typing import BinaryIO

from lxml import etree

from ppid.takeover.tables.table import MAX_COLUMNS, TOO_WIDE, Filling, Row, Sheet, TableRefused, merge
from ppid.web.archives import Archive
from ppid.web.dates import full_date
from ppid.web.xml_parts import BOUNDS, attribute, count, elements

_SPACE = {"s": " ", "tab": "\t", "line-break": "\n"}


def read(file: BinaryIO) -> list[Sheet]:
    """Return the worksheets in their order. Raises TableRefused and ArchiveRefused."""
    filling, unseen = Filling(), set()
    areas: list[tuple[int, int, int, int]] = []
    depth = number = 0
    for event, element in elements(Archive(file, BOUNDS), "content.xml", "style", "table-row", begun=("table",)):
        name = etree.QName(element).localname
        if name == "style":
            if any(attribute(each, "display") == "false" for each in element.iterchildren("{*}table-properties")):
                unseen.add(attribute(element, "name"))
        elif name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                filling.begin(attribute(element, "name"), is_hidden=attribute(element, "style-name") in unseen)
                areas, number = [], 1
            elif depth == 0:
                merge(filling.sheets[-1], areas)
                element.clear()
        elif depth == 1:
            times = count(element, "number-rows-repeated")
            row, covered = _row(element, number)
            filling.add(row, times=times)
            areas += covered
            number += times
    return filling.sheets


def _row(element: etree._Element, number: int) -> tuple[Row, list[tuple[int, int, int, int]]]:
    cells: list[str] = []
    formulas: list[int] = []
    lost: list[int] = []
    areas = []
    for cell in element.iterchildren("{*}table-cell", "{*}covered-table-cell"):
        times, column, text = count(cell, "number-columns-repeated"), len(cells), _shown(cell)
        is_formula = bool(attribute(cell, "formula"))
        if column + times > MAX_COLUMNS:
            if text:
                raise TableRefused(TOO_WIDE)
            times = max(0, MAX_COLUMNS - column)
        cells.extend([text] * times)
        if is_formula:
            (formulas if text else lost).extend(range(column, column + times))
        down, across = count(cell, "number-rows-spanned"), count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            areas.append((number, column, number + down - 1, column + across - 1))
    is_hidden = attribute(element, "visibility") in ("collapse", "filter")
    return Row(number, cells, is_hidden, tuple(formulas), tuple(lost)), areas


def _shown(cell: etree._Element) -> str:
    """Return what the cell shows; of a day that it shows short («12/11/24») the whole day that it holds."""
    text = "\n".join(_text(each) for each in cell.iterchildren("{*}p", "{*}h"))
    held = attribute(cell, "date-value")[:10]
    if held and full_date(text) is None and (day := full_date(held)):
        return day.strftime("%d/%m/%Y")
    return text


def _text(element: etree._Element) -> str:
    said = element.text or ""
    for child in element:
        name = etree.QName(child).localname
        if name in _SPACE:
            said += _SPACE[name] * (min(count(child, "c"), 1_000) if name == "s" else 1)
        elif name not in ("annotation", "note"):
            said += _text(child)
        said += child.tail or ""
    return said
