"""CSV and plain text: each line with its number, each value in its column; in the child."""

import codecs
import csv
import io
from typing import BinaryIO

from ppid.web.reading.grids import Grid, letters
from ppid.web.reading.pieces import BROKEN, MOST_LETTERS, Pieces, ReadText, Unread

csv.field_size_limit(1_000_000)


def read(file: BinaryIO) -> ReadText:
    pieces = Pieces()
    text = _decoded(file)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    separator = max(";,\t|", key=first.count)
    grid = Grid(pieces, "Tabel", cell="Baris {row}, kolom {column}")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator), start=1):
            grid.add(number, [(letters(column), value) for column, value in enumerate(row)])
            if pieces.is_cut:
                break
    except csv.Error as error:
        raise Unread(BROKEN) from error
    grid.end()
    return ReadText(pieces.found, None, pieces.is_cut or len(text) >= MOST_LETTERS)


def _decoded(file: BinaryIO) -> str:
    """Return the text as Excel and others write it, as much of it as is read."""
    file.seek(0)
    data = file.read(MOST_LETTERS * 2)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")[:MOST_LETTERS]
    try:
        return data.decode("utf-8")[:MOST_LETTERS]
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")[:MOST_LETTERS]
