"""A worksheet as plain data, and how much of one is taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ppid.web.letters import without_forbidden

MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_SHEETS = 30
_MAX_MERGES = 50_000

TOO_MANY_ROWS = (
    f"Berkas ini memuat lebih dari {MAX_ROWS:,} baris berisi. Bagi menjadi beberapa berkas, misalnya menurut tahun "
    "atau perangkat daerah, lalu unggah satu per satu."
).replace(",", ".", 1)
TOO_WIDE = f"Tabel di berkas ini lebih lebar dari {MAX_COLUMNS} kolom. Sisakan kolom-kolom daftarnya saja."
TOO_MANY_SHEETS = f"Berkas ini memuat lebih dari {MAX_SHEETS} lembar. Kirimkan lembar yang memuat daftarnya saja."


class TableRefused(Exception):
    """The file is not read as tables; its text is the sentence for the person who sent it."""


@dataclass(slots=True)
class Row:
    """A filled row: its number as the program shows it, and a text for each column.

    ``formulas`` are the columns whose text a formula had left there, ``lost`` those whose formula left none, ``merged``
    those whose text a merged cell brought down from above; ``across`` are its cells that are merged over several
    columns, each with its first and its last.
    """

    number: int
    cells: list[str]
    is_hidden: bool = False
    formulas: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    across: tuple[tuple[int, int], ...] = ()

    def cell(self, column: int) -> str:
        """Return the text of the column, "" beyond the last filled one."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        """The columns with a text."""
        return [column for column, text in enumerate(self.cells) if text]


@dataclass(slots=True)
class Sheet:
    """A worksheet: its filled rows in their order, and sentences about how it was read."""

    name: str
    rows: list[Row] = field(default_factory=list)
    is_hidden: bool = False
    said: list[str] = field(default_factory=list)


class Filling:
    """The rows of a whole file as they come: counted, bounded, the empty ones let go."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._rows = 0

    def begin(self, name: str, *, is_hidden: bool = False) -> Sheet:
        """Begin a worksheet. Raises TableRefused when there are too many."""
        if len(self.sheets) == MAX_SHEETS:
            raise TableRefused(TOO_MANY_SHEETS)
        self.sheets.append(Sheet(plain(name), is_hidden=is_hidden))
        return self.sheets[-1]

    def add(self, row: Row, *, times: int = 1) -> None:
        """Add the row to the worksheet that was begun last, so many times. Raises TableRefused beyond the bounds."""
        row.cells = [plain(text) for text in row.cells]
        while row.cells and not row.cells[-1]:
            row.cells.pop()
        if not row.cells and not row.lost:
            return
        if len(row.cells) > MAX_COLUMNS:
            raise TableRefused(TOO_WIDE)
        self._rows += times
        if self._rows > MAX_ROWS:
            raise TableRefused(TOO_MANY_ROWS)
        rows = self.sheets[-1].rows
        rows.append(row)
        for n in range(1, times):
            marks = {"formulas": row.formulas, "lost": row.lost, "across": row.across}
            rows.append(Row(row.number + n, list(row.cells), row.is_hidden, **marks))


def plain(text: str) -> str:
    """Return the text as it is kept: no letters that none may hold, no space around it."""
    return without_forbidden(text.replace("\xa0", " ")).strip()


def merge(sheet: Sheet, areas: Iterable[tuple[int, int, int, int]]) -> None:
    """Bring the text of each merged cell down over its rows, and note on its first row over which columns it goes.

    An area is top row (as numbered), left column, bottom row, right column. The further columns stay empty: a heading
    over three columns is no text of the second.
    """
    by_number = {row.number: row for row in sheet.rows}
    for count, (top, left, bottom, right) in enumerate(areas):
        if count == _MAX_MERGES:
            raise TableRefused(TOO_MANY_ROWS)
        first = by_number.get(top)
        if first is None or not first.cell(left):
            continue
        right = min(right, MAX_COLUMNS - 1)
        if right > left:
            first.across += ((left, right),)
        if bottom == top:
            continue
        for row in sheet.rows if bottom - top > len(sheet.rows) else _rows_of(by_number, top + 1, bottom):
            if top < row.number <= bottom and not row.cell(left):
                row.cells.extend([""] * (left + 1 - len(row.cells)))
                row.cells[left] = first.cell(left)
                row.merged += (left,)


def _rows_of(by_number: dict[int, Row], top: int, bottom: int) -> list[Row]:
    return [row for n in range(top, bottom + 1) if (row := by_number.get(n)) is not None]
