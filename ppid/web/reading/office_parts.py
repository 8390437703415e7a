"""What all office packages have: who wrote them, pictures with a place, files inside, a signature; in the child."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from ppid.web.archives import MB, Archive, ArchiveRefused, Bounds, parse_xml
from ppid.web.reading.pieces import Pieces, What
from ppid.web.xml_parts import elements

BOUNDS = Bounds(members=10_000, unpacked=512 * MB, member=300 * MB, times=250)
_MOST_PICTURES = 200
_MOST_PICTURE = 30 * MB
_MOST_PROPERTIES = 1 * MB
AUTHORS = {
    "docProps/core.xml": ("creator", "lastModifiedBy"),
    "docProps/app.xml": ("Manager", "Company"),
    "word/people.xml": (),
    "meta.xml": ("creator", "initial-creator", "printed-by"),
}
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
# What is seen and not read: pictures of the content, not the thumbnail of the file.
_SHOWN = (*PICTURES, ".gif", ".bmp", ".emf", ".wmf")
_SHOWN_IN = ("/media/", "/pictures/")
# Words that stand beside the text: text boxes, diagrams, the values of charts.
_BESIDE = re.compile(r"/(?:drawings/drawing|charts/chart|diagrams/data)[^/]*\.xml$")
_INSIDE = ("/embeddings/", "/activex/", "object ")


def is_signed(archive: Archive) -> bool:
    names = {name.casefold() for name in archive.names}
    return "meta-inf/documentsignatures.xml" in names or any(name.startswith("_xmlsignatures/") for name in names)


def add_what_goes_along(archive: Archive, pieces: Pieces) -> None:
    """Add who wrote the file, which pictures in it say where they were taken, and which files lie in it."""
    for said in dict.fromkeys(_authors(archive)):
        pieces.add(What.AUTHOR, "Sifat berkas", said)
    pictures = 0
    shown = [name for name in archive.names if _is_shown(f"/{name.casefold()}")]
    if shown:
        pieces.add(What.UNSEEN, "Gambar di dalam berkas", f"{len(shown)} gambar di dalam berkas tidak terbaca portal.")
    for name in sorted(archive.names):
        lowered = name.casefold()
        if any(inside in f"/{lowered}" for inside in _INSIDE) and not lowered.endswith((".rels", ".xml")):
            pieces.add(What.ATTACHED, "Berkas di dalam dokumen", PurePosixPath(name).name)
        elif lowered.endswith(PICTURES) and pictures < _MOST_PICTURES:
            pictures += 1
            _add_picture(archive, name, pieces)
        if _BESIDE.search(f"/{lowered}"):
            said = [*words(archive, name, "p"), *words(archive, name, "v")]
            pieces.add(What.TEXT, "Kotak teks, bagan, atau grafik", "\n".join(said))


def _is_shown(name: str) -> bool:
    return name.endswith(_SHOWN) and any(place in name for place in _SHOWN_IN)


def _authors(archive: Archive) -> Iterator[str]:
    for part, names in AUTHORS.items():
        if part not in archive:
            continue
        root = parse_xml(archive.read(part, most=_MOST_PROPERTIES), most_tags=20_000)
        for element in root.iter("{*}*"):
            said = " ".join((element.text or "").split())
            if etree.QName(element).localname in names and said:
                yield said


def _add_picture(archive: Archive, name: str, pieces: Pieces) -> None:
    from ppid.web.reading.picture_text import said_by

    try:
        data = archive.read(name, most=_MOST_PICTURE)
    except ArchiveRefused:
        pieces.add(What.UNSEEN, f"Gambar {PurePosixPath(name).name}", "Gambar ini terlalu besar untuk dibaca.")
        return
    for what, said in said_by(data):
        pieces.add(what, f"Gambar {PurePosixPath(name).name} di dalam berkas", said)


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def words(archive: Archive, part: str, tag: str) -> Iterator[str]:
    """Yield what each element of this local name says, all its text together."""
    for _, element in elements(archive, part, tag):
        yield " ".join(" ".join(element.itertext()).split())
