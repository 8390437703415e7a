"""Compound files (OLE2): what Word, Excel and PowerPoint wrote until 2003, and what wraps a newer one with a password.

What such a file is stands in its directory, which olefile reads; its first bytes are the same for installers and mail.
Knows no Django, as the importer's formats don't.
"""

import re
from collections.abc import Callable
from typing import BinaryIO

import olefile

MAGIC = olefile.MAGIC
# A document of 50 MB has a directory and tables of half a megabyte; a hostile one could be nothing but directory.
_MOST = 4 * 1024 * 1024
_MACROS = {"macros", "_vba_project_cur", "_vba_project", "vba"}
# PowerPoint hides its macros inside the one big stream: the record that says there are some (MS-PPT 2.4.11).
_MACROS_IN_SLIDES = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", re.DOTALL)
_CHUNK = 1 << 20
_FILEPASS = 0x2F


class NotACompoundFile(Exception):
    """The directory can't be read."""


class CompoundFile:
    """A compound file's directory: which streams there are, and what their beginnings say. ``file`` stays open."""

    def __init__(self, file: BinaryIO):
        self._file = file
        try:
            self._ole = olefile.OleFileIO(_Bounded(file, _MOST))
            paths = self._ole.listdir(streams=True, storages=True)
        except _UNREADABLE as error:
            raise NotACompoundFile from error
        self.streams = {path[0].casefold() for path in paths if len(path) == 1}
        self._parts = {part.casefold() for path in paths for part in path}

    @property
    def is_locked(self) -> bool:
        """Whether it asks for a password, in the way of any of the programs."""
        return bool({"encryptedpackage", "encryptedsummary"} & self.streams) or any(
            asks(self._beginning(name)) for name, asks in _ASKS_FOR_PASSWORD.items() if name.casefold() in self.streams
        )

    @property
    def has_macros(self) -> bool:
        return bool(_MACROS & self._parts) or ("powerpoint document" in self.streams and self._slides_have_macros())

    def _beginning(self, name: str) -> bytes:
        """Return the first sector of a stream, without reading the stream; b"" for one that is shorter than a page."""
        try:
            entry = self._ole.direntries[self._ole._find(name)]
            if entry.size < self._ole.minisectorcutoff:
                return b""
            self._file.seek(self._ole.sectorsize * (entry.isectStart + 1))
            return self._file.read(512)
        except _UNREADABLE as error:
            raise NotACompoundFile from error

    def _slides_have_macros(self) -> bool:
        self._file.seek(0)
        rest = b""
        while piece := self._file.read(_CHUNK):
            if _MACROS_IN_SLIDES.search(rest + piece):
                return True
            rest = piece[-32:]
        return False


class _Bounded:
    """A file that gives so many bytes and no more."""

    def __init__(self, file: BinaryIO, most: int):
        self._file, self._left = file, most
        self.seek, self.tell, self.closed = file.seek, file.tell, False

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise OSError("the directory is larger than any document's")
        return data

    def close(self) -> None:
        """Leave the file open: it is the caller's."""


def _word_asks(start: bytes) -> bool:
    return len(start) > 11 and bool(start[11] & 1)  # fEncrypted of the FIB (MS-DOC 2.5.2)


def _excel_asks(start: bytes) -> bool:
    """Whether FILEPASS is among the first records (MS-XLS 2.4.117)."""
    at = 0
    while at + 4 <= len(start):
        if int.from_bytes(start[at : at + 2], "little") == _FILEPASS:
            return True
        at += 4 + int.from_bytes(start[at + 2 : at + 4], "little")
    return False


_ASKS_FOR_PASSWORD: dict[str, Callable[[bytes], bool]] = {
    "WordDocument": _word_asks,
    "Workbook": _excel_asks,
    "Book": _excel_asks,
}
# What olefile raises for a damaged file: its own errors are OSErrors, the rest comes from reckoning with wild numbers.
_UNREADABLE = (OSError, ValueError, IndexError, OverflowError, RecursionError)
