"""What a dossier says and encloses, as plain data: drawn by the papers' own press, written into a ZIP by ``archive``.

Fetch the case with ``CaseQuerySet.visible_to``: whoever may see it may have its dossier, and nobody else.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ppid.chain.models import Link
from ppid.content_store import ContentStore
from ppid.flows.models import Case
from ppid.flows.papers.description import Paper
from ppid.information.documents import private_store
from ppid.information.models import Document
from ppid.proof.dossier.rows import links_of
from ppid.proof.dossier.telling import told
from ppid.web.safe_files import safe_filename
from sop.versions.store import sheet_store

_ROOMS = {Document.Purpose.CONTENT: "dokumen", Document.Purpose.EVIDENCE: "bukti", Document.Purpose.PAPER: "surat"}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the dossier: its name in the ZIP, what it is, and where its bytes lie."""

    name: str
    title: str
    sha256: str
    size: int
    store: ContentStore
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as it stood at a moment: what is told of it, its files, and the links that prove its rows."""

    case: Case
    at: datetime
    paper: Paper
    files: tuple[Enclosed, ...]
    links: tuple[Link, ...]

    @property
    def name(self) -> str:
        return f"berkas-{self.case.number}"


def gather(case: Case, *, at: datetime | None = None) -> Dossier:
    """Return the dossier of a case that was fetched with ``for_page()``, as everything stands now."""
    at = at or timezone.now()
    documents = list(
        Document.objects.in_case(case).select_related("uploaded_by", "removed_by", "replaced_by").order_by("pk")
    )
    files = (*_sheet(case), *(_enclosed(n, document) for n, document in enumerate(documents, 1)))
    links = tuple(links_of(case))
    return Dossier(case, at, told(case, files, links, at=at), files, links)


def _enclosed(n: int, document: Document) -> Enclosed:
    room = _ROOMS[Document.Purpose(document.purpose)]
    former = "" if document.is_current else "/tidak-berlaku-lagi"
    name = f"{room}{former}/{n:03}-{safe_filename(document.filename)}"
    return Enclosed(name, document.title, document.sha256, document.size, private_store(), document)


def _sheet(case: Case) -> list[Enclosed]:
    """Return the case's version of the sheet as it was approved, and as it was signed outside if it was."""
    version = case.sop_version
    found = []
    if version.pdf_sha256:
        title = f"Lembar SOP {version.title}, versi {version.version}"
        found.append(Enclosed("sop/lembar.pdf", title, version.pdf_sha256, version.pdf_size or 0, sheet_store()))
    if signed := getattr(version, "signed", None):
        name = f"sop/bertanda-tangan-{safe_filename(signed.filename)}"
        found.append(Enclosed(name, "Lembar SOP bertanda tangan", signed.sha256, signed.size, sheet_store()))
    return found
