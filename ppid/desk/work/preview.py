"""What the public will read, shown before it is decided: the portal's own templates over what the shelf would hold.

Nothing is written, and nothing of the portal is imported: what would be shelved is built by the door that shelves it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from ppid.content_store import BytesLost, StoreAway
from ppid.flows import dik, shelving
from ppid.flows.afterwards import Amendment
from ppid.flows.dik import continues, dik_entry
from ppid.flows.item_correction import CORRECTION
from ppid.flows.models import Case
from ppid.flows.states import ExclusionState
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.models import Document
from ppid.information.pictures import page_count
from ppid.shelf import passport
from ppid.shelf.models import DikEntry, PublishedItem
from ppid.shelf.registers import DIK_PAGE
from ppid.web.parameters import whole
from ppid.web.reading import Unreadable

FEW_PAGES = 7  # so many are told by their numbers; more by a field


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A document as the portal's templates take a file; its address is the desk's own, for those who see the case."""

    document: Document
    url: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.document, name)

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Reader:
    """A document read in the page at ``address``, one page at a time. ``why_not`` says why it can't be shown."""

    files: list[ShownFile]
    file: ShownFile | None = None
    page: int = 1
    pages: int = 0
    picture: str = ""
    why_not: str = ""
    address: str = ""

    @property
    def is_held(self) -> bool:
        """Whether the scanner found something in the file, and nobody has decided about it."""
        return self.file is not None and is_held(self.file.document)

    @property
    def others(self) -> list[ShownFile]:
        return [each for each in self.files if each is not self.file]

    @property
    def numbers(self) -> list[int]:
        """The pages that are told by their number: all of a few, else the first, the last and those around."""
        if self.pages <= FEW_PAGES:
            return list(range(1, self.pages + 1))
        near = {1, self.page - 1, self.page, self.page + 1, self.pages}
        return sorted(number for number in near if 1 <= number <= self.pages)

    @property
    def is_long(self) -> bool:
        return self.pages > FEW_PAGES


@dataclass
class AsRead:
    """What the shelf would hold, for the portal's templates: an item with its files, and who reads them where."""

    item: PublishedItem
    reader: Reader
    files: Any = field(init=False)

    def __post_init__(self) -> None:
        self.files = {"all": self.reader.files}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["item"], name)


def is_held(document: Document) -> bool:
    """Whether the document, of a page of its case, is held back."""
    scan = getattr(document, "scan", None)
    return scan is not None and scan.is_held


def shown_files(case: Case, documents: Sequence[Document]) -> list[ShownFile]:
    return [ShownFile(each, reverse("desk:document", args=[case.number, each.pk])) for each in documents]


def reader_of(case: Case, documents: Sequence[Document], asked: Mapping[str, str], *, address: str) -> Reader:
    """Return the reader of these documents, open at the document and page that are ``asked`` for, else at the first."""
    key, page, files = whole(asked, "dokumen"), whole(asked, "halaman", otherwise=1), shown_files(case, documents)
    file = next((each for each in files if each.document.pk == key), None) or next(iter(files), None)
    if file is None:
        return Reader(files)
    if is_held(file.document):
        return Reader(files, file, address=address)
    try:
        pages = page_count(file.document)
    except Unreadable as refusal:
        return Reader(files, file, why_not=refusal.sentences[0], address=address)
    except BytesLost:
        why_not = "Berkas ini hilang atau rusak di tempat penyimpanan."
        return Reader(files, file, why_not=why_not, address=address)
    except StoreAway:
        why_not = "Penyimpanan berkas sedang tidak dapat dihubungi. Coba lagi beberapa saat lagi."
        return Reader(files, file, why_not=why_not, address=address)
    page = min(max(page, 1), pages)
    picture = reverse("desk:document-page", args=[case.number, file.document.pk, page])
    return Reader(files, file, page, pages, picture, address=address)


def item_as_read(case: Case, reader: Reader, *, at: datetime) -> dict[str, Any]:
    """Return the context of the portal's own item page, were the case's item published now."""
    item, _ = shelving.as_shelved(case, [each.document for each in reader.files], published_at=at)
    return {
        "item": AsRead(item, reader),
        "unit_now": case.unit.name,
        "passport": passport.read(item.passport),
        "follow_words": "",
        "editions": [],
        "replaced": [],
        "excluded_part": None,
        "site": "",
        "licence": settings.REUSE_LICENCE,
    }


def dik_as_read(case: Case, test: ConsequenceTest, *, on: date, at: datetime) -> dict[str, Any]:
    """Return the row of the DIK as the public would read it, were the exclusion adopted now."""
    decided = getattr(case, "decree", None) if case.state == ExclusionState.ADOPTING else None
    decree = decided or ClassificationDecree(number="nomor menyusul", date=on)
    entry: DikEntry = dik_entry(case, test, decree, adopted_at=at)  # it continues none before it is adopted
    return {"columns": DIK_PAGE, "rows": [entry]}


def amended_as_read(amendment: Amendment, *, at: datetime) -> dict[str, Any]:
    """Return what the public would read once the amendment is approved; nothing where no words of its own change."""
    case, after = amendment.case, amendment.after
    if amendment.kind == CORRECTION:
        item = PublishedItem.objects.prefetch_related("files").filter(number=case.information.number).first()
        if item is None:
            return {}
        for name, said in after.items():
            if hasattr(item, name):
                setattr(item, name, said)
        return {"shown": {"item": item, "unit_now": case.unit.name}}
    exclusion = case.exclusion
    if amendment.kind not in (dik.CORRECTION, dik.OPEN_PART) or exclusion is None or exclusion.adopted_at is None:
        return {}
    decided = Amendment(kind=amendment.kind, before=amendment.before, after=after, decided_at=at)
    amended = [*case.amendments.approved(), decided]
    test, decree = dik.adopted_test(case), exclusion.decree
    entry = dik_entry(case, test, decree, adopted_at=exclusion.adopted_at, continues=continues(case), amended=amended)
    return {"columns": DIK_PAGE, "rows": [entry], "row_caption": "Barisnya dalam DIK."}
