"""The letters that sheets are printed with: how wide texts are, and which letters no font has."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fontTools.ttLib import TTFont
from PIL import ImageFont
from pyphen import Pyphen

# The first is that of static/css/sheet.css; the second steps in where it lacks a letter.
_FAMILIES = ("LiberationSans", "DejaVuSans")
_FINE = 1000

REPLACEMENT = "\ufffd"
_SOFT_HYPHEN = "\xad"
_BLANK = ("Cc", "Cf", "Zs", "Zl", "Zp")


def width(text: str, *, is_bold: bool = False) -> float:
    """Return the width of a line, in parts of the letters' size."""
    return sum(_word_width(word, is_bold) for word in text.split(" ")) + text.count(" ") * _word_width(" ", is_bold)


def lines(text: str, room: float, *, is_bold: bool = False) -> list[str]:
    """Break a text into the lines that a column of ``room``, in parts of the letters' size, holds.

    Breaks at blanks only, and anywhere in a word that is longer than a line: so paper never needs more lines than this.
    Each line keeps the blank or the line break that ends it: joined, they are the text again, blanks in a row made one.
    """
    given = text.splitlines() or [""]
    return [
        line + ("\n" if is_end and n < len(given) - 1 else "")
        for n, one in enumerate(given)
        for line, is_end in _wrapped(one, room, is_bold)
    ]


def _wrapped(text: str, room: float, is_bold: bool) -> Iterator[tuple[str, bool]]:
    blank = _word_width(" ", is_bold)
    line, used = "", 0.0
    for word in text.split():
        joint = " " if line else ""
        for piece in _pieces(word, room, is_bold):
            wide = _word_width(piece, is_bold)
            between = blank if joint else 0
            if line and used + between + wide > room:
                yield line + joint, False
                line, used, joint, between = "", 0.0, "", 0
            line, used = line + joint + piece, used + between + wide
            joint = ""
    yield line, True


def _pieces(word: str, room: float, is_bold: bool) -> Iterator[str]:
    if _word_width(word, is_bold) <= room:
        yield word
        return
    piece = ""
    for letter in word:
        if piece and _word_width(piece, is_bold) + _word_width(letter, is_bold) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def hyphenated(text: str, room: float, *, is_bold: bool = False) -> str:
    """Return the text with soft hyphens between the syllables of each word that is wider than ``room``."""
    words = (
        _syllables().inserted(word, _SOFT_HYPHEN) if _word_width(word, is_bold) > room else word
        for word in text.split(" ")
    )
    return " ".join(words)


def unprintable(text: str) -> str:
    """Return the letters of a text that no font of the sheet has, each once, in their order."""
    if text.isascii():
        return ""
    known = _known()
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if not letter.isascii() and ord(letter) not in known and not _is_unseen(letter)
    )


def printable(text: str) -> str:
    """Return the text with a replacement mark in place of each letter that no font has: never an empty box."""
    return text.translate(dict.fromkeys(map(ord, unprintable(text)), REPLACEMENT))


def _is_unseen(letter: str) -> bool:
    """Whether a letter shows nothing by itself: blanks, controls, and what chooses the look of the letter before it."""
    return unicodedata.category(letter) in _BLANK or "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    return frozenset().union(*(_letters_of(family) for family in _FAMILIES))


@lru_cache(maxsize=len(_FAMILIES))
def _letters_of(family: str) -> frozenset[int]:
    with TTFont(_face(family, False).path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8192)
def _word_width(word: str, is_bold: bool) -> float:
    is_plain = word.isascii() or _letters_of(_FAMILIES[0]).issuperset(map(ord, word))
    return _face(_FAMILIES[0 if is_plain else 1], is_bold).getlength(word) / _FINE


@lru_cache(maxsize=4)
def _face(family: str, is_bold: bool) -> ImageFont.FreeTypeFont:
    style = "-Bold" if is_bold else "-Regular" if family == _FAMILIES[0] else ""
    return ImageFont.truetype(f"{family}{style}.ttf", _FINE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1)
def _syllables() -> Pyphen:
    return Pyphen(lang="id_ID", left=3, right=3)
