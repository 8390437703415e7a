"""In which order a list stands, from its address (``urut``): only orders that an index of the database has.

«-» before the name turns it round. It is a filter's field too, for phones, on which no head of a table is seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ppid.web.columns import Column
from ppid.web.filters import Filter, choice


@dataclass(frozen=True, slots=True)
class Order:
    """An order: what it is called, once each way, and the fields of the index that has it."""

    label: str
    turned: str
    fields: tuple[str, ...]

    def of(self, rows: Any, *, is_turned: bool = False) -> Any:
        """Return the rows in this order."""
        return rows.order_by(*(_turned(field) for field in self.fields) if is_turned else self.fields)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column by which the list can be put in order: where its link leads, how it stands now (ARIA)."""

    url: str
    state: str


class OrderedFilter(Filter):
    """The filters of a list that can be put in order. ``orders`` are by their names in the address."""

    orders: ClassVar[Mapping[str, Order]] = {}
    usual = "Urutan biasa"

    urut = choice("Urutkan", "Urutan yang diminta tidak dikenal; daftar memakai urutan biasa.")

    def __init__(self, data, **told):
        names = [(name, order.label) for name, order in self.orders.items()]
        names += [(f"-{name}", order.turned) for name, order in self.orders.items()]
        super().__init__(data, urut=[("", self.usual), *sorted(names, key=lambda each: each[0].lstrip("-"))], **told)

    def ordered(self, rows: Any) -> Any:
        """Return the rows in the order that was asked for; as they are where none was."""
        if not (asked := self.chosen.get("urut", "")):
            return rows
        return self.orders[asked.removeprefix("-")].of(rows, is_turned=asked.startswith("-"))

    def head(self, column: Column) -> Head | None:
        """Return the head of the column; None where the list has no such order."""
        if column.order not in self.orders:
            return None
        asked = self.chosen.get("urut", "")
        state = {column.order: "ascending", f"-{column.order}": "descending"}.get(asked, "none")
        rest = self.data.copy()
        rest.pop("halaman", None)
        rest["urut"] = f"-{column.order}" if state == "ascending" else column.order
        return Head(f"?{rest.urlencode()}", state)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
