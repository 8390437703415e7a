"""Pictures inside office files: which of them may show somebody's data, and what they say besides their pixels.

The portal reads no writing in pictures, so it tells of those that can hold some. Where the limits lie was tried with a
drawn identity card and page: the NIK of a card can be read from 140 pixels of width on, writing on a page from some
350 × 500. Word keeps a card of its own size as 323 × 204 at the least, an emblem of 2 × 2.4 cm as 173 × 208.
"""

from pathlib import PurePosixPath

from ppid.web.archives import MB, Archive, ArchiveRefused, Package
from ppid.web.reading.pieces import Pieces, What
from ppid.web.xml_parts import attribute, elements

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
_MEASURED = (*PICTURES, ".gif", ".bmp")
# Drawn anew at any size, so how large they are kept says nothing.
_DRAWN = (".emf", ".wmf")
# Pictures of the content, not the thumbnail of the file.
_SHOWN_IN = ("/media/", "/pictures/")
_MOST_PICTURES = 200
_MOST_PICTURE = 30 * MB

_ENOUGH = 200 * 200  # pixels; less is an emblem or a sign
_LINE, _LINE_HIGH, _LINE_WIDE = 4, 12, 140  # a line of writing: how many times as long as high, and its least pixels

# What stands on every page or slide, by the last words of its content type: letterheads and emblems.
_ON_EVERY_PAGE = ("header", "footer", "slidemaster", "slidelayout", "notesmaster", "handoutmaster", "theme")
_OPEN_PICTURES = ("image", "background-image", "fill-image", "list-level-style-image")


def add_pictures(archive: Archive, pieces: Pieces) -> None:
    """Add how many pictures can show writing or faces, and who says in which that they made it, and where."""
    looked_at, showing = 0, set()
    for name in sorted(archive.names):
        lowered = f"/{name.casefold()}"
        size = None
        if lowered.endswith(_MEASURED):
            looked_at += 1
            size = _look_at(archive, name, pieces) if looked_at <= _MOST_PICTURES else None
        elif not lowered.endswith(_DRAWN):
            continue
        if any(place in lowered for place in _SHOWN_IN) and (size is None or can_show(*size)):
            showing.add(name)
    if showing and (told := len(showing - _on_every_page(archive))):
        pieces.add(What.UNSEEN, "Gambar di dalam berkas", f"{told} gambar di dalam berkas tidak terbaca portal.")


def can_show(width: int, height: int) -> bool:
    """Whether a picture of so many pixels has room for somebody's data: a card, a page, a line of writing."""
    short, long = sorted((width, height))
    is_line = short >= _LINE_HIGH and long >= max(_LINE_WIDE, _LINE * short)
    return short >= _LINE_HIGH and width * height >= _ENOUGH or is_line


def _look_at(archive: Archive, name: str, pieces: Pieces) -> tuple[int, int] | None:
    """Add what the picture says besides its pixels; return its size in pixels, None when that isn't known."""
    from ppid.web.reading.picture_text import said_by, size_of

    place = f"Gambar {PurePosixPath(name).name}"
    try:
        data = archive.read(name, most=_MOST_PICTURE)
    except ArchiveRefused:
        pieces.add(What.UNSEEN, place, "Gambar ini terlalu besar untuk dibaca.")
        return (0, 0)
    if name.casefold().endswith(PICTURES):
        for what, said in said_by(data):
            pieces.add(what, f"{place} di dalam berkas", said)
    return size_of(data)


def _on_every_page(archive: Archive) -> set[str]:
    """Return the pictures that stand nowhere but in headers, footers and the patterns of slides."""
    try:
        if isinstance(archive, Package):
            repeated, own = _of_package(archive)
        else:
            repeated, own = (_of_open_document(archive, part) for part in ("styles.xml", "content.xml"))
    except ArchiveRefused:  # where they stand can't be told
        return set()
    return repeated - own


def _of_package(package: Package) -> tuple[set[str], set[str]]:
    """Return what such parts refer to, and what all others do."""
    repeated: set[str] = set()
    own: set[str] = set()
    for part, kind in package.types.items():
        word = kind.rpartition(".")[2].removesuffix("+xml").casefold()
        used = repeated if word in _ON_EVERY_PAGE else own
        used.update(target for each, target in package.related(part).values() if each == "image")
    return repeated, own


def _of_open_document(archive: Archive, part: str) -> set[str]:
    found: set[str] = set()
    if part not in archive:
        return found
    for _, element in elements(archive, part, *_OPEN_PICTURES):
        found.add(attribute(element, "href").removeprefix("./"))
    return found
