"""XML parts of an office package read piece by piece, so that a table of any length takes little memory."""

from collections.abc import Iterator

from lxml import etree

from ppid.web.archives import BLOATED, BROKEN, MB, Archive, ArchiveRefused, Bounds

# What one table may unpack to; a list of 10,000 rows takes some 20 MB.
BOUNDS = Bounds(members=2_000, unpacked=400 * MB, member=300 * MB, times=250)
_MOST_TAGS_AT_ONCE = 200_000  # of one row: each is kept until its row is over


def elements(
    archive: Archive, name: str, *tags: str, begun: tuple[str, ...] = ()
) -> Iterator[tuple[str, etree._Element]]:
    """Yield («end», element) for the elements of these local names as they end, and forget each once it was seen.

    Those of ``begun`` are yielded as («start», element) too. Raises ArchiveRefused for a broken part.
    """
    wanted = [f"{{*}}{tag}" for tag in (*tags, *begun)]
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=wanted,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    waiting, is_looked_at = 0, False
    for piece in archive.pieces(name):
        waiting += piece.count(b"<")
        try:
            parser.feed(piece)
            events = list(parser.read_events())
        except (etree.LxmlError, ValueError) as error:
            raise ArchiveRefused(BROKEN) from error
        for event, element in events:
            if not is_looked_at:
                is_looked_at = True
                if element.getroottree().docinfo.internalDTD is not None:
                    raise ArchiveRefused(BROKEN)
            ending = etree.QName(element).localname
            if event == "end" and ending in tags:
                waiting = 0
                yield event, element
                _forget(element)
            elif ending in begun:
                yield event, element
        if waiting > _MOST_TAGS_AT_ONCE:
            raise ArchiveRefused(BLOATED)
    try:
        parser.close()
    except etree.LxmlError as error:
        raise ArchiveRefused(BROKEN) from error


def child_text(element: etree._Element, name: str) -> str | None:
    """Return the text of the first child of this local name, None without one."""
    for child in element.iterchildren(f"{{*}}{name}"):
        return child.text or ""
    return None


def attribute(element: etree._Element, name: str) -> str:
    """Return the attribute of this local name, whatever its namespace; "" without one."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def count(element: etree._Element, name: str, *, least: int = 1) -> int:
    """Return the attribute as a whole number, ``least`` when it is none or less."""
    text = attribute(element, name)
    return max(int(text), least) if text.isascii() and text.isdigit() and len(text) < 10 else least


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
