"""The notice board as pages of text: what the sheet of an item says on paper (``ppid.showing``), and all by their days.

Perki 1/2021 article 24: an announcement is accessible to everyone, so it is text that can be enlarged and read aloud.
"""

from itertools import groupby

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import View

from ppid.portal.items import gone
from ppid.portal.machines import site
from ppid.portal.pages import OpenPage, ShelfPaginator, on_shelf
from ppid.portal.units import called_now
from ppid.shelf.held import unheld
from ppid.shelf.models import BoardSheet, PublishedFile, PublishedItem
from ppid.web.paged import PagedList


class Announcement(OpenPage, View):
    """The announcement of an item, in three queries. Of what left the shelf it says what its page says."""

    section = "items"

    def get(self, request, number) -> HttpResponse:
        found = on_shelf(PublishedItem).filter(number=number).defer("passport")
        found = found.prefetch_related(Prefetch("files", unheld(on_shelf(PublishedFile))))
        item = found.annotate(unit_now=called_now()).first()
        if item is None:
            return gone(request, number)
        context = {
            "item": item,
            "unit_now": item.unit_now,
            "site": site(request),
            "is_printed": on_shelf(BoardSheet).filter(number=number).exists(),
            "section": self.section,
        }
        return render(request, "portal/board/announcement.html", context)


class Announcements(OpenPage, PagedList):
    """All announcements of what is public now, by their days, the newest first."""

    template_name = "portal/board/list.html"
    section = "items"
    paginator_class = ShelfPaginator
    paginate_by = 20

    def get_queryset(self):
        fields = ("number", "title", "category", "unit_code", "unit_name", "published_at", "edition")
        return on_shelf(PublishedItem).newest_first().only(*fields).annotate(unit_now=called_now())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        by_day = groupby(context["object_list"], key=lambda item: timezone.localdate(item.published_at))
        return context | {"days": [(day, list(items)) for day, items in by_day]}
