"""The papers of an approved version besides its kept PDF: made once, kept by SHA-256, offered to the public."""

from collections.abc import Callable
from dataclasses import dataclass

from ppid.shelf.actions import SopFile
from ppid.shelf.models import PublishedSopFile
from sop.export import docx, json, xlsx
from sop.models import SopVersion
from sop.paper import pdf
from sop.sheet import Sheet
from sop.versions.store import sheet_store

Kind = PublishedSopFile.Kind
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Paper:
    """A form in which a sheet goes out. ``make`` gives its bytes; ``foot`` is what its foot and its QR say."""

    kind: Kind
    filename: str
    media_type: str
    make: Callable[[Sheet, dict], bytes]


# In the order in which they are offered. JSON and the office forms can be imported again; they have no foot.
PAPERS = (
    Paper(Kind.F4, "lembar-f4.pdf", PDF, lambda sheet, foot: pdf.render(sheet, paper="F4", **foot)),
    Paper(Kind.ARCHIVE, "arsip.pdf", PDF, lambda sheet, foot: pdf.render(sheet, archived=json.write(sheet), **foot)),
    Paper(Kind.DOCX, "lembar.docx", f"{_OFFICE}.wordprocessingml.document", lambda sheet, foot: docx.write(sheet)),
    Paper(Kind.XLSX, "lembar.xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda sheet, foot: xlsx.write(sheet)),
    Paper(Kind.JSON, "data.json", "application/json", lambda sheet, foot: json.write(sheet)),
)


def papers(version: SopVersion, sheet: Sheet, **foot) -> list[SopFile]:
    """Return the version's papers, the signed sheet first; one that is on the shelf already isn't made again.

    ``foot`` is what ``pdf.render`` prints besides the sheet: ``address`` and ``url``.
    """
    store = sheet_store()
    shown = PublishedSopFile.objects.filter(sop__slug=version.sop.slug, sop__version=version.version)
    made = {file.kind: file for file in shown}
    found = _signed(version)
    for paper in PAPERS:
        file = made.get(paper.kind) or store.put([paper.make(sheet, foot)])
        found.append(SopFile(paper.kind, paper.filename, paper.media_type, file.size, file.sha256))
    return found


def _signed(version: SopVersion) -> list[SopFile]:
    """Return the sheet as it was signed. Its address has a name of ours: an upload's may say more than it should."""
    signed = getattr(version, "signed", None)
    return [SopFile(Kind.SIGNED, "bertanda-tangan.pdf", PDF, signed.size, signed.sha256)] if signed else []
