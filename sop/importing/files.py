"""A file from outside, read whichever format it has; the one door for the page and the command."""

import zipfile
import zlib
from typing import BinaryIO

from lxml import etree

from sop.importing import docx, door, json, markup, reading, xlsx
from sop.importing.imported import Imported, ImportRefused

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    EOFError,
    OSError,
    RuntimeError,  # also RecursionError, and what zipfile raises for a locked member
    NotImplementedError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)
# What such a file may hold at most, so that its draft can be edited and drawn.
MAX_ACTIVITIES = 200
MAX_PERFORMERS = 30


def read(file: BinaryIO, name: str, size: int) -> list[Imported]:
    """Read the sheets of a file, at least one. Raises ImportRefused with a sentence; writes nothing."""
    try:
        found = _read(file, name, size)
    except ImportRefused:
        raise
    except _BROKEN as error:
        raise ImportRefused(door.BROKEN) from error
    for each in found:
        if len(each.sheet.rows) > MAX_ACTIVITIES or len(each.sheet.performers) > MAX_PERFORMERS:
            raise ImportRefused(
                f"Lembar ini memuat {len(each.sheet.rows)} aktivitas dan {len(each.sheet.performers)} pelaksana; paling "
                f"banyak {MAX_ACTIVITIES} dan {MAX_PERFORMERS}. Bagi menjadi beberapa SOP."
            )
    if not any(each.sheet.rows or each.sheet.title for each in found):
        raise ImportRefused(
            "Tidak ada lembar SOP di berkas ini: identitas maupun tabel prosedur tidak ditemukan. Periksa berkasnya."
        )
    return found


def _read(file: BinaryIO, name: str, size: int) -> list[Imported]:
    kind = door.recognise(file, name, size)
    if kind in ("docx", "xlsx"):
        package = door.open_package(file)
        if own := json.embedded(package):
            return [own]
        return reading.read((docx if kind == "docx" else xlsx).read(package))
    file.seek(0)
    data = file.read()
    if kind == "json":
        return [json.read(data)]
    return reading.read((markup.read_html if kind == "html" else markup.read_text)(data))
