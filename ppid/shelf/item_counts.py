"""How many items stand on the shelf, by class, unit and year: a small table that the items' own triggers keep.

So no page counts a million items. It is right whoever writes the items and however, also by TRUNCATE. On a replica
these triggers do not fire; the table arrives there with the items.
"""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Sum


class ItemCountQuerySet(models.QuerySet["ItemCount"]):
    def of(self, unit_code: str) -> Self:
        return self.filter(unit_code=unit_code)

    def by(self, *columns: str) -> models.QuerySet:
        """Return the sums as ``total`` by these columns: at most units × years × 3 rows are read."""
        return self.order_by().values(*columns).annotate(total=Sum("n")).order_by(*columns)


class ItemCount(models.Model):
    """How many items of a class and a unit stand on the shelf that were published in a year, as the office's clock."""

    category = models.CharField(max_length=10)
    unit_code = models.SlugField()
    year = models.PositiveSmallIntegerField()
    n = models.IntegerField()

    objects = ItemCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "unit_code", "year"], name="items_are_counted_once")]

    def __str__(self) -> str:
        return f"{self.category} {self.unit_code} {self.year}: {self.n}"


def _rows(table: str, sign: int) -> str:
    year = f"extract(year FROM published_at AT TIME ZONE '{settings.TIME_ZONE}')::int"
    return f"SELECT category, unit_code, {year} AS year, {sign} AS one FROM {table}"  # noqa: S608 - words of this module


def _count(what: str) -> str:
    return f"""
        INSERT INTO shelf_itemcount AS counted (category, unit_code, year, n)
        SELECT category, unit_code, year, sum(one) FROM ({what}) each
        GROUP BY category, unit_code, year HAVING sum(one) <> 0
        ORDER BY category, unit_code, year
        ON CONFLICT (category, unit_code, year) DO UPDATE SET n = counted.n + EXCLUDED.n;
        DELETE FROM shelf_itemcount WHERE n = 0;
        RETURN NULL;
    """  # noqa: S608 - words of this module


def counts_its_items() -> list[pgtrigger.Trigger]:
    """Return the triggers of the items' table by which they are counted."""

    def trigger(name: str, operation: pgtrigger.Operation, what: str, **tables: str) -> pgtrigger.Trigger:
        referencing = pgtrigger.Referencing(**tables) if tables else None
        return pgtrigger.Trigger(
            name=name,
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=referencing,
            func=what,
        )

    came, went = _rows("came", 1), _rows("went", -1)
    return [
        trigger("items_that_come_are_counted", pgtrigger.Insert, _count(came), new="came"),
        trigger("items_that_go_are_counted", pgtrigger.Delete, _count(went), old="went"),
        trigger(
            "items_that_change_are_counted",
            pgtrigger.Update,
            _count(f"{came} UNION ALL {went}"),
            new="came",
            old="went",
        ),
        trigger("no_items_are_counted", pgtrigger.Truncate, "DELETE FROM shelf_itemcount; RETURN NULL;"),
    ]
