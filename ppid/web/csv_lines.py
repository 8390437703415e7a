"""How a list leaves as CSV, so that a spreadsheet opens it rightly and runs nothing in it."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its heading, and what stands there for a row."""

    heading: str
    value: Callable[[object], object]


_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Iterable[Column], rows: Iterable) -> Iterator[str]:
    """Yield the list line by line. The mark at its head tells spreadsheets that it is UTF-8."""
    columns = tuple(columns)
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow([harmless(column.value(row)) for column in columns])


def harmless(value: object) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line
