"""Reads a backup from end to end and tells each fault in a sentence; nothing else is touched by it."""

import hashlib
from collections.abc import Iterable, Iterator

from ppid.upkeep.backups.sealing import Damaged
from ppid.upkeep.backups.sets import FILES, LIST, Set, listed


def faults(of: Set) -> Iterator[str]:
    """Yield what is wrong with the set: a member that is missing, cut short, changed, or nobody's."""
    members, promised = of.manifest["members"], set[bytes]()
    found = set[str]()
    try:
        for name, content in of.members("database/", "settings", LIST):
            found.add(name)
            yield from _compared(name, content, members.get(name))
        for sha256, _, _ in listed(of):
            promised.add(bytes.fromhex(sha256))
    except Damaged as damage:
        yield str(damage)
        return
    for name in members:
        if name not in found:
            yield f"{name} is missing."
    if len(promised) != of.manifest["files"]:
        yield f"{LIST} names {len(promised)} files, {of.manifest['files']} were backed up."
    try:
        for name, content in of.members(FILES):
            sha256 = name.removeprefix(FILES)
            digest = _digest(sha256)
            yield from _compared(name, content, (None, sha256) if digest in promised else None)
            promised.discard(digest)
    except Damaged as damage:
        yield str(damage)
    yield from (f"{FILES}{each.hex()} is missing." for each in promised)


def _digest(sha256: str) -> bytes:
    """Return the bytes of what may be a SHA-256; none of anything else."""
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        return b""


def _compared(name: str, content: Iterable[bytes], told: tuple[int | None, str] | None) -> Iterator[str]:
    if told is None:
        yield f"{name} is no part of this backup."
        return
    digest = hashlib.sha256()
    try:
        for chunk in content:
            digest.update(chunk)
    except Damaged as damage:
        yield str(damage)
        return
    if digest.hexdigest() != told[1]:
        yield f"{name} was changed: its SHA-256 is {digest.hexdigest()}, not {told[1]}."
