"""A file from outside, read whichever format it has; the one door for the page and the command."""

import logging
from dataclasses import replace
from typing import BinaryIO

from lxml import etree

from ppid.web import reference
from ppid.web.archives import BROKEN, ArchiveRefused
from sop.check.paper import torn
from sop.importing.formats import docx, door, json, markup, xlsx
from sop.importing.imported import Doubt, Imported, ImportRefused
from sop.importing.limits import fitted, too_large
from sop.importing.reading import sheets

logger = logging.getLogger(__name__)

OURS = (
    "Berkas ini tidak dapat dibaca karena kekeliruan portal, bukan karena berkas Anda. Kekeliruannya tercatat dengan "
    "nomor rujukan {}: sampaikan nomor itu kepada pengelola portal."
)
# The data that our own exports carry in a hidden worksheet.
_OWN_DATA = "Lembar tersembunyi «Data»"
_CHANGED = Doubt("source", None, "Berkas ini diekspor dari portal lalu diubah, maka dibaca dari tabelnya.")
NOTHING = "Tidak ada lembar SOP di berkas ini: identitas maupun tabel prosedur tidak ditemukan. Periksa berkasnya."
# The door has refused a larger file by its size already.
_MOST = door.MAX_MB * 1024 * 1024
# Far more than a sheet has; what is in between is shown, and refused only as a draft.
_MOST_ACTIVITIES, _MOST_PERFORMERS = 200, 30


def read(file: BinaryIO, name: str, size: int) -> list[Imported]:
    """Read the sheets of a file, at least one. Raises ImportRefused with a sentence; writes nothing."""
    try:
        found = _read(file, name, size)
    except ImportRefused:
        raise
    except ArchiveRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    except (etree.LxmlError, RecursionError) as error:
        raise ImportRefused(BROKEN) from error
    except Exception as error:
        logger.exception("A file of %s bytes could not be read as a sheet", size)
        raise ImportRefused(OURS.format(reference.current())) from error
    for each in found:
        if len(each.sheet.rows) > _MOST_ACTIVITIES or len(each.sheet.performers) > _MOST_PERFORMERS:
            raise ImportRefused(too_large(each.sheet))
    if not any(each.sheet.rows or each.sheet.title for each in found):
        raise ImportRefused(NOTHING)
    return [_with_torn_rows_told(fitted(each)) for each in found]


def _read(file: BinaryIO, name: str, size: int) -> list[Imported]:
    kind = door.recognise(file, name, size)
    if kind in ("docx", "xlsx"):
        return _office(file, docx if kind == "docx" else xlsx)
    file.seek(0)
    data = file.read(_MOST)
    if kind == "json":
        return [json.read(data)]
    return sheets.read((markup.read_html if kind == "html" else markup.read_text)(data))


def _office(file: BinaryIO, reader) -> list[Imported]:
    if not json.carries_data(door.Package(file)):
        return sheets.read(reader.read(door.Package(file)))
    file.seek(0)
    data = file.read(_MOST)
    if own := json.embedded(door.Package(file), data):
        return [own]
    found = sheets.read([block for block in reader.read(door.Package(file)) if block.origin != _OWN_DATA])
    return [replace(each, doubts=(_CHANGED, *each.doubts)) for each in found]


def _with_torn_rows_told(found: Imported) -> Imported:
    doubts = tuple(Doubt(field, row.number, sentence) for field, row, sentence in torn(found.sheet))
    return replace(found, doubts=(*found.doubts, *doubts))
