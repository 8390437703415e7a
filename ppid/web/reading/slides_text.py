"""PowerPoint: the words of each slide, hidden slides, speaker's notes and remarks; in the child."""

import re
from typing import BinaryIO

from ppid.web.archives import Package, parse_xml
from ppid.web.reading.office_parts import BOUNDS, add_what_goes_along, is_signed, words
from ppid.web.reading.pieces import Pieces, ReadText, What

_MOST_TAGS = 400_000
_NUMBER = re.compile(r"(\d+)\.xml$")


def read(file: BinaryIO) -> ReadText:
    package = Package(file, BOUNDS, xml_most=BOUNDS.unpacked)
    pieces = Pieces()
    for kind, part in _in_order(package):
        if kind != "slide" or part not in package:
            continue
        root = parse_xml(package.read(part), most_tags=_MOST_TAGS)
        place = f"Salindia {_number(part)}"
        what = What.HIDDEN_SHEET if root.get("show") in ("0", "false") else What.TEXT
        pieces.add(what, place, _said(root))
        for beside, other in package.related(part).values():
            if beside == "notesSlide" and other in package:
                notes = _said(parse_xml(package.read(other), most_tags=_MOST_TAGS))
                if notes.strip() and not notes.strip().isdigit():  # the slide's own number
                    pieces.add(What.COMMENT, f"{place}, catatan pembicara", notes)
            elif beside == "comments" and other in package:
                for said in words(package, other, "cm"):
                    pieces.add(What.COMMENT, place, said)
    add_what_goes_along(package, pieces)
    return ReadText(pieces.found, None, pieces.is_cut, is_signed(package))


def _in_order(package: Package) -> list[tuple[str, str]]:
    return sorted(package.related(package.main).values(), key=lambda each: _number(each[1]))


def _number(part: str) -> int:
    found = _NUMBER.search(part)
    return int(found[1]) if found else 0


def _said(root) -> str:
    return "\n".join("".join(each.text or "" for each in line.iter("{*}t")) for line in root.iter("{*}p"))
