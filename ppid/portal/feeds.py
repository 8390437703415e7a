"""What is new, what was withdrawn, and where everything is, for readers of feeds and for search engines."""

from heapq import merge
from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.portal.machines import Keys, MachinePage, moment, site, tag_uri, text
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.views import item_filter
from ppid.shelf.models import PublishedItem, PublishedSop, Tombstone
from ppid.shelf.sitemap import PART, SitemapPart

NEWEST = 50
XML = "application/xml; charset=utf-8"


class Atom(MachinePage):
    """The newest items with their files, and what was withdrawn; narrowed as the list of items is.

    A withdrawal has no class, unit or words: a narrowed feed has none, and the items are simply not in it any more.
    """

    items = Keys("atom", ("published_at", "number"), (moment, text), newest_first=True)
    stones = Keys("atom", ("taken_off_at", "number"), (moment, text), newest_first=True)

    def get(self, request):
        chosen = item_filter(request)
        items = self.items.ordered(chosen.apply(on_shelf(PublishedItem)).defer("passport"))
        stones = self.stones.ordered(on_shelf(Tombstone)) if not chosen.chosen else on_shelf(Tombstone).none()
        if cursor := request.GET.get("sesudah"):
            items = self.items.after(items, cursor)
            stones = self.stones.after(stones, cursor) if not chosen.chosen else stones
        count = NEWEST + 1
        shown = [(each.published_at, each.number, each) for each in items.prefetch_related("files")[:count]]
        gone = [(each.taken_off_at, each.number, each) for each in stones[:count]]
        rows = list(islice(merge(shown, gone, key=lambda row: row[:2], reverse=True), count))
        query = request.GET.copy()
        query.pop("sesudah", None)
        following = ""
        if len(rows) > NEWEST:
            query["sesudah"] = self.items.cursor(rows[NEWEST - 1][:2])
            following = query.urlencode()
            query.pop("sesudah")
        entries = [self.entry(each) for _, _, each in rows[:NEWEST]]
        context = {
            "entries": entries,
            "updated": max((entry["updated"] for entry in entries), default=None),
            "base": site(request),
            "feed_id": tag_uri(request, f"informasi{'?' + query.urlencode() if chosen.chosen else ''}"),
            "query": chosen.query(),
            "words": ", ".join(f"{chip.label}: {chip.value}" for chip in chosen.chips()),
            "following": following,
        }
        return render(request, "portal/atom.xml", context, content_type="application/atom+xml; charset=utf-8")

    def entry(self, row) -> dict:
        """Return what the feed says of an item or of a tombstone."""
        if isinstance(row, Tombstone):
            of = tag_uri(self.request, f"informasi/{row.number}")
            return {"stone": row, "id": f"{of}/penarikan", "of": of, "updated": row.taken_off_at}
        return {"item": row, "id": tag_uri(self.request, f"informasi/{row.number}"), "updated": row.written_at}


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
    *("home", "items", "dip", "dik", "reopened", "sops", "units", "pages", "duties", "duty_rubric", "duty_scores"),
    *("statistics", "verify", "ledger", "glossary", "data", "api"),
)


class Sitemap(MachinePage):
    """The index of the maps; the parts of all items are those that a trigger keeps, so nothing is counted."""

    def get(self, request):
        inside = on_shelf(PublishedItem).filter(pk__gte=OuterRef("part") * PART, pk__lt=(OuterRef("part") + 1) * PART)
        parts = on_shelf(SitemapPart).filter(Exists(inside)).order_by("part")
        return render(request, "portal/sitemap.xml", {"base": site(request), "parts": parts}, content_type=XML)


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
        if part >= 2**40:
            raise Http404
        rows = on_shelf(PublishedItem).filter(Q(pk__gte=part * PART) & Q(pk__lt=(part + 1) * PART)).order_by("pk")
        found = [(each.get_absolute_url(), each.written_at) for each in rows.only("number", "written_at")]
        if not found:
            raise Http404
        return _map(request, found)


def _map(request, places):
    return render(request, "portal/sitemap_part.xml", {"base": site(request), "places": places}, content_type=XML)
