"""What a file is, found from its content, and whether the portal takes it."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from ppid.web.refusals import Refused


class UploadRefused(Refused):
    """The file is not taken."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type with the endings under which its files may come."""

    name: str
    endings: tuple[str, ...]
    title: str


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PDF = MediaType("application/pdf", ("pdf",), "PDF")
CSV = MediaType("text/csv", ("csv",), "CSV")
ZIP = MediaType("application/zip", ("zip",), "ZIP")
IMAGES = (
    MediaType("image/png", ("png",), "gambar PNG"),
    MediaType("image/jpeg", ("jpg", "jpeg"), "gambar JPEG"),
    MediaType("image/gif", ("gif",), "gambar GIF"),
    MediaType("image/webp", ("webp",), "gambar WebP"),
    MediaType("image/tiff", ("tif", "tiff"), "gambar TIFF"),
)
# Word, Excel and PowerPoint up to 2003 share one container; the ending tells them apart.
OLE = (
    MediaType("application/msword", ("doc",), "Word"),
    MediaType("application/vnd.ms-excel", ("xls",), "Excel"),
    MediaType("application/vnd.ms-powerpoint", ("ppt",), "PowerPoint"),
)
# Those since then are ZIP files, told apart by a member.
OFFICE_OPEN = {
    "word/document.xml": MediaType(f"{_OOXML}.wordprocessingml.document", ("docx",), "Word"),
    "xl/workbook.xml": MediaType(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), "Excel"),
    "ppt/presentation.xml": MediaType(f"{_OOXML}.presentationml.presentation", ("pptx",), "PowerPoint"),
}
OPEN_DOCUMENT = {
    f"{_ODF}.{kind}": MediaType(f"{_ODF}.{kind}", (ending,), title)
    for kind, ending, title in [
        ("text", "odt", "OpenDocument teks"),
        ("spreadsheet", "ods", "OpenDocument lembar sebar"),
        ("presentation", "odp", "OpenDocument presentasi"),
    ]
}

TAKEN = "PDF, dokumen perkantoran (Word, Excel, PowerPoint, OpenDocument), gambar, CSV, atau ZIP"
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def recognise(file: BinaryIO, filename: str) -> MediaType:
    """Return the media type of the content, and leave ``file`` at its beginning.

    Raises UploadRefused with a sentence for what is not taken: an unknown or broken content, a document with macros,
    or a name whose ending says something else than the content.
    """
    ending = PurePath(filename).suffix.lower().removeprefix(".")
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    found = _of_content(file, head, ending)
    file.seek(0)
    if found is None:
        raise UploadRefused(f"Jenis berkas ini tidak diterima. Kirimkan {TAKEN}.")
    if ending not in found.endings:
        raise UploadRefused(
            f"Isi berkas ini {found.title}, tetapi namanya berakhiran «.{ending}». Ubah akhirannya menjadi "
            f"«.{found.endings[0]}» bila benar, atau kirimkan berkas yang dimaksud."
        )
    return found


def _of_content(file: BinaryIO, head: bytes, ending: str) -> MediaType | None:
    if head.startswith(b"PK"):
        return _of_zip(file)
    if head.startswith(_OLE_MAGIC):
        return next((kind for kind in OLE if ending in kind.endings), None)
    try:
        names = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        names = set()
    for kind in (PDF, *IMAGES):
        if kind.name in names:
            return kind
    return CSV if ending == "csv" and _is_text(head) else None


def _of_zip(file: BinaryIO) -> MediaType:
    try:
        with zipfile.ZipFile(file) as archive:
            members = set(archive.namelist())
            mimetype = archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in members else ""
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, ValueError) as error:
        raise UploadRefused("Berkas ini rusak atau terkunci kata sandi dan tidak dapat dibaca.") from error
    if any(name.lower().endswith("vbaproject.bin") for name in members):
        raise UploadRefused("Dokumen dengan makro tidak diterima. Simpan tanpa makro, lalu unggah lagi.")
    for member, kind in OFFICE_OPEN.items():
        if member in members:
            return kind
    return OPEN_DOCUMENT.get(mimetype.strip(), ZIP)


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            head[: len(head) - 4 if len(head) == 8192 else None].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
