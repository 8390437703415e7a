"""The read-only API: lists in pages by keys, an item with its editions, and what changed since a moment."""

import json
from datetime import datetime, time
from functools import cache
from heapq import merge
from itertools import islice
from pathlib import Path

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.generic import TemplateView

from ppid.portal.filters import CATEGORY_IN_ADDRESS
from ppid.portal.machines import Keys, MachinePage, Unanswerable, key, moment, said, said_of, site, text
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.registers import open_again
from ppid.portal.views import excluded_now
from ppid.shelf import open_data, told_items
from ppid.shelf.held import unheld
from ppid.shelf.models import (
    Category,
    EditionFile,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    PublishedRegister,
    PublishedSop,
    Tombstone,
)
from ppid.shelf.search.question import read
from ppid.shelf.units import ShelfUnit
from ppid.web.parameters import number

USUAL, MOST = 50, 200


class ApiList(MachinePage):
    """A list in pages: ``limit`` rows, and the cursor of the next page."""

    keys: Keys
    takes: tuple[str, ...] = ()  # parameters besides limit and cursor

    def get(self, request, **kwargs):
        rows = self.read(self.page())
        more = len(rows) > self.limit
        rows = rows[: self.limit]
        last = rows[-1] if more else None
        return self.answer([self.written(each) for each in rows], last and self.keys.cursor(self.values(last)))

    def answer(self, rows: list[str], cursor):
        """Return a page of these rows, each as JSON text."""
        following = None
        if cursor:
            query = self.request.GET.copy()
            query["cursor"] = cursor
            following = f"{site(self.request)}{self.request.path}?{query.urlencode()}"
        return said_of(rows, {"next": following, "next_cursor": cursor})

    def page(self):
        """Return a row more than the page has."""
        rows = self.keys.ordered(self.narrowed(self.rows()))
        if cursor := self.request.GET.get("cursor"):
            rows = self.keys.after(rows, cursor)
        return rows[: self.limit + 1]

    def read(self, page):
        return list(page)

    def values(self, row):
        return [getattr(row, field) for field in self.keys.fields]

    @property
    def limit(self) -> int:
        asked = self.request.GET.get("limit", str(USUAL))
        if not 1 <= (found := number(asked, otherwise=0)) <= MOST:
            raise Unanswerable(f"«limit» harus angka dari 1 sampai {MOST}.")
        return found

    def rows(self):
        raise NotImplementedError

    def narrowed(self, rows):
        """Return the rows that fit what the address asks. Raises Unanswerable for what it can't ask."""
        if unknown := set(self.request.GET) - {"limit", "cursor", *self.takes}:
            known = ", ".join(("limit", "cursor", *self.takes))
            raise Unanswerable(f"«{min(unknown)[:60]}» tidak dikenal di sini. Yang dikenal: {known}.")
        if unit := self.request.GET.get("unit"):
            rows = rows.filter(unit_code=unit)
        return rows

    def written(self, row) -> str:
        return open_data.json_text(self.told(row))

    def told(self, row):
        raise NotImplementedError


class Items(ApiList):
    """The items, newest first; with ``changed_since`` what changed and what was withdrawn, oldest change first."""

    keys = Keys("items", ("published_at", "pk"), (moment, key), newest_first=True)
    changes = Keys("changes", ("written_at", "number"), (moment, text))
    withdrawn = Keys("changes", ("taken_off_at", "number"), (moment, text))
    takes = ("q", "category", "unit", "year", "changed_since")

    def rows(self):
        return on_shelf(PublishedItem)

    def read(self, page):
        return told_items.told(page)

    def written(self, row) -> str:
        return told_items.written(row, site(self.request))

    def get(self, request, **kwargs):
        return self.changed() if "changed_since" in request.GET else super().get(request, **kwargs)

    def narrowed(self, rows):
        rows, asked = super().narrowed(rows), self.request.GET
        if words := asked.get("q"):
            if len(words) > 200:
                raise Unanswerable("«q» paling banyak 200 huruf.")
            rows = rows.matching(read(words))
        if category := asked.get("category"):
            if category not in Category.values:
                raise Unanswerable(f"«category» harus salah satu dari: {', '.join(Category.values)}.")
            rows = rows.filter(category=category)
        if year := asked.get("year"):
            if not 2000 <= number(year, most=9999) <= 9998:
                raise Unanswerable("«year» harus tahun dengan empat angka.")
            rows = rows.filter(published_at__year=int(year))
        return rows

    def changed(self):
        """Answer with items and withdrawals in the order in which they changed."""
        if set(self.request.GET) - {"changed_since", "limit", "cursor"}:
            raise Unanswerable("«changed_since» hanya dapat dipakai bersama «limit» dan «cursor».")
        since = _since(self.request.GET["changed_since"])
        items = self.changes.ordered(self.rows().filter(written_at__gte=since))
        stones = self.withdrawn.ordered(on_shelf(Tombstone).filter(taken_off_at__gte=since))
        if cursor := self.request.GET.get("cursor"):
            items, stones = self.changes.after(items, cursor), self.withdrawn.after(stones, cursor)
        count = self.limit + 1
        found = [(each.written_at, each.number, told_items.written, each) for each in self.read(items[:count])]
        gone = [(each.taken_off_at, each.number, _withdrawn, each) for each in stones[:count]]
        rows = list(islice(merge(found, gone, key=lambda row: row[:2]), count))
        cursor = self.changes.cursor(rows[self.limit - 1][:2]) if len(rows) > self.limit else None
        base = site(self.request)
        return self.answer([write(each, base) for _, _, write, each in rows[: self.limit]], cursor)


