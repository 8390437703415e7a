"""A row of the working DIP: the item as the public reads it, or as it is being prepared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.shelf.models import PublishedItem


@dataclass(frozen=True, slots=True)
class DipRow:
    """``shown`` is the copy on the shelf while there is one, else the item itself. ``case`` is its newest case."""

    number: str
    unit: object
    shown: Information | PublishedItem
    published: PublishedItem | None
    case: Case | None

    @property
    def state(self) -> str:
        if self.published:
            return "Di portal"
        return f"Dalam proses: {self.case.state_label}" if self.case and self.case.is_running else "Tidak di portal"


def dip_items(visible):
    """Return the items with what a row needs, newest first: of their cases those ``visible``."""
    cases = Prefetch("cases", visible.filter(flow="publication").order_by("-opened_at", "-pk"))
    return Information.objects.select_related("unit").prefetch_related(cases).order_by("-created_at", "-pk")


def dip_rows(items: Iterable[Information]) -> list[DipRow]:
    """Return the rows of these items, with one look at the shelf."""
    items = list(items)
    shelf = PublishedItem.objects.filter(number__in=[item.number for item in items]).defer("passport")
    published = {item.number: item for item in shelf}
    return [_row(item, published.get(item.number)) for item in items]


def all_dip_rows(items) -> Iterator[DipRow]:
    """Yield the rows of a whole register, some hundred at a time."""
    rest = items.iterator(chunk_size=500)
    while some := list(islice(rest, 500)):
        yield from dip_rows(some)


def _row(item: Information, published: PublishedItem | None) -> DipRow:
    case = next(iter(item.cases.all()), None)
    return DipRow(item.number, item.unit, published or item, published, case)
