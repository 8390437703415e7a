"""Small compound files (OLE2) for tests, as Word, Excel and PowerPoint wrote them until 2003."""

import struct
from itertools import pairwise

_SECTOR, _FREE, _END, _FAT, _NONE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _STORAGE, _ROOT = 2, 1, 5


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a file with these streams, by their paths («Macros/VBA/dir»); each is filled up to a page."""
    entries: list[dict] = [{"name": "Root Entry", "type": _ROOT, "children": []}]
    for path, data in streams.items():
        parent = entries[0]
        *storages, name = path.split("/")
        for storage in storages:
            found = next((entries[n] for n in parent["children"] if entries[n]["name"] == storage), None)
            parent = found or _added(entries, parent, storage, _STORAGE)
        _added(entries, parent, name, _STREAM)["data"] = data.ljust(4096, b"\0")
    directory_sectors = -(-len(entries) // 4)
    fat = [_FAT, *range(2, directory_sectors + 1), _END]
    content = b""
    for entry in entries:
        if data := entry.get("data"):
            data = data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0")
            entry["start"] = len(fat)
            fat += [*range(len(fat) + 1, len(fat) + len(data) // _SECTOR), _END]
            content += data
    assert len(fat) <= 128, "one sector of FAT"
    header = struct.pack(
        "<8s16sHHHHHHLLLLLLLLLL",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6, 0),
        *(0, 0, 1, 1, 0, 4096, _END, 0, _END, 0),
    )
    header += struct.pack("<109L", 0, *[_FREE] * 108)
    return header + struct.pack("<128L", *fat, *[_FREE] * (128 - len(fat))) + _directory(entries) + content


def _added(entries: list[dict], parent: dict, name: str, kind: int) -> dict:
    entry = {"name": name, "type": kind, "children": []}
    parent["children"].append(len(entries))
    entries.append(entry)
    return entry


def _directory(entries: list[dict]) -> bytes:
    """Write the entries; the children of each hang on each other's right, which is a tree too."""
    next_of = {n: after for e in entries for n, after in pairwise([*e["children"], _NONE])}
    written = b""
    for n, entry in enumerate(entries):
        name = entry["name"].encode("utf-16-le") + b"\0\0"
        child = entry["children"][0] if entry["children"] else _NONE
        written += struct.pack("<64sHBBLLL", name, len(name), entry["type"], 1, _NONE, next_of.get(n, _NONE), child)
        written += struct.pack("<16sLQQLQ", bytes(16), 0, 0, 0, entry.get("start", _END), len(entry.get("data", b"")))
    return written.ljust(-(-len(entries) // 4) * _SECTOR, b"\0")


def word(*, locked: bool = False, **more: bytes) -> bytes:
    """Return a Word document until 2003; ``more`` are further streams, «__» for «/»."""
    beginning = struct.pack("<HHHHHBB", 0xA5EC, 0xC1, 0, 0x0409, 0, 0x00, 0x13 if locked else 0x12)
    return compound_file({"WordDocument": beginning, "1Table": b"", **_paths(more)})


def excel(*, locked: bool = False, **more: bytes) -> bytes:
    records = struct.pack("<HH16x", 0x0809, 16) + (struct.pack("<HH54x", 0x2F, 54) if locked else b"")
    return compound_file({"Workbook": records, **_paths(more)})


def powerpoint(content: bytes = b"", **more: bytes) -> bytes:
    return compound_file({"PowerPoint Document": content, "Current User": b"", **_paths(more)})


def _paths(more: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("__", "/"): data for name, data in more.items()}
