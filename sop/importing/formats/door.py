"""The door: what kind of file it is, and whether it may be opened at all, decided before anything of it is read.

Every refusal is a sentence. How office packages are opened, counted and bounded is in ``ppid.web.archives``.
"""

import re
from pathlib import PurePath
from typing import BinaryIO, Literal

from lxml import etree

from ppid.web import archives
from ppid.web.active_content import refuse_active, refuse_package
from ppid.web.archives import BROKEN, LOCKED, Archive, Bounds
from ppid.web.compound_files import MAGIC, CompoundFile, NotACompoundFile
from sop.importing.imported import ImportRefused

MAX_MB = 20
MAX_MEMBERS = 2_000
MAX_UNPACKED_MB = 100
MAX_XML_MB = 40
MAX_TAGS = 400_000  # of one part
MAX_RATIO = 250
MAX_ROWS = 2_000
MAX_COLUMNS = 200
# Places in a file's tables, merged cells counted with all that they cover.
MAX_PLACES = 200_000

Format = Literal["docx", "xlsx", "html", "txt", "json"]
ENDINGS = (".docx", ".xlsx", ".html", ".htm", ".txt", ".json")
TAKEN = "Word (.docx), Excel (.xlsx), HTML, teks (.txt), atau JSON dari portal ini"

_MB = 1024 * 1024
_TEXTS: dict[str, Format] = {".html": "html", ".htm": "html", ".txt": "txt", ".json": "json"}
_ROW = re.compile(rb"<(?:\w+:)?tr[ >]")

TOO_LARGE = (
    "Berkas ini lebih besar dari {limit} MB. Lembar SOP biasanya di bawah 5 MB; simpan tanpa gambar, lalu coba lagi."
)
TOO_MANY_ROWS = (
    f"Berkas ini memuat lebih dari {MAX_ROWS:,} baris. Lembar SOP tidak sepanjang itu; kirimkan lembarnya saja."
).replace(",", ".")
TOO_WIDE = f"Tabel di berkas ini lebih lebar dari {MAX_COLUMNS} kolom. Kirimkan lembar SOP saja."
OLD = "Berkas Word atau Excel lama (.doc, .xls) belum dapat dibaca. Simpan sebagai .docx atau .xlsx, lalu coba lagi."
UNKNOWN = f"Jenis berkas ini tidak dapat diimpor. Kirimkan {TAKEN}."


_MAIN_TYPES: dict[str, Format] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
_BOUNDS = Bounds(members=MAX_MEMBERS, unpacked=MAX_UNPACKED_MB * _MB, member=MAX_UNPACKED_MB * _MB, times=MAX_RATIO)
# Strict Open XML says the same under names of its own.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


class Package(archives.Package):
    """An office file whose parts may be read, each bounded in its rows, Strict ones under the usual names."""

    def __init__(self, file: BinaryIO):
        super().__init__(file, _BOUNDS, xml_most=MAX_XML_MB * _MB)

    def xml(self, name: str) -> etree._Element:
        """Parse a part. Raises ImportRefused and ArchiveRefused."""
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", self.read(name))
        if len(_ROW.findall(data)) > MAX_ROWS:
            raise ImportRefused(TOO_MANY_ROWS)
        return archives.parse_xml(data, most_tags=MAX_TAGS)


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
    if head.startswith(MAGIC):
        raise ImportRefused(LOCKED if _is_locked(file) else OLD)
    if head.startswith(b"PK"):
        return _office(file)
    if ending in (".docx", ".xlsx", ".docm", ".xlsm"):
        raise ImportRefused(BROKEN)
    if ending not in _TEXTS:
        raise ImportRefused(UNKNOWN)
    return _TEXTS[ending]


def _is_locked(file: BinaryIO) -> bool:
    try:
        return CompoundFile(file).is_locked
    except NotACompoundFile:
        return False


def _office(file: BinaryIO) -> Format:
    package = Package(file)
    refuse_package(package)
    refuse_active(Archive(file, _BOUNDS), _BOUNDS)
    if package.main_type not in _MAIN_TYPES:
        raise ImportRefused(UNKNOWN)
    return _MAIN_TYPES[package.main_type]
