"""What the search finds: results of all kinds, narrowed, sorted and counted.

The newest matches are read, no more than ``BOUND`` of them, and everything else is reckoned from these: so a word that
stands everywhere costs no more than a rare one. Where there are more, what is asked narrows them before they are read.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, compress
from typing import Any, NamedTuple

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.db.models.expressions import RawSQL

from ppid.shelf.search.models import Kind, SearchEntry
from ppid.shelf.search.question import Question

BOUND = 1000
FEW = 400  # of the newest entries: what is found seldomer is looked up, not looked through
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

    def __bool__(self) -> bool:
        return any(getattr(self, each) for each in FACETS)


FACETS = ("kind", "category", "unit", "year", "form")
Values = tuple[Collection[str], ...]  # facet by facet


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
        return max(hit.rank for hit in self.hits) if self.pages else self.first.rank

    def values(self) -> Values:
        """Return what the result is counted under, facet by facet."""
        first = self.first
        return (
            self.kinds,
            (first.category,) if first.category else (),
            (first.unit_code,) if first.unit_code else (),
            (str(first.day.year),),
            {form for hit in self.hits for form in hit.formats} if self.pages else first.formats,
        )

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


def find(question: Question, narrowed: Narrowed, *, using: str, today: date, newest: date | None = None) -> Found:
    """Return what was found, in at most two queries.

    ``newest`` is since when the newest entries are, where the question has common words alone: there they are looked
    through first. PostgreSQL takes such words for independent of each other, and reads all entries for two that come
    seldom together.
    """
    facets: tuple[str, ...] = FACETS
    which = _in_sql(narrowed, today)
    without = tuple(each for each in FACETS if not getattr(narrowed, each))
    if newest is None:
        hits, is_all = _hits(question, Q(), using)
        if not is_all and narrowed:
            hits, is_all = _hits(question, which, using)
            facets = without
    else:
        hits, is_all = _hits(question, which & Q(day__gte=newest), using)
        if is_all:
            hits, is_all = _hits(question, which, using, by_words=len(hits) < FEW)
        facets = without
    results = list(_results(hits, today))
    said = [result.values() for result in results]
    chosen = [(n, value) for n, each in enumerate(FACETS) if (value := getattr(narrowed, each))]
    counts = {}
    for n, facet in enumerate(FACETS):
        if is_all and facet in facets:
            others = [each for each in chosen if each[0] != n]
            counts[facet] = Counter(chain.from_iterable(each[n] for each in _fitting(said, said, others)))
    kept = _fitting(results, said, chosen)
    if narrowed.newest:
        kept.sort(key=lambda result: (result.first.day, result.first.pk), reverse=True)
    else:
        kept.sort(key=lambda result: (result.rank, result.first.day, result.first.pk), reverse=True)
    return Found(kept, is_all, counts)


def _fitting(kept: list[Any], said: list[Values], chosen: list[tuple[int, str]]) -> list[Any]:
    """Return those of which is said what was chosen."""
    if not chosen:
        return kept
    fits = (all(value in each[n] for n, value in chosen) for each in said)
    return list(compress(kept, fits))


def _hits(question: Question, which: Q, using: str, *, by_words: bool = False) -> tuple[list[Hit], bool]:
    """Return the newest that the question finds; ``by_words`` by the index of words, and by no other."""
    if not question:
        return [], True
    entries = SearchEntry.objects.using(using).found_by(question).filter(which, is_current=True)
    if by_words:
        day = ExpressionWrapper(F("day") + Value(0), DateField())  # the index of days knows no sum
        newest = entries.order_by(day.desc(), "-pk").values("pk")[: BOUND + 1]
        entries = SearchEntry.objects.using(using).filter(pk__in=newest)
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


# Written out, for Django takes longer to write them than PostgreSQL to answer. What may be read in place of an entry:
# of what is open again its item, of what is excluded its open part, of what is gone its successor or that open part.
_INSTEAD = """
    (
        SELECT jsonb_build_array(item.number, item.title)::text
        FROM shelf_publisheditem item
        WHERE item.number = CASE
            WHEN shelf_searchentry.kind = 'dik' THEN (
                SELECT CASE WHEN shelf_searchentry.open_since <= %s THEN dik.item_number ELSE dik.open_part END
                FROM shelf_dikentry dik WHERE dik.number = shelf_searchentry.key
            )
            WHEN shelf_searchentry.kind = 'tombstone' THEN (
                SELECT CASE WHEN stone.successor <> '' THEN stone.successor ELSE (
                    SELECT dik.open_part FROM shelf_dikentry dik WHERE dik.number = stone.dik
                ) END
                FROM shelf_tombstone stone WHERE stone.number = shelf_searchentry.key
            )
        END
    )
"""
_OF_PAGE = """
    (
        SELECT {} FROM shelf_documentpage page
        WHERE page.sha256 = shelf_searchentry.sha256 AND page.page = shelf_searchentry.page
    )
"""


class Text(NamedTuple):
    """What is read of an entry; of a page of a document what stands on it (``said``) and what it is called (``place``).

    ``instead`` is the number and title of the item that can be read in its place, as JSON, None where there is none.
    """

    pk: int
    kind: str
    key: str
    number: str
    file_key: str
    filename: str
    page: int | None
    formats: tuple[str, ...]
    title: str
    text: str
    unit_code: str
    unit_name: str
    said: str | None
    place: str | None
    instead: str | None


def texts_of(results: Iterable[Result], *, using: str, today: date) -> dict[int | str, Text]:
    """Return what is read of the results, by the keys of the entries, in one query.

    Of an item that only its documents answer for, its own entry comes along, by its number.
    """
    results = list(results)
    wanted = {hit.pk for result in results for hit in [*([result.own] if result.own else []), *result.places()]}
    items = {result.first.number for result in results if result.own is None}
    beside = {
        "said": RawSQL(_OF_PAGE.format("text"), ()),  # noqa: S611 - no word of a request stands in it
        "where": RawSQL(_OF_PAGE.format("place"), ()),  # noqa: S611 - as above
        "instead": RawSQL(_INSTEAD, (today,)),  # noqa: S611 - as above
    }
    rows = SearchEntry.objects.using(using).filter(Q(pk__in=wanted) | Q(kind=Kind.ITEM, key__in=items))
    found: dict[int | str, Text] = {}
    for pk, kind, key, number, file_key, filename, page, formats, *rest in rows.annotate(**beside).values_list(
        *Text._fields[:-3], *beside
    ):
        text = Text(pk, kind, key, number, file_key, filename, page, tuple(formats), *rest)
        found[pk] = text
        if kind == Kind.ITEM:
            found[number] = text
    return found
