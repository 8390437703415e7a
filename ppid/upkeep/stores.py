"""The stores of files, and the rows that name what lies in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from ppid.content_store import ContentStore
from ppid.editions.models import EditionAct
from ppid.editions.store import edition_store, forget_unless_proving
from ppid.information.documents import forget_unless_used, private_store
from ppid.information.models import Document
from ppid.organisation.models import OrderScan
from ppid.organisation.scan_keeping import forget_unless_ordered, order_store
from ppid.shelf.actions import forget_unless_shown, public_store
from ppid.shelf.models import (
    BoardSheet,
    BundlePart,
    EditionFile,
    PagePicture,
    PublishedAnnex,
    PublishedFile,
    PublishedSop,
    PublishedSopFile,
)
from ppid.takeover.models import TakeoverFile
from ppid.takeover.store import forget_unless_named, takeover_store
from sop.ledgers import SignedSheet
from sop.models import SopVersion
from sop.versions.store import forget_unless_kept, sheet_store


@dataclass(frozen=True, slots=True)
class Naming:
    """Rows that name files by the SHA-256 in ``field``. ``words`` say which row, without what an excluded one holds."""

    rows: QuerySet
    field: str
    words: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Store:
    """A store of files with the rows that name them; ``forget`` deletes those of the hashes that no row names by then.

    ``has_one_writer`` where ``forget`` shuts out whoever places files: then even a file of this moment may go.
    """

    name: str
    files: ContentStore
    namings: tuple[Naming, ...]
    forget: Callable[[set[str]], set[str]]
    has_one_writer: bool = False

    def named_among(self, hashes: set[str]) -> set[str]:
        """Return those of the hashes that a row names."""
        found = set()
        for naming in self.namings:
            found |= set(naming.rows.filter(**{f"{naming.field}__in": hashes}).values_list(naming.field, flat=True))
        return found

    def names_any(self) -> bool:
        """Say whether any row names a file here at all."""
        return any(naming.rows.exists() for naming in self.namings)

    def promised(self) -> Iterator[tuple[str, str]]:
        """Yield each file that has to be here: its SHA-256, and in words which row names it."""
        for naming in self.namings:
            before = ""
            for row in naming.rows.order_by(naming.field).iterator(chunk_size=1000):
                sha256 = getattr(row, naming.field)
                if sha256 != before:
                    yield sha256, naming.words(row)
                before = sha256


def all_stores() -> tuple[Store, ...]:
    """Return the documents' store, the library's, the public one, those of editions, lists taken over, and orders."""
    shown = (
        Naming(
            PublishedSop.objects.only("slug", "version", "pdf_sha256"),
            "pdf_sha256",
            lambda sop: f"public sheet {sop.slug}, version {sop.version}",
        ),
        Naming(
            PublishedSopFile.objects.select_related("sop").only("filename", "sha256", "sop__slug", "sop__version"),
            "sha256",
            lambda file: f"public paper {file.filename} of {file.sop.slug}, version {file.sop.version}",
        ),
    )
    return (
        Store(
            "documents",
            private_store(),
            (
                Naming(
                    Document.objects.select_related("information").only("sha256", "information__number"),
                    "sha256",
                    lambda document: f"document {document.pk} of item {document.information.number}",
                ),
            ),
            forget_unless_used,
        ),
        Store(
            "sheets",
            sheet_store(),
            (
                Naming(
                    SopVersion.objects.exclude(pdf_sha256="").select_related("sop"),
                    "pdf_sha256",
                    lambda version: f"sheet {version.sop.slug}, version {version.version}",
                ),
                Naming(
                    SignedSheet.objects.select_related("version__sop"),
                    "sha256",
                    lambda signed: f"signed sheet {signed.version.sop.slug}, version {signed.version.version}",
                ),
                *shown,  # a paper is kept as long as it is offered
            ),
            forget_unless_kept,
        ),
        Store(
            "public",
            public_store(),
            (
                Naming(
                    PublishedFile.objects.select_related("item").only("key", "sha256", "item__number"),
                    "sha256",
                    lambda file: f"public file {file.key} of item {file.item.number}",
                ),
                Naming(
                    EditionFile.objects.select_related("item").only("key", "sha256", "item__number", "item__edition"),
                    "sha256",
                    lambda file: f"public file {file.key} of item {file.item.number}, edition {file.item.edition}",
                ),
                Naming(
                    PublishedAnnex.objects.select_related("edition"),
                    "sha256",
                    lambda annex: f"public annex {annex.part} of {annex.edition}",
                ),
                Naming(
                    PagePicture.objects.all(),
                    "sha256",
                    lambda picture: f"picture of page {picture.page} of the public file {picture.file_sha256}",
                ),
                Naming(
                    BoardSheet.objects.all(),
                    "sha256",
                    lambda announced: f"announcement of item {announced.number}",
                ),
                Naming(
                    BundlePart.objects.select_related("bundle").defer("keys"),
                    "sha256",
                    lambda part: f"part {part.part} of {part.bundle}, to be taken away",
                ),
                *shown,
            ),
            forget_unless_shown,
            has_one_writer=True,
        ),
        Store(
            "editions",
            edition_store(),
            (
                Naming(
                    EditionAct.objects.exclude(sha256="").select_related("edition"),
                    "sha256",
                    lambda act: f"paper of the {act.edition.register} edition {act.edition_id}",
                ),
            ),
            forget_unless_proving,
        ),
        Store(
            "takeovers",
            takeover_store(),
            (
                Naming(
                    TakeoverFile.objects.only("pk", "sha256"),
                    "sha256",
                    lambda file: f"file {file.pk} of a list taken over",
                ),
            ),
            forget_unless_named,
        ),
        Store(
            "orders",
            order_store(),
            (
                Naming(
                    OrderScan.objects.only("sha256", "appointment_id"),
                    "sha256",
                    lambda scan: f"scan of the order of appointment {scan.appointment_id}",
                ),
            ),
            forget_unless_ordered,
        ),
    )
