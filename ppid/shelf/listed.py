"""An item as lists print it: plain words and no row of a table, so that what says the same is drawn once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.urls import reverse

from ppid.shelf.models import Available, Category, PublishedItem

LETTERS = 2000  # of a summary: no list prints more words than these hold
_FILES = """
    ARRAY(
        SELECT file.size || ' ' || file.filename FROM shelf_publishedfile file
        WHERE file.item_id = shelf_publisheditem.id ORDER BY file.position
    )
"""


class ListedFile(NamedTuple):
    """A file of a listed item: its size in bytes, and the short name of its type («PDF»)."""

    size: int
    kind: str


@dataclass(frozen=True)
class ListedItem(Available):
    """What lists and the DIP print of an item; ``files`` are its files as «bytes name»."""

    number: str
    title: str
    summary: str
    category: str
    published_at: datetime
    unit_name: str
    has_softcopy: bool
    has_hardcopy: bool
    on_request: bool
    responsible: str
    made_place: str
    made_when: str
    retention: str
    needs_renewal: bool
    files: tuple[str, ...] = ()

    def get_absolute_url(self) -> str:
        return reverse("portal:item", args=[self.number])

    def get_category_display(self) -> str:
        return str(Category(self.category).label)

    @property
    def shown_files(self) -> list[ListedFile]:
        parted = (each.partition(" ") for each in self.files)
        return [ListedFile(int(size), name.rpartition(".")[2].upper()) for size, _, name in parted]


_PLAIN = [name for name in ListedItem.__dataclass_fields__ if name not in ("summary", "needs_renewal", "files")]


def listed(rows: "QuerySet[PublishedItem]", *, on: date, with_files: bool = False) -> Iterable[ListedItem]:
    """Return the items of these rows as they are listed on the day ``on``, in one query."""
    told = {"said": Left("summary", LETTERS)} | ({"files_told": RawSQL(_FILES, ())} if with_files else {})  # noqa: S611
    for *plain, renew_by, said, files in _read(rows.annotate(**told), with_files=with_files):
        yield ListedItem(
            **dict(zip(_PLAIN, plain, strict=True)),
            summary=said,
            needs_renewal=renew_by is not None and renew_by < on,
            files=tuple(files),
        )


def _read(rows: "QuerySet[PublishedItem]", *, with_files: bool) -> Iterable[tuple]:
    if with_files:
        return rows.values_list(*_PLAIN, "renew_by", "said", "files_told")
    return ((*row, ()) for row in rows.values_list(*_PLAIN, "renew_by", "said"))
