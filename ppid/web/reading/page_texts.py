"""What the search reads of a file: the text that everybody sees, page by page, no more than it keeps; in the child."""

from typing import Any, BinaryIO

from ppid.web.reading import texts
from ppid.web.reading.pieces import What, squeezed

MOST_PAGES = 2_000
MOST_LETTERS = 20_000  # of a page
MOST_IN_ALL = 5_000_000
_PDF = "application/pdf"


def read(file: BinaryIO, media_type: str) -> dict[str, Any]:
    """Return the pages that have text (number, place, text), how many there are, which are pictures, whether all.

    What hides in the file is no part of it: hidden rows, remarks, what was tracked.
    """
    if media_type == _PDF:
        return _of_pdf(file)
    found = texts.read(file, media_type)
    shown = [(piece.place, piece.text) for piece in found.pieces if piece.what == What.TEXT]
    pages, is_cut = _bounded(_cut(shown))
    return {"pages": pages, "in_all": found.pages, "scanned": [], "is_cut": found.is_cut or is_cut}


def _of_pdf(file: BinaryIO) -> dict[str, Any]:
    from ppid.web.reading.pages import open_pdf
    from ppid.web.reading.pdf_text import page_by_page

    with open_pdf(file) as document:
        in_all, scanned, found = len(document), [], []
        left = MOST_IN_ALL
        for number, text, is_scanned in page_by_page(document, min(in_all, MOST_PAGES)):
            if is_scanned:
                scanned.append(number)
            found.append((number, f"Halaman {number}", text))
            left -= min(len(text), MOST_LETTERS)
            if left <= 0:
                break
    pages, is_cut = _bounded(found)
    return {"pages": pages, "in_all": in_all, "scanned": scanned, "is_cut": is_cut or len(found) < in_all}


def _cut(shown: list[tuple[str, str]]) -> list[tuple[int, str, str]]:
    """Return the texts as parts of a page's size, numbered through."""
    parts = [(place, text[at : at + MOST_LETTERS]) for place, text in shown for at in range(0, len(text), MOST_LETTERS)]
    return [(number, place, text) for number, (place, text) in enumerate(parts, start=1)]


def _bounded(found: list[tuple[int, str, str]]) -> tuple[list[tuple[int, str, str]], bool]:
    pages, left, is_cut = [], MOST_IN_ALL, False
    for number, place, text in found:
        kept = squeezed(text)[: min(MOST_LETTERS, left)]
        is_cut |= len(kept) < len(squeezed(text))
        left -= len(kept)
        if kept.strip():
            pages.append((number, place, kept.replace("\0", "")))
        if left <= 0 or len(pages) >= MOST_PAGES:
            return pages, True
    return pages, is_cut
