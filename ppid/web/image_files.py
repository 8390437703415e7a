"""Whether a file is a picture and nothing else: whole, nothing after its end, no archive or script inside it.

Files that are two things at once pass for pictures here and for something else where they are opened; and what an
image program left behind the end of a cropped picture shows what was cut away. Nothing is decoded.
"""

import re
from collections.abc import Callable
from typing import BinaryIO

_CHUNK, _OVERLAP = 1 << 20, 64
_TAIL = (1 << 16) + 22  # where programs look for the end of a ZIP
_SCRIPT = re.compile(rb"<\?php|<\?=|__HALT_COMPILER|<script|<html|<!doctype", re.IGNORECASE)

CUT_OFF = "Gambar ini terpotong atau rusak. Buka dan simpan ulang di program gambar, lalu unggah lagi."
MORE = (
    "Sesudah akhir gambar ini masih ada isi lain (misalnya sisa gambar yang dipotong), maka tidak diterima. Buka dan "
    "simpan ulang sebagai gambar baru, lalu unggah lagi."
)
TWO = (
    "Gambar ini sekaligus berkas jenis lain (arsip atau skrip), maka tidak diterima. Buka dan simpan ulang sebagai "
    "gambar baru, lalu unggah lagi."
)


class ImageRefused(Exception):
    """The picture is not taken; its text is the sentence for the person who sent it."""


def refuse_unless_only_a_picture(file: BinaryIO, media_type: str) -> None:
    """Raise ImageRefused with its true sentence. ``file`` is left anywhere."""
    size = file.seek(0, 2)
    if end_of := _ENDS.get(media_type):
        if (end := end_of(file, size)) is None:
            raise ImageRefused(CUT_OFF)
        if end < size:
            file.seek(end)
            if file.read(_CHUNK).strip(b"\0\r\n "):
                raise ImageRefused(TWO if _holds_archive(file, size) else MORE)
    if _holds_archive(file, size) or _holds_script(file):
        raise ImageRefused(TWO)


def holds_archive_at_its_end(file: BinaryIO) -> bool:
    """Say whether the last bytes of the file are those of a ZIP that is whole."""
    return _holds_archive(file, file.seek(0, 2), strictly=True)


def _holds_archive(file: BinaryIO, size: int, *, strictly: bool = False) -> bool:
    start = max(size - _TAIL, 0)
    file.seek(start)
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if strictly and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") != len(tail):
        return False
    file.seek(max(start + at - directory, 0))
    return file.read(4) == b"PK\x01\x02"


def _holds_script(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(16)
    # The sizes at the beginning spell a comment: then the whole file is a script for who asks for one.
    if (head[6:8] if head.startswith(b"GIF") else head[4:6]) == b"/*":
        return True
    file.seek(0)
    rest = b""
    while piece := file.read(_CHUNK):
        if _SCRIPT.search(rest + piece):
            return True
        rest = piece[-_OVERLAP:]
    return False


def _end_of_png(file: BinaryIO, size: int) -> int | None:
    at = 8
    while at + 12 <= size:
        file.seek(at)
        head = file.read(8)
        at += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            return at if at <= size else None
    return None


def _end_of_gif(file: BinaryIO, size: int) -> int | None:
    file.seek(0)
    head = file.read(13)
    if len(head) < 13:
        return None
    at = 13 + _colours(head[10])
    while at < size:
        file.seek(at)
        match file.read(1):
            case b";":
                return at + 1
            case b"!":
                at = _after_blocks(file, at + 2)
            case b",":
                image = file.read(9)
                if len(image) < 9:
                    return None
                at = _after_blocks(file, at + 10 + _colours(image[8]) + 1)
            case _:
                return None
    return None


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(file: BinaryIO, at: int) -> int:
    file.seek(at)
    while (length := file.read(1)) not in (b"", b"\0"):
        file.seek(length[0], 1)
    return file.tell()


def _end_of_webp(file: BinaryIO, size: int) -> int | None:
    file.seek(4)
    end = 8 + int.from_bytes(file.read(4), "little")
    return end if end <= size else None


# JPEG and TIFF have none: telephones put a film behind the one, and the other's parts lie anywhere.
_ENDS: dict[str, Callable[[BinaryIO, int], int | None]] = {
    "image/png": _end_of_png,
    "image/gif": _end_of_gif,
    "image/webp": _end_of_webp,
}
