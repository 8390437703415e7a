"""The papers of an approved version besides its kept PDF: made once, kept by SHA-256, offered to the public."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from ppid.content_store import ContentStore
from ppid.shelf.actions import SopFile
from ppid.shelf.models import PublishedSopFile
from sop.models import SopVersion
from sop.sheet import Sheet

Kind = PublishedSopFile.Kind
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A form in which a sheet goes out; ``make`` gives its bytes."""

    kind: Kind
    filename: str
    media_type: str
    make: Callable[[SopVersion, Sheet], bytes]


def _json(version: SopVersion, sheet: Sheet) -> bytes:
    return json.dumps(sheet.as_data(), ensure_ascii=False, indent=2).encode()


PAPERS = (Paper(Kind.JSON, "data.json", "application/json", _json),)


def papers(version: SopVersion, sheet: Sheet) -> list[SopFile]:
    """Return the version's papers, the signed sheet first; one that is on the shelf already isn't made again."""
    store = ContentStore(settings.PRIVATE_FILES)
    shown = PublishedSopFile.objects.filter(sop__slug=version.sop.slug, sop__version=version.version)
    made = {file.kind: file for file in shown}
    found = _signed(version)
    for paper in PAPERS:
        file = made.get(paper.kind) or store.put([paper.make(version, sheet)])
        found.append(SopFile(paper.kind, paper.filename, paper.media_type, file.size, file.sha256))
    return found


def _signed(version: SopVersion) -> list[SopFile]:
    """Return the sheet as it was signed. Its address has a name of ours: an upload's may say more than it should."""
    signed = getattr(version, "signed", None)
    return [SopFile(Kind.SIGNED, "bertanda-tangan.pdf", PDF, signed.size, signed.sha256)] if signed else []
