"""How the portal's lists name units: each once, by its present name; an old address goes on and says the successor."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from ppid.portal.pages import on_shelf
from ppid.shelf.units import ShelfUnit, Units


def units_now() -> Units:
    """Return the units as they are called now."""
    return Units(on_shelf(ShelfUnit))


def called_now(of_its_day=None) -> Coalesce:
    """Return SQL for the present name of a row's unit; the name of its day, where no other is known."""
    unit = on_shelf(ShelfUnit).filter(code=OuterRef("unit_code"))
    return Coalesce(Subquery(unit.values("name")), of_its_day or F("unit_name"))


def asked_of(data: QueryDict, shown: Iterable[tuple[str, str, Iterable[str]]], units: Units) -> tuple[QueryDict, dict]:
    """Return what was asked, with the unit that answers for it now, and what the filter is told of units.

    ``shown`` are the codes of the rows, each with its present name and what people call it.
    """
    shown = list(shown)
    named = {code: name for code, name, _ in shown}
    told: dict = {"units": sorted(named.items(), key=lambda unit: unit[1].casefold()), "said": []}
    told["spoken"] = [(code, names) for code, _, names in shown]
    code = data.get("unit", "")
    if code and code not in named and (now := units.now(code)) != code:
        former = units.by_code[code]
        data = data.copy()
        data["unit"] = now
        told["said"] = [f"{former.name} sudah ditutup; yang dimilikinya kini pada {units.name(now, now)}."]
    return data, told
