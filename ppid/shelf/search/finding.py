"""What the search finds: results of all kinds, narrowed, sorted and counted.

The newest matches are read, no more than ``BOUND`` of them, and everything else is reckoned from these: so a word that
stands everywhere costs no more than a rare one. Where there are more, what is asked narrows them before they are read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, JSONField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject

from ppid.shelf.models import DikEntry, PublishedItem, Tombstone
from ppid.shelf.search.models import DocumentPage, Kind, SearchEntry
from ppid.shelf.search.question import Question

BOUND = 1000
_PAGES_READ = 2  # passages of a document that are shown at once
_PAGES_NAMED = 40  # further pages that are named


@dataclass(frozen=True, slots=True)
class Asked:
    """The question with all that is meant by its words, and the units that the shelf knows."""

    question: Question
    plain: Question
    units: dict[str, str]


class Shown:
    """The kinds of results, as addresses and tabs call them."""

    ITEM, PAGE, DIK, REOPENED, SOP, GONE = (
        "informasi",
        "isi-dokumen",
        "dikecualikan",
        "dibuka-kembali",
        "sop",
        "tidak-lagi-diumumkan",
    )


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the results are narrowed to; "" where they aren't."""

    kind: str = ""
    category: str = ""
    unit: str = ""
    year: str = ""
    form: str = ""
    newest: bool = False

    def without(self, name: str) -> "Narrowed":
        return Narrowed(**{each: "" if each == name else getattr(self, each) for each in FACETS}, newest=self.newest)

    def __bool__(self) -> bool:
        return any(getattr(self, each) for each in FACETS)


FACETS = ("kind", "category", "unit", "year", "form")


class Hit(NamedTuple):
    """An entry that was found, without its words."""

    pk: int
    kind: str
    key: str
    number: str
    file_key: str
    filename: str
    page: int | None
    unit_code: str
    category: str
    formats: list[str]
    day: date
    open_since: date | None
    rank: float


_READ = ("pk", *Hit._fields[1:])


@dataclass(slots=True)
class Result:
    """One row of what was found: an item with the pages of its documents, an entry of the DIK, a sheet, a tombstone."""

    kinds: set[str] = field(default_factory=set)
    own: Hit | None = None
    pages: list[Hit] = field(default_factory=list)

    @property
    def hits(self) -> list[Hit]:
        return [*([self.own] if self.own else []), *self.pages]

    @property
    def first(self) -> Hit:
        return self.own or self.pages[0]

    @property
    def rank(self) -> float:
        return max(hit.rank for hit in self.hits)

    def values(self, facet: str) -> set[str]:
        """Return what the result is counted under."""
        if facet == "kind":
            return self.kinds
        if facet == "form":
            return {form for hit in self.hits for form in hit.formats}
        said = {"category": self.first.category, "unit": self.first.unit_code, "year": str(self.first.day.year)}[facet]
        return {said} if said else set()

    def fits(self, narrowed: Narrowed) -> bool:
        return all(getattr(narrowed, each) in ("", *self.values(each)) for each in FACETS)

    def places(self) -> list[Hit]:
        """Return the pages that answer best, in their order."""
        return _in_order(self._best()[:_PAGES_READ])

    def other_places(self) -> list[Hit]:
        """Return the other pages in their order, of very many the best ones."""
        return _in_order(self._best()[_PAGES_READ : _PAGES_READ + _PAGES_NAMED])

    def _best(self) -> list[Hit]:
        return sorted(self.pages, key=lambda hit: (-hit.rank, hit.page or 0))


def _in_order(pages: Iterable[Hit]) -> list[Hit]:
    return sorted(pages, key=lambda hit: (hit.file_key, hit.page or 0))


@dataclass(frozen=True, slots=True)
class Found:
    """The results in their order. ``is_all`` says that no match was left out.

    ``counts`` are, for each facet, how many results there are under each of its values as the others stand; a facet
    whose numbers aren't known is missing there.
    """

    results: list[Result]
    is_all: bool
    counts: dict[str, Counter[str]]


def find(question: Question, narrowed: Narrowed, *, using: str, today: date) -> Found:
    """Return what was found, in at most two queries."""
    hits, is_all = _hits(question, Q(), using)
    narrowing_counts: tuple[str, ...] = FACETS
    if not is_all and narrowed:
        hits, is_all = _hits(question, _in_sql(narrowed, today), using)
        narrowing_counts = tuple(each for each in FACETS if not getattr(narrowed, each))
    results = list(_results(hits, today))
    counts = {}
    if is_all:
        for facet in narrowing_counts:
            others = narrowed.without(facet)
            counts[facet] = Counter(
                value for result in results if result.fits(others) for value in result.values(facet)
            )
    kept = [result for result in results if result.fits(narrowed)]
    if narrowed.newest:
        kept.sort(key=lambda result: (result.first.day, result.first.pk), reverse=True)
    else:
        kept.sort(key=lambda result: (result.rank, result.first.day, result.first.pk), reverse=True)
    return Found(kept, is_all, counts)


