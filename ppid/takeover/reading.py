"""A file that an office sent, read as tables whichever format it has. Nothing is stored."""

import logging
from typing import BinaryIO

from lxml import etree

from ppid.information import media_types
from ppid.takeover.tables import delimited, ods, xlsx
from ppid.takeover.tables.table import Sheet, TableRefused
from ppid.web import reference
from ppid.web.archives import BROKEN, MB, ArchiveRefused
from ppid.web.refusals import Refused

logger = logging.getLogger(__name__)

MAX_MB = 20
ENDINGS = (".csv", ".xlsx", ".ods")
TAKEN = "Excel (.xlsx), LibreOffice (.ods), atau CSV"
_READERS = {"csv": delimited, "xlsx": xlsx, "ods": ods}
_OLD = "Berkas Excel lama (.xls) tidak dapat dibaca. Simpan sebagai .xlsx, lalu unggah lagi."
_OTHER = f"Berkas ini bukan tabel. Kirimkan {TAKEN}."
_EMPTY = "Tidak ada baris berisi di berkas ini. Periksa apakah ini berkas yang dimaksud."
_OURS = (
    "Berkas ini tidak dapat dibaca karena kekeliruan portal, bukan karena berkas Anda. Kekeliruannya tercatat dengan "
    "nomor rujukan {}: sampaikan nomor itu kepada pengelola portal."
)


class TakeoverRefused(Refused):
    """An act of taking over was refused, with sentences."""


def read(file: BinaryIO, name: str, size: int) -> list[Sheet]:
    """Return the worksheets of a file. Raises TakeoverRefused with a sentence beside the field ``file``."""
    if not size:
        raise TakeoverRefused("Berkas ini kosong.", fields=["file"])
    if size > MAX_MB * MB:
        said = f"Berkas ini lebih besar dari {MAX_MB} MB. Simpan tanpa gambar, atau bagi menjadi beberapa berkas."
        raise TakeoverRefused(said, fields=["file"])
    try:
        sheets = _read(file, name)
    except media_types.UploadRefused as refusal:
        raise TakeoverRefused(*refusal.sentences, fields=refusal.fields) from refusal
    except (TableRefused, ArchiveRefused) as refusal:
        raise TakeoverRefused(str(refusal), fields=["file"]) from refusal
    except (etree.LxmlError, RecursionError) as error:
        raise TakeoverRefused(BROKEN, fields=["file"]) from error
    except Exception as error:
        logger.exception("A file of %s bytes could not be read as a table", size)
        raise TakeoverRefused(_OURS.format(reference.current()), fields=["file"]) from error
    if not any(sheet.rows for sheet in sheets):
        raise TakeoverRefused(_EMPTY, fields=["file"])
    return sheets


def _read(file: BinaryIO, name: str) -> list[Sheet]:
    kind = media_types.recognise(file, name)
    ending = kind.endings[0]
    if ending == "xls":
        raise TableRefused(_OLD)
    if ending not in _READERS:
        raise TableRefused(_OTHER)
    if ending == "csv":
        return delimited.read(file.read(MAX_MB * MB))
    return _READERS[ending].read(file)
