"""The door: what kind of file it is, and whether it may be opened at all, decided before anything of it is read.

Every refusal is a sentence. Office files are ZIP archives: their members are counted, their declared and their real
sizes bounded, and their XML parsed without entities or network.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO, Literal

from lxml import etree

from sop.importing.imported import ImportRefused

MAX_MB = 20
MAX_MEMBERS = 2_000
MAX_UNPACKED_MB = 100
MAX_XML_MB = 40
MAX_RATIO = 250
MAX_ROWS = 2_000
MAX_COLUMNS = 200
# Places in a file's tables, merged cells counted with all that they cover.
MAX_PLACES = 200_000

Format = Literal["docx", "xlsx", "html", "txt", "json"]
ENDINGS = (".docx", ".xlsx", ".html", ".htm", ".txt", ".json")
TAKEN = "Word (.docx), Excel (.xlsx), HTML, teks (.txt), atau JSON dari portal ini"

_MB = 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_TEXTS = {".html": "html", ".htm": "html", ".txt": "txt", ".json": "json"}
_ROW = re.compile(rb"<(?:\w+:)?tr[ >]")

TOO_LARGE = (
    "Berkas ini lebih besar dari {limit} MB. Lembar SOP biasanya di bawah 5 MB; simpan tanpa gambar, lalu coba lagi."
)
TOO_MANY_ROWS = (
    f"Berkas ini memuat lebih dari {MAX_ROWS:,} baris. Lembar SOP tidak sepanjang itu; kirimkan lembarnya saja."
).replace(",", ".")
TOO_WIDE = f"Tabel di berkas ini lebih lebar dari {MAX_COLUMNS} kolom. Kirimkan lembar SOP saja."
LOCKED = "Berkas ini dikunci dengan kata sandi. Buka kuncinya di Word atau Excel, simpan, lalu coba lagi."
BROKEN = "Berkas ini rusak dan tidak dapat dibaca. Buka dan simpan ulang di program asalnya, lalu coba lagi."
MACROS = "Berkas dengan makro tidak diterima. Simpan sebagai .docx atau .xlsx tanpa makro, lalu coba lagi."
UNPACKS_TOO_LARGE = "Isi berkas ini membengkak jauh melebihi ukurannya, maka tidak dibuka. Simpan ulang lembarnya saja."
OLD = "Berkas Word atau Excel lama (.doc, .xls) belum dapat dibaca. Simpan sebagai .docx atau .xlsx, lalu coba lagi."
UNKNOWN = f"Jenis berkas ini tidak dapat diimpor. Kirimkan {TAKEN}."


@dataclass
class Package:
    """An office file whose members may be read; each is unpacked at most once, within the bounds."""

    archive: zipfile.ZipFile
    left: int = MAX_XML_MB * _MB
    names: frozenset[str] = field(init=False)

    def __post_init__(self):
        self.names = frozenset(self.archive.namelist())

    def read(self, name: str) -> bytes:
        """Unpack a member. Raises ImportRefused for a broken one, and when too much has been unpacked."""
        with self.archive.open(name) as member:
            data = member.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise ImportRefused(UNPACKS_TOO_LARGE)
        return data

    def xml(self, name: str) -> etree._Element:
        """Parse a member that must be XML; a document type, which office files never have, makes it broken."""
        data = self.read(name)
        if len(_ROW.findall(data)) > MAX_ROWS:
            raise ImportRefused(TOO_MANY_ROWS)
        return parse_xml(data)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to inside the package: id → (last word of the type, member)."""
        path = PurePath(part)
        rels = str(path.parent / "_rels" / f"{path.name}.rels")
        if rels not in self.names:
            return {}
        found = {}
        for rel in self.xml(rels):
            if rel.get("TargetMode") != "External" and rel.get("Target"):
                target = _resolve(path.parent, rel.get("Target"))
                if target in self.names:
                    found[rel.get("Id")] = (rel.get("Type", "").rpartition("/")[2], target)
        return found

    def of_type(self, part: str, kind: str) -> Iterator[str]:
        return (target for each, target in self.related(part).values() if each == kind)


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that somebody sent."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ImportRefused(BROKEN)
    return root


def recognise(file: BinaryIO, name: str, size: int) -> Format:
    """Say what the file is, by its content and its ending. Raises ImportRefused."""
    if size > MAX_MB * _MB:
        raise ImportRefused(TOO_LARGE.format(limit=MAX_MB))
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if not head:
        raise ImportRefused("Berkas ini kosong.")
    ending = PurePath(name).suffix.lower()
    if head.startswith(_OLE):
        raise ImportRefused(LOCKED if "EncryptedPackage".encode("utf-16-le") in file.read() else OLD)
    if head.startswith(b"PK"):
        return _office(file)
    if ending in (".docx", ".xlsx", ".docm", ".xlsm"):
        raise ImportRefused(BROKEN)
    if ending not in _TEXTS:
        raise ImportRefused(UNKNOWN)
    return _TEXTS[ending]


def _office(file: BinaryIO) -> Format:
    with _opened(file) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if len(members) > MAX_MEMBERS or any(member.file_size > MAX_UNPACKED_MB * _MB for member in members):
            raise ImportRefused(UNPACKS_TOO_LARGE)
        packed, unpacked = sum(m.compress_size for m in members), sum(m.file_size for m in members)
        if unpacked > MAX_UNPACKED_MB * _MB or (unpacked > 5 * _MB and unpacked > packed * MAX_RATIO):
            raise ImportRefused(UNPACKS_TOO_LARGE)
        if any(member.flag_bits & 1 for member in members):
            raise ImportRefused(LOCKED)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise ImportRefused(MACROS)
        if "[Content_Types].xml" not in names:
            raise ImportRefused(UNKNOWN)
        types = Package(archive, left=_MB).read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise ImportRefused(MACROS)
    for member, found in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if member in names:
            return found
    raise ImportRefused(UNKNOWN)


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    file.seek(0)
    return zipfile.ZipFile(file)


def open_package(file: BinaryIO) -> Package:
    """Open an office file that ``recognise`` let in."""
    return Package(_opened(file))


def _resolve(folder: PurePath, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts: list[str] = []
    for part in [*folder.parts, *target.split("/")]:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
