"""The sheet as JSON: ``Sheet.as_data`` in an envelope that says what it is and in which edition of the form."""

import json
from dataclasses import fields
from typing import get_args

from sop.sheet import BLOCKS, LISTS, TEXTS, Kind, Origin, Sheet, SheetRow

SCHEMA = "ppid-sop-sheet"
VERSION = 1

_TEXT_LISTS = (*BLOCKS, "performers")
_ROW_TEXTS = ("text", "requirement", "duration", "output", "note")
_ROW_NUMBERS = ("first", "last", "if_yes", "if_no")


class NotASheet(ValueError):
    """The file holds no sheet, or one that this portal can't read; the message is a sentence for people."""


def write(sheet: Sheet, *, is_ascii: bool = False) -> bytes:
    """Return the sheet as JSON in UTF-8; the same bytes for the same sheet. ``is_ascii`` escapes all other letters."""
    envelope = {"schema": SCHEMA, "schema_version": VERSION, "sheet": sheet.as_data()}
    return json.dumps(envelope, ensure_ascii=is_ascii, indent=2).encode() + b"\n"


def read(data: bytes | str) -> Sheet:
    """Read back what ``write`` gave. Raises NotASheet; the caller has seen to the size of ``data``."""
    try:
        envelope = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotASheet("Berkas ini bukan JSON yang utuh.") from error
    if not isinstance(envelope, dict) or envelope.get("schema") != SCHEMA:
        raise NotASheet("JSON ini bukan lembar SOP dari portal ini.")
    if envelope.get("schema_version") != VERSION:
        raise NotASheet("Lembar SOP ini ditulis dalam edisi berkas yang belum dikenal portal ini.")
    sheet = envelope.get("sheet")
    if not _is_sheet(sheet):
        raise NotASheet("Isi lembar SOP dalam berkas ini tidak lengkap atau tidak sesuai bentuknya.")
    return Sheet.from_data(sheet)


def _is_sheet(data) -> bool:
    return (
        isinstance(data, dict)
        and set(data) == {field.name for field in fields(Sheet)}
        and all(isinstance(data[name], str) for name in TEXTS if name not in BLOCKS)
        and all(_is_texts(data[name]) for name in _TEXT_LISTS)
        and _is_lists(data["lists"])
        and isinstance(data["captions"], dict)
        and all(isinstance(caption, str) for caption in data["captions"].values())
        and data["origin"] in get_args(Origin)
        and isinstance(data["is_interpretation"], bool)
        and _is_number(data["version"])
        and isinstance(data["rows"], list)
        and all(_is_row(row, len(data["performers"])) for row in data["rows"])
    )


def _is_row(row, columns: int) -> bool:
    if not isinstance(row, dict) or set(row) != {field.name for field in fields(SheetRow)}:
        return False
    first, last = row["first"], row["last"]
    return (
        all(isinstance(row[name], str) for name in _ROW_TEXTS)
        and all(_is_number(row[name]) for name in _ROW_NUMBERS)
        and row["number"] is not None
        and _is_number(row["number"])
        and row["kind"] in get_args(Kind)
        and isinstance(row["return_is_addition"], bool)
        and ((first is None and last is None) or (None not in (first, last) and 0 <= first <= last < columns))
    )


def _is_lists(data) -> bool:
    return isinstance(data, dict) and set(data) <= set(LISTS) and all(_is_texts(items) for items in data.values())


def _is_texts(data) -> bool:
    return isinstance(data, list) and all(isinstance(text, str) for text in data)


def _is_number(value) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
