"""OpenDocument texts, sheets and slides: words, cells, what is hidden, tracked or remarked; in the child."""

from typing import BinaryIO

from lxml import etree

from ppid.web.archives import Archive
from ppid.web.reading.grids import Grid, letters
from ppid.web.reading.office_parts import BOUNDS, add_what_goes_along, is_signed, local
from ppid.web.reading.pieces import Pieces, ReadText, What
from ppid.web.xml_parts import attribute, count, elements

_MOST_COLUMNS = 16_384
_UNSEEN = ("collapse", "filter")


def read(file: BinaryIO) -> ReadText:
    archive, pieces = Archive(file, BOUNDS), Pieces()
    _tables(archive, pieces, is_sheet=b"spreadsheet" in archive.read("mimetype", most=200))
    _paragraphs(archive, pieces)
    if "styles.xml" in archive:
        for _, element in elements(archive, "styles.xml", "p"):
            pieces.add(What.TEXT, "Kepala atau kaki halaman", _said(element))
    add_what_goes_along(archive, pieces)
    return ReadText(pieces.found, None, pieces.is_cut, is_signed(archive))


def _tables(archive: Archive, pieces: Pieces, *, is_sheet: bool) -> None:
    unseen: set[str] = set()
    hidden: set[str] = set()
    depth = table = row = column = 0
    grid, is_hidden = None, False
    tags = ("style", "table", "table-row", "table-column")
    for event, element in elements(archive, "content.xml", *tags, begun=("table",)):
        name = local(element)
        if name == "style":
            of_table = element.iterchildren("{*}table-properties")
            if any(attribute(each, "display") == "false" for each in of_table):
                unseen.add(attribute(element, "name"))
        elif name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                table, row, column, hidden = table + 1, 0, 0, set()
                is_hidden = attribute(element, "style-name") in unseen
                place = f"Lembar «{attribute(element, 'name')}»" if is_sheet else f"Tabel {table}"
                cell = "{name}!{column}{row}" if is_sheet else "{name}, baris {row}"
                grid = Grid(pieces, place, what=What.HIDDEN_SHEET if is_hidden else What.TEXT, cell=cell)
            elif depth == 0 and grid is not None:
                grid.end()
        elif name == "table-column" and depth == 1:
            times = min(count(element, "number-columns-repeated"), _MOST_COLUMNS)
            if attribute(element, "visibility") in _UNSEEN:
                hidden.update(letters(n) for n in range(column, min(column + times, column + 2_000)))
            column += times
        elif name == "table-row" and depth == 1 and grid is not None:
            for remark in element.iter("{*}annotation"):
                pieces.add(What.COMMENT, grid.name, _all(remark))
            is_unseen = attribute(element, "visibility") in _UNSEEN and not is_hidden
            columns = frozenset(() if is_hidden else hidden)
            grid.add(row + 1, _cells(element), hidden_row=is_unseen, hidden=columns)
            row += count(element, "number-rows-repeated")
        if pieces.is_cut:
            return


def _paragraphs(archive: Archive, pieces: Pieces) -> None:
    """Add what stands outside tables; a remark and a tracked change are told once each, with all their paragraphs."""
    paragraph = slide = in_table = 0
    aside: list[str] | None = None
    place = ""
    tags = ("table", "p", "h", "creator", "annotation", "changed-region")
    begun = ("table", "annotation", "changed-region", "page")
    for event, element in elements(archive, "content.xml", *tags, begun=begun):
        name = local(element)
        if name == "table":
            in_table += 1 if event == "start" else -1
        elif name == "page":
            slide += 1
            place = f"Salindia {slide}"
        elif name in ("annotation", "changed-region"):
            if event == "start":
                aside = []
            elif aside is not None:
                if not in_table:
                    what = What.COMMENT if name == "annotation" else What.TRACKED
                    pieces.add(what, place or "Dokumen", " ".join(aside) or "perubahan")
                aside = None
        elif aside is not None:
            aside.append(_said(element))
        elif not in_table and name != "creator":
            paragraph += 1
            pieces.add(What.TEXT, place or f"Paragraf {paragraph}", _said(element))
            pieces.add(What.HIDDEN_TEXT, place or f"Paragraf {paragraph}", _hidden(element))
        if pieces.is_cut:
            return


def _hidden(element: etree._Element) -> str:
    return " ".join(_all(each) for each in element.iter("{*}hidden-text", "{*}hidden-paragraph"))


def _all(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _cells(row: etree._Element) -> list[tuple[str, str]]:
    cells, column = [], 0
    for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
        if column >= _MOST_COLUMNS:
            break
        said = " ".join(_said(each) for each in cell.iter("{*}p", "{*}h"))
        value = attribute(cell, "value")
        if value and not any(letter.isdigit() for letter in said):
            said = f"{said} {value}"
        if said.strip():
            cells.append((letters(column), said))
        column += count(cell, "number-columns-repeated")
    return cells


def _said(element: etree._Element) -> str:
    said = [element.text or ""]
    for child in element:
        if local(child) not in ("annotation", "note"):
            said.append(" " if local(child) in ("s", "tab", "line-break") else _said(child))
        said.append(child.tail or "")
    return "".join(said)
