"""What the matrix reads of the shelf, in four queries: duties, units, fills with their items, words.

The editions of the two lists and the sheets in force come along with the units, each by an index: no list is read for
them, however long it is.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ppid.shelf.matrix import PART_OF_FLOW, Column, Matrix, Shelf, matrix
from ppid.shelf.models import PublishedItem, PublishedRegister, PublishedRegisterRow, PublishedSop
from ppid.shelf.obligations import CITY, CITY_NAME, DutyFill, DutyWord, ShownDuty
from ppid.shelf.units import ShelfUnit, Units

Rows = Callable[[type[models.Model]], Any]  # the rows of a table of the shelf, by its own manager's methods
_EDITION = JSONObject(number=F("number"), year=F("year"), as_of=F("as_of"))
_SHEET = JSONObject(slug=F("slug"), title=F("title"), since=F("in_force_from"))
_REGISTERS = ("dip", "dik")


def all_rows(model: type[models.Model]) -> Any:
    """Return all rows of a table of the shelf: ``Rows`` of the office, which may read all of it."""
    return model._default_manager.all()


def read(rows: Rows, *, on: date, year: int | None = None, unit: str = "", duty: str = "") -> tuple[Shelf, Units]:
    """Return what the shelf holds for the matrix, read through ``rows``: of all, of one unit or of one duty.

    A ``year`` asks for the editions of that year; the duty may be one that has ended.
    """
    units = Units(_with_what_they_have(rows, year))
    duties = rows(ShownDuty).filter(code=duty) if duty else rows(ShownDuty).standing(on=on)
    fills = rows(DutyFill).with_items(rows(PublishedItem))
    words = rows(DutyWord)
    if unit:
        codes = [code for code in units.by_code if units.now(code) == unit] + [unit]
        fills, words = fills.filter(unit_code__in=codes), words.filter(unit_code__in=codes)
    if duty:
        fills, words = fills.filter(duty_code=duty), words.filter(duty_code=duty)
    columns = columns_of(units.by_code.values())
    if unit:
        columns = [column for column in columns if column.code == unit]
    return Shelf(list(duties), columns, fills, words, units.now), units


def standing(rows: Rows, *, on: date) -> Matrix:
    """Return the whole matrix of the day."""
    return matrix(read(rows, on=on)[0], on=on)


def columns_of(units: Collection[Any]) -> list[Column]:
    """Return the city and the units as columns, by the names that people use."""
    first = next(iter(units), None)
    found = [
        Column(each.code, each.name, each.short_name, _named(each, _REGISTERS), _named(each, PART_OF_FLOW))
        for each in units
        if not each.successor_code and each.code != CITY
    ]
    whole = Column(
        CITY,
        CITY_NAME,
        "Kota",
        _named(first, _REGISTERS, of="city_"),
        _named(first, PART_OF_FLOW, of="city_"),
    )
    return [whole, *sorted(found, key=lambda column: column.short_name.casefold())]


def _named(unit: Any, names: Collection[str], of: str = "") -> dict[str, Any]:
    return {name: found for name in names if (found := getattr(unit, f"{of}{name}", None))}


def _with_what_they_have(rows: Rows, year: int | None) -> QuerySet[Any]:
    """Return the units, each with the newest edition that lists it and the sheets by which it works; the city's too."""
    found: dict[str, Subquery] = {}
    for register in _REGISTERS:
        editions = rows(PublishedRegister).filter(register=register).order_by("-as_of", "-number")
        editions = editions.filter(year=year) if year else editions
        listed = rows(PublishedRegisterRow).filter(edition=OuterRef("pk"), unit_code=OuterRef(OuterRef("code")))
        found[register] = _one(editions.filter(Exists(listed)), _EDITION)
        found[f"city_{register}"] = _one(editions, _EDITION)
    for flow in PART_OF_FLOW:
        sheets = rows(PublishedSop).filter(status="in_force", flow=flow).order_by("pk")
        found[flow] = _one(sheets.filter(unit_code=OuterRef("code")), _SHEET)
        found[f"city_{flow}"] = _one(sheets.filter(is_master=True), _SHEET)
    return rows(ShelfUnit).annotate(**found)


def _one(rows: QuerySet[Any], told: JSONObject) -> Subquery:
    return Subquery(rows.values(told=told)[:1], output_field=JSONField())
