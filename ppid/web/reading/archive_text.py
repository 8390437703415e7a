"""ZIP archives: every file in them by its own reader, its name before its places; in the child."""

import io
from pathlib import PurePosixPath
from typing import BinaryIO

from ppid.web.archives import MB, Archive, ArchiveRefused
from ppid.web.reading.office_parts import BOUNDS
from ppid.web.reading.pieces import Pieces, ReadText, Unread, What

_MOST_FILES = 300
_MOST = 60 * MB


def read(file: BinaryIO) -> ReadText:
    from ppid.web.reading.texts import reader_for

    archive, pieces = Archive(file, BOUNDS), Pieces()
    is_signed = False
    for number, name in enumerate(sorted(archive.names)):
        if number >= _MOST_FILES:
            pieces.is_cut = True
            break
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        reader = reader_for(ending)
        if reader is None:
            pieces.add(What.UNSEEN, name, "Isi berkas ini tidak terbaca portal.")
            continue
        try:
            found = reader(io.BytesIO(archive.read(name, most=_MOST)))
        except (Unread, ArchiveRefused) as refusal:
            pieces.add(What.UNSEEN, name, str(refusal))
            continue
        is_signed |= found.is_signed
        pieces.is_cut |= found.is_cut
        for piece in found.pieces:
            cells = [(at, f"{name} › {place}", f"{name}!{column}") for at, place, column in piece.cells]
            if not pieces.add(piece.what, f"{name} › {piece.place}", piece.text, cells):
                break
    return ReadText(pieces.found, None, pieces.is_cut, is_signed)