def _hits(question: Question, which: Q, using: str) -> tuple[list[Hit], bool]:
    entries = SearchEntry.objects.using(using).found_by(question).filter(which, is_current=True)
    if not question:
        return [], True
    rows = entries.ranked_by(question).order_by("-day", "-pk").values_list(*_READ)[: BOUND + 1]
    hits = [Hit(*row) for row in rows]
    return hits[:BOUND], len(hits) <= BOUND


def _in_sql(narrowed: Narrowed, today: date) -> Q:
    which = Q()
    is_open = Q(open_since__isnull=False, open_since__lte=today)
    kinds = {
        Shown.ITEM: Q(kind=Kind.ITEM),
        Shown.PAGE: Q(kind=Kind.PAGE),
        Shown.DIK: Q(kind=Kind.DIK) & ~is_open,
        Shown.REOPENED: Q(kind=Kind.DIK) & is_open,
        Shown.SOP: Q(kind=Kind.SOP),
        Shown.GONE: Q(kind=Kind.TOMBSTONE),
    }
    if narrowed.kind:
        which &= kinds[narrowed.kind]
    if narrowed.category:
        which &= Q(category=narrowed.category)
    if narrowed.unit:
        which &= Q(unit_code=narrowed.unit)
    if narrowed.year:
        which &= Q(day__range=(date(int(narrowed.year), 1, 1), date(int(narrowed.year), 12, 31)))
    if narrowed.form:
        which &= Q(formats__contains=[narrowed.form])
    return which


def _results(hits: Iterable[Hit], today: date) -> Iterator[Result]:
    items: dict[str, Result] = {}
    for hit in hits:
        if hit.kind in (Kind.ITEM, Kind.PAGE):
            result = items.setdefault(hit.number, Result())
            if hit.kind == Kind.ITEM:
                result.own = hit
                result.kinds.add(Shown.ITEM)
            else:
                result.pages.append(hit)
                result.kinds.add(Shown.PAGE)
        else:
            yield Result({_kind_of(hit, today)}, hit)
    yield from items.values()


def _kind_of(hit: Hit, today: date) -> str:
    if hit.kind == Kind.DIK:
        return Shown.REOPENED if hit.open_since is not None and hit.open_since <= today else Shown.DIK
    return Shown.SOP if hit.kind == Kind.SOP else Shown.GONE


def texts_of(results: Iterable[Result], *, using: str, today: date) -> dict[Any, SearchEntry]:
    """Return what is read of the results, by the keys of the entries, in one query; pages with ``said`` and ``place``.

    Of an item that only its documents answer for, its own entry comes along. What may not be read itself has in
    ``instead`` the number and title of the item that can be read in its place, None where there is none.
    """
    results = list(results)
    wanted = {hit.pk for result in results for hit in [*([result.own] if result.own else []), *result.places()]}
    items = {result.first.number for result in results if result.own is None}
    page = DocumentPage.objects.filter(sha256=OuterRef("sha256"), page=OuterRef("page"))
    rows = SearchEntry.objects.using(using).filter(Q(pk__in=wanted) | Q(kind=Kind.ITEM, key__in=items)).defer("words")
    found: dict[Any, SearchEntry] = {}
    rows = rows.annotate(
        leads_to=_leads_to(today), said=Subquery(page.values("text")), place=Subquery(page.values("place"))
    )
    item = PublishedItem.objects.filter(number=OuterRef("leads_to"))
    read_instead = Subquery(item.values(said=JSONObject(number="number", title="title"))[:1], output_field=JSONField())
    for entry in rows.annotate(instead=read_instead):
        found[entry.pk] = entry
        if entry.kind == Kind.ITEM:
            found[entry.number] = entry
    return found


def _leads_to(today: date) -> Case:
    """Return, in SQL, the number of the item that may be read in place of what was found, as the shelf names it."""
    of_dik, stone = DikEntry.objects.filter(number=OuterRef("key")), Tombstone.objects.filter(number=OuterRef("key"))
    open_part = Subquery(DikEntry.objects.filter(number=OuterRef("dik")).values("open_part")[:1])
    return Case(
        When(kind=Kind.DIK, open_since__lte=today, then=Subquery(of_dik.values("item_number")[:1])),
        When(kind=Kind.DIK, then=Subquery(of_dik.values("open_part")[:1])),
        When(
            kind=Kind.TOMBSTONE,
            then=Subquery(stone.values(to=Case(When(~Q(successor=""), then="successor"), default=open_part))[:1]),
        ),
        default=Value(""),
    )
