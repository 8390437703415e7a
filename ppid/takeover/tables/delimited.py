"""CSV as programs write it: whichever separator and encoding, quotes, line ends inside a cell."""

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

from ppid.takeover.tables.table import Filling, Row, Sheet, TableRefused

_SEPARATORS = ";,\t|"
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LOOKED_AT = 200  # lines by which the separator is found
_MOST_OF_A_CELL = 200_000
# What our own lists have in front of a cell that a program would take for a formula.
_GUARDED = re.compile(r"'(?=\s*[=+@＝＋＠\-－\t])")
NOT_TEXT = "Isi berkas ini bukan teks, maka tidak terbaca sebagai CSV. Simpan ulang sebagai CSV (UTF-8) atau XLSX."
BROKEN_QUOTES = (
    "Tanda kutip di berkas CSV ini tidak berpasangan, maka batas selnya tidak jelas. Simpan ulang dari program "
    "asalnya, atau kirimkan sebagai XLSX."
)


def read(data: bytes) -> list[Sheet]:
    """Return the one table of the file. Raises TableRefused."""
    text, said = _decoded(data)
    text, separator = _separator(text)
    filling = Filling()
    sheet = filling.begin("")
    sheet.said += said
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    csv.field_size_limit(_MOST_OF_A_CELL)
    try:
        for number, cells in enumerate(reader, start=1):
            shown = [_GUARDED.sub("", cell, count=1) if _GUARDED.match(cell) else cell for cell in cells]
            formulas = tuple(n for n, cell in enumerate(cells) if cell.startswith("=") and len(cell) > 1)
            filling.add(Row(number, shown, formulas=formulas))
    except csv.Error as error:
        raise TableRefused(BROKEN_QUOTES) from error
    return filling.sheets


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), []
            except UnicodeDecodeError as error:
                raise TableRefused(NOT_TEXT) from error
    if b"\0" in data:
        raise TableRefused(NOT_TEXT)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        said = "Huruf di berkas ini dibaca sebagai Windows-1252, karena bukan UTF-8. Periksa huruf di luar A–Z."
        return data.decode("cp1252", "replace"), [said]


def _separator(text: str) -> tuple[str, str]:
    """Return the text without Excel's line «sep=;», and what separates its cells: what splits most rows alike."""
    first, ends, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == 5:
        return rest, told[4]
    best, most = ";", 0
    for separator in _SEPARATORS:
        widths = Counter(_widths(text, separator))
        # Rows alike times their further columns: a comma inside sentences splits few rows alike.
        score = max(((width - 1) * rows for width, rows in widths.items()), default=0)
        if score > most:
            best, most = separator, score
    return text, best


def _widths(text: str, separator: str) -> list[int]:
    csv.field_size_limit(_MOST_OF_A_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [len(cells) for cells in islice(reader, _LOOKED_AT) if any(cells)]
    except csv.Error:
        return []
