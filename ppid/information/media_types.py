"""What a file is, found from its content, and whether the portal takes it."""

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from ppid.web import active_content, archives, image_files, pdf_files
from ppid.web.archives import MB, Archive, ArchiveRefused, Bounds, Package
from ppid.web.compound_files import MAGIC, CompoundFile, NotACompoundFile
from ppid.web.refusals import Refused


class UploadRefused(Refused):
    """The file is not taken; its sentences stand beside the field ``file``, where there is one."""

    def __init__(self, *sentences: str):
        super().__init__(*sentences, fields=["file"] * len(sentences))


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
# Word, Excel and PowerPoint up to 2003 share one container, told apart by the stream that holds the document.
COMPOUND = {
    "worddocument": MediaType("application/msword", ("doc",), "Word"),
    "workbook": MediaType("application/vnd.ms-excel", ("xls",), "Excel"),
    "book": MediaType("application/vnd.ms-excel", ("xls",), "Excel"),
    "powerpoint document": MediaType("application/vnd.ms-powerpoint", ("ppt",), "PowerPoint"),
}
# Those since then are ZIP packages, told apart by the content type of the part that they are about.
OFFICE_OPEN = {
    f"{_OOXML}.{kind}.main+xml": MediaType(f"{_OOXML}.{kind}", (ending,), title)
    for kind, ending, title in [
        ("wordprocessingml.document", "docx", "Word"),
        ("spreadsheetml.sheet", "xlsx", "Excel"),
        ("presentationml.presentation", "pptx", "PowerPoint"),
    ]
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
UNKNOWN = f"Jenis berkas ini tidak diterima. Kirimkan {TAKEN}."
NOT_TEXT = "Berkas ini bernama CSV, tetapi isinya bukan teks, maka tidak diterima. Simpan ulang sebagai CSV."
NOT_A_TABLE = (
    "Berkas ini bernama CSV, tetapi isinya halaman web, skrip, atau lembar Excel lama (SYLK), maka tidak diterima. "
    "Simpan ulang sebagai CSV."
)
NO_DOCUMENT = "Berkas ini bukan dokumen Word, Excel, atau PowerPoint, walau bungkusnya sama; tidak diterima."
INCOMPLETE = "Dokumen ini tidak lengkap: bagian utamanya tidak ada. Buka dan simpan ulang di program asalnya."
TEMPLATE = "Berkas ini templat atau tayangan, bukan dokumen. Simpan sebagai dokumen biasa, lalu unggah lagi."

# What offices try, each with the way to what is taken.
_ADVICE = {
    "txt": "Teks polos tidak diterima. Simpan sebagai PDF, atau sebagai CSV bila isinya tabel.",
    "rtf": "RTF tidak diterima. Simpan sebagai Word (.docx) atau PDF.",
    "html": "Halaman web tidak diterima, karena dapat menjalankan sesuatu di peramban. Cetak ke PDF.",
    "svg": "Gambar SVG tidak diterima, karena dapat menjalankan sesuatu di peramban. Simpan sebagai PNG atau PDF.",
    "rar": "Arsip RAR tidak diterima. Buat ulang sebagai ZIP.",
    "7z": "Arsip 7z tidak diterima. Buat ulang sebagai ZIP.",
    "heic": "Foto HEIC tidak diterima. Simpan sebagai JPEG, atau setel kamera ke «paling kompatibel».",
    "exe": "Program tidak diterima.",
}
_ADVICE |= {"htm": _ADVICE["html"], "msi": _ADVICE["exe"], "bat": _ADVICE["exe"]}
_BOUNDS = Bounds(members=10_000, unpacked=512 * MB, member=512 * MB, times=250)
_XML_MOST = 4 * MB  # of content types and relationships
_CHUNK = 1 << 16
# Text that programs open as something else than a table, whatever it is called. Formulas in a CSV are data.
_OTHER_TEXT = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*(?:<(?:!doctype|html|head|body|script|svg|\?xml|\?php)\b|#!|\{\\rtf|%!PS|ID;P[^\n]*\n[OCFBP];)",
    re.IGNORECASE,
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")


def recognise(file: BinaryIO, filename: str) -> MediaType:
    """Return the media type of the content, and leave ``file`` at its beginning.

    Raises UploadRefused with a sentence for what is not taken: an unknown, broken or locked content, a document that
    runs something (macros, scripts), or a name whose ending says something else than the content.
    """
    ending = PurePath(filename).suffix.lower().removeprefix(".")
    try:
        found = _of_content(file, ending)
        if ending not in found.endings:
            raise UploadRefused(
                f"Isi berkas ini {found.title}, tetapi namanya berakhiran «.{ending}». Ubah akhirannya menjadi "
                f"«.{found.endings[0]}» bila benar, atau kirimkan berkas yang dimaksud."
            )
        if found is PDF:
            pdf_files.refuse_unless_sound(file)
        if found in IMAGES:
            image_files.refuse_unless_only_a_picture(file, found.name)
    except (ArchiveRefused, pdf_files.PdfRefused, image_files.ImageRefused) as refusal:
        raise UploadRefused(str(refusal)) from refusal
    finally:
        file.seek(0)
    return found


def _of_content(file: BinaryIO, ending: str) -> MediaType:
    file.seek(0)
    head = file.read(8192)
    if head.startswith(b"PK"):
        return _of_archive(file, ending)
    if head.startswith(MAGIC):
        return _of_compound(file, ending)
    if pdf_files.has_header(file):
        return PDF
    try:
        names = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        names = set()
    for kind in IMAGES:
        if kind.name in names:
            return kind
    if ending == "csv":
        if _is_text(file):
            if _OTHER_TEXT.match(head.replace(b"\0", b"")):
                raise UploadRefused(NOT_A_TABLE)
            return CSV
        raise UploadRefused(NOT_TEXT)
    raise UploadRefused(_ADVICE.get(ending, UNKNOWN))


def _of_archive(file: BinaryIO, ending: str) -> MediaType:
    archive = Archive(file, _BOUNDS)
    if Package.TYPES in archive:
        found = _of_package(Package(file, _BOUNDS, xml_most=_XML_MOST))
    elif "mimetype" in archive:
        found = _of_open_document(archive)
    else:
        found = ZIP
    if found is ZIP and any(ending in each.endings for each in (*OFFICE_OPEN.values(), *OPEN_DOCUMENT.values())):
        raise UploadRefused(INCOMPLETE)
    active_content.refuse_active(archive, _BOUNDS)
    return found


def _of_package(package: Package) -> MediaType:
    active_content.refuse_package(package)
    kind = package.main_type
    if kind not in OFFICE_OPEN and kind.startswith(_OOXML) and kind.endswith(("template.main+xml", "show.main+xml")):
        raise UploadRefused(TEMPLATE)
    return OFFICE_OPEN.get(kind, ZIP)


def _of_open_document(archive: Archive) -> MediaType:
    kind = archive.read("mimetype", most=200).decode("ascii", "replace").strip()
    if kind not in OPEN_DOCUMENT:
        return ZIP
    active_content.refuse_open_document(archive)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml", most=_XML_MOST
    ):
        raise UploadRefused(archives.LOCKED)
    return OPEN_DOCUMENT[kind]


def _of_compound(file: BinaryIO, ending: str) -> MediaType:
    try:
        document = CompoundFile(file)
        if document.is_locked:
            raise UploadRefused(archives.LOCKED)
        if document.has_macros:
            raise UploadRefused(archives.MACROS)
        if document.carries_files:
            raise UploadRefused(active_content.OBJECT)
        if document.asks_dde:
            raise UploadRefused(active_content.DDE)
    except NotACompoundFile as error:
        is_office = any(ending in kind.endings for kind in COMPOUND.values())
        raise UploadRefused(archives.BROKEN if is_office else _ADVICE.get(ending, UNKNOWN)) from error
    found = next((kind for stream, kind in COMPOUND.items() if stream in document.streams), None)
    if found is None:
        raise UploadRefused(NO_DOCUMENT)
    return found


def _is_text(file: BinaryIO) -> bool:
    """Whether all of it is text, as Excel and others write CSV: UTF-8, UTF-16 with its mark, or Windows-1252."""
    file.seek(0)
    marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return any(_reads_as(encoding, file) for encoding in (("utf-16",) if marked else ("utf-8", "cp1252")))


def _reads_as(encoding: str, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(_CHUNK):
            if _BINARY.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
