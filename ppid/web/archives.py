"""ZIP archives and office packages that somebody sent: opened, counted, bounded, or refused with a sentence.

The one door for uploads and for the importer. What an archive says of itself is believed only as far as it bounds what
is then really unpacked. Knows no Django, as the importer's formats don't.
"""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO

from lxml import etree

MB = 1024 * 1024
_CHUNK = 1 << 16
_MOST_ENTRIES = 50_000  # of content types, and of what a part refers to
# Unpacked by bounded pieces. The other methods (bzip2, LZMA) give back gigabytes for one piece.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SYMLINK = 0xA  # the kind of file that Unix wrote beside a name
# Line breaks and other controls, and the marks that turn the direction of writing: «laporan<U+202E>fdp.exe».
_MISLEADING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ENCRYPTED = 0x2041  # flags: encrypted, strongly encrypted, names hidden
# What zipfile and zlib raise for bytes that are none of theirs; RuntimeError also for a locked member.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    IndexError,
)
BROKEN = "Berkas ini rusak dan tidak dapat dibaca. Buka dan simpan ulang di program asalnya, lalu coba lagi."
LOCKED = "Berkas ini dikunci dengan kata sandi. Buka kuncinya di program asalnya, simpan, lalu coba lagi."
BLOATED = "Isi berkas ini membengkak jauh melebihi ukurannya, maka tidak dibuka. Simpan ulang isinya saja."
MACROS = "Berkas dengan makro tidak diterima. Simpan tanpa makro (misalnya sebagai .docx atau .xlsx), lalu coba lagi."
UNUSUAL = "Arsip ini dimampatkan dengan cara yang jarang dipakai. Buat ulang sebagai ZIP biasa, lalu coba lagi."
ESCAPING = "Arsip ini memuat nama berkas yang keluar dari foldernya sendiri. Buat ulang arsipnya, lalu coba lagi."
LINK = "Arsip ini memuat tautan, bukan berkasnya. Masukkan berkasnya sendiri, lalu buat ulang arsipnya."
MISLEADING = (
    "Arsip ini memuat nama berkas yang menyesatkan: ada huruf yang tidak tampak atau membalik arah tulisan. Beri nama "
    "yang biasa, lalu buat ulang arsipnya."
)


class ArchiveRefused(Exception):
    """The archive is not opened; its text is the sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an archive is unpacked: so many members, so many bytes together and each, so many times its size.

    ``times`` counts only from ``small`` bytes on: a short text may well shrink to a thousandth.
    """

    members: int
    unpacked: int
    member: int
    times: int
    small: int = 5 * MB


