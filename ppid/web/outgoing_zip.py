"""A ZIP that is written while it is sent, so that many files need no more memory than one piece of one."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

_CHUNK = 1 << 18
# The day of a ZIP that says nothing of when it was made: the first that the format knows.
NO_DAY = datetime(1980, 1, 1)


class OutgoingZip:
    """A ZIP of which each call hands out what was written since the last one.

    ``hashes`` are the SHA-256 of what was added, by name.
    """

    def __init__(self, at: datetime):
        self._out, self._at = _Outgoing(), at
        self._whole = zipfile.ZipFile(self._out, "w")
        self.hashes: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> bytes:
        """Add what is at hand, and return the next piece."""
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        self._whole.writestr(self._member(name, zipfile.ZIP_DEFLATED), data)
        return self._out.taken()

    def copy(self, name: str, source: BinaryIO) -> Iterator[bytes]:
        """Add an open file as it is (documents are compressed already), piece by piece."""
        digest = hashlib.sha256()
        with source, self._whole.open(self._member(name, zipfile.ZIP_STORED), "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
                yield self._out.taken()
        self.hashes[name] = digest.hexdigest()

    def first(self, name: str, data: bytes) -> bytes:
        """Add what must stand first, neither packed nor described afterwards: by it programs know the kind of file."""
        member = self._member(name, zipfile.ZIP_STORED)
        member.CRC, member.file_size, member.compress_size = zlib.crc32(data), len(data), len(data)
        member.header_offset = 0
        self._whole.fp.write(member.FileHeader() + data)
        self._whole.filelist.append(member)
        self._whole.NameToInfo[name] = member
        self._whole.start_dir = self._whole.fp.tell()
        return self._out.taken()

    def write(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Add a packed file whose pieces are made one by one; at most 2 GB of them."""
        with self._whole.open(self._member(name, zipfile.ZIP_DEFLATED), "w") as target:
            for piece in pieces:
                target.write(piece)
                if written := self._out.taken():
                    yield written
        yield self._out.taken()

    def end(self) -> bytes:
        """Write the directory, and return the last piece."""
        self._whole.close()
        return self._out.taken()

    def _member(self, name: str, compression: int) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        member.compress_type = compression
        member.external_attr = 0o644 << 16
        return member


class _Outgoing:
    """A file for zipfile that can't be sought in and hands out what was written since the last time."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        data, self._written = bytes(self._written), bytearray()
        return data
