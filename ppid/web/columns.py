"""A column of a list, the same on a page and in a file to take away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


def _itself(row: object) -> object:
    return row


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, and what stands there for a row.

    On a page ``label`` is its short heading, for phones; ``width`` a class of the stylesheet; ``cell`` the template
    that draws it as ``it``, plain text without one. ``about`` finds in a row what the column is about; ``order`` is the
    order of the list that goes by it (``ppid.web.ordering``).
    """

    heading: str
    value: Callable[[Any], object]
    label: str = ""
    width: str = ""
    cell: str = ""
    about: Callable[[Any], object] = _itself
    order: str = ""

    def text(self, row: object) -> str:
        """Return what stands there for the row, as text."""
        return str(self.value(self.about(row)))

    def drawn_by(self, cell: str) -> "Column":
        """Return the same column, drawn on pages by the template ``cell``."""
        return replace(self, cell=cell)

    def of(self, about: Callable[[Any], object]) -> "Column":
        """Return the same column for rows in which ``about`` finds what it is about."""
        return replace(self, about=about)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Columns that rows are drawn by, made once: it equals nothing but itself."""

    columns: tuple[Column, ...]
