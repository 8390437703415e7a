"""An item's page and its files; what became of those that are no longer there."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import JSONField, Model, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from ppid.portal import files
from ppid.portal.filters import CATEGORY_IN_ADDRESS
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.reader import Reader, asked_of, reader_of, with_reading
from ppid.portal.sayings import citation, social_text
from ppid.shelf import passport
from ppid.shelf.models import (
    BoardSheet,
    DikEntry,
    EditionFile,
    FormerFile,
    HeldFile,
    PagePicture,
    PublishedEdition,
    PublishedFile,
    PublishedItem,
    Tombstone,
)
from ppid.web.drawn import digest
from ppid.web.safe_files import PDF


@dataclass(frozen=True, slots=True)
class Replaced:
    """An item that another one replaced, and since when."""

    number: str
    title: str
    since: str

    @property
    def since_day(self) -> date:
        return timezone.localdate(datetime.fromisoformat(self.since))


class Earlier(NamedTuple):
    """An earlier edition of an item: its lasting address, and how long it stood."""

    edition_url: str
    edition: int
    published_at: datetime
    ended_at: datetime

    @classmethod
    def read(cls, number: str, edition: int, published_at: str, ended_at: str) -> "Earlier":
        address = reverse("portal:edition", args=[number, edition])
        return cls(address, edition, datetime.fromisoformat(published_at), datetime.fromisoformat(ended_at))


# Written out, for Django takes longer to write them than PostgreSQL to answer.
_REPLACED = """
    (
        SELECT COALESCE(jsonb_agg(jsonb_build_object('number', stone.number, 'title', stone.title, 'since',
               stone.taken_off_at) ORDER BY stone.number), '[]')::text
        FROM shelf_tombstone stone WHERE stone.successor = shelf_publisheditem.number
    )
"""
_EDITIONS = """
    (
        SELECT COALESCE(jsonb_agg(jsonb_build_array(edition.edition, edition.published_at, edition.ended_at)
               ORDER BY edition.edition DESC), '[]')::text
        FROM shelf_publishededition edition WHERE edition.number = shelf_publisheditem.number
    )
"""
_ANNOUNCED = """
    EXISTS (
        SELECT FROM shelf_boardsheet sheet
        WHERE sheet.number = shelf_publisheditem.number AND sheet.edition = shelf_publisheditem.edition
    )
"""
_BESIDE = {
    name: RawSQL(sql, ())  # noqa: S611 - no word of a request stands in it
    for name, sql in {"editions": _EDITIONS, "replaced": _REPLACED, "announced": _ANNOUNCED}.items()
}


@dataclass(frozen=True, eq=False, slots=True)
class Article:
    """What the page of an item prints between the head and the foot that all pages have.

    ``digest`` is that of all that the rest was made of: articles of one digest are drawn once.
    """

    digest: str
    item: PublishedItem
    unit_now: str
    follow_words: str
    excluded_part: str | None
    site: str
    reader: Reader | None
    editions: list[Earlier]
    replaced: list[Replaced]

    category_in_address = property(lambda self: category_in_address(self.item))
    passport = property(lambda self: passport.read(self.item.passport))
    licence = property(lambda self: settings.REUSE_LICENCE)
    citation = property(lambda self: citation(self.item, self.site))
    social = property(lambda self: social_text(self.item, self.site))


def _read(row: Model) -> dict[str, Any]:
    """Return all that was read of the row."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


class ItemPage(OpenPage, View):
    section = "items"

    def get(self, request, number):
        try:
            return HttpResponse(page_of(request, number))
        except PublishedItem.DoesNotExist:
            return gone(request, number)


def page_of(request, number: str, **which) -> str:
    """Return the page of an item on the shelf, in two queries. Raises PublishedItem.DoesNotExist."""
    shelf = of_edition(request)
    found = on_shelf(PublishedItem).filter(number=number, **which)
    item = found.annotate(**_BESIDE).prefetch_related(with_reading(PublishedFile, request.GET)).get()
    _, unit_now, _ = shelf.called(item.unit_code, item.unit_name)
    of_page = {
        "unit_now": unit_now,
        "follow_words": item.follow_words(at=timezone.now()),
        "excluded_part": shelf.open_parts.get(item.number),
        "site": f"{request.scheme}://{request.get_host()}",
    }
    files = item.files.all()
    article = Article(
        digest([_read(each) for each in (item, *files)], of_page, asked_of(request.GET), shelf.day),
        item,
        **of_page,
        reader=reader_of(files, request.GET, address=item.get_absolute_url()),
        editions=[Earlier.read(item.number, *each) for each in json.loads(item.editions)],
        replaced=[Replaced(**each) for each in json.loads(item.replaced)],
    )
    context = {"item": item, "site": article.site, "article": article, "section": ItemPage.section}
    return render_to_string("portal/item.html", context, request=request)


def shown(item) -> dict:
    """Return what the pages of an item and of an edition have in common."""
    return {
        "item": item,
        "category_in_address": category_in_address(item),
        "passport": passport.read(item.passport),
        "licence": settings.REUSE_LICENCE,
        "section": ItemPage.section,
    }


def category_in_address(item) -> str:
    return next(slug for slug, category in CATEGORY_IN_ADDRESS.items() if category == item.category)


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


class PagePictureFile(OpenPage, View):
    """The picture of a page of a file, of an item as it stands or of one of its editions."""

    def get(self, request, number, key, page, edition=None):
        wanted = {"item__number": number, "key": key}
        if edition is not None:
            wanted["item__edition"] = edition
        current = on_shelf(PublishedFile).filter(**wanted).values("sha256")
        earlier = on_shelf(EditionFile).filter(**wanted).values("sha256")
        of_file = Q(file_sha256__in=current)
        if edition is not None:
            of_file |= Q(file_sha256__in=earlier)
        drawn = on_shelf(PagePicture).filter(of_file, page=page)
        drawn = drawn.exclude(file_sha256__in=on_shelf(HeldFile).values("sha256"))
        for picture in drawn.values_list("sha256", flat=True)[:1]:
            return files.send(request, picture, media_type="image/webp", filename=f"{number}-halaman-{page}.webp")
        raise Http404


def gone(request, number: str) -> HttpResponse:
    """Answer for a number that is not on the shelf: its tombstone if it once was public, else 404."""
    stones = on_shelf(Tombstone).filter(number=number)
    open_part = DikEntry.objects.leading_on().filter(number=OuterRef("dik"), open_part_title__isnull=False)
    instead = open_part.values(said=JSONObject(number="open_part", title="open_part_title"))
    tombstone = stones.annotate(instead=Subquery(instead[:1], output_field=JSONField())).first()
    if tombstone is None:
        raise Http404
    successor = on_shelf(PublishedItem).filter(number=tombstone.successor)
    context = {
        "tombstone": tombstone,
        "is_excluded": tombstone.is_excluded(on=timezone.localdate()),
        "successor": successor.only("number", "title").first() if tombstone.successor else None,
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


class AnnouncementPdf(OpenPage, View):
    """The announcement of an item for the notice board."""

    def get(self, request, number):
        made = on_shelf(BoardSheet).filter(number=number).values_list("sha256", flat=True).first()
        if made is None:
            item = on_shelf(PublishedItem).filter(number=number).only("number", "title").first()
            if item is None:
                return gone(request, number)
            context = {"item": item, "section": ItemPage.section}
            return render(request, "portal/announcement_soon.html", context, status=404)
        return files.send(request, made, media_type=PDF, filename=f"pengumuman-{number}.pdf")
