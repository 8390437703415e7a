"""Files kept under the SHA-256 of their bytes: what is stored can't change without changing its name."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ppid.s3_place import S3Place

_SHA256 = re.compile(r"[0-9a-f]{64}")
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


class StoreAway(Exception):
    """The place where files are kept doesn't answer: nothing is lost, and it can be tried again.

    ``why`` is what was answered in a word, for a sentence in the language of the screens.
    """

    def __init__(self, sentence: str, why: str = ""):
        super().__init__(sentence)
        self.why = why or sentence


@dataclass(slots=True)
class Incoming:
    """Bytes that have arrived whole but stand under no name yet. ``size`` is in bytes, ``temporary`` holds them."""

    sha256: str
    size: int
    temporary: Path

    def place(self) -> None:
        """Put the bytes under their name, whole and for good, also over a file there that time has damaged.

        The file is a new one each time, so a sweep can tell by its age that nobody has just placed it. A second call
        changes nothing.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Standing:
    """A file as it lies in a store: its size in bytes, and a mark that changes whenever it is written anew."""

    size: int
    mark: tuple


class ContentStore:
    """Files named by their SHA-256. Where they lie is the business of each kind of store.

    Whoever keeps a file goes through these verbs. Any of them raises StoreAway where the place doesn't answer, and
    ValueError for anything but a SHA-256.
    """

    def open(self, sha256: str) -> BinaryIO:
        """Open the bytes as they lie there, as a file of this machine. Raises BytesMissing."""
        raise NotImplementedError

    def part(self, sha256: str, first: int, count: int) -> BinaryIO:
        """Open the bytes from ``first`` on, to be read forwards, ``count`` of them at most. Raises BytesMissing."""
        raise NotImplementedError

    def standing(self, sha256: str) -> Standing:
        """Return what is known of the file without reading it. Raises BytesMissing."""
        raise NotImplementedError

    def incoming(self, chunks: Iterable[bytes]) -> AbstractContextManager[Incoming]:
        """Write the bytes to a temporary file and give them to the caller to place.

        Nothing is left behind when reading ``chunks`` fails half way, or when they are not placed.
        """
        raise NotImplementedError

    def remove(self, sha256: str) -> None:
        """Take the file away; where there is none, do nothing."""
        raise NotImplementedError

    def names(self, *, before: datetime | None = None) -> Iterator[str]:
        """Yield the SHA-256 of every file here, or of those that were placed before a moment."""
        raise NotImplementedError

    def leftovers(self, *, before: datetime) -> Iterator[Callable[[], None]]:
        """Yield, as what takes it away, each thing that arrived before that moment and never was placed."""
        raise NotImplementedError

    def anything(self) -> str | None:
        """Return the name of something that lies here, whatever it is; None where the place is empty."""
        raise NotImplementedError

    def mark(self, name: str) -> None:
        """Leave a mark of that name here, which is no file of the store."""
        raise NotImplementedError

    def is_marked(self, name: str) -> bool:
        raise NotImplementedError

    def unmark(self, name: str) -> None:
        raise NotImplementedError

    def empty(self, *, but: str) -> None:
        """Take away whatever lies here but for the mark of that name."""
        raise NotImplementedError

    def keeps_versions(self) -> bool:
        """Say whether what is removed here is kept nonetheless."""
        return False

    def where(self, sha256: str) -> str:
        """Say where the bytes lie, or would lie, to those who look after the machine."""
        raise NotImplementedError

    def on_disk(self, sha256: str) -> Path | None:
        """Return where another program of this machine finds the bytes; None where no folder holds them."""
        return None

    def open_checked(self, sha256: str) -> BinaryIO:
        """Open the bytes after reading them all. Raises BytesMissing, or BytesChanged when they are other bytes."""
        file = self.open(sha256)
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            file.close()
            raise BytesChanged(sha256, f"{self.where(sha256)} holds other bytes: {found}.")
        file.seek(0)
        return file

    def check(self, sha256: str) -> None:
        """Read the bytes and compare. Raises BytesMissing or BytesChanged."""
        self.open_checked(sha256).close()

    @contextmanager
    def readable(self, sha256: str) -> Iterator[Path]:
        """Give a path under which other programs read the bytes, once they were compared. Raises as ``check``."""
        raise NotImplementedError
        yield

    def exists(self, sha256: str) -> bool:
        """Say whether there is a file of that name."""
        try:
            self.standing(sha256)
        except BytesMissing:
            return False
        return True

    def size(self, sha256: str) -> int:
        """Return how many bytes it has; 0 where there is none."""
        try:
            return self.standing(sha256).size
        except BytesMissing:
            return 0

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

    def keep_only(self, named: set[str], *, among: set[str]) -> set[str]:
        """Delete those files ``among`` which are not ``named``; return which they were.

        Only for files old enough that no act which placed them is still under way: nothing locks by file here.
        """
        unused = among - named
        for sha256 in unused:
            self.remove(sha256)
        return unused


