"""The first rows of a table as everybody sees it: CSV, Excel, OpenDocument; runs in the child."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import BinaryIO

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from ppid.web import spreadsheetml
from ppid.web.archives import Archive, Package, parse_xml
from ppid.web.reading import csv_text, excel_text, open_document_text
from ppid.web.reading.office_parts import BOUNDS, local
from ppid.web.reading.pieces import BROKEN, MOST_LETTERS, Unread
from ppid.web.xml_parts import attribute, child_text, count, elements

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TYPES = (CSV, XLSX, ODS)
_MOST_ROWS = 1_048_576
_COLUMN = re.compile(r"^([A-Z]{1,3})[0-9]{1,7}$")


def first_rows(file: BinaryIO, media_type: str, *, rows: int, columns: int, letters_each: int) -> dict:
    """Return the first rows, how many there are in all, what the table is called, and whether columns are left out.

    Rows and columns that are hidden, and rows in which nothing stands, are left out and not counted.
    """
    readers = {CSV: _csv, XLSX: _xlsx, ODS: _ods}
    if media_type not in readers:
        raise Unread(BROKEN)
    name, found = readers[media_type](file)
    shown, total, is_cut = [], 0, False
    for cells in found:
        if not any(cell.strip() for cell in cells):
            continue
        total += 1
        if len(shown) < rows:
            is_cut |= any(cell.strip() for cell in cells[columns:])
            shown.append([_short(cell, letters_each) for cell in cells[:columns]])
        if total >= _MOST_ROWS:
            break
    width = max((len(cells) for cells in shown), default=0)
    while width and not any(cells[width - 1 : width] not in ([], [""]) for cells in shown):
        width -= 1
    table = [(cells + [""] * width)[:width] for cells in shown]
    return {"name": name[:200], "rows": total, "table": table, "is_cut": is_cut}


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _csv(file: BinaryIO) -> tuple[str, Iterator[list[str]]]:
    text = csv_text._decoded(file).lstrip("\ufeff")
    if len(text) >= MOST_LETTERS:
        text = text[: text.rfind("\n")]
    separator = max(";,\t|", key=text.split("\n", 1)[0].count)
    return "", _lines(text, separator)


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unread(BROKEN) from error


def _xlsx(file: BinaryIO) -> tuple[str, Iterator[list[str]]]:
    package = Package(file, BOUNDS, xml_most=BOUNDS.unpacked)
    workbook = parse_xml(package.read(package.main), most_tags=400_000)
    related = package.related(package.main)
    by_kind = dict(related.values())
    strings = list(excel_text._strings(package, by_kind["sharedStrings"])) if "sharedStrings" in by_kind else []
    dates = _date_styles(package, by_kind.get("styles", ""))
    for sheet in workbook.iter("{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        kind, part = related.get(key, ("", ""))
        if kind == "worksheet" and part in package and sheet.get("state", "visible") == "visible":
            return sheet.get("name", ""), _rows(package, part, strings, dates, spreadsheetml.epoch(workbook))
    raise Unread("Buku kerja ini tidak memuat lembar yang terlihat.")


def _date_styles(package: Package, part: str) -> set[int]:
    """Return the numbers of the cell styles that write a number as a day or an hour."""
    if part not in package:
        return set()
    styles = parse_xml(package.read(part), most_tags=400_000)
    own = {count(each, "numFmtId", least=0): attribute(each, "formatCode") for each in styles.iter("{*}numFmt")}
    found = set()
    for cells in styles.iter("{*}cellXfs"):
        for number, style in enumerate(cells.iterchildren("{*}xf")):
            key = count(style, "numFmtId", least=0)
            if is_date_format(own.get(key) or BUILTIN_FORMATS.get(key)):
                found.add(number)
    return found


def _rows(package: Package, part: str, strings: list[str], dates: set[int], epoch: datetime) -> Iterator[list[str]]:
    hidden: set[int] = set()
    for _, element in elements(package, part, "row", "col"):
        if local(element) == "col":
            if excel_text._is_set(element.get("hidden")) or element.get("width") == "0":
                first, last = count(element, "min"), count(element, "max")
                hidden.update(range(first - 1, min(last, first + 2_000)))
            continue
        if excel_text._is_set(element.get("hidden")) or element.get("ht") in ("0", "0.0"):
            continue
        cells: dict[int, str] = {}
        for cell in element.iterchildren("{*}c"):
            place = _COLUMN.match(cell.get("r", ""))
            column = _number_of(place[1]) if place else max(cells, default=-1) + 1
            if column not in hidden and column < excel_text._MOST_COLUMNS:
                cells[column] = _said(cell, strings, dates, epoch)
        shown = [column for column in range(max(cells, default=-1) + 1) if column not in hidden]
        yield [cells.get(column, "") for column in shown]


def _number_of(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _said(cell, strings: list[str], dates: set[int], epoch: datetime) -> str:
    if cell.get("t", "n") == "n" and count(cell, "s", least=0) in dates:
        try:
            moment = epoch + timedelta(days=float(child_text(cell, "v") or ""))
        except (ValueError, OverflowError):
            return excel_text._text(cell, strings)
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
        return f"{moment:%Y-%m-%d}" if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M}"
    return excel_text._text(cell, strings)


def _ods(file: BinaryIO) -> tuple[str, Iterator[list[str]]]:
    archive = Archive(file, BOUNDS)
    rows = _ods_rows(archive)
    return next(rows)[0], rows


def _ods_rows(archive: Archive) -> Iterator[list[str]]:
    """Yield the name of the first table that is seen, as a row of its own, then its rows."""
    unseen: set[str] = set()
    hidden: set[int] = set()
    depth = column = 0
    is_shown = False
    tags = ("style", "table", "table-row", "table-column")
    for event, element in elements(archive, "content.xml", *tags, begun=("table",)):
        name = local(element)
        if name == "style":
            of_table = element.iterchildren("{*}table-properties")
            if any(attribute(each, "display") == "false" for each in of_table):
                unseen.add(attribute(element, "name"))
        elif name == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1 and attribute(element, "style-name") not in unseen:
                is_shown = True
                yield [attribute(element, "name")]
            elif depth == 0 and is_shown:
                return
        elif name == "table-column" and depth == 1 and is_shown:
            times = min(count(element, "number-columns-repeated"), open_document_text._MOST_COLUMNS)
            if attribute(element, "visibility") in open_document_text._UNSEEN:
                hidden.update(range(column, min(column + times, column + 2_000)))
            column += times
        elif name == "table-row" and depth == 1 and is_shown:
            if attribute(element, "visibility") in open_document_text._UNSEEN:
                continue
            found = {_number_of(place): said for place, said in open_document_text._cells(element)}
            cells = [found.get(n, "") for n in range(max(found, default=-1) + 1) if n not in hidden]
            times = count(element, "number-rows-repeated") if found else 1
            for _ in range(min(times, _MOST_ROWS)):
                yield cells
    if not is_shown:
        raise Unread("Berkas ini tidak memuat lembar yang terlihat.")
