"""A document read in the page: which file, which pages of it, or the first rows of its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField, Prefetch
from django.db.models.expressions import RawSQL

from ppid.portal.pages import on_shelf
from ppid.shelf.held import is_held
from ppid.shelf.models import PublishedFile, ReadFile
from ppid.web.parameters import text, whole

AT_ONCE = 3  # pages
_READ = ("pages", "rows", "sheet", "table", "is_cut", "why_not")


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


# Written out, for Django takes longer to write them than PostgreSQL to answer.
_READING = """
    CASE WHEN {chosen} THEN (
        SELECT jsonb_build_object(
            'pages', read.pages, 'rows', read.rows, 'sheet', read.sheet, 'table', read."table", 'is_cut', read.is_cut,
            'why_not', read.why_not,
            'drawn', (SELECT max(page) FROM shelf_pagepicture WHERE file_sha256 = {files}.sha256),
            'shown', ARRAY(
                SELECT jsonb_build_object('page', page, 'width', width, 'height', height)
                FROM shelf_pagepicture WHERE file_sha256 = {files}.sha256 AND page >= %s AND page < %s ORDER BY page
            )
        )
        FROM shelf_readfile read WHERE read.sha256 = {files}.sha256
    ) END
"""
# Whether the search knows what stands in a file; "waiting" while nobody has read it.
_SEARCHED = """
    COALESCE(
        (SELECT jsonb_build_object('state', state, 'why', why) FROM shelf_documenttext text
         WHERE text.sha256 = shelf_publishedfile.sha256),
        '{"state": "waiting"}'
    )
"""


def with_reading(model: Any, asked: Mapping[str, str]) -> Prefetch:
    """Return what fetches an item's files, with what was read of the one that is ``asked`` for: in one query.

    Those of the edition that stands say too whether the search knows what is in them, in ``searched``.
    """
    table, (wanted, first) = model._meta.db_table, asked_of(asked)
    sql = _READING.format(files=table, chosen=f"{table}.key = %s" if wanted else f"{table}.position = %s")
    files = on_shelf(model).annotate(reading=_json(sql, wanted or 1, first, first + AT_ONCE), is_held=is_held())
    return Prefetch("files", files.annotate(searched=_json(_SEARCHED)) if model is PublishedFile else files)


def asked_of(asked: Mapping[str, str]) -> tuple[str, int]:
    """Return what is asked for of the reader: which file, "" for the first, and the first of the pages shown."""
    return text(asked, "dokumen"), _first_page(asked)


def _json(sql: str, *parameters: str | int) -> RawSQL:
    return RawSQL(sql, parameters, JSONField())  # noqa: S611 - no word of a request stands in these texts


def reader_of(files: Sequence[Any], asked: Mapping[str, str], *, address: str) -> Reader | None:
    """Return the reader of files fetched by ``with_reading``; None where there is no file.

    ``address`` is the page on which it stands. Where the file or the page isn't there, the first is shown.
    """
    if not files:
        return None
    wanted = text(asked, "dokumen")
    file = next((each for each in files if each.key == wanted), None)
    if file is None and wanted:
        return reader_of(_read_again(files, {}), {}, address=address)
    file = file or files[0]
    if file.reading is None:
        return Reader(file, files, address=address)
    read = ReadFile(sha256=file.sha256, **{name: file.reading[name] for name in _READ})
    first, drawn = _first_page(asked), file.reading["drawn"] or 0
    if drawn and not file.reading["shown"]:
        again = {"dokumen": file.key}
        return reader_of(_read_again(files, again), again, address=address)
    leaves = tuple(Leaf(url=file.page_url(each["page"]), **each) for each in file.reading["shown"])
    return Reader(file, files, read, leaves, first, drawn, address)


def _first_page(asked: Mapping[str, str]) -> int:
    """Return the first of the pages that are shown together with the one that is asked for."""
    page = whole(asked, "halaman", otherwise=1, most=10_000)
    return max(page - 1, 0) // AT_ONCE * AT_ONCE + 1


def _read_again(files: Sequence[Any], asked: Mapping[str, str]) -> list[Any]:
    item = files[0].item
    found = list(with_reading(type(files[0]), asked).queryset.filter(item=item))
    for file in found:
        file.item = item
    return found
