"""What runs, loads from elsewhere or hides inside an archive or an office file: found in the bytes of each member.

A member's name says nothing here, but where programs go by it: «.rels» and LibreOffice's folders of macros. Knows no
Django, as the importer's formats don't.
"""

import re
import tempfile
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from ppid.web import pdf_files
from ppid.web.archives import BLOATED, BROKEN, MACROS, MB, Archive, ArchiveRefused, Bounds, Package, parse_xml
from ppid.web.compound_files import MAGIC, CompoundFile, NotACompoundFile
from ppid.web.programs import PROGRAMS, RUN_BY_ENDING

PROGRAM = "Arsip ini memuat program (misalnya .exe, .js, atau pintasan), maka tidak diterima. Keluarkan dahulu."
NESTED = "Arsip ini memuat arsip di dalam arsip di dalam arsip. Keluarkan isinya, lalu buat satu ZIP saja."
OBJECT = "Dokumen ini membawa berkas lain sebagai objek (OLE atau ActiveX), maka tidak diterima. Hapus objeknya dulu."
LOADS = "Dokumen ini memuat sesuatu dari alamat lain saat dibuka, maka tidak diterima. Putuskan tautannya, lalu simpan."
DDE = "Dokumen ini dapat menjalankan program lewat tautan DDE, maka tidak diterima. Hapus tautannya, lalu simpan ulang."

TWINS = (
    "Arsip ini memuat dua berkas dengan nama yang sama (besar kecilnya huruf tidak dibedakan). Beri nama yang berbeda, "
    "lalu buat ulang arsipnya."
)

