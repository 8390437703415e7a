"""How a list leaves as CSV, so that an Indonesian spreadsheet opens it rightly and runs nothing in it.

Semicolons, because Indonesian regional settings use the comma in numbers, and Excel then splits at semicolons alone; a
byte order mark, by which Excel knows UTF-8; no line «sep=;», which other programs would show as a row and with which
Excel forgets the mark. Every field stands in quotes.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from ppid.web.columns import Column

# Where a program could begin a cell: at the start, after a line's end, and where one splits that knows no quotes.
_BEGINS = r"(^|[\t\r\n\v\f\x85\u2028\u2029;])([^\S\t\r\n\v\f\x85\u2028\u2029]*)"
# What makes it a formula; full width too, and a lone dash not.
_FORMULA = re.compile(_BEGINS + r"(?=[=+@＝＋＠]|[-－](?!\s*(?:$|[\r\n;])))")


def csv_lines(columns: Iterable[Column], rows: Iterable) -> Iterator[str]:
    """Yield the list line by line."""
    columns = tuple(columns)
    writer = csv.writer(_Echo(), delimiter=";", quoting=csv.QUOTE_ALL)
    yield "\ufeff" + writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow([harmless(column.text(row)) for column in columns])


def harmless(text: str) -> str:
    """Return the cell so that no spreadsheet takes it, or a part of it, for a formula."""
    guarded = _FORMULA.sub(r"\1'\2", text)
    return f"'{guarded}" if guarded.startswith(("\t", "\r")) else guarded


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line
