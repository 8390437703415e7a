"""Small ZIP archives and office packages for tests: sound ones, and what no program writes."""

import io
import zipfile

OOXML = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{OOXML}.wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}.spreadsheetml.sheet.main+xml",
    "pptx": f"{OOXML}.presentationml.presentation.main+xml",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(members: dict[str, bytes | str] | list[str], *, packed: bool = False) -> bytes:
    """Return a ZIP; a list stands for members with a word of XML each."""
    if isinstance(members, list):
        members = dict.fromkeys(members, "<x/>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as opened:
        for name, data in members.items():
            info = zipfile.ZipInfo("x", (2026, 11, 5, 0, 0, 0))
            info.filename = name  # the constructor would turn «\\» into «/» on some systems
            opened.writestr(info, data, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return file.getvalue()


def office(
    kind: str,
    *,
    main: str,
    strict: bool = False,
    parts: dict[str, str] | None = None,
    content: str = "<x/>",
    **types: str,
) -> bytes:
    """Return an office package about ``main``. ``parts`` are further members; ``types`` their types by ending."""
    relations = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else _OFFICE
    overrides = f'<Override PartName="/{main.replace(chr(92), "/")}" ContentType="{MAIN.get(kind, kind)}"/>'
    defaults = "".join(f'<Default Extension="{name}" ContentType="{each}"/>' for name, each in types.items())
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="{main.replace(chr(92), "/")}"/></Relationships>',
            main: content,
            **(parts or {}),
        }
    )


def open_document(kind: str, **parts: bytes | str) -> bytes:
    """Return an OpenDocument package; «__» in the names of ``parts`` is «/»."""
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"}
    return archive(members | {name.replace("__", "/"): data for name, data in parts.items()})


def damaged(data: bytes, member: str) -> bytes:
    """Return the archive with one byte of a member's content changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        info = opened.getinfo(member)
    changed = bytearray(data)
    changed[info.header_offset + 30 + len(info.filename.encode())] ^= 0xFF
    return bytes(changed)


def locked(data: bytes, *, flag: int = 1) -> bytes:
    """Return the archive with every member marked as encrypted; ``flag`` says how (APPNOTE 4.4.4)."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= flag & 0xFF
            changed[at + offset + 1] |= flag >> 8
            at = changed.find(signature, at + 4)
    return bytes(changed)