def store(place: Path | S3Place, part: str = "") -> ContentStore:
    """Return the store at a place, as the settings name it, or one of its parts. Asking for it reaches nothing."""
    if isinstance(place, S3Place):
        from ppid.s3_store import S3Store  # which needs a library that is installed only where it is wanted

        return S3Store(place.within(part))
    return FolderStore(Path(place) / part)


def written_out(chunks: Iterable[bytes], file: BinaryIO) -> tuple[str, int]:
    """Write the bytes into the file; return their SHA-256 and how many they are."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def is_sha256(name: str) -> bool:
    return bool(_SHA256.fullmatch(name))


def required_sha256(name: str) -> str:
    """Return the name. Raises ValueError for anything but a SHA-256."""
    if not is_sha256(name):
        raise ValueError(f"Not a SHA-256: {name!r}")
    return name


@dataclass(slots=True)
class _InFolder(Incoming):
    target: Path

    def place(self) -> None:
        if not self.temporary.exists() and self.target.exists():
            return
        if not self.target.parent.is_dir():
            self.target.parent.mkdir(exist_ok=True)
            flush_names(self.target.parent.parent)
        self.temporary.chmod(0o640)
        os.replace(self.temporary, self.target)
        flush_names(self.target.parent)


class FolderStore(ContentStore):
    """A folder of this machine."""

    def __init__(self, root: Path):
        self.root = Path(root)

    def path(self, sha256: str) -> Path:
        return self.root / required_sha256(sha256)[:2] / sha256

    def where(self, sha256: str) -> str:
        return str(self.path(sha256))

    def on_disk(self, sha256: str) -> Path | None:
        return self.path(sha256)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError as error:
            raise BytesMissing(sha256, f"No file {self.path(sha256)}.") from error

    def part(self, sha256: str, first: int, count: int) -> BinaryIO:
        file = self.open(sha256)
        file.seek(first)
        return file

    def standing(self, sha256: str) -> Standing:
        try:
            found = self.path(sha256).stat()
        except FileNotFoundError as error:
            raise BytesMissing(sha256, f"No file {self.path(sha256)}.") from error
        return Standing(found.st_size, (found.st_ino, found.st_size, found.st_mtime_ns))

    @contextmanager
    def readable(self, sha256: str) -> Iterator[Path]:
        self.check(sha256)
        yield self.path(sha256)

    @contextmanager
    def incoming(self, chunks: Iterable[bytes]) -> Iterator[Incoming]:
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.root, prefix=_INCOMING)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                sha256, size = written_out(chunks, file)
                file.flush()
                os.fsync(file.fileno())
            yield _InFolder(sha256, size, temporary, self.path(sha256))
        finally:
            temporary.unlink(missing_ok=True)

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def names(self, *, before: datetime | None = None) -> Iterator[str]:
        return (path.name for path in older(self.root.glob("??/*"), before) if is_sha256(path.name))

    def leftovers(self, *, before: datetime) -> Iterator[Callable[[], None]]:
        return (partial(path.unlink, missing_ok=True) for path in older(self.root.glob(f"{_INCOMING}*"), before))

    def anything(self) -> str | None:
        found = next((path for path in self.root.rglob("*") if not path.is_dir()), None)
        return str(found.relative_to(self.root)) if found else None

    def mark(self, name: str) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / name).touch()

    def is_marked(self, name: str) -> bool:
        return (self.root / name).exists()

    def unmark(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def empty(self, *, but: str) -> None:
        for path in self.root.iterdir():
            if path.name == but:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def __str__(self) -> str:
        return str(self.root)


def older(paths: Iterable[Path], before: datetime | None) -> Iterator[Path]:
    """Yield those of the files that were written before a moment, or all of them."""
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