_DEEPEST = 2  # an archive in an archive, and an office file in that
_HEAD = 1024
_SPOOLED = 1 << 20
_OVERLAP = 64
_TAGS = 50_000
_XML_MOST = 4 * MB  # that is held at once: relationships, content types
# Relationships of Office whose target is code, and those whose target is opened with the document.
_CODE = {"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"}
_CONTROLS = {"control", "activexcontrolbinary"}
_OPENED = {"attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "package"}
_ON_THIS_DISK = re.compile(r"file:(?:/{0,3}(?:localhost/)?[a-z][:|]/|///[^/])")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")
# Cheap signs by which a part of XML is read at all.
_SIGNS = re.compile(rb"[iI]nstrText|fldSimple|ddeLink|event-listener|<(?:[\w.-]+:)?(?:script|event|dde-[a-z-]+)[\s/>]")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
_ENCODINGS = {b"utf-8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
_ASKS_DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
_PRESENTATION = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"


def refuse_active(archive: Archive, bounds: Bounds, *, depth: int = 0) -> None:
    """Unpack every member once and raise ArchiveRefused for a broken one, and for one that does something by itself."""
    if archive.has_twins:
        raise ArchiveRefused(TWINS)
    is_package = Package.TYPES in archive
    is_office = is_package or "mimetype" in archive
    for name, pieces in archive.proven():
        ending = name.rpartition(".")[2].casefold()
        if not is_office and ending in RUN_BY_ENDING:
            raise ArchiveRefused(PROGRAM)
        head, pieces = _beginning(pieces)
        if PROGRAMS.match(head):
            raise ArchiveRefused(PROGRAM)
        if head.startswith(MAGIC):
            with _spooled(pieces) as file:
                _refuse_compound(file, is_office=is_office)
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            with _spooled(pieces) as file:
                _refuse_nested(file, archive, bounds, depth=depth + 1)
        elif b"%PDF-" in head[:_HEAD]:
            with _spooled(pieces) as file:
                _refuse_pdf(file)
        elif is_package and ending == "rels":
            _refuse_relationships(_bounded(pieces))
        elif is_office and head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
            if _has_signs(head, pieces):
                _refuse_xml(archive.again(name))
        else:
            for _ in pieces:
                pass


def refuse_package(package: Package) -> None:
    """Raise ArchiveRefused where the content types of an office package tell of code or controls."""
    if package.has_macros:
        raise ArchiveRefused(MACROS)
    if any("activex" in kind.casefold() for kind in package.types.values()):
        raise ArchiveRefused(OBJECT)


def refuse_open_document(archive: Archive) -> None:
    """Raise ArchiveRefused where LibreOffice would find macros: it goes by these names."""
    if any(name.casefold().startswith(("basic/", "scripts/")) for name in archive.names):
        raise ArchiveRefused(MACROS)


def _beginning(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, and all of the pieces."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _HEAD:
            break

    def whole():
        yield head
        yield from pieces

    return head, whole()


def _spooled(pieces: Iterator[bytes]) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - the caller closes it
    try:
        for piece in pieces:
            file.write(piece)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _refuse_compound(file: IO[bytes], *, is_office: bool) -> None:
    try:
        document = CompoundFile(file)
        has_macros = document.has_macros
    except NotACompoundFile as error:
        raise ArchiveRefused(BROKEN) from error
    if has_macros:
        raise ArchiveRefused(MACROS)
    if document.carries_files:
        raise ArchiveRefused(OBJECT if is_office else PROGRAM)


def _refuse_nested(file: IO[bytes], outer: Archive, bounds: Bounds, *, depth: int) -> None:
    if depth > _DEEPEST:
        raise ArchiveRefused(NESTED)
    inner = Archive(file, bounds)
    inner.left = outer.left
    if Package.TYPES in inner:
        refuse_package(Package(file, bounds, xml_most=_XML_MOST))
    elif "mimetype" in inner:
        refuse_open_document(inner)
    refuse_active(inner, bounds, depth=depth)
    outer.left = inner.left


def _refuse_pdf(file: IO[bytes]) -> None:
    try:
        pdf_files.refuse_unless_harmless(file)
    except pdf_files.PdfRefused as refusal:
        raise ArchiveRefused(str(refusal)) from refusal


def _bounded(pieces: Iterator[bytes]) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > _XML_MOST:
            raise ArchiveRefused(BLOATED)
    return bytes(data)


def _refuse_relationships(data: bytes) -> None:
    for each in parse_xml(data, most_tags=_TAGS):
        kind = each.get("Type", "").rpartition("/")[2].casefold()
        if kind in _CODE:
            raise ArchiveRefused(MACROS)
        if kind in _CONTROLS:
            raise ArchiveRefused(OBJECT)
        is_outside = each.get("TargetMode", "").casefold() == "external"
        if kind in _OPENED and is_outside and _is_elsewhere(each.get("Target", "")):
            raise ArchiveRefused(LOADS)


def _is_elsewhere(target: str) -> bool:
    """Say whether an address leads off this machine: templates of one's own disk stand in any document of Word."""
    target = target.strip().replace("\\", "/").casefold()
    if target.startswith("file:"):
        return not _ON_THIS_DISK.match(target)
    return target.startswith("//") or bool(_SCHEME.match(target))


def _has_signs(head: bytes, pieces: Iterator[bytes]) -> bool:
    """Say whether a part of XML has to be read; all of it is unpacked. Without its zeros UTF-16 reads as ASCII."""
    declared = _ENCODING.search(head.replace(b"\0", b""))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise ArchiveRefused(BROKEN)
    found, rest = False, b""
    for piece in pieces:
        plain = rest + piece.replace(b"\0", b"")
        found = found or bool(_SIGNS.search(plain))
        rest = plain[-_OVERLAP:]
    return found


def _refuse_xml(pieces: Iterator[bytes]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    fields = _Fields(parser)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise ArchiveRefused(BROKEN) from error
    fields.refuse()


class _Fields:
    """What a part of XML says that runs something: fields of Word, links of Excel, listeners of LibreOffice."""

    def __init__(self, parser):
        self._instruction: list[str] = []
        self._inside = self._in_script = False
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_args) -> None:
        raise ArchiveRefused(BROKEN)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        match name:
            case "instrText" | "delInstrText":
                self._inside = True
            case "fldChar":
                self.refuse()
            case "fldSimple":
                self._instruction.extend(value for key, value in attributes.items() if key.endswith("instr"))
                self.refuse()
            case "ddeLink":
                raise ArchiveRefused(DDE)
            case "script":
                self._in_script = True
            case "event-listener" | "event" if space == _SCRIPT:
                raise ArchiveRefused(MACROS)
            case "event-listener" if attributes.get(f"{_PRESENTATION} action") == "execute":
                raise ArchiveRefused(MACROS)
            case _ if name.startswith("dde-"):
                if name in ("dde-source", "dde-link", "dde-connection", "dde-connection-decl"):
                    raise ArchiveRefused(DDE)

    def _end(self, tag: str) -> None:
        if tag.endswith(("instrText", "delInstrText")):
            self._inside = False
        elif tag.endswith(" script"):
            self._in_script = False

    def _text(self, text: str) -> None:
        if self._inside:
            self._instruction.append(text)
        elif self._in_script and text.strip():
            raise ArchiveRefused(MACROS)

    def refuse(self) -> None:
        """Raise ArchiveRefused when the instruction gathered so far asks for another program; begin the next one."""
        said = "".join(self._instruction)
        self._instruction.clear()
        if _ASKS_DDE.search(said):
            raise ArchiveRefused(DDE)
