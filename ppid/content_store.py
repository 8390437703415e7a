"""Files kept under the SHA-256 of their bytes: what is stored can't change without changing its name."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_CHUNK = 1 << 20


class BytesChanged(Exception):
    """A file's bytes are not the ones that were promised."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes that have arrived whole but stand under no name yet. ``size`` is in bytes."""

    sha256: str
    size: int
    temporary: Path
    target: Path

    def place(self) -> None:
        """Put the bytes under their name; a second time changes nothing."""
        if not self.target.exists():
            self.target.parent.mkdir(exist_ok=True)
            self.temporary.chmod(0o640)
            os.replace(self.temporary, self.target)


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
        return self.path(sha256).open("rb")

    @contextmanager
    def incoming(self, chunks: Iterable[bytes]) -> Iterator[Incoming]:
        """Write the bytes to a temporary file, flushed to disk, and give them to the caller to place.

        Nothing is left behind when reading ``chunks`` fails half way, or when they are not placed.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(dir=self.root, prefix=".incoming-")
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
                raise BytesChanged(f"Expected {expect}, found {incoming.sha256}.")
            incoming.place()
            return incoming

    def copy_from(self, other: "ContentStore", sha256: str) -> Incoming:
        """Copy one file from ``other``. Raises BytesChanged when its bytes no longer have that SHA-256."""
        with other.open(sha256) as file:
            return self.put(iter(lambda: file.read(_CHUNK), b""), expect=sha256)

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterable[str]:
        """Yield the SHA-256 of every file here."""
        return (path.name for path in self.root.glob("??/*") if _SHA256.match(path.name))
