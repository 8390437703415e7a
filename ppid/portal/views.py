"""The public's pages. Each one reads the shelf, through the role that can read nothing else, and asks for no cookie."""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ppid.glossary import GLOSSARY
from ppid.portal.filters import ItemFilter
from ppid.portal.of_edition import There, of_edition
from ppid.portal.pages import OpenPage, ShelfList, on_shelf
from ppid.portal.units import asked_of
from ppid.shelf.listed import listed
from ppid.shelf.models import Category, DikEntry, PublishedItem
from ppid.shelf.search.question import Question, read


def excluded_now():
    """Return the entries of the DIK that are in force today."""
    return on_shelf(DikEntry).in_force(on=timezone.localdate())


def typed_in(request) -> Question:
    """Return what the words of the address ask for, as they stand there."""
    return read(request.GET.get("q", ""))


def narrowed(request, there: There, kind: type[Any]):
    """Return the filter of this kind, with the units and years that there are."""
    shelf = of_edition(request)
    asked, told = asked_of(request.GET, there.units, shelf.units)
    told["families"] = shelf.families(typed_in(request))
    return kind(asked, oldest=there.oldest, today=shelf.day, **told)


def item_filter(request, kind: type[ItemFilter] = ItemFilter) -> ItemFilter:
    """Return the filters of the address, with the units and years that have something on the shelf."""
    return narrowed(request, of_edition(request).items, kind)


class Home(OpenPage, TemplateView):
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        shelf = of_edition(self.request)
        latest = list(listed(on_shelf(PublishedItem).newest_first()[:5], on=shelf.day, with_files=True))
        counts = {category.value: shelf.count(category=category) for category in Category}
        counts["excluded"] = shelf.excluded.count
        return super().get_context_data(latest=latest, counts=counts, procedure=shelf.procedure, **kwargs)


class ItemList(ShelfList):
    model = PublishedItem
    template_name = "portal/items.html"
    section = "items"
    # Counting and ranking words read every match: a search that finds more than this shows the newest, and says so.
    SEARCHED = 1000
    has_files = True

    @cached_property
    def filter(self):
        return item_filter(self.request)

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        chosen = self.filter.chosen
        if "q" in chosen:
            paginator.counted = self.SEARCHED
            if paginator.has_more_than_counted:
                paginator.object_list = queryset.newest_first()
        else:
            paginator.found = of_edition(self.request).count(**self.filter.counted)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        on, found = of_edition(self.request).day, context["page_obj"].object_list
        rows = listed(found, on=on, with_files=self.has_files) if context["paginator"].count else ()
        return {"rows": list(rows)} | context


class Glossary(OpenPage, TemplateView):
    template_name = "portal/glossary.html"
    section = "glossary"
    extra_context = {"glossary": GLOSSARY}
