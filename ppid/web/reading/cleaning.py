"""Takes who wrote a file, and where a picture was taken, out of its properties; its content stays. In the child.

A signed file is never changed: that would break its signature.
"""

import io
import struct
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from ppid.web.reading.pieces import LOCKED, Piece, Pieces, Unread, What

SIGNED = "Berkas ini bertanda tangan elektronik, jadi disimpan apa adanya: mengubahnya merusak tanda tangannya."
NOT_CLEANED = "Jenis berkas ini tidak dapat dibersihkan portal, jadi disimpan apa adanya."
_INFO = ("/Author", "/Manager", "/Company", "/LastModifiedBy")
_XMP = (
    "dc:creator",
    "pdf:Author",
    "xmp:LastModifiedBy",
    "photoshop:AuthorsPosition",
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}CreatorContactInfo",
    "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}CiEmailWork",
)
_EXIF, _IPTC = 0xE1, 0xED  # segments of a JPEG: EXIF and XMP, IPTC
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")  # chunks of a PNG
_PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_MOST_PROPERTIES = 1024 * 1024
_MOST_PICTURE = 30 * 1024 * 1024
_MOST_FILE = 64 * 1024 * 1024


def clean(file: BinaryIO, media_type: str) -> tuple[bytes, list[str]]:
    """Return the cleaned file and what was taken out of it; nothing of either where there was nothing to take.

    Raises Unread with the sentence why the file stays as it is.
    """
    if media_type == "application/pdf":
        return _pdf(file)
    if media_type.startswith(("application/vnd.openxmlformats", "application/vnd.oasis")):
        return _office(file)
    if media_type in ("image/jpeg", "image/png"):
        file.seek(0)
        data, taken = _picture(file.read(_MOST_FILE))
        return (data, taken) if taken else (b"", [])
    if media_type == "text/csv":
        return b"", []  # it has no properties
    raise Unread(NOT_CLEANED)


def _pdf(file: BinaryIO) -> tuple[bytes, list[str]]:
    import pikepdf

    from ppid.web.reading.pdf_text import add_structure, read

    file.seek(0)
    found = read(file)
    if found.is_signed:
        raise Unread(SIGNED)
    before = _authors(found.pieces)
    if not before:
        return b"", []
    file.seek(0)
    try:
        with pikepdf.open(file) as document:
            for key in _INFO:
                if key in document.docinfo:
                    del document.docinfo[key]
            if "/Metadata" in document.Root:
                with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                    for name in _XMP:
                        if name in metadata:
                            del metadata[name]
            written = io.BytesIO()
            document.save(written, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise Unread(LOCKED) from error
    except pikepdf.PdfError as error:
        raise Unread(NOT_CLEANED) from error
    left = Pieces()
    add_structure(written, left)
    return (written.getvalue(), [What.AUTHOR]) if before - _authors(left.found) else (b"", [])


def _authors(pieces: Iterable[Piece]) -> set[str]:
    return {piece.text for piece in pieces if piece.what == What.AUTHOR}


def _office(file: BinaryIO) -> tuple[bytes, list[str]]:
    from ppid.web.archives import Archive
    from ppid.web.reading.office_parts import AUTHORS, BOUNDS, is_signed
    from ppid.web.reading.pictures_inside import PICTURES

    archive = Archive(file, BOUNDS)
    if is_signed(archive):
        raise Unread(SIGNED)
    taken: list[str] = []
    written = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(written, "w") as after:
        for member in before.infolist():
            data = archive.read(member.filename) if not member.is_dir() else b""
            if names := AUTHORS.get(member.filename):
                data, found = _without_authors(data, names)
                taken += found
            elif member.filename.casefold().endswith(PICTURES) and len(data) < _MOST_PICTURE:
                data, found = _picture(data)
                taken += found
            info = zipfile.ZipInfo(member.filename, member.date_time)
            info.compress_type, info.external_attr = member.compress_type, member.external_attr
            after.writestr(info, data)
    return (written.getvalue(), sorted(set(taken))) if taken else (b"", [])


def _without_authors(data: bytes, names: tuple[str, ...]) -> tuple[bytes, list[str]]:
    from lxml import etree

    from ppid.web.archives import parse_xml

    root = parse_xml(data[:_MOST_PROPERTIES], most_tags=20_000)
    taken = False
    for element in root.iter("{*}*"):
        if etree.QName(element).localname in names and (element.text or "").strip():
            element.text, taken = "", True
    if not taken:
        return data, []
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), [What.AUTHOR]


def _picture(data: bytes) -> tuple[bytes, list[str]]:
    """Take out of a JPEG or PNG what it says besides its pixels, without packing them anew; its turn stays."""
    from ppid.web.reading.picture_text import said_by

    before = set(said_by(data))
    strip = _jpeg if data.startswith(b"\xff\xd8") else _png if data.startswith(_PNG) else None
    if not before or strip is None:
        return data, []
    stripped = strip(data)
    taken = sorted({what for what, _ in before - set(said_by(stripped))})
    return (stripped, taken) if taken else (data, [])


def _jpeg(data: bytes) -> bytes:
    from PIL import Image

    turn = Image.open(io.BytesIO(data), formats=("JPEG",)).getexif().get(_ORIENTATION, 1)
    kept, at = [data[:2]], 2
    if turn != 1:
        exif = Image.Exif()
        exif[_ORIENTATION] = turn
        said = exif.tobytes()
        kept.append(b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        kind, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0] + 2
        if kind not in (_EXIF, _IPTC):
            kept.append(data[at : at + size])
        at += size
    return b"".join([*kept, data[at:]])


def _png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        size = struct.unpack(">I", data[at : at + 4])[0] + 12
        if data[at + 4 : at + 8] not in _TEXTS:
            kept.append(data[at : at + size])
        at += size
    return b"".join(kept)
