"""How a set lies: in a folder, where sets of many days share their files, or as one stream (tar) to be sent elsewhere.

A set has members: ``database/000001`` and on (the dump of pg_dump in its custom form, in parts), ``files.txt`` (a line
each: SHA-256, size, the stores that hold it), ``settings.tar`` where it was asked for, ``files/…`` (each file once, by
its SHA-256), and ``manifest.json``: what it was made of, and size and SHA-256 of each member but the files, which say
it themselves. In a folder the files lie beside the sets, because they never change; sealed, each member is a sealed
file, and a file's name is no digest that anybody could compare. A stream ends with the SHA-256 of all before, or is
sealed as a whole.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ppid.content_store import flush_names
from ppid.upkeep.backups.sealing import MAGIC, Damaged, Key, Sealer, seal, sealed_size, unseal

MANIFEST, LIST, SETTINGS = "manifest.json", "files.txt", "settings.tar"
DATABASE, FILES, CHECK = "database/", "files/", "SHA256"
HALF = ".part"
_READ = 1 << 20
_MOST = 256 << 20  # no manifest is as large


class FolderWriter:
    """Writes a set into a folder of its own among others; nothing bears its name before it is whole and on the disk."""

    def __init__(self, folder: Path, name: str, key: Key | None):
        self.target, self.key = folder / name, key
        self.files = folder / FILES.rstrip("/")
        self.half = folder / f"{name}{HALF}"
        self.written = 0
        self.half.mkdir(mode=0o750)
        self.files.mkdir(mode=0o750, exist_ok=True)

    def put(self, name: str, content: Iterable[bytes], size: int) -> None:
        """Write a member."""
        path = self.half / name
        path.parent.mkdir(mode=0o750, exist_ok=True)
        with path.open("xb") as file:
            self._write(file, seal(self.key, name, content) if self.key else content)

    def put_file(self, sha256: str, content: Iterable[bytes], size: int) -> None:
        """Write a file, unless an earlier set has brought it."""
        path = place(self.files, sha256, self.key)
        whole = sealed_size(size) if self.key else size
        if path.is_file() and path.stat().st_size == whole:
            return
        path.parent.mkdir(mode=0o750, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self.files, prefix=HALF)
        try:
            with os.fdopen(descriptor, "wb") as file:
                self._write(file, seal(self.key, path.name, content) if self.key else content)
            os.chmod(temporary, 0o640)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def finish(self, manifest: bytes) -> None:
        """Write the manifest and let the set bear its name."""
        self.put(MANIFEST, [manifest], len(manifest))
        if not self.key:
            digest = hashlib.sha256(manifest).hexdigest()
            self.put(CHECK, [digest.encode()], len(digest))
        for folder in (self.half, self.files):
            flush_names(folder)
        self.half.rename(self.target)
        flush_names(self.target.parent)

    def abandon(self) -> None:
        """Leave nothing of it; what came among the files is swept as what no set names."""
        shutil.rmtree(self.half, ignore_errors=True)

    def _write(self, file: BinaryIO, content: Iterable[bytes]) -> None:
        for chunk in content:
            self.written += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


class StreamWriter:
    """Writes a set into a stream, as it comes."""

    def __init__(self, stream: BinaryIO, key: Key | None):
        self.key, self.written, self._stream = key, 0, stream
        self._digest = hashlib.sha256()
        self._sealer = Sealer(key, "") if key else None
        if self._sealer:
            stream.write(self._sealer.head)
        self._tar = tarfile.open(fileobj=self, mode="w|", format=tarfile.PAX_FORMAT, bufsize=_READ)  # noqa: SIM115

    def write(self, chunk: bytes) -> int:
        """Take what the tar writes."""
        self._digest.update(chunk)
        self.written += len(chunk)
        for piece in self._sealer.add(chunk) if self._sealer else (chunk,):
            self._stream.write(piece)
        return len(chunk)

    def put(self, name: str, content: Iterable[bytes], size: int) -> None:
        """Write a member of a size that is known."""
        self._tar.addfile(_header(name, size), _Reading(content))
        self._tar.members.clear()

    def put_file(self, sha256: str, content: Iterable[bytes], size: int) -> None:
        self.put(f"{FILES}{sha256}", content, size)

    def finish(self, manifest: bytes, name: str = MANIFEST) -> None:
        self.put(name, [manifest], len(manifest))
        self._tar.close()
        self._stream.write(self._sealer.end() if self._sealer else _end(self._digest.digest()))
        self._stream.flush()

    def abandon(self) -> None:
        """What was sent can't be taken back; without its end nobody takes it for whole."""


