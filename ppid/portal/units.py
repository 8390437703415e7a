"""How the portal's lists name units: each once, by its present name; an old address goes on and says the successor."""

from collections.abc import Iterable

from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from ppid.portal.pages import on_shelf
from ppid.shelf.search.families import along, gathered
from ppid.shelf.search.question import Question
from ppid.shelf.units import ShelfUnit, Units, spoken


def units_now() -> Units:
    """Return the units as they are called now."""
    return Units(on_shelf(ShelfUnit))


def called_now(of_its_day=None) -> Coalesce:
    """Return SQL for the present name of a row's unit; the name of its day, where no other is known."""
    unit = on_shelf(ShelfUnit).filter(code=OuterRef("unit_code"))
    return Coalesce(Subquery(unit.values("name")), of_its_day or F("unit_name"))


def units_of(rows: QuerySet, day: str, question: Question) -> list[tuple]:
    """Return the units of the rows: code, present name, what people call it, and the first day that a row names.

    Each brings the families of words along that the question names.
    """
    units = rows.order_by("unit_code").values("unit_code").annotate(oldest=Min(day))
    units = units.annotate(now=called_now(Min("unit_name")), spoken=spoken(), families=along(question))
    return list(units.values_list("unit_code", "now", "spoken", "oldest", "families"))


def asked_of(
    data: QueryDict, shown: Iterable[tuple[str, str, Iterable[str]]], units: Units, families: Iterable[dict]
) -> tuple[QueryDict, dict]:
    """Return what was asked, with the unit that answers for it now, and what the filter is told of units and words.

    ``shown`` are the codes of the rows, each with its present name and what people call it; ``families`` as they were
    brought along.
    """
    shown = list(shown)
    named = {code: name for code, name, _ in shown}
    told: dict = {"units": sorted(named.items(), key=lambda unit: unit[1].casefold()), "said": []}
    told["spoken"] = [(code, names) for code, _, names in shown]
    told["families"] = gathered(families)
    code = data.get("unit", "")
    if code and code not in named and (now := units.now(code)) != code:
        former = units.by_code[code]
        data = data.copy()
        data["unit"] = now
        told["said"] = [f"{former.name} sudah ditutup; yang dimilikinya kini pada {units.name(now, now)}."]
    return data, told
