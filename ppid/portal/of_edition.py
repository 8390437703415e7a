"""What many pages show and few bytes hold, read once for each edition of the shelf and each day, not for each page.

A page is a function of its address, the edition of the shelf and the day, and so is what stands here. Nothing is
invalidated: once the shelf has changed, nobody asks for an older edition's any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from ppid.portal.announcements import Announcements, on_top_of
from ppid.portal.pages import on_shelf
from ppid.shelf.matrix import Matrix, Shelf, matrix
from ppid.shelf.models import (
    Bundle,
    DikEntry,
    ItemCount,
    PublishedItem,
    PublishedRegister,
    PublishedRegisterRow,
    PublishedSop,
    ReopenedEntry,
    Shelves,
)
from ppid.shelf.reading_obligations import read
from ppid.shelf.register_compare import Comparison
from ppid.shelf.search.finding import Asked, Found, Narrowed, find
from ppid.shelf.search.models import FamilyWord, SearchEntry, SearchWord
from ppid.shelf.search.question import Question, widened
from ppid.shelf.search.question import read as read_question
from ppid.shelf.sitemap import PART, SitemapPart
from ppid.shelf.units import ShelfUnit, Units
from ppid.web.bounded import Bounded

COMMON, NEWEST = 5_000, 20_000  # entries of the search: those of a common word, and those looked through first
RESULTS = 10_000  # of searches, at most so many are remembered: some six megabytes

_MOST_DIFFERENCES = 2_000  # of a comparison that is held: a megabyte or two


class There(NamedTuple):
    """What a list can be narrowed to: its units (code, present name, what people call it and those that it succeeded),
    and the first of its years. ``count`` is how many rows there are, where that was counted along."""

    units: list[tuple[str, str, list[str]]]
    oldest: int | None
    count: int = 0


class Standing(NamedTuple):
    """The matrix with its duties and units; what fills it is in its cells alone."""

    shelf: Shelf
    units: Units
    matrix: Matrix


class ReadOnce:
    """What was read of one edition of the shelf on one day: each when a page first asks for it."""

    def __init__(self, day: date):
        self.day = day
        self._counted: dict[tuple[str, str, int], int] = {}
        self._found: Bounded[tuple[Question, Narrowed], Found] = Bounded(RESULTS, lambda found: len(found.results) + 1)
        self._of_years: dict[int, Standing] = {}
        self._compared: dict[tuple[int, int], Comparison] = {}
        self._units_of: dict[int, list[tuple[str, str, list[str]]]] = {}

    @cached_property
    def announcements(self) -> Announcements:
        """What stands on top of the pages, the newest first."""
        return on_top_of(self.day)

    @cached_property
    def units(self) -> Units:
        """The units as they are called now."""
        return Units(on_shelf(ShelfUnit))

    @cached_property
    def counts(self) -> Mapping[tuple[str, str, int], int]:
        """How many items there are, by their class, their unit and the year in which they were published."""
        rows = on_shelf(ItemCount).order_by("category", "unit_code", "year")
        return {tuple(key): n for *key, n in rows.values_list("category", "unit_code", "year", "n")}

    def count(self, *, category: str = "", unit: str = "", year: int = 0) -> int:
        """Return how many items there are of this class, this unit and this year; of any, where it isn't said."""
        asked = category, unit, year
        if asked not in self._counted:
            rows = self.counts.items()
            self._counted[asked] = sum(n for said, n in rows if all(map(_fits, asked, said)))
        return self._counted[asked]

    @cached_property
    def items(self) -> There:
        """The units and years that have items."""
        codes = sorted({code for _, code, _ in self.counts})
        names = ((code, "" if code in self.units.by_code else self._name_on_items(code)) for code in codes)
        return There([self.called(*each) for each in names], min((year for *_, year in self.counts), default=None))

    @cached_property
    def bundles(self) -> list[Bundle]:
        """What was made to be taken away in parts, and what is being made, each with its parts."""
        return list(on_shelf(Bundle).with_parts())

    @cached_property
    def registers(self) -> list[PublishedRegister]:
        """The editions of the DIP and of the DIK, the newest first: they are few."""
        return list(on_shelf(PublishedRegister).with_printed().newest_first())

    def units_of(self, edition: PublishedRegister) -> list[tuple[str, str, list[str]]]:
        """Return the units of an edition of a register: code, the name of its day, and what people call it."""
        if (found := self._units_of.get(edition.pk)) is None:
            units = sorted(on_shelf(PublishedRegisterRow).units(edition), key=lambda unit: unit[1].casefold())
            found = self._units_of[edition.pk] = [(code, name, self._spoken.get(code, [])) for code, name in units]
        return found

    def compared(
        self, before: PublishedRegister, after: PublishedRegister, read: Callable[[], Comparison]
    ) -> Comparison:
        """Return what ``read`` tells of these two editions; the last one is held, as long as it is not a long one."""
        pair = before.pk, after.pk
        if (found := self._compared.get(pair)) is None:
            found = read()
            self._compared = {pair: found} if len(found.differences) <= _MOST_DIFFERENCES else {}
        return found

    @cached_property
    def excluded(self) -> There:
        """The units that exclude something, and the years of the decrees."""
        return self._there(on_shelf(DikEntry).in_force(on=self.day), "decree_date")

    @cached_property
    def open_parts(self) -> dict[str, str]:
        """The numbers of items that are the open part of what is excluded, each with that of the newest entry."""
        entries = on_shelf(DikEntry).in_force(on=self.day).exclude(open_part="").order_by("adopted_at", "pk")
        return dict(entries.values_list("open_part", "number"))

    @cached_property
    def reopened(self) -> There:
        """The units of what is open again, and the years since which it is."""
        return self._there(on_shelf(ReopenedEntry).reopened(on=self.day), "open_since")

    def _there(self, rows: QuerySet, day: str) -> There:
        units = rows.order_by("unit_code").values("unit_code").annotate(name=Min("unit_name"), oldest=Min(day))
        found = list(units.annotate(n=Count("pk")).values_list("unit_code", "name", "oldest", "n"))
        oldest = min((oldest.year for _, _, oldest, _ in found), default=None)
        return There([self.called(code, name) for code, name, *_ in found], oldest, sum(n for *_, n in found))

    def called(self, code: str, of_its_day: str) -> tuple[str, str, list[str]]:
        """Return the code, the present name and what people call it; ``of_its_day`` names one not known otherwise."""
        unit = self.units.by_code.get(code)
        return code, unit.name if unit else of_its_day, self._spoken.get(code, [])

    @staticmethod
    def _name_on_items(code: str) -> str:
        newest = on_shelf(PublishedItem).filter(unit_code=code).order_by("-published_at")
        return newest.values_list("unit_name", flat=True)[:1].get()

    @cached_property
    def _spoken(self) -> dict[str, list[str]]:
        spoken: dict[str, list[str]] = {}
        for unit in self.units.by_code.values():
            for code in filter(None, (unit.code, unit.successor_code)):
                spoken.setdefault(code, []).extend([*unit.everyday_names, unit.short_name])
        return spoken

    def families(self, question: Question) -> list[list[str]]:
        """Return the words of all families that the question names, family by family."""
        named = {self._family_of[key] for key in question.keys() if key in self._family_of}  # noqa: SIM118 - its method
        return [self._families[family] for family in sorted(named)]

    def asked(self, typed: str, *, as_typed: bool = False) -> Asked:
        """Return what is asked of the search; ``as_typed`` leaves families and names of units out."""
        plain, units = read_question(typed), sorted(self.units.by_code.values(), key=lambda unit: unit.code)
        named = {unit.code: unit.name for unit in units if not unit.successor_code}
        if as_typed:
            return Asked(plain, plain, named)
        spoken = []
        for unit in units:
            code = unit.successor_code or unit.code
            spoken.append((code, named.get(code, unit.name), [*unit.everyday_names, unit.short_name]))
        return Asked(widened(plain, self.families(plain), spoken), plain, named)

    def found(self, question: Question, narrowed: Narrowed) -> Found:
        """Return what was found; the next page of the same results and another look at them ask nothing again."""
        asked = question, narrowed
        if (found := self._found.get(asked)) is None:
            newest = self.newest_since if self.newest_since and question.has_only(self.common_words) else None
            found = find(question, narrowed, using=settings.PORTAL_DATABASE, today=self.day, newest=newest)
            self._found.keep(asked, found)
        return found

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that stand in so many entries that a search looks through the newest first."""
        return frozenset(on_shelf(SearchWord).filter(entries__gt=COMMON).values_list("word", flat=True))

    @cached_property
    def newest_since(self) -> date | None:
        """Since when the newest entries of the search are; None where there are no more than these."""
        days = on_shelf(SearchEntry).filter(is_current=True).order_by("-day", "-pk").values_list("day", flat=True)
        return next(iter(days[NEWEST : NEWEST + 1]), None)

    @cached_property
    def _family_words(self) -> list[tuple[int, str, str]]:
        words = on_shelf(FamilyWord).order_by("family_id", "position")
        return list(words.values_list("family_id", "key", "word"))

    @cached_property
    def _family_of(self) -> dict[str, int]:
        return {key: family for family, key, _ in self._family_words}

    @cached_property
    def _families(self) -> dict[int, list[str]]:
        families: dict[int, list[str]] = {}
        for family, _, word in self._family_words:
            families.setdefault(family, []).append(word)
        return families

    @cached_property
    def map_parts(self) -> list[SitemapPart]:
        """The parts of the map of items in which an item stands."""
        inside = on_shelf(PublishedItem).filter(pk__gte=OuterRef("part") * PART, pk__lt=(OuterRef("part") + 1) * PART)
        return list(on_shelf(SitemapPart).filter(Exists(inside)).order_by("part"))

    @cached_property
    def library(self) -> Shelves:
        """What the SOP library can be narrowed to."""
        return on_shelf(PublishedSop).shelves()

    @cached_property
    def obligations(self) -> Standing:
        """The whole matrix of the day."""
        return self._standing(None)

    def obligations_of(self, year: int | None) -> Standing:
        """Return the whole matrix of a year's periods, that of the day without one; the pages offer five years."""
        if year is None:
            return self.obligations
        if year not in self._of_years:
            self._of_years[year] = self._standing(year)
        return self._of_years[year]

    def _standing(self, year: int | None) -> Standing:
        shelf, units = read(on_shelf, on=self.day, year=year)
        return Standing(replace(shelf, fills=(), words=()), units, matrix(shelf, on=self.day, year=year))

    @cached_property
    def procedure(self) -> PublishedSop | None:
        """The SOP by which information is published: the city's, before a unit's own."""
        sheets = on_shelf(PublishedSop).in_force().filter(flow="publication").only("slug", "sheet")
        return sheets.order_by("-is_master", "pk").first()


def _fits(asked: str | int, said: str | int) -> bool:
    return not asked or asked == said


class KeptOfEdition:
    """What one process read of the edition that was asked for last."""

    def __init__(self) -> None:
        self._held = -1, ReadOnce(date.min)  # one value, so that no thread finds one edition's under another's number

    def at(self, edition: int, day: date) -> ReadOnce:
        """Return what is read of this edition on this day; what was read of another is let go of."""
        held, read = self._held
        if held != edition or read.day != day:
            read = ReadOnce(day)
            self._held = edition, read
        return read


def of_edition(request: HttpRequest) -> ReadOnce:
    """Return what was read of the shelf for pages like this one; for this page alone, where nothing is kept."""
    if (found := getattr(request, "of_edition", None)) is None:
        found = ReadOnce(timezone.localdate())
        request.of_edition = found  # type: ignore[attr-defined]
    return found
