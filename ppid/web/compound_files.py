"""Compound files (OLE2): what Word, Excel and PowerPoint wrote until 2003, and what wraps a newer one with a password.

What such a file is stands in its directory, which olefile reads; its first bytes are the same for installers and mail.
Knows no Django, as the importer's formats don't.
"""

import re
import struct
from collections.abc import Callable
from typing import BinaryIO

import olefile

MAGIC = olefile.MAGIC
# A document of 50 MB has a directory and tables of half a megabyte; a hostile one could be nothing but directory.
_MOST = 4 * 1024 * 1024
_MACROS = {"macros", "_vba_project_cur", "_vba_project", "vba"}
# PowerPoint hides its macros inside the one big stream: the record that says there are some (MS-PPT 2.4.11).
_MACROS_IN_SLIDES = re.compile(rb"\x02\x00\x00\x04\x0c\x00\x00\x00.{4}\x01\x00\x00\x00", re.DOTALL)
# A field begins with 0x13; its text is in Windows-1252 or UTF-16.
_DDE = re.compile(rb"\x13\x00?(?:\s\x00?){0,8}D\x00?D\x00?E\x00?(?:A\x00?U\x00?T\x00?O\x00?)?[\s\"]", re.IGNORECASE)
_CHUNK = 1 << 20
_FILEPASS, _BOUNDSHEET = 0x2F, 0x85
_SHEETS_OF_MACROS = {1, 6}


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
        """Whether there is a macro project, a macro sheet of Excel 4, or PowerPoint's record of one."""
        if _MACROS & self._parts:
            return True
        if "powerpoint document" in self.streams and self._holds(_MACROS_IN_SLIDES):
            return True
        return any(name in self.streams and self._has_macro_sheet(name) for name in ("workbook", "book"))

    @property
    def asks_dde(self) -> bool:
        """Whether a field of Word asks another program for what it shows."""
        return "worddocument" in self.streams and self._holds(_DDE)

    @property
    def carries_files(self) -> bool:
        """Whether a whole file of any kind is packed into it as an object («Packager»)."""
        return "\x01ole10native" in self._parts

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

    def _has_macro_sheet(self, name: str) -> bool:
        """Say whether a sheet of the workbook is one of macros (BOUNDSHEET, MS-XLS 2.4.28)."""
        data, at = self._sectors(name), 0
        while at + 10 <= len(data):
            kind, length = struct.unpack_from("<HH", data, at)
            if kind == _BOUNDSHEET and data[at + 9] in _SHEETS_OF_MACROS:
                return True
            if kind == 0 or (kind == _BOUNDSHEET and length < 6):
                return False
            at += 4 + length
        return False

    def _sectors(self, name: str) -> bytes:
        """Return the first megabyte of a stream: sheets are listed before texts."""
        try:
            entry = self._ole.direntries[self._ole._find(name)]
            if entry.size < self._ole.minisectorcutoff:
                return self._ole.openstream(name).read(_CHUNK)
            sector, data, size = entry.isectStart, bytearray(), min(entry.size, _CHUNK)
            while len(data) < size and sector < len(self._ole.fat):
                self._file.seek(self._ole.sectorsize * (sector + 1))
                data += self._file.read(self._ole.sectorsize)
                sector = self._ole.fat[sector]
            return bytes(data[:size])
        except _UNREADABLE as error:
            raise NotACompoundFile from error

    def _holds(self, pattern: re.Pattern[bytes]) -> bool:
        self._file.seek(0)
        rest = b""
        while piece := self._file.read(_CHUNK):
            if pattern.search(rest + piece):
                return True
            rest = piece[-64:]
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
