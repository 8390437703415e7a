"""The units that the public meets, and a page for each: what it published, its sheets, what it excludes, who to ask."""

from functools import cached_property

from django.db.models import DateTimeField, Q, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from ppid.portal.filters import CATEGORY_IN_ADDRESS
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.models import DikEntry, ItemCount, PublishedItem, PublishedSop
from ppid.shelf.units import ShelfUnit

NEWEST = 10  # rows of each kind on a unit's page


class UnitList(OpenPage, TemplateView):
    """All units by their present names, with how much each has published; below them those that have closed."""

    template_name = "portal/units/list.html"
    section = "units"

    def get_context_data(self, **kwargs):
        units = sorted(on_shelf(ShelfUnit), key=lambda unit: unit.name.casefold())
        names = {unit.code: unit.name for unit in units}
        totals = {row["unit_code"]: row["total"] for row in on_shelf(ItemCount).by("unit_code")}
        return super().get_context_data(
            units=[(unit, totals.get(unit.code, 0)) for unit in units if not unit.successor_code],
            closed=[(unit, names.get(unit.successor_code, "")) for unit in units if unit.successor_code],
            **kwargs,
        )


class UnitPage(OpenPage, TemplateView):
    """A unit in four queries, whatever it holds. An address of a unit that has closed leads to its successor."""

    template_name = "portal/units/unit.html"
    section = "units"

    @cached_property
    def units(self) -> dict[str, ShelfUnit]:
        """The unit and those that passed on to it, by their codes."""
        code = self.kwargs["code"]
        return {unit.code: unit for unit in on_shelf(ShelfUnit).filter(Q(code=code) | Q(successor_code=code))}

    def get(self, request, *args, **kwargs):
        unit = self.units.get(kwargs["code"])
        if unit is None:
            raise Http404
        if unit.successor_code:
            return redirect("portal:unit", unit.successor_code)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        code = self.kwargs["code"]
        rows = list(self.newest(code))
        counts = {row["category"]: row["total"] for row in on_shelf(ItemCount).of(code).by("category")}
        shown = {
            slug: (category.label, counts.get(category.value, 0)) for slug, category in CATEGORY_IN_ADDRESS.items()
        }
        return super().get_context_data(
            unit=self.units[code],
            merged=sorted((each.name for each in self.units.values() if each.code != code), key=str.casefold),
            counts=[(slug, label, n) for slug, (label, n) in shown.items()],
            total=sum(counts.values()),
            items=[row for row in rows if row["kind"] == "item"],
            sops=[row for row in rows if row["kind"] == "sop"],
            entries=[row for row in rows if row["kind"] == "dik"],
            **kwargs,
        )

    def newest(self, code: str):
        """Return the newest of each kind in one query, each of them through its own index."""
        items = on_shelf(PublishedItem).filter(unit_code=code).order_by("-published_at", "-pk")
        sops = on_shelf(PublishedSop).in_force().filter(unit_code=code).by_title()
        entries = on_shelf(DikEntry).in_force(on=timezone.localdate()).filter(unit_code=code)
        return _named(items, "item", "number", "title", "published_at").union(
            _named(sops, "sop", "slug", "title", "in_force_from"),
            _named(entries.order_by("-decree_date", "-pk"), "dik", "number", "information", "decree_date"),
            all=True,
        )


def _named(rows, kind: str, key: str, words: str, day: str):
    """Return the first rows as words of one shape, so that they come in one query with others."""
    when = Cast(day, DateTimeField())
    said = Cast(words, TextField())
    return rows.values(kind=Value(kind), key=Cast(key, TextField()), words=said, day=when)[:NEWEST]
