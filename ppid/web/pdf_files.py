"""Whether a file is a whole PDF that a reader can open and that does nothing by itself; one check for all doors.

It is read piece by piece and never parsed: the few names that matter are looked for in its bytes and, unpacked within
bounds, in the streams that hold objects. They are long enough not to occur in packed data by chance.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ppid.web.image_files import holds_archive_at_its_end
from ppid.web.programs import PROGRAMS

_HEAD, _TAIL = 1024, 2048  # where readers look for the header and the end
_CHUNK, _OVERLAP = 1 << 20, 1 << 17
_DICTIONARY = 1 << 16  # before a stream
_MOST_OBJECTS = 256 * 1024 * 1024  # bytes of unpacked object streams

NOT_A_PDF = "Berkas ini bukan PDF. Simpan atau pindai sebagai PDF, lalu unggah lagi."
CUT_OFF = "PDF ini terpotong: akhirnya tidak ada. Unduh atau pindai sekali lagi, lalu unggah lagi."
LOCKED = "PDF ini dikunci dengan kata sandi atau dibatasi pemakaiannya. Simpan tanpa kunci, lalu unggah lagi."
SCRIPT = (
    "PDF ini memuat skrip (JavaScript), maka tidak diterima. Cetak ulang dari program asalnya ke PDF, lalu unggah lagi."
)
LAUNCH = (
    "PDF ini memuat perintah menjalankan program, maka tidak diterima. Cetak ulang dari program asalnya ke PDF, lalu "
    "unggah lagi."
)
FORM = (
    "PDF ini memuat formulir yang mengirim atau memuat sesuatu sendiri (XFA, SubmitForm), maka tidak diterima. Cetak "
    "ulang ke PDF, lalu unggah lagi."
)
PLAYS = (
    "PDF ini memuat film, suara, atau benda yang dapat menjalankan sesuatu (RichMedia), maka tidak diterima. Cetak "
    "ulang ke PDF, lalu unggah lagi."
)
TWO = "PDF ini sekaligus arsip ZIP, maka tidak diterima. Cetak ulang dari program asalnya ke PDF, lalu unggah lagi."
CARRIES = "PDF ini membawa program sebagai lampiran, maka tidak diterima. Keluarkan lampirannya, lalu unggah lagi."
UNSEEN = (
    "Sebagian PDF ini tidak dapat diperiksa: rusak, atau dimampatkan dengan cara yang jarang dipakai. Cetak ulang dari "
    "program asalnya ke PDF, lalu unggah lagi."
)


class PdfRefused(Exception):
    """The PDF is not taken; its text is the sentence for the person who sent it."""


def _name(text: str) -> bytes:
    """Return the pattern of a PDF name: each letter may also be written as «#» and its code."""
    letters = "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in text)
    return rf"/{letters}(?![A-Za-z0-9_.#-])".encode()


# A rendition runs a script that is named by «JS» alone, which is too short to be looked for.
_ACTIVE = {
    SCRIPT: re.compile(_name("JavaScript") + b"|" + _name("Rendition")),
    LAUNCH: re.compile(_name("Launch")),
    FORM: re.compile(b"|".join(_name(each) for each in ("SubmitForm", "ImportData", "XFA"))),
    PLAYS: re.compile(_name("RichMedia") + b"|" + _name("RichMediaContent")),
}
_OBJECTS = re.compile(_name("ObjStm"))
_ATTACHED = re.compile(_name("EmbeddedFile"))
_LOCKED = re.compile(_name("Encrypt") + rb"\s*(?:\d+\s+\d+\s+R|<<)")
# A stream with its dictionary before it: from the last «obj» on.
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_OBJECT_STREAM = re.compile(_name("ObjStm") + rb"|" + _name("First"))
_FLATE_ALONE = re.compile(_name("Filter") + rb"\s*\[?\s*" + _name("FlateDecode") + rb"\s*\]?")
_FILTER, _PREDICTED = re.compile(_name("Filter")), re.compile(_name("DecodeParms"))


