"""Makes a backup: one moment of the database, and every file that a row names at that moment."""

import hashlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import BinaryIO

from django.db import connection
from django.utils import timezone

from ppid.content_store import BytesLost
from ppid.upkeep.backups import programs
from ppid.upkeep.backups.sets import DATABASE, LIST, SETTINGS, Writer
from ppid.upkeep.backups.snapshot import facts, named_files, snapshot
from ppid.upkeep.stores import Store

FORMAT = 1
_PART = 8 << 20
_READ = 1 << 20
_MOST_SETTINGS = 16 << 20


class NotMade(Exception):
    """No backup came of it; the text is the sentence."""


@dataclass(slots=True)
class Made:
    """A backup as it was made. ``lost`` are the files that a row names and no store has sound; sizes in bytes."""

    files: int = 0
    size: int = 0
    seconds: float = 0
    lost: list[str] = field(default_factory=list)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)


def make(writer: Writer, stores: Sequence[Store], *, settings: BinaryIO | None = None) -> Made:
    """Write a set: the dump, the settings where they are given (a tar), the files, the manifest.

    Raises NotMade, and OSError where the set can't be written; the writer has left nothing then.
    """
    began, made = time.monotonic(), Made()
    try:
        with snapshot() as name:
            known = facts()
            known["client"] = _dump(writer, made, name, known["postgresql"])
            named = named_files(stores)
        if settings is not None:
            # Its size must be known first, and it is small.
            content = settings.read(_MOST_SETTINGS + 1)
            if len(content) > _MOST_SETTINGS:
                raise NotMade("The settings are far too large to be settings: nothing was backed up.")
            _member(writer, made, SETTINGS, content)
        _files(writer, made, stores, named)
        known |= {
            "format": FORMAT,
            "product": product(),
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "stores": [store.name for store in stores],
            "files": made.files,
            "lost": made.lost,
            "members": made.members,
        }
        writer.finish(as_json(known))
    except BaseException:
        writer.abandon()
        raise
    made.size, made.seconds = writer.written, time.monotonic() - began
    return made


def _dump(writer: Writer, made: Made, snapshot_name: str, server: int) -> int:
    """Let pg_dump write what the snapshot shows, in parts of a size that memory holds; return its version."""
    path, client = programs.program("pg_dump", at_least=server)
    address, environment = programs.way(connection.settings_dict)
    command = [
        *(path, "--format=custom", "--no-owner", "--no-privileges", "--no-publications", "--no-subscriptions"),
        *("--lock-wait-timeout=60000", f"--snapshot={snapshot_name}", f"--dbname={address}"),
    ]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=said) as process:  # noqa: S603
            try:
                part = 0
                while chunk := process.stdout.read(_PART):
                    part += 1
                    _member(writer, made, f"{DATABASE}{part:06}", chunk)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(max(0, said.tell() - 2000))
            raise NotMade(f"pg_dump ended with an error: {said.read(2000).decode(errors='replace').strip()}")
    return client


def _member(writer: Writer, made: Made, name: str, content: bytes) -> None:
    made.members[name] = (len(content), hashlib.sha256(content).hexdigest())
    writer.put(name, [content], len(content))


def _files(writer: Writer, made: Made, stores: Sequence[Store], named: dict[bytes, int]) -> None:
    """Write each file once, and the list of them all; the list is made first in a file of its own, for its size."""
    with tempfile.TemporaryFile() as lines:
        for sha256, of, file in sound_files(stores, named, made.lost):
            size = os.fstat(file.fileno()).st_size
            writer.put_file(sha256, read_in_parts(file), size)
            made.files += 1
            lines.write(f"{sha256} {size} {','.join(store.name for store in of)}\n".encode())
        lines.seek(0)
        digest, size = hashlib.file_digest(lines, "sha256").hexdigest(), lines.tell()
        lines.seek(0)
        made.members[LIST] = (size, digest)
        writer.put(LIST, read_in_parts(lines), size)


def sound_files(
    stores: Sequence[Store], named: dict[bytes, int], lost: list[str]
) -> Iterator[tuple[str, list[Store], BinaryIO]]:
    """Yield SHA-256, stores and open file of each that a row names; what no store has sound is added to ``lost``."""
    for digest in sorted(named):
        sha256, of = digest.hex(), [store for nth, store in enumerate(stores) if named[digest] >> nth & 1]
        file = _sound(sha256, of)
        if file is None:
            lost.append(f"{sha256} of {' and '.join(store.name for store in of)}")
            continue
        with file:
            yield sha256, of, file


def _sound(sha256: str, stores: Iterable[Store]) -> BinaryIO | None:
    """Open the file in the first store that has it byte for byte."""
    for store in stores:
        try:
            return store.files.open_checked(sha256)
        except (BytesLost, OSError):
            continue
    return None


def read_in_parts(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_READ), b"")


def product() -> str:
    try:
        return version("ppid")
    except PackageNotFoundError:
        return "source"


def as_json(known: dict) -> bytes:
    return json.dumps(known, indent=1, sort_keys=True).encode()
