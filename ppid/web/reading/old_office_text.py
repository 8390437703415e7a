"""Word, Excel and PowerPoint until 2003: who wrote them, and what text can be made out without their programs."""

import re
from typing import BinaryIO

import olefile

from ppid.web.reading.pieces import BROKEN, Pieces, ReadText, Unread, What

_STREAMS = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
_MOST = 60 * 1024 * 1024
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff\t\r\n]\x00){6,}")
_NARROW = re.compile(rb"[\x20-\x7e\t\r\n]{8,}")
_UNREADABLE = (OSError, ValueError, IndexError, OverflowError, RecursionError, TypeError)


def read(file: BinaryIO) -> ReadText:
    pieces = Pieces()
    try:
        with olefile.OleFileIO(file) as document:
            _authors(document, pieces)
            for name in _STREAMS:
                if document.exists(name):
                    data = document.openstream(name).read(_MOST)
                    found = [each.decode("utf-16-le") for each in _WIDE.findall(data)]
                    found += [each.decode("latin-1") for each in _NARROW.findall(data)]
                    pieces.add(What.TEXT, "Isi berkas", "\n".join(found))
    except _UNREADABLE as error:
        raise Unread(BROKEN) from error
    pieces.add(
        What.UNSEEN,
        "Isi berkas",
        "Format lama: hanya sebagian isinya terbaca. Simpan sebagai .docx, .xlsx, atau .pptx supaya terbaca semua.",
    )
    return ReadText(pieces.found, None, pieces.is_cut)


def _authors(document: olefile.OleFileIO, pieces: Pieces) -> None:
    properties = document.get_metadata()
    for name in ("author", "last_saved_by", "manager", "company"):
        value = getattr(properties, name, None)
        if isinstance(value, bytes):
            value = value.decode("cp1252", "replace")
        pieces.add(What.AUTHOR, "Sifat berkas", " ".join(str(value or "").replace("\0", " ").split())[:500])