def has_header(file: BinaryIO) -> bool:
    """Whether a reader would take the file for a PDF: the header may stand a little after the beginning."""
    file.seek(0)
    return b"%PDF-" in file.read(_HEAD)


def refuse_unless_sound(file: BinaryIO) -> None:
    """Raise PdfRefused with its true sentence for what is no PDF, cut off, locked, or does something by itself.

    ``file`` is left anywhere.
    """
    if not has_header(file):
        raise PdfRefused(NOT_A_PDF)
    size = file.seek(0, 2)
    file.seek(max(size - _TAIL, 0))
    if b"%%EOF" not in file.read(_TAIL):
        raise PdfRefused(CUT_OFF)
    if holds_archive_at_its_end(file):
        raise PdfRefused(TWO)
    _refuse_what_acts(file)


def refuse_unless_harmless(file: BinaryIO) -> None:
    """Raise PdfRefused for what does something by itself; whether it is whole doesn't matter."""
    _refuse_what_acts(file)


def _refuse_what_acts(file: BinaryIO) -> None:
    streams: dict[int, bytes] = {}
    named: set[int] = set()
    explained: set[int] = set()
    for start, piece in _pieces(file):
        if _LOCKED.search(piece):
            raise PdfRefused(LOCKED)
        _refuse_active(piece)
        named.update(start + found.start() for found in _OBJECTS.finditer(piece))
        for place, begun, dictionary in _streams(start, piece):
            if _OBJECT_STREAM.search(dictionary):
                streams.setdefault(place, dictionary)
                explained.update(begun + found.start() for found in _OBJECTS.finditer(dictionary))
            elif _ATTACHED.search(dictionary):
                _refuse_program(file, place, dictionary)
    if named - explained:  # objects that a reader may find where we don't
        raise PdfRefused(UNSEEN)
    left = _MOST_OBJECTS
    for place, dictionary in streams.items():
        left = _look_inside(file, place, dictionary, left)


def _pieces(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the file in pieces that overlap, each with its place."""
    start = 0
    while True:
        file.seek(start)
        piece = file.read(_CHUNK + _OVERLAP)
        yield start, piece
        if len(piece) < _CHUNK + _OVERLAP:
            return
        start += _CHUNK


def _refuse_active(data: bytes) -> None:
    for sentence, names in _ACTIVE.items():
        if names.search(data):
            raise PdfRefused(sentence)


def _streams(start: int, piece: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where the bytes of each stream begin, and where as much of its dictionary as is in sight, with it."""
    for found in _STREAM.finditer(piece):
        before = piece[max(found.start() - _DICTIONARY, 0) : found.start()]
        dictionary = before.rpartition(b"obj")[2]
        yield start + found.end(), start + found.start() - len(dictionary), dictionary


def _refuse_program(file: BinaryIO, place: int, dictionary: bytes) -> None:
    """Raise PdfRefused when an attachment begins as a program does."""
    file.seek(place)
    head = file.read(1 << 12)
    if _FLATE_ALONE.search(dictionary):
        try:
            head = zlib.decompressobj().decompress(head, 1024)
        except zlib.error:
            return
    if PROGRAMS.match(head):
        raise PdfRefused(CARRIES)


def _look_inside(file: BinaryIO, place: int, dictionary: bytes, left: int) -> int:
    """Unpack an object stream, look at it piece by piece, and return how much may still be unpacked."""
    if not _FILTER.search(dictionary):
        return left  # not packed: it was looked at already
    if not _FLATE_ALONE.search(dictionary) or _PREDICTED.search(dictionary):
        raise PdfRefused(UNSEEN)
    file.seek(place)
    unpacker, rest = zlib.decompressobj(), b""
    try:
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail or file.read(1 << 16)
            if not packed:
                break
            data = unpacker.decompress(packed, _CHUNK)
            left -= len(data)
            if left < 0:
                raise PdfRefused(UNSEEN)
            _refuse_active(rest + data)
            rest = data[-64:]
    except zlib.error as error:
        raise PdfRefused(UNSEEN) from error
    return left
