"""What all office packages have: who wrote them, files and objects inside, a signature; in the child."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from ppid.web.archives import MB, Archive, Bounds, parse_xml
from ppid.web.reading.pictures_inside import add_pictures
from ppid.web.reading.pieces import Pieces, What
from ppid.web.xml_parts import attribute, elements

BOUNDS = Bounds(members=10_000, unpacked=512 * MB, member=300 * MB, times=250)
_MOST_PROPERTIES = 1 * MB
AUTHORS = {
    "docProps/core.xml": ("creator", "lastModifiedBy"),
    "docProps/app.xml": ("Manager", "Company"),
    "word/people.xml": (),
    "meta.xml": ("creator", "initial-creator", "printed-by"),
}
# Words that stand beside the text: text boxes, diagrams, the values of charts.
_BESIDE = {
    re.compile(r"/(?:drawings/drawing|charts/chart|diagrams/data)[^/]*\.xml$"): ("p", "v"),
    re.compile(r"/(?:media|pictures)/[^/]*\.svg$"): ("text",),
}
_INSIDE = re.compile(r"/(?:embeddings|activex)/.*(?<!\.rels)(?<!\.xml)$|^/(?!objectreplacements/).*\bobject [^/.]*$")
# Objects that hold nothing but what they draw.
_ONLY_DRAWN = (".chart", ".formula", ".graphics")
_MANIFEST = "META-INF/manifest.xml"


def is_signed(archive: Archive) -> bool:
    names = {name.casefold() for name in archive.names}
    return "meta-inf/documentsignatures.xml" in names or any(name.startswith("_xmlsignatures/") for name in names)


def add_what_goes_along(archive: Archive, pieces: Pieces) -> None:
    """Add who wrote the file, its pictures, and which files and objects lie in it."""
    for said in dict.fromkeys(_authors(archive)):
        pieces.add(What.AUTHOR, "Sifat berkas", said)
    add_pictures(archive, pieces)
    kinds = _kinds_of_objects(archive)
    for name in sorted(archive.names):
        lowered = f"/{name.casefold()}"
        if _INSIDE.search(lowered):
            pieces.add(What.ATTACHED, "Berkas di dalam dokumen", PurePosixPath(name).name)
        elif lowered.endswith("/content.xml") and name != "content.xml":
            _add_object(archive, name, kinds.get(name.removesuffix("content.xml"), ""), pieces)
        for beside, tags in _BESIDE.items():
            if beside.search(lowered):
                said = [said for tag in tags for said in words(archive, name, tag)]
                pieces.add(What.TEXT, "Kotak teks, bagan, atau grafik", "\n".join(said))


def _add_object(archive: Archive, name: str, kind: str, pieces: Pieces) -> None:
    """Add what an object of an OpenDocument file says; a table or a text in it is told as a file of its own too."""
    folder = PurePosixPath(name).parent.name
    pieces.add(What.TEXT, f"Objek «{folder}» di dalam berkas", "\n".join(words(archive, name, "p")))
    if not kind.endswith(_ONLY_DRAWN):
        pieces.add(What.ATTACHED, "Berkas di dalam dokumen", folder)


def _kinds_of_objects(archive: Archive) -> dict[str, str]:
    """Return the kind of each folder of an OpenDocument file, as its list of contents says."""
    if _MANIFEST not in archive:
        return {}
    entries = (element for _, element in elements(archive, _MANIFEST, "file-entry"))
    return {attribute(each, "full-path"): attribute(each, "media-type") for each in entries}


def _authors(archive: Archive) -> Iterator[str]:
    for part, names in AUTHORS.items():
        if part not in archive:
            continue
        root = parse_xml(archive.read(part, most=_MOST_PROPERTIES), most_tags=20_000)
        for element in root.iter("{*}*"):
            said = " ".join((element.text or "").split())
            if etree.QName(element).localname in names and said:
                yield said


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def words(archive: Archive, part: str, tag: str) -> Iterator[str]:
    """Yield what each element of this local name says, all its text together."""
    for _, element in elements(archive, part, tag):
        yield " ".join(" ".join(element.itertext()).split())
