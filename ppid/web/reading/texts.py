"""Which reader reads which media type; runs in the child. A reader is imported only when it is needed."""

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from ppid.web.archives import BLOATED, ArchiveRefused
from ppid.web.archives import LOCKED as ARCHIVE_LOCKED
from ppid.web.reading.pieces import BROKEN, HEAVY, LOCKED, NOT_READ, ReadText, Unread

Reader = Callable[[BinaryIO], ReadText]

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
# Each reader with the media types that it reads, and the endings of those inside archives.
_READERS = {
    "pdf": {"application/pdf": "pdf"},
    "word": {f"{_OOXML}.wordprocessingml.document": "docx"},
    "excel": {f"{_OOXML}.spreadsheetml.sheet": "xlsx"},
    "slides": {f"{_OOXML}.presentationml.presentation": "pptx"},
    "open_document": {f"{_ODF}.text": "odt", f"{_ODF}.spreadsheet": "ods", f"{_ODF}.presentation": "odp"},
    "old_office": {
        "application/msword": "doc",
        "application/vnd.ms-excel": "xls",
        "application/vnd.ms-powerpoint": "ppt",
    },
    "csv": {"text/csv": "csv", "text/plain": "txt"},
    "archive": {"application/zip": ""},
    "picture": {
        "image/png": "png",
        "image/jpeg": "jpg",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/tiff": "tif",
    },
}
_BY_TYPE = {media_type: name for name, types in _READERS.items() for media_type in types}
_BY_ENDING = {ending: name for name, types in _READERS.items() for ending in types.values() if ending}
_BY_ENDING |= {"jpeg": "picture", "tiff": "picture"}


def reader_for(ending: str) -> Reader | None:
    """Return what reads files of this ending inside an archive; None for what nothing reads."""
    name = _BY_ENDING.get(ending)
    return None if name is None else _imported(name)


def read(file: BinaryIO, media_type: str) -> ReadText:
    """Return what stands and hides in the file. Raises Unread, with a sentence."""
    name = _BY_TYPE.get(media_type)
    if name is None:
        raise Unread(NOT_READ)
    try:
        return _imported(name)(file)
    except ArchiveRefused as refusal:
        sentence = {BLOATED: HEAVY, ARCHIVE_LOCKED: LOCKED}.get(str(refusal), BROKEN)
        raise Unread(sentence) from refusal


def _imported(name: str) -> Reader:
    return import_module(f"ppid.web.reading.{name}_text").read
