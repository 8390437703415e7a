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
_READERS = {
    "application/pdf": "pdf",
}


def read(file: BinaryIO, media_type: str) -> ReadText:
    """Return what stands and hides in the file. Raises Unread, with a sentence."""
    name = "picture" if media_type.startswith("image/") else _READERS.get(media_type)
    if name is None:
        raise Unread(NOT_READ)
    reader: Reader = import_module(f"ppid.web.reading.{name}_text").read
    try:
        return reader(file)
    except ArchiveRefused as refusal:
        sentence = {BLOATED: HEAVY, ARCHIVE_LOCKED: LOCKED}.get(str(refusal), BROKEN)
        raise Unread(sentence) from refusal
