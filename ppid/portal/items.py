"""An item's page and its files; what became of those that are no longer there."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.generic import View

from ppid.portal import files
from ppid.portal.filters import CATEGORY_IN_ADDRESS
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.units import called_now
from ppid.shelf import passport
from ppid.shelf.models import (
    DikEntry,
    EditionFile,
    FormerFile,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    Tombstone,
)


@dataclass(frozen=True, slots=True)
class Replaced:
    """An item that another one replaced, and since when."""

    number: str
    title: str
    since: str

    @property
    def since_day(self) -> date:
        return timezone.localdate(datetime.fromisoformat(self.since))


class ItemPage(OpenPage, View):
    section = "items"

    def get(self, request, number):
        try:
            return HttpResponse(page_of(request, number))
        except PublishedItem.DoesNotExist:
            return gone(request, number)


def page_of(request, number: str, **which) -> str:
    """Return the page of an item on the shelf. Raises PublishedItem.DoesNotExist."""
    tombstones = Tombstone.objects.filter(successor=OuterRef("number")).order_by("number")
    replaced = ArraySubquery(tombstones.values(said=JSONObject(number="number", title="title", since="taken_off_at")))
    rest = DikEntry.objects.in_force(on=timezone.localdate()).filter(open_part=OuterRef("number"))
    found = on_shelf(PublishedItem).filter(number=number, **which).annotate(rest=Subquery(rest.values("number")[:1]))
    known = found.values_list("pk", "written_at", called_now(), "rest", replaced, "follow_by").get()
    pk, written_at, unit_now, excluded, replaces, follow_by = known
    replaces = tuple(Replaced(**each) for each in replaces)
    site = f"{request.scheme}://{request.get_host()}"
    is_over = follow_by is not None and follow_by < timezone.now()
    return drawn_item(pk, written_at, unit_now, replaces, excluded, timezone.localdate(), is_over, site)


@lru_cache(maxsize=512)
def drawn_item(
    pk: int,
    written_at: datetime,
    unit_now: str,
    replaced: tuple[Replaced, ...],
    excluded: str | None,
    today: date,
    is_over: bool,
    site: str,
) -> str:
    """Return an item's page, drawn once for each time that its row was written, and each day.

    It can be kept because all that stands on it is part of the key: ``written_at`` comes with every change of the row,
    and with its number of editions; ``unit_now`` is how its unit is called now; ``replaced`` are the items that it
    replaces, ``excluded`` the entry of the DIK of which it is the open part; ``is_over`` says whether the time has
    passed in which the rows had to follow that were announced before; ``site`` is the address of the portal as the
    reader knows it.
    """
    item = on_shelf(PublishedItem).prefetch_related("files").get(pk=pk)
    earlier = on_shelf(PublishedEdition).filter(number=item.number).order_by("-edition")
    context = {
        **shown(item),
        "unit_now": unit_now,
        "follow_words": item.follow_words(at=timezone.now()),
        "editions": earlier.only("number", "edition", "title", "published_at", "ended_at"),
        "replaced": replaced,
        "excluded_part": excluded,
        "site": site,
    }
    return render_to_string("portal/item.html", context)


def shown(item) -> dict:
    """Return what the pages of an item and of an edition have in common."""
    category = next(slug for slug, category in CATEGORY_IN_ADDRESS.items() if category == item.category)
    return {
        "item": item,
        "category_in_address": category,
        "passport": passport.read(item.passport),
        "section": ItemPage.section,
    }


class ItemFile(OpenPage, View):
    """A file of an item. Its key finds it, so an old link leads to its successor, and never to another document.

    One that is no longer among the item's files leads to the newest edition that has it.
    """

    def get(self, request, number, key, filename):
        file = on_shelf(PublishedFile).filter(item__number=number, key=key).select_related("item").first()
        if file is None:
            earlier = on_shelf(EditionFile).filter(item__number=number, key=key).select_related("item")
            if (kept := earlier.order_by("-item__edition").first()) is not None:
                return redirect(kept)
            return taken_out(request, number, key)
        if file.filename != filename:
            return redirect(file)
        return files.send(request, file.sha256, media_type=file.media_type, filename=file.filename)


def gone(request, number: str) -> HttpResponse:
    """Answer for a number that is not on the shelf: its tombstone if it once was public, else 404."""
    tombstone = on_shelf(Tombstone).filter(number=number).first()
    if tombstone is None:
        raise Http404
    context = {
        "tombstone": tombstone,
        "is_excluded": tombstone.is_excluded(on=timezone.localdate()),
        "successor": on_shelf(PublishedItem).filter(number=tombstone.successor).only("number", "title").first(),
        "editions": on_shelf(PublishedEdition).filter(number=number).order_by("-edition"),
        "section": ItemPage.section,
    }
    return render(request, "portal/tombstone.html", context, status=410)


def taken_out(request, number: str, key: str) -> HttpResponse:
    """Answer for a file that is not among those of an item: what became of it, or 404 for one that never was."""
    item = on_shelf(PublishedItem).filter(number=number).only("number", "title").first()
    if item is None:
        return gone(request, number)
    former = on_shelf(FormerFile).filter(number=number, key=key).first()
    if former is None:
        raise Http404
    context = {"item": item, "former": former, "section": ItemPage.section}
    return render(request, "portal/former_file.html", context, status=410)
