"""Excel workbooks: every cell with its place, what is hidden, remarks, pivots' own copies; in the child."""

import re
from typing import BinaryIO

from ppid.web import spreadsheetml
from ppid.web.archives import Package, parse_xml
from ppid.web.reading.grids import Grid, letters
from ppid.web.reading.office_parts import BOUNDS, add_what_goes_along, is_signed, local, words
from ppid.web.reading.pieces import Pieces, ReadText, What
from ppid.web.xml_parts import attribute, child_text, count, elements

_MOST_COLUMNS = 16_384
_MOST_STRINGS = 1_000_000
_REFERENCE = re.compile(r"^([A-Z]{1,3})[0-9]+$")


def read(file: BinaryIO) -> ReadText:
    package = Package(file, BOUNDS, xml_most=BOUNDS.unpacked)
    pieces = Pieces()
    workbook = parse_xml(package.read(package.main), most_tags=400_000)
    related = package.related(package.main)
    by_kind = dict(related.values())
    strings = list(_strings(package, by_kind["sharedStrings"])) if "sharedStrings" in by_kind else []
    for sheet in workbook.iter("{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        kind, part = related.get(key, ("", ""))
        name = sheet.get("name", "")
        if kind == "worksheet" and part in package:
            is_hidden = sheet.get("state", "visible") != "visible"
            _sheet(package, part, f"Lembar «{name}»", strings, pieces, is_hidden=is_hidden)
    for name in sorted(package.names):
        if "/pivotcache/" in f"/{name.casefold()}" and name.endswith(".xml"):
            held = [attribute(each, "v") for _, each in elements(package, name, "s", "n", "d")]
            pieces.add(What.HIDDEN_TEXT, "Salinan data di balik tabel pivot", "\n".join(each for each in held if each))
    add_what_goes_along(package, pieces)
    return ReadText(pieces.found, None, pieces.is_cut, is_signed(package))


def _strings(package: Package, part: str):
    for number, (_, element) in enumerate(elements(package, part, "si")):
        if number >= _MOST_STRINGS:
            return
        yield spreadsheetml.string(element)


def _sheet(package: Package, part: str, name: str, strings: list[str], pieces: Pieces, *, is_hidden: bool) -> None:
    grid = Grid(pieces, name, what=What.HIDDEN_SHEET if is_hidden else What.TEXT)
    hidden: set[str] = set()
    last = 0
    for _, element in elements(package, part, "row", "col"):
        if local(element) == "col":
            if _is_set(element.get("hidden")) or element.get("width") == "0":
                first, end = count(element, "min"), min(count(element, "max"), _MOST_COLUMNS)
                hidden.update(letters(column - 1) for column in range(first, min(end, first + 2_000) + 1))
            continue
        last = count(element, "r", least=last + 1)
        cells = []
        for cell in element.iterchildren("{*}c"):
            found = _REFERENCE.match(cell.get("r", ""))
            cells.append((found[1] if found else letters(len(cells)), _text(cell, strings)))
        unseen = _is_set(element.get("hidden")) or element.get("ht") in ("0", "0.0")
        grid.add(last, cells, hidden_row=unseen and not is_hidden, hidden=frozenset(() if is_hidden else hidden))
        if pieces.is_cut:
            break
    grid.end()
    for kind, remarks in package.related(part).values():
        if kind in ("comments", "threadedComment") and remarks in package:
            tag = "comment" if kind == "comments" else "threadedComment"
            for said in words(package, remarks, tag):
                pieces.add(What.COMMENT, name, said)


def _text(cell, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return next((spreadsheetml.string(inline) for inline in cell.iterchildren("{*}is")), "")
    value = child_text(cell, "v") or ""
    if kind == "s":
        place = int(value) if value.isascii() and value.isdigit() else len(strings)
        return strings[place] if place < len(strings) else ""
    if kind == "n" and value:
        return _number(value)
    return value


def _number(value: str) -> str:
    """Return a number as people typed it: 6171034510900001, not 6.171034510900001E15."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e18 else value


def _is_set(value: str | None) -> bool:
    return value in ("1", "true")
