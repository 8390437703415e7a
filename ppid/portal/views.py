"""The public's pages. Each one reads the shelf, through the role that can read nothing else, and asks for no cookie."""

from typing import Any

from django.db.models import Count, Sum, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ppid.glossary import GLOSSARY
from ppid.portal.filters import ItemFilter
from ppid.portal.pages import OpenPage, ShelfList, on_shelf
from ppid.portal.units import asked_of, units_now, units_of
from ppid.shelf.models import DikEntry, ItemCount, PublishedItem, PublishedSop
from ppid.shelf.search.question import Question, read


def excluded_now():
    """Return the entries of the DIK that are in force today."""
    return on_shelf(DikEntry).in_force(on=timezone.localdate())


def typed_in(request) -> Question:
    """Return what the words of the address ask for, as they stand there."""
    return read(request.GET.get("q", ""))


def narrowed(request, rows, day: str, kind: type[Any]):
    """Return the filter of this kind, with the units and years of these rows; ``day`` is what their year is of."""
    units = units_of(rows, day, typed_in(request))
    oldest = min((oldest.year for *_, oldest, _ in units), default=None)
    asked, told = asked_of(request.GET, (unit[:3] for unit in units), units_now(), units[0][-1] if units else ())
    return kind(asked, oldest=oldest, today=timezone.localdate(), **told)


def item_filter(request, kind: type[ItemFilter] = ItemFilter) -> ItemFilter:
    """Return the filters of the address, with the units and years that have something on the shelf."""
    units = list(on_shelf(PublishedItem).one_of_each_unit(typed_in(request)))
    oldest = timezone.localtime(units[0].oldest).year if units else None
    shown = ((unit.unit_code, unit.unit_name, unit.spoken) for unit in units)
    asked, told = asked_of(request.GET, shown, units_now(), units[0].families if units else ())
    return kind(asked, oldest=oldest, today=timezone.localdate(), **told)


class Home(OpenPage, TemplateView):
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        latest = on_shelf(PublishedItem).newest_first().prefetch_related("files")[:5]
        return super().get_context_data(latest=latest, counts=self.counts(), procedure=self.procedure(), **kwargs)

    def counts(self) -> dict[str, int]:
        """Return how many there are of each class, and of excluded information, in one query."""
        items = on_shelf(ItemCount).order_by().values("category").annotate(n=Sum("n"))
        excluded = excluded_now().order_by().values(category=Value("excluded")).annotate(n=Count("pk"))
        return {row["category"]: row["n"] for row in items.union(excluded, all=True)}

    def procedure(self):
        """Return the SOP by which information is published: the city's, before a unit's own."""
        return (
            on_shelf(PublishedSop).in_force().filter(flow="publication").for_list().order_by("-is_master", "pk").first()
        )


class ItemList(ShelfList):
    model = PublishedItem
    template_name = "portal/items.html"
    section = "items"
    # Counting and ranking words read every match: a search that finds more than this shows the newest, and says so.
    SEARCHED = 1000

    @cached_property
    def filter(self):
        return item_filter(self.request)

    def get_queryset(self):
        return super().get_queryset().defer("passport").prefetch_related("files")

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if "q" in self.filter.chosen:
            paginator.counted = self.SEARCHED
            if paginator.has_more_than_counted:
                paginator.object_list = queryset.newest_first()
        return paginator


class Glossary(OpenPage, TemplateView):
    template_name = "portal/glossary.html"
    section = "glossary"
    extra_context = {"glossary": GLOSSARY}
