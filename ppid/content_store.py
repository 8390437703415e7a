"""Files kept under the SHA-256 of their bytes: what is stored can't change without changing its name."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_CHUNK = 1 << 20
_INCOMING = ".incoming-"


class BytesLost(Exception):
    """A file's bytes can't be given: they are not there, or not the ones that its name promises."""

    def __init__(self, sha256: str, sentence: str):
        super().__init__(sentence)
        self.sha256 = sha256


class BytesMissing(BytesLost):
    """There is no file of that name."""


class BytesChanged(BytesLost):
    """A file's bytes are not the ones that were promised."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes that have arrived whole but stand under no name yet. ``size`` is in bytes."""

    sha256: str
    size: int
    temporary: Path
    target: Path

    def place(self) -> None:
        """Put the bytes under their name, whole and for good, also over a file there that time has damaged.

        The file is a new one each time, so a sweep can tell by its age that nobody has just placed it. A second call
        changes nothing.
        """
        if not self.temporary.exists() and self.target.exists():
            return
        if not self.target.parent.is_dir():
            self.target.parent.mkdir(exist_ok=True)
            flush_names(self.target.parent.parent)
        self.temporary.chmod(0o640)
        os.replace(self.temporary, self.target)
        flush_names(self.target.parent)


class ContentStore:
    """A folder of files named by their SHA-256."""

    def __init__(self, root: Path):
        self.root = Path(root)

    def path(self, sha256: str) -> Path:
        """Return where the bytes of ``sha256`` lie, or would lie. Raises ValueError for anything but a SHA-256."""
        if not _SHA256.match(sha256):
            raise ValueError(f"Not a SHA-256: {sha256!r}")
        return self.root / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes as they lie there. Raises BytesMissing."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as error:
            raise BytesMissing(sha256, f"No file {sha256} in {self.root}.") from error

    def open_checked(self, sha256: str) -> BinaryIO:
        """Open the bytes after reading them all. Raises BytesMissing, or BytesChanged when they are other bytes."""
        file = self.open(sha256)
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            file.close()
            raise BytesChanged(sha256, f"{sha256} in {self.root} holds other bytes: {found}.")
        file.seek(0)
        return file

    def check(self, sha256: str) -> None:
        """Read the bytes and compare. Raises BytesMissing or BytesChanged."""
        self.open_checked(sha256).close()

    @contextmanager
    def incoming(self, chunks: Iterable[bytes]) -> Iterator[Incoming]:
        """Write the bytes to a temporary file, flushed to disk, and give them to the caller to place.

        Nothing is left behind when reading ``chunks`` fails half way, or when they are not placed.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(dir=self.root, prefix=_INCOMING)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            sha256 = digest.hexdigest()
            yield Incoming(sha256, size, temporary, self.path(sha256))
        finally:
            temporary.unlink(missing_ok=True)

    def put(self, chunks: Iterable[bytes], *, expect: str | None = None) -> Incoming:
        """Write the bytes under their name. Raises BytesChanged when their SHA-256 is not ``expect``."""
        with self.incoming(chunks) as incoming:
            if expect is not None and incoming.sha256 != expect:
                raise BytesChanged(expect, f"Expected {expect}, found {incoming.sha256}.")
            incoming.place()
            return incoming

    def copy_from(self, other: "ContentStore", sha256: str) -> Incoming:
        """Copy one file from ``other``. Raises BytesMissing, or BytesChanged when it no longer has that SHA-256."""
        with other.open(sha256) as file:
            return self.put(iter(lambda: file.read(_CHUNK), b""), expect=sha256)

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def keep_only(self, named: set[str], *, among: set[str]) -> set[str]:
        """Delete those files ``among`` which are not ``named``; return which they were.

        Only for files old enough that no act which placed them is still under way: nothing locks by file here.
        """
        unused = among - named
        for sha256 in unused:
            self.remove(sha256)
        return unused

    def names(self, *, before: datetime | None = None) -> Iterator[str]:
        """Yield the SHA-256 of every file here, or of those that were placed before a moment."""
        return (path.name for path in _older(self.root.glob("??/*"), before) if _SHA256.match(path.name))

    def leftovers(self, *, before: datetime) -> Iterator[Path]:
        """Yield what arrived before that moment and never was placed: its process was killed."""
        return _older(self.root.glob(f"{_INCOMING}*"), before)


def _older(paths: Iterable[Path], before: datetime | None) -> Iterator[Path]:
    for path in paths:
        try:
            if before is None or path.stat().st_mtime < before.timestamp():
                yield path
        except FileNotFoundError:  # placed, or taken away, meanwhile
            continue


def flush_names(folder: Path) -> None:
    """Let the folder's entries reach the disk: without it, a power cut may lose the name of a file that was written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
