"""When the items on the shelf were published, and how long each took: two small tables that the items' triggers keep.

So no page reads a million items for its figures. They hold sums alone, of what stands on the shelf now: nothing tells
of what is excluded, withdrawn or not published yet. On a replica the triggers do not fire; the tables arrive with the
items.
"""

from collections.abc import Mapping

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST = 366  # working days: what took longer is counted with these


class MonthCount(models.Model):
    """How many items of a class stand on the shelf that were published in the month that begins on ``month``."""

    month = models.DateField()
    category = models.CharField(max_length=10)
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "category"], name="items_of_a_month_are_counted_once"),
            models.CheckConstraint(name="counted_months_begin_with_their_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.category}: {self.n}"


class LeadTimeCount(models.Model):
    """How many items of a class and a unit took so many working ``days`` from their opening to their publication."""

    category = models.CharField(max_length=10)
    unit_code = models.SlugField()
    days = models.PositiveSmallIntegerField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "unit_code", "days"], name="lead_times_are_counted_once"),
            models.CheckConstraint(name="lead_times_end_somewhere", condition=Q(days__lte=LONGEST)),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.unit_code} {self.days} hari kerja: {self.n}"


_MONTH = f"date_trunc('month', published_at AT TIME ZONE '{settings.TIME_ZONE}')::date"
# The tables of sums: by what they count, as SQL of an item's row, and which items.
_TABLES: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("shelf_monthcount", {"month": _MONTH, "category": "category"}, "true"),
    (
        "shelf_leadtimecount",
        {"category": "category", "unit_code": "unit_code", "days": f"LEAST(lead_days, {LONGEST})"},
        "lead_days IS NOT NULL",
    ),
)


def _count(table: str, by: Mapping[str, str], which: str, rows: Mapping[str, int]) -> str:
    """Return SQL that adds the items of these tables to the sums, or takes them off; ``rows`` says which of the two."""
    keys, said = ", ".join(by), ", ".join(f"{sql} AS {name}" for name, sql in by.items())
    items = " UNION ALL ".join(
        f"SELECT {said}, {sign} AS one FROM {name} WHERE {which}"  # noqa: S608 - words of this module
        for name, sign in rows.items()
    )
    return f"""
        INSERT INTO {table} AS counted ({keys}, n)
        SELECT {keys}, sum(one) FROM ({items}) each
        GROUP BY {keys} HAVING sum(one) <> 0
        ORDER BY {keys}
        ON CONFLICT ({keys}) DO UPDATE SET n = counted.n + EXCLUDED.n;
        DELETE FROM {table} WHERE n = 0;
    """  # noqa: S608 - words of this module


def counts_its_publications() -> list[pgtrigger.Trigger]:
    """Return the triggers of the items' table by which both tables are kept."""

    def trigger(name: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
        signs = {name: 1 if which == "new" else -1 for which, name in tables.items()}
        kept = "".join(_count(*each, signs) for each in _TABLES)
        emptied = "".join(f"DELETE FROM {table}; " for table, *_ in _TABLES)  # noqa: S608 - as above
        return pgtrigger.Trigger(
            name=name,
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**tables) if tables else None,
            func=f"{kept if tables else emptied} RETURN NULL;",
        )

    return [
        trigger("publications_that_come_are_counted", pgtrigger.Insert, new="came"),
        trigger("publications_that_go_are_counted", pgtrigger.Delete, old="went"),
        trigger("publications_that_change_are_counted", pgtrigger.Update, new="came", old="went"),
        trigger("no_publications_are_counted", pgtrigger.Truncate),
    ]
