"""A set of a dump and two files, as ``making`` writes one, and what is told of a set."""

import hashlib
import io
import json
from pathlib import Path

from ppid.upkeep.backups import making, sealing
from ppid.upkeep.backups.reading import faults
from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import opened

KEY, OTHER = Key("a-key-of-the-office-that-lies-in-a-safe"), Key("another-key-of-the-office-in-another-safe")

CONTENT = (b"first file", b"second file, a bit longer than a piece of a sealed file is here in this test, to be sure")
DUMP = (b"PGDMP" + bytes(100), b"the rest of the dump")


def sealed(content: bytes, name: str = "x", key: Key = KEY) -> bytes:
    return b"".join(sealing.seal(key, name, [content]))


def unsealed(content: bytes, name: str = "x", key: Key = KEY) -> bytes:
    return b"".join(sealing.unseal(key, name, io.BytesIO(content)))


def write(writer, *, promises: str = "") -> None:
    """Write a set as ``making`` does, of a dump and two files; it may promise more than it holds."""
    made = making.Made()
    for nth, part in enumerate(DUMP, 1):
        making._member(writer, made, f"database/{nth:06}", part)
    lines = b""
    for content in CONTENT:
        sha256 = hashlib.sha256(content).hexdigest()
        writer.put_file(sha256, [content], len(content))
        lines += f"{sha256} {len(content)} documents\n".encode()
    if promises == "a file":
        lines += f"{'ab' * 32} 5 documents\n".encode()
    making._member(writer, made, "files.txt", lines)
    if promises == "a member":
        made.members["settings.tar"] = (1, "0" * 64)
    known = {"format": 1, "made_at": "", "migrations": [], "rows": {}, "files": 2, "members": made.members, "lost": []}
    if promises in ("a file", "a number"):
        known["files"] = 3
    writer.finish(json.dumps(known | {"postgresql": 15, "client": 15}).encode())


def told(path: Path, key: Key | None) -> list[str]:
    try:
        return list(faults(opened(path, key)))
    except Damaged as damage:
        return [str(damage)]


def files_of(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(each for each in path.parent.rglob("*") if each.is_file())
