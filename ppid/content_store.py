"""Files kept under the SHA-256 of their bytes: what is stored can't change without changing its name."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_CHUNK = 1 << 20


class BytesChanged(Exception):
    """A file's bytes are not the ones that were promised."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: SHA-256 (hex), size in bytes, and whether these bytes were new to the store."""

    sha256: str
    size: int
    is_new: bool


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

    def put(self, chunks: Iterable[bytes], *, expect: str | None = None) -> Stored:
        """Write the bytes, flushed to disk, and return their name.

        Nothing is left behind when reading ``chunks`` fails half way. Raises BytesChanged when the
        SHA-256 is not ``expect``.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        descriptor, temporary = tempfile.mkstemp(dir=self.root, prefix=".incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            sha256 = digest.hexdigest()
            if expect is not None and sha256 != expect:
                raise BytesChanged(f"Expected {expect}, found {sha256}.")
            target = self.path(sha256)
            is_new = not target.exists()
            if is_new:
                target.parent.mkdir(exist_ok=True)
                os.chmod(temporary, 0o640)
                os.replace(temporary, target)
            return Stored(sha256, size, is_new)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def copy_from(self, other: "ContentStore", sha256: str) -> Stored:
        """Copy one file from ``other``. Raises BytesChanged when its bytes no longer have that SHA-256."""
        with other.open(sha256) as file:
            return self.put(iter(lambda: file.read(_CHUNK), b""), expect=sha256)

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def names(self) -> Iterable[str]:
        """Yield the SHA-256 of every file here."""
        return (path.name for path in self.root.glob("??/*") if _SHA256.match(path.name))

    def clear(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