def _withdrawn(stone, base: str) -> str:
    return open_data.json_text(open_data.withdrawal_data(stone, base))


def _since(typed: str) -> datetime:
    try:
        if day := parse_date(typed):
            return timezone.make_aware(datetime.combine(day, time.min))
        if found := parse_datetime(typed):
            return found if found.tzinfo else timezone.make_aware(found)
    except (ValueError, OverflowError):
        pass
    raise Unanswerable("«changed_since» harus tanggal (2026-11-20) atau saat (2026-11-20T08:00:00+07:00).")


class Item(MachinePage):
    """An item with its earlier editions; what was withdrawn answers with what its tombstone says, and 410."""

    def get(self, request, number):
        base = site(request)
        # Its files bring the item along: one query, where there are any.
        of_item = unheld(on_shelf(PublishedFile)).filter(item__number=number).order_by("position")
        files = list(of_item.select_related("item").defer("item__passport"))
        item = files[0].item if files else on_shelf(PublishedItem).filter(number=number).defer("passport").first()
        if item is None:
            if (stone := on_shelf(Tombstone).filter(number=number).first()) is None:
                raise Http404
            return said(open_data.withdrawal_data(stone, base), status=410)
        earlier = on_shelf(PublishedEdition).filter(number=number).order_by("-edition")
        earlier = earlier.prefetch_related(Prefetch("files", unheld(on_shelf(EditionFile))))
        editions = [open_data.edition_data(each, base) for each in earlier.defer("passport")[:MOST]]
        return said(open_data.item_data(item, base, files) | {"editions": editions})


class Withdrawals(ApiList):
    keys = Keys("withdrawals", ("taken_off_at", "number"), (moment, text), newest_first=True)

    def rows(self):
        return on_shelf(Tombstone)

    def told(self, row):
        return open_data.withdrawal_data(row, site(self.request))


class Excluded(ApiList):
    keys = Keys("excluded", ("number",), (text,))
    takes = ("unit",)

    def rows(self):
        return excluded_now().leading_on()

    def told(self, row):
        return open_data.dik_data(row, site(self.request))


class Reopened(ApiList):
    keys = Keys("reopened", ("number",), (text,))
    takes = ("unit",)

    def rows(self):
        return open_again().leading_on()

    def told(self, row):
        return open_data.reopened_data(row, site(self.request))


class Sops(ApiList):
    keys = Keys("sops", ("pk",), (key,))
    takes = ("unit",)

    def rows(self):
        return on_shelf(PublishedSop).for_data()

    def told(self, row):
        return open_data.sop_data(row, site(self.request))


class RegisterEditions(ApiList):
    keys = Keys("registers", ("pk",), (key,))

    def rows(self):
        return on_shelf(PublishedRegister)

    def told(self, row):
        return open_data.register_data(row, site(self.request))


class Units(ApiList):
    keys = Keys("units", ("code",), (text,))

    def rows(self):
        return on_shelf(ShelfUnit)

    def told(self, row):
        return open_data.unit_data(row, site(self.request))


@cache
def described() -> dict:
    """Return the description of the API (OpenAPI 3.1)."""
    return json.loads((Path(__file__).parent / "openapi.json").read_text("utf-8"))


class OpenApi(MachinePage):
    def get(self, request):
        return said(described())


class About(OpenPage, TemplateView):
    """How the API is asked, for people."""

    template_name = "portal/api.html"
    section = "data"
    extra_context = {"categories": CATEGORY_IN_ADDRESS, "most": MOST, "usual": USUAL}
