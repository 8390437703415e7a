"""What reading a file gives, as plain data; knows no Django, because the child that reads must start fast."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

MOST_LETTERS = 5_000_000
MOST_PIECES = 200_000

LOCKED = "Berkas ini dikunci dengan kata sandi, jadi isinya tidak dapat dibuka."
BROKEN = "Berkas ini rusak atau terpotong, jadi isinya tidak dapat dibuka."
HEAVY = "Berkas ini terlalu berat untuk dibuka portal."
SLOW = "Berkas ini terlalu lama dibuka portal."
NO_PAGES = "Jenis berkas ini tidak dapat ditampilkan per halaman. Unduh berkasnya untuk melihatnya."
NOT_READ = "Isi jenis berkas ini tidak dapat dibaca portal."


class Unread(Exception):
    """The file can't be read or drawn; its text is the sentence for whoever looks at it."""


class What(StrEnum):
    """What a piece of a file is: what everybody sees, what hides in it, or what can't be read."""

    TEXT = "text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_TEXT = "hidden_text"
    TRACKED = "tracked"
    COMMENT = "comment"
    AUTHOR = "author"
    LOCATION = "location"
    ATTACHED = "attached"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file with its place in words («Halaman 3»); ``cells`` are places in its text.

    A cell is where it begins in the text, its own place, and a key of its column.
    """

    what: str
    place: str
    text: str
    cells: Sequence[tuple[int, str, str]] = ()

    def place_of(self, position: int) -> str:
        """Return the place of what stands there in the text."""
        number = bisect_right(self.cells, position, key=itemgetter(0))
        return self.cells[number - 1][1] if number else self.place


@dataclass(frozen=True, slots=True)
class ReadText:
    """All pieces of a file, in their order. ``pages`` is how many pages it has, None for what has none.

    ``is_cut`` when there was more of it than is read. ``is_signed`` when a change would break a signature.
    """

    pieces: Sequence[Piece]
    pages: int | None = None
    is_cut: bool = False
    is_signed: bool = False

    @property
    def text(self) -> str:
        """What everybody sees of it."""
        return "\n".join(piece.text for piece in self.pieces if piece.what == What.TEXT)


_BLANKS = re.compile(r"[^\S\n]{2,}")
_LINES = re.compile(r"(?:[^\S\n]*\n){3,}")


def squeezed(text: str) -> str:
    """Return the text without runs of blanks, over which looking for patterns would take for ever."""
    return _LINES.sub("\n\n", _BLANKS.sub(" ", text.replace("\r\n", "\n")))


class Pieces:
    """Pieces as they are gathered, no more of them than is read."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.left = MOST_LETTERS
        self.is_cut = False

    def add(self, what: str, place: str, text: str, cells: Sequence[tuple[int, str, str]] = ()) -> bool:
        """Take the piece, unless that is too much; return whether more may come."""
        text = text if cells else squeezed(text)
        if not text.strip():
            return not self.is_cut
        if len(text) > self.left or len(self.found) >= MOST_PIECES:
            self.is_cut = True
            text = text[: self.left]
        self.left -= len(text)
        if text and len(self.found) <= MOST_PIECES:
            self.found.append(Piece(what, place, text, cells))
        return not self.is_cut
