"""A document read in the page: which file, which pages of it, or the first rows of its table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from ppid.portal.pages import on_shelf
from ppid.shelf.models import PagePicture, ReadFile
from ppid.web.parameters import whole

AT_ONCE = 3  # pages


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page's picture: its address and its size."""

    page: int
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Reader:
    """A file of an item as its page shows it. ``read`` is None while nothing of it was read yet.

    ``leaves`` are the pages shown, from ``page`` on; ``drawn`` counts those that have a picture, ``pages`` all.
    """

    file: Any
    files: Sequence[Any]
    read: ReadFile | None = None
    leaves: Sequence[Leaf] = field(default_factory=tuple)
    page: int = 1
    drawn: int = 0
    address: str = ""

    @property
    def pages(self) -> int:
        return (self.read and self.read.pages) or 0

    @property
    def head(self) -> list[str]:
        return self.read.table[0] if self.read and self.read.table else []

    @property
    def rows(self) -> list[list[str]]:
        return self.read.table[1:] if self.read else []

    @property
    def last(self) -> int:
        """The last page that is shown."""
        return self.leaves[-1].page if self.leaves else 0

    @property
    def turns(self) -> list[tuple[int, int]]:
        """The pages to turn to, each as first and last of what is then shown: a few around this one, and the ends."""
        firsts = list(range(1, self.drawn + 1, AT_ONCE))
        here = (self.page - 1) // AT_ONCE
        near = [n for n in range(len(firsts)) if n in (0, len(firsts) - 1) or abs(n - here) <= 1]
        return [(firsts[n], min(firsts[n] + AT_ONCE - 1, self.drawn)) for n in near]

    @property
    def before(self) -> int:
        return max(self.page - AT_ONCE, 0)

    @property
    def after(self) -> int:
        return self.page + AT_ONCE if self.page + AT_ONCE <= self.drawn else 0


def reader_of(files: Sequence[Any], asked, *, address: str) -> Reader | None:
    """Return the reader open at the file and the page that are ``asked`` for; None where there is no file.

    ``address`` is the page on which it stands; the files know their own. One query.
    """
    if not files:
        return None
    file = next((each for each in files if each.key == asked.get("dokumen")), files[0])
    pictures = on_shelf(PagePicture).filter(file_sha256=OuterRef("sha256"))
    first = whole(asked, "halaman", otherwise=1, most=10_000)
    first = max(first - 1, 0) // AT_ONCE * AT_ONCE + 1
    leaf = JSONObject(page="page", width="width", height="height")
    shown = pictures.filter(page__gte=first, page__lt=first + AT_ONCE).order_by("page").values(said=leaf)
    read = on_shelf(ReadFile).filter(sha256=file.sha256)
    read = read.annotate(
        shown=ArraySubquery(shown), drawn=Subquery(pictures.order_by("-page").values("page")[:1])
    ).first()
    if read is None:
        return Reader(file, files, address=address)
    if not read.shown and first > 1 and read.drawn:
        return reader_of(files, {"dokumen": file.key}, address=address)
    leaves = tuple(Leaf(url=file.page_url(each["page"]), **each) for each in read.shown)
    return Reader(file, files, read, leaves, first, read.drawn or 0, address)
