"""Word documents: paragraphs and tables, tracked changes, remarks, hidden words, headers and notes; in the child."""

from typing import BinaryIO

from lxml import etree

from ppid.web.archives import Package
from ppid.web.reading.grids import Grid, letters
from ppid.web.reading.office_parts import BOUNDS, add_what_goes_along, is_signed, local, words
from ppid.web.reading.pieces import Pieces, ReadText, What
from ppid.web.xml_parts import elements

_BESIDE = {
    "header": "Kepala halaman",
    "footer": "Kaki halaman",
    "footnotes": "Catatan kaki",
    "endnotes": "Catatan akhir",
}
_REMARKS = ("comments", "commentsExtended", "commentsIds")
_OFF = ("0", "false", "none")


def read(file: BinaryIO) -> ReadText:
    package = Package(file, BOUNDS, xml_most=BOUNDS.unpacked)
    pieces = Pieces()
    _body(package, package.main, pieces)
    for kind, part in dict(package.related(package.main)).values():
        if kind in _BESIDE and part in package:
            for element in _ended(package, part, "p"):
                _add_paragraph(element, _BESIDE[kind], pieces)
        elif kind == "comments" and part in package:
            for said in words(package, part, "comment"):
                pieces.add(What.COMMENT, "Komentar", said)
    add_what_goes_along(package, pieces)
    return ReadText(pieces.found, None, pieces.is_cut, is_signed(package))


def _ended(package: Package, part: str, *tags: str):
    return (element for _, element in elements(package, part, *tags))


def _body(package: Package, part: str, pieces: Pieces) -> None:
    paragraph = table = row = depth = 0
    grid, cells, cell = None, [], []
    for event, element in elements(package, part, "p", "tc", "tr", "tbl", begun=("tbl",)):
        name = local(element)
        if name == "tbl":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                table, row = table + 1, 0
                grid = Grid(pieces, f"Tabel {table}", cell="{name}, baris {row}")
            elif depth == 0 and grid is not None:
                grid.end()
        elif name == "p":
            if not depth:
                paragraph += 1
            said = _add_paragraph(
                element, f"Tabel {table}" if depth else f"Paragraf {paragraph}", pieces, keep=not depth
            )
            cell.append(said)
        elif name == "tc" and depth == 1:
            cells.append((letters(len(cells)), " ".join(cell)))
            cell = []
        elif name == "tr" and depth == 1:
            row += 1
            grid.add(row, cells)
            cells = []
        if not depth:
            cell = []
        if pieces.is_cut:
            return


def _add_paragraph(element: etree._Element, place: str, pieces: Pieces, *, keep: bool = True) -> str:
    """Add what the paragraph hides, and what it shows if it is to be kept; return what it shows."""
    shown, hidden, deleted, inserted = [], [], [], []
    for run in element.iter("{*}t", "{*}delText", "{*}tab", "{*}br"):
        name = local(run)
        if name in ("tab", "br"):
            shown.append(" ")
            continue
        around = [local(each) for each in run.iterancestors()]
        if name == "delText" or "del" in around or "moveFrom" in around:
            deleted.append(run.text or "")
        elif _is_hidden(run):
            hidden.append(run.text or "")
        else:
            if "ins" in around or "moveTo" in around:
                inserted.append(run.text or "")
            shown.append(run.text or "")
    said = "".join(shown)
    if keep:
        pieces.add(What.TEXT, place, said)
    pieces.add(What.HIDDEN_TEXT, place, "".join(hidden))
    pieces.add(What.TRACKED, place, " ".join(deleted + inserted))
    return said


def _is_hidden(text: etree._Element) -> bool:
    run = text.getparent()
    for mark in run.iterfind("{*}rPr/{*}vanish") if run is not None else ():
        return not any(key.endswith("}val") and value in _OFF for key, value in mark.items())
    return False
