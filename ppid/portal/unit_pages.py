"""The units that the public meets, and a page for each: what it published, its sheets, what it excludes, who to ask."""

import json
from datetime import date, datetime
from typing import NamedTuple

from django.db.models.expressions import RawSQL
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from ppid.portal.filters import CATEGORY_IN_ADDRESS
from ppid.portal.of_edition import of_edition
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.units import ShelfUnit
from ppid.web.contact import Contact, contact

NEWEST = 10  # rows of each kind on a unit's page
# Written out, for Django takes longer to write it than PostgreSQL to answer: each kind comes through its own index.
_NEWEST = f"""
    jsonb_build_object(
        'items', ARRAY(
            SELECT jsonb_build_array(number, title, published_at) FROM shelf_publisheditem
            WHERE unit_code = shelf_shelfunit.code ORDER BY published_at DESC, id DESC LIMIT {NEWEST}
        ),
        'sops', ARRAY(
            SELECT jsonb_build_array(slug, title, in_force_from) FROM shelf_publishedsop
            WHERE unit_code = shelf_shelfunit.code AND status = 'in_force' ORDER BY name, id LIMIT {NEWEST}
        ),
        'entries', ARRAY(
            SELECT jsonb_build_array(number, information, decree_date) FROM shelf_dikentry
            WHERE unit_code = shelf_shelfunit.code AND (ends_on IS NULL OR ends_on >= %s)
                  AND (reopened_on IS NULL OR reopened_on > %s)
            ORDER BY decree_date DESC, id DESC LIMIT {NEWEST}
        )
    )::text
"""  # noqa: S608 - words of this module


class ListedUnit(NamedTuple):
    """What the list prints of a unit."""

    code: str
    name: str
    short_name: str
    n: int


class UnitList(OpenPage, TemplateView):
    """All units by their present names, with how much each has published; below them those that have closed."""

    template_name = "portal/units/list.html"
    section = "units"

    def get_context_data(self, **kwargs):
        shelf = of_edition(self.request)
        units = sorted(shelf.units.by_code.values(), key=lambda unit: unit.name.casefold())
        names = {unit.code: unit.name for unit in units}
        open_ones = [unit for unit in units if not unit.successor_code]
        return super().get_context_data(
            units=[
                ListedUnit(each.code, each.name, each.short_name, shelf.count(unit=each.code)) for each in open_ones
            ],
            closed=[(unit, names.get(unit.successor_code, "")) for unit in units if unit.successor_code],
            **kwargs,
        )


class Newest(NamedTuple):
    """One of the newest rows of a unit: what finds it, its words, and its day."""

    key: str
    words: str
    day: date


class UnitWords(NamedTuple):
    """All that a unit's page prints of it, so that it is drawn once; ``newest`` is JSON.

    ``merged`` are the names of units that passed on to it, ``counts`` its items as slug, label and number.
    """

    code: str
    name: str
    short_name: str
    former_names: tuple[str, ...]
    merged: tuple[str, ...]
    contact: Contact | None
    counts: tuple[tuple[str, str, int], ...]
    newest: str

    @property
    def total(self) -> int:
        return sum(n for *_, n in self.counts)

    @property
    def shown(self) -> dict[str, list[Newest]]:
        """The newest items, sheets and entries."""
        kinds = json.loads(self.newest)
        return {
            kind: [Newest(key, words, datetime.fromisoformat(day)) for key, words, day in rows]
            for kind, rows in kinds.items()
        }


class UnitPage(OpenPage, TemplateView):
    """A unit, in two queries whatever it holds. An address of a unit that has closed leads to its successor."""

    template_name = "portal/units/unit.html"
    section = "units"

    def get(self, request, *args, **kwargs):
        unit = of_edition(request).units.by_code.get(kwargs["code"])
        if unit is None:
            raise Http404
        if unit.successor_code:
            return redirect("portal:unit", unit.successor_code)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        shelf, code = of_edition(self.request), self.kwargs["code"]
        units = shelf.units.by_code
        unit, merged = units[code], (each.name for each in units.values() if each.successor_code == code)
        words = UnitWords(
            code,
            unit.name,
            unit.short_name,
            tuple(unit.former_names),
            tuple(sorted(merged, key=str.casefold)),
            unit.contact,
            tuple(
                (slug, str(category.label), shelf.count(category=category, unit=code))
                for slug, category in CATEGORY_IN_ADDRESS.items()
            ),
            newest(code),
        )
        return super().get_context_data(unit=words, office=contact(), **kwargs)


def newest(code: str) -> str:
    """Return the newest of each kind as JSON, in one query."""
    today = timezone.localdate()
    found = on_shelf(ShelfUnit).filter(code=code).order_by()
    return found.values_list(RawSQL(_NEWEST, (today, today)), flat=True).get()  # noqa: S611
