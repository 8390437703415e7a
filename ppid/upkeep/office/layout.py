"""How an export lies: the names of its members, and a folder or a stream that holds them, written and read.

A folder, or one file (tar) with the same members, which may be sealed as a whole. ``kantor.json`` says what it was made
of, ``SHA256SUMS`` comes last and names every other member, so ``sha256sum -c SHA256SUMS`` proves all of it.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from ppid.content_store import flush_names
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import HALF, Stream, StreamWriter

ABOUT, SUMS, SCHEMA, INDEX = "kantor.json", "SHA256SUMS", "schema.json", "files.csv"
TABLES, FILES, REGISTERS = "tables/", "files/", "registers/"
_READ = 1 << 20
_MEMBER = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*){0,2}", re.ASCII)
_LINE = re.compile(r"([0-9a-f]{64})  (\S{1,200})")


def file_member(sha256: str) -> str:
    """Return where a file lies in an export."""
    return f"{FILES}{sha256[:2]}/{sha256}"


class PlainFolder:
    """Writes an export into a folder, which bears its name once it is whole and on the disk."""

    def __init__(self, target: Path):
        self.target, self.half, self.written = target, target.with_name(f"{target.name}{HALF}"), 0
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self.half.mkdir(mode=0o700)

    def put(self, name: str, content: Iterable[bytes], size: int) -> None:
        """Write a member."""
        path = self.half / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for chunk in content:
                self.written += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def finish(self, content: bytes, name: str) -> None:
        """Write the last member, and let the folder bear its name."""
        self.put(name, [content], len(content))
        for path in (self.half, *self.half.rglob("*/")):
            flush_names(path)
        self.half.rename(self.target)
        flush_names(self.target.parent)

    def abandon(self) -> None:
        shutil.rmtree(self.half, ignore_errors=True)


class StreamFile(StreamWriter):
    """Writes an export into one file, which bears its name once it is whole and on the disk."""

    def __init__(self, target: Path, key: Key | None):
        self.target, self.half = target, target.with_name(f"{target.name}{HALF}")
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._file = self.half.open("xb")
        super().__init__(self._file, key)

    def finish(self, manifest: bytes, name: str = SUMS) -> None:
        super().finish(manifest, name)
        os.fsync(self._file.fileno())
        self._file.close()
        self.half.rename(self.target)
        flush_names(self.target.parent)

    def abandon(self) -> None:
        self._file.close()
        self.half.unlink(missing_ok=True)


class OpenFolder:
    """An export in a folder, to be read."""

    key = None

    def __init__(self, path: Path):
        self.path = path

    def members(self, *beginning: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield name and content of the members that begin so, in the order of their names."""
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise Damaged(f"{name} is no file of an export.")
            if path.is_file() and name.startswith(beginning):
                yield name, self._read(path)

    def _read(self, path: Path) -> Iterator[bytes]:
        try:
            with path.open("rb") as file:
                yield from iter(lambda: file.read(_READ), b"")
        except OSError as error:
            raise Damaged(f"{path} can't be read: {error.strerror or error}.") from error


Writer = PlainFolder | StreamWriter
Export = OpenFolder | Stream


def opened(path: Path, key: Key | None) -> Export:
    """Return the export in a folder or in one file. Raises Damaged, with a sentence."""
    return OpenFolder(path) if path.is_dir() else Stream(path, key)


def sums_of(content: bytes) -> dict[str, str]:
    """Return the SHA-256 of each member, as ``SHA256SUMS`` says it. Raises Damaged."""
    found: dict[str, str] = {}
    for line in content.decode(errors="replace").splitlines():
        if not (said := _LINE.fullmatch(line)) or not _MEMBER.fullmatch(said[2]) or said[2] in found:
            raise Damaged(f"{SUMS} was changed: {line[:80]!r} is no line of it.")
        found[said[2]] = said[1]
    return found
