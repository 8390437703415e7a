"""What is new, what was withdrawn, and where everything is, for readers of feeds and for search engines."""

import json
from datetime import datetime, tzinfo
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.generic import TemplateView

from ppid.portal.machines import Keys, MachinePage, moment, site, tag_uri, text
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.views import item_filter
from ppid.shelf.held import NOT_HELD
from ppid.shelf.models import Category, PublishedItem, PublishedSop, Tombstone
from ppid.shelf.sitemap import PART

NEWEST = 50
XML = "application/xml; charset=utf-8"


_FILES = f"""
    (
        SELECT COALESCE(jsonb_agg(jsonb_build_array(file.key, file.filename, file.media_type, file.size, file.title)
                                  ORDER BY file.position), '[]')::text
        FROM shelf_publishedfile file WHERE file.item_id = shelf_publisheditem.id AND {NOT_HELD}
    )
"""  # noqa: S608 - words of our own


class FeedFile(NamedTuple):
    """A file as the feed names it."""

    key: str
    filename: str
    media_type: str
    size: int
    title: str


class FeedItem(NamedTuple):
    """An item as the feed tells of it; ``files_told`` is JSON."""

    number: str
    title: str
    summary: str
    category: str
    unit_name: str
    published_at: datetime
    written_at: datetime
    files_told: str

    def get_category_display(self) -> str:
        return str(Category(self.category).label)

    @property
    def files(self) -> list[FeedFile]:
        return [FeedFile(*each) for each in json.loads(self.files_told)]


def _listed(items) -> list[FeedItem]:
    """Return the items with their files, in one query."""
    rows = items.annotate(files_told=RawSQL(_FILES, ()))  # noqa: S611
    return [FeedItem(*row) for row in rows.values_list(*FeedItem._fields)]


class FeedStone(NamedTuple):
    """A withdrawal as the feed tells of it."""

    number: str
    title: str
    kind: str
    reason: str
    taken_off_at: datetime

    def get_kind_display(self) -> str:
        return str(Tombstone.Kind(self.kind).label)


class Entry(NamedTuple):
    """An entry of the feed: of an item or of a withdrawal; ``ids`` is what all names of entries begin with."""

    of: FeedItem | FeedStone
    base: str
    ids: str

    @property
    def item(self) -> FeedItem | None:
        return self.of if isinstance(self.of, FeedItem) else None

    @property
    def stone(self) -> FeedStone | None:
        return self.of if isinstance(self.of, FeedStone) else None

    @property
    def updated(self) -> datetime:
        return self.of.written_at if isinstance(self.of, FeedItem) else self.of.taken_off_at


class Atom(MachinePage):
    """The newest items with their files, and what was withdrawn; narrowed as the list of items is.

    A withdrawal has no class, unit or words: a narrowed feed has none, and the items are simply not in it any more.
    """

    items = Keys("atom", ("published_at", "number"), (moment, text), newest_first=True)
    stones = Keys("atom", ("taken_off_at", "number"), (moment, text), newest_first=True)

    def get(self, request):
        chosen = item_filter(request)
        items = self.items.ordered(chosen.apply(on_shelf(PublishedItem)))
        stones = self.stones.ordered(on_shelf(Tombstone)) if not chosen.chosen else on_shelf(Tombstone).none()
        if cursor := request.GET.get("sesudah"):
            items = self.items.after(items, cursor)
            stones = self.stones.after(stones, cursor) if not chosen.chosen else stones
        count = NEWEST + 1
        shown = [(each.published_at, each.number, each) for each in _listed(items[:count])]
        gone = [
            (each.taken_off_at, each.number, each)
            for each in (FeedStone(*row) for row in stones.values_list(*FeedStone._fields)[:count])
        ]
        rows = list(islice(merge(shown, gone, key=lambda row: row[:2], reverse=True), count))
        query = request.GET.copy()
        query.pop("sesudah", None)
        following = ""
        if len(rows) > NEWEST:
            query["sesudah"] = self.items.cursor(rows[NEWEST - 1][:2])
            following = query.urlencode()
            query.pop("sesudah")
        base, ids = site(request), tag_uri(request, "informasi/")
        entries = [Entry(each, base, ids) for _, _, each in rows[:NEWEST]]
        context = {
            "entries": entries,
            "updated": max((entry.updated for entry in entries), default=None),
            "base": base,
            "feed_id": tag_uri(request, f"informasi{'?' + query.urlencode() if chosen.chosen else ''}"),
            "query": chosen.query(),
            "words": ", ".join(f"{chip.label}: {chip.value}" for chip in chosen.chips()),
            "following": following,
        }
        return render(request, "portal/atom.xml", context, content_type="application/atom+xml; charset=utf-8")


class OpenSearch(MachinePage):
    """How a browser searches here."""

    def get(self, request):
        kind = "application/opensearchdescription+xml; charset=utf-8"
        return render(request, "portal/opensearch.xml", {"base": site(request)}, content_type=kind)


class Robots(OpenPage, TemplateView):
    template_name = "portal/robots.txt"
    content_type = "text/plain; charset=utf-8"


# The pages that are always there, by the names of their addresses.
PAGES = (
    *("home", "items", "announcements", "dip", "dik", "reopened", "sops", "units", "pages"),
    *("duties", "duty_rubric", "duty_scores"),
    *("statistics", "verify", "ledger", "glossary", "data", "api"),
)


class Sitemap(MachinePage):
    """The index of the maps; the parts of all items are those that a trigger keeps, so nothing is counted."""

    def get(self, request):
        maps = [(reverse(f"portal:{name}"), None) for name in ("sitemap_pages", "sitemap_sops")]
        at = _shape("sitemap_items", 0)
        maps += [(at.format(part.part), part.changed_at) for part in of_edition(request).map_parts]
        return _map(request, maps, "sitemapindex", "sitemap")


class SitemapOfPages(MachinePage):
    def get(self, request):
        places = [(reverse(f"portal:{name}"), None) for name in PAGES]
        return _map(request, places)


class SitemapOfSops(MachinePage):
    def get(self, request):
        rows = on_shelf(PublishedSop).in_force().order_by("pk").only("slug", "approved_at")[:50_000]
        return _map(request, [(each.get_absolute_url(), each.approved_at) for each in rows])


class SitemapOfItems(MachinePage):
    """A part of the map: the items whose keys lie in its range."""

    def get(self, request, part):
        rows = on_shelf(PublishedItem).filter(Q(pk__gte=part * PART) & Q(pk__lt=(part + 1) * PART)).order_by("pk")
        at = _shape("item", "X")
        found = [(at.format(number), changed) for number, changed in rows.values_list("number", "written_at")]
        if not found:
            raise Http404
        return _map(request, found)


def _shape(name: str, any_one: str | int) -> str:
    """Return the addresses of this name as a format: written once, and what each is called put into it."""
    before, after = reverse(f"portal:{name}", args=[any_one]).split(str(any_one))
    return f"{before}{{}}{after}"


def _map(request, places, root="urlset", each="url"):
    """Return the map of these addresses, each with when it changed, or None; 25,000 are too many for a template."""
    base, zone = site(request), timezone.get_current_timezone()
    lines = (
        f"<{each}><loc>{escape(base + place)}</loc>{_changed(changed, zone) if changed else ''}</{each}>"
        for place, changed in places
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join([head, *lines, f"</{root}>\n"]), content_type=XML)


def _changed(at: datetime, zone: tzinfo) -> str:
    return f"<lastmod>{at.astimezone(zone).isoformat(timespec='seconds')}</lastmod>"