class FolderSet:
    """A set in a folder, to be read."""

    def __init__(self, path: Path, key: Key | None):
        self.path, self.files = path, path.parent / FILES.rstrip("/")
        with _told(MANIFEST):
            is_sealed = (path / MANIFEST).open("rb").read(len(MAGIC)) == MAGIC
        self.key = _right(key, is_sealed)
        manifest = b"".join(self._read(path / MANIFEST, MANIFEST, most=_MOST))
        if not self.key:
            check = b"".join(self._read(path / CHECK, CHECK, most=200))
            if check != hashlib.sha256(manifest).hexdigest().encode():
                raise Damaged(f"{MANIFEST} was changed: it is not what {CHECK} says.")
        self.manifest = _parsed(manifest)

    def members(self, *beginning: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield name and content of the members that begin so; reading raises Damaged."""
        for name in self.manifest["members"]:
            if name.startswith(beginning):
                yield name, self._read(self.path / name, name)
        if FILES.startswith(beginning):
            for sha256, _, _ in listed(self):
                path = place(self.files, sha256, self.key)
                yield f"{FILES}{sha256}", self._read(path, path.name)

    def _read(self, path: Path, name: str, *, most: int | None = None) -> Iterator[bytes]:
        with _told(name), path.open("rb") as file:
            read = 0
            for chunk in unseal(self.key, name, file) if self.key else iter(lambda: file.read(_READ), b""):
                read += len(chunk)
                if most is not None and read > most:
                    raise Damaged(f"{name} is far too large.")
                yield chunk


class Stream:
    """Members in one file, to be read from its beginning to its end."""

    def __init__(self, path: Path, key: Key | None):
        self.path = path
        with _told(path.name), path.open("rb") as file:
            is_sealed = file.read(len(MAGIC)) == MAGIC
        self.key = _right(key, is_sealed)
        if not self.key:
            self._look_at_the_end()

    def members(self, *beginning: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield name and content of the members that begin so; each is read before the next is asked for."""
        with _told(self.path.name), self.path.open("rb") as file:
            stream = _Reading(unseal(self.key, "", file)) if self.key else file
            try:
                with tarfile.open(fileobj=stream, mode="r|", bufsize=_READ) as tar:
                    for member in tar:
                        tar.members.clear()
                        if not member.isfile():
                            raise Damaged(f"{member.name} in {self.path.name} is no file: nothing of ours writes that.")
                        if member.name.startswith(beginning):
                            content = tar.extractfile(member)
                            yield member.name, iter(lambda content=content: content.read(_READ), b"")
                for _ in iter(lambda: stream.read(_READ), b""):
                    pass  # the last piece says whether the stream was cut
            except tarfile.TarError as error:
                raise Damaged(f"{self.path.name} was cut short or changed: {error}.") from error

    def _look_at_the_end(self) -> None:
        """Compare the whole stream with the SHA-256 at its end. Raises Damaged."""
        size, digest = self.path.stat().st_size - len(_end(b"")), hashlib.sha256()
        with _told(self.path.name), self.path.open("rb") as file:
            while size > 0 and (chunk := file.read(min(_READ, size))):
                digest.update(chunk)
                size -= len(chunk)
            if file.read(len(_end(b"")) + 1) != _end(digest.digest()):
                raise Damaged(f"{self.path.name} was cut short or changed: its end does not say its SHA-256.")


class StreamSet(Stream):
    """A set in one file."""

    def __init__(self, path: Path, key: Key | None):
        super().__init__(path, key)
        # The manifest comes last, because it says what came before.
        found = [b"".join(content) for _, content in self.members(MANIFEST)]
        if not found:
            raise Damaged(f"{path.name} holds no {MANIFEST}.")
        self.manifest = _parsed(found[0])


Writer = FolderWriter | StreamWriter
Set = FolderSet | StreamSet


def opened(path: Path, key: Key | None) -> Set:
    """Return the set in a folder or in one file. Raises Damaged, with a sentence."""
    return FolderSet(path, key) if path.is_dir() else StreamSet(path, key)


def listed(of: Set) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each file that the set holds: its SHA-256, its size, and the stores that it belongs to."""
    for _, content in of.members(LIST):
        yield from _lines(content)


def place(files: Path, sha256: str, key: Key | None) -> Path:
    """Return where a file lies among those that the sets of a folder share."""
    name = key.name(sha256) if key else sha256
    return files / name[:2] / name


def _lines(content: Iterable[bytes]) -> Iterator[tuple[str, int, list[str]]]:
    rest = b""
    for chunk in content:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            try:
                sha256, size, stores = line.decode().split(" ")
                yield bytes.fromhex(sha256).hex(), int(size), stores.split(",")
            except ValueError as error:
                raise Damaged(f"{LIST} was changed: {line[:80]!r}.") from error


def _right(key: Key | None, is_sealed: bool) -> Key | None:
    """Return the key that is needed. Raises Damaged without it."""
    if is_sealed and key is None:
        raise Damaged(
            "It is sealed: name the key that it was made with (BACKUP_KEY_FILE; of an export of the office --key-file)."
        )
    return key if is_sealed else None


def _parsed(manifest: bytes) -> dict:
    try:
        found = json.loads(manifest)
        if {"format", "made_at", "members", "migrations", "rows"} <= set(found):
            return found
    except (ValueError, TypeError):
        pass
    raise Damaged(f"{MANIFEST} is none.")


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Damaged(f"{name} can't be read: {error.strerror or error}.") from error


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o640
    return header


def _end(digest: bytes) -> bytes:
    """Return what a stream that is not sealed ends with: the SHA-256 of all before, after the end of its tar."""
    return CHECK.encode() + b" " + digest.hex().ljust(64).encode() + b"\n"


class _Reading(io.RawIOBase):
    """Chunks as a file to be read from, as much at a time as is asked for."""

    def __init__(self, chunks: Iterable[bytes]):
        self._chunks, self._rest = iter(chunks), memoryview(b"")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, wanted = [], size
        while wanted:
            if not self._rest:
                self._rest = memoryview(next(self._chunks, b""))
                if not self._rest:
                    break
            part = bytes(self._rest if size < 0 else self._rest[:wanted])
            parts.append(part)
            self._rest = self._rest[len(part) :]
            wanted -= len(part)
        return b"".join(parts)