class Archive:
    """An opened ZIP archive. Members are found as office programs find them: «\\» is «/», and case is no difference."""

    def __init__(self, file: BinaryIO, bounds: Bounds):
        try:
            self._zip = zipfile.ZipFile(_Careful(file, most=max(bounds.members * 256, MB)))
        except _DAMAGED as error:
            raise ArchiveRefused(BROKEN) from error
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise ArchiveRefused(LOCKED)
        if any(member.compress_type not in _METHODS for member in members):
            raise ArchiveRefused(UNUSUAL)
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if (
            len(members) > bounds.members
            or unpacked > bounds.unpacked
            or any(member.file_size > bounds.member for member in members)
            or (unpacked > bounds.small and unpacked > packed * bounds.times)
        ):
            raise ArchiveRefused(BLOATED)
        if _overlap(members):
            raise ArchiveRefused(BLOATED)
        self._members = {_found_by(member.filename): member for member in members}
        self.has_twins = len(self._members) < len(members)
        self.names = frozenset(_plain_name(member.filename) for member in members)
        self.left = bounds.unpacked

    def __contains__(self, name: str) -> bool:
        return _found_by(name) in self._members

    def read(self, name: str, *, most: int | None = None) -> bytes:
        """Unpack a member. Raises ArchiveRefused for a broken or missing one, and for more than ``most`` bytes."""
        most = self.left if most is None else min(most, self.left)
        try:
            with self._zip.open(self._members[_found_by(name)]) as member:
                data = b"".join(_pieces(member, most + 1))
        except (KeyError, *_DAMAGED) as error:
            raise ArchiveRefused(BROKEN) from error
        self._spend(len(data), most)
        return data

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a member piece by piece. Raises ArchiveRefused for a broken or missing one, and beyond the bounds."""
        try:
            with self._zip.open(self._members[_found_by(name)]) as member:
                for piece in _pieces(member):
                    self._spend(len(piece), self.left)
                    yield piece
        except (KeyError, *_DAMAGED) as error:
            raise ArchiveRefused(BROKEN) from error

    def prove(self) -> None:
        """Unpack every member once, piece by piece, keeping nothing. Raises ArchiveRefused for a broken one."""
        for _name, pieces in self.proven():
            for _ in pieces:
                pass

    def proven(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield each member's name and its pieces, which the caller takes all.

        Raises ArchiveRefused for a broken member, for a link, and for a name that leads elsewhere or misleads.
        """
        for info in self._zip.infolist():
            if _escapes(info.filename):
                raise ArchiveRefused(ESCAPING)
            if _MISLEADING.search(info.orig_filename):
                raise ArchiveRefused(MISLEADING)
            if (info.external_attr >> 28) == _SYMLINK:
                raise ArchiveRefused(LINK)
            yield info.filename, self._unpacked(info)

    def again(self, name: str) -> Iterator[bytes]:
        """Unpack a member once more that was counted already."""
        try:
            with self._zip.open(self._members[_found_by(name)]) as member:
                yield from _pieces(member)
        except (KeyError, *_DAMAGED) as error:
            raise ArchiveRefused(BROKEN) from error

    def _unpacked(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                for piece in _pieces(member):
                    self._spend(len(piece), self.left)
                    yield piece
        except _DAMAGED as error:
            raise ArchiveRefused(BROKEN) from error

    def _spend(self, size: int, most: int) -> None:
        if size > most:
            raise ArchiveRefused(BLOATED)
        self.left -= size


class Package(Archive):
    """An Office Open XML file: its parts by their content types and relationships, not by their names.

    ``xml_most`` bounds the bytes of XML that are parsed.
    """

    TYPES = "[Content_Types].xml"

    def __init__(self, file: BinaryIO, bounds: Bounds, *, xml_most: int):
        super().__init__(file, bounds)
        self.left = min(self.left, xml_most)
        if self.has_twins:  # what is looked at here must be what Word opens
            raise ArchiveRefused(BROKEN)

    @cached_property
    def types(self) -> dict[str, str]:
        """The content type of each part, by its name."""
        if self.TYPES not in self:
            return {}
        by_ending, by_name = {}, {}
        for each in parse_xml(self.read(self.TYPES), most_tags=_MOST_ENTRIES):
            kind = each.get("ContentType", "")
            if each.get("PartName"):
                by_name[_found_by(each.get("PartName"))] = kind
            elif each.get("Extension"):
                by_ending[each.get("Extension").casefold()] = kind
        return {
            name: by_name.get(_found_by(name)) or by_ending.get(_found_by(name).rpartition(".")[2], "")
            for name in self.names
        }

    @property
    def main(self) -> str:
        """The part that the package is about, or ""."""
        for kind, part in self.related("").values():
            if kind == "officeDocument":
                return part
        return min((name for name, kind in self.types.items() if kind.endswith(".main+xml")), default="")

    @property
    def main_type(self) -> str:
        return self.types.get(self.main, "")

    @property
    def has_macros(self) -> bool:
        """Whether a part is a macro project, whatever its name, or the document is of a kind that may run some."""
        kinds = [kind.casefold() for kind in self.types.values()]
        if any("vbaproject" in kind or "macroenabled" in kind or "macrosheet" in kind for kind in kinds):
            return True
        return self.main in self.names and any(self.of_type(self.main, "vbaProject"))

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part ("" for the package) refers to inside: id → (last word of the type, member)."""
        path = PurePosixPath(part)
        rels = str(path.parent / "_rels" / f"{path.name}.rels")
        if rels not in self:
            return {}
        found = {}
        for rel in parse_xml(self.read(rels), most_tags=_MOST_ENTRIES):
            if rel.get("TargetMode") != "External" and rel.get("Target"):
                member = self._members.get(_found_by(_resolve(path.parent, rel.get("Target"))))
                if member is not None:
                    kind = rel.get("Type", "").rpartition("/")[2]
                    found[rel.get("Id", "")] = (kind, _plain_name(member.filename))
        return found

    def of_type(self, part: str, kind: str) -> Iterator[str]:
        return (target for each, target in self.related(part).values() if each == kind)


def parse_xml(data: bytes, *, most_tags: int) -> etree._Element:
    """Parse XML that somebody sent; a document type, which office files never have, makes it broken.

    Each tag takes a hundred times its own bytes, so more than ``most_tags`` are refused before.
    """
    if data.count(b"<") > most_tags:
        raise ArchiveRefused(BLOATED)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArchiveRefused(BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ArchiveRefused(BROKEN)
    return root


class _Careful:
    """A file for zipfile that gives no more than ``most`` bytes at once: so the directory is bounded before it is read.

    Without it, the directory of a 50 MB file may list a million members.
    """

    def __init__(self, file: BinaryIO, most: int):
        self._file, self._most = file, most
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._most + 1 if size < 0 else min(size, self._most + 1))
        if len(data) > self._most:
            raise ArchiveRefused(BLOATED)
        return data

    def seekable(self) -> bool:
        return True


def _pieces(member: BinaryIO, most: int | None = None) -> Iterator[bytes]:
    """Yield what is unpacked piece by piece, up to ``most`` bytes: asked for all at once, zipfile reads all at once."""
    while piece := member.read(_CHUNK if most is None else min(_CHUNK, most)):
        most = None if most is None else most - len(piece)
        yield piece


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Say whether two members claim the same bytes: so a small archive tells of terabytes."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + 30 + member.compress_size
    return False


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _found_by(name: str) -> str:
    return unicodedata.normalize("NFC", _plain_name(name)).casefold()


def _escapes(name: str) -> bool:
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or bool(re.match(r"[A-Za-z]:", name))


def _resolve(folder: PurePosixPath, target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    parts: list[str] = []
    for part in [*folder.parts, *target.split("/")]:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
