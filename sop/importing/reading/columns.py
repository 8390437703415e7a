"""The columns of the procedure part, by the names that its head has."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ppid.worktime.durations import DurationUnit
from sop.importing.imported import Doubt
from sop.importing.reading.labels import column_of, unit_of_head
from sop.importing.source import Cell, Grid, Row, Table

FIELDS = ("requirement", "duration", "output", "note")
_HEAD_ROWS = 4


@dataclass
class Columns:
    """Which columns of the table hold what.

    ``performing`` gives the performer of each column by its place in ``performers``; ``height`` counts the head's rows.
    """

    places: dict[str, list[int]]
    performers: tuple[str, ...]
    performing: dict[int, int]
    height: int
    head: list[list[str]]
    named_in_cells: int | None = None
    unit: DurationUnit | None = None  # of the times, when the head says it: «Waktu (Menit)»
    doubts: list[Doubt] = field(default_factory=list)


def heads(table: Table) -> Iterator[int]:
    """Yield the rows in which the head of a procedure part begins."""
    for n, row in enumerate(table.grid()):
        found = {column_of(cell.text) for cell in dict.fromkeys(row) if cell is not None}
        if "text" in found and found & {"performer", "quality", "requirement", "duration", "output"}:
            yield n


def head_at(table: Table) -> int | None:
    """Return the first of the table's ``heads``, if it has one."""
    return next(heads(table), None)


def read(table: Table) -> Columns:
    """Read the head. The lowest row that names a column decides: the rows above often stand one off."""
    grid = table.grid()
    height = _head_height(grid)
    head, height = grid[:height], height + _counts(grid, height)
    known: dict[int, str] = {}
    for row in head:
        for n, cell in enumerate(row):
            if cell is not None and (name := column_of(cell.text)) and name not in ("quality", "performer"):
                known[n] = "text" if known.get(n) == "text" else name
                cell.take()
    places: dict[str, list[int]] = {}
    for n, name in known.items():
        places.setdefault(name, []).append(n)
    text = max(places["text"])
    after = [n for n, name in known.items() if n > text and name in FIELDS]
    end = min(after, default=len(grid[0]))
    between = range(text + 1, end)
    performing: dict[int, int] = {}
    labels: list[Cell] = []
    for n in between:
        if label := _label(head, n):
            if not labels or labels[-1] is not label:
                labels.append(label)
            performing[n] = len(labels) - 1
    names = tuple(" ".join(label.take().split()) for label in labels)
    found = Columns(places, names, performing, height, [texts(row) for row in head])
    found.unit = next((unit for row in head for text in texts(row) if (unit := unit_of_head(text))), None)
    for row in head:
        for cell in row:
            if cell is not None and column_of(cell.text) in ("quality", "performer"):
                cell.take()
    if not found.performers and (own := [n for n in between if _is_headed(head, n)]):
        found.named_in_cells = own[0]
    if any(column_of(text) == "quality" for n in performing for text in _column_texts(head, n)):
        found.doubts.append(
            Doubt(
                "performers",
                None,
                "Judul «Pelaksana» dan «Mutu Baku» di naskah bergeser; kolom dibaca dari baris bawahnya.",
            )
        )
    return found


def _head_height(grid: Grid) -> int:
    """Count the rows of the head: those that a cell of the first one reaches into, and those that name columns."""
    height = max((cell.rowspan for cell in grid[0] if cell is not None and column_of(cell.text)), default=1)
    for n in range(1, min(len(grid), _HEAD_ROWS)):
        names = [column_of(text) for text in texts(grid[n]) if text]
        is_head = sum(bool(name) for name in names) >= 2 and "text" not in names[:1]
        if is_head:
            height = max(height, n + 1)
    return min(height, len(grid))


def _counts(grid: Grid, row: int) -> int:
    """Return 1 when the row under the head only numbers the columns, and place those numbers."""
    counts = [text.strip("()") for text in texts(grid[row]) if text] if row < len(grid) else []
    if len(counts) < 3 or counts != [str(n) for n in range(1, len(counts) + 1)]:
        return 0
    for cell in grid[row]:
        if cell is not None:
            cell.take()
    return 1


def _label(head: Grid, column: int) -> Cell | None:
    """Return the cell with a performer's label: the lowest one that isn't a caption of several columns."""
    for row in reversed(head):
        cell = row[column]
        if cell is not None and cell.text and not column_of(cell.text):
            return cell
    return None


def _is_headed(head: Grid, column: int) -> bool:
    return any(column_of(text) == "performer" for text in _column_texts(head, column))


def _column_texts(head: Grid, column: int) -> list[str]:
    return [cell.text for row in head if (cell := row[column]) is not None]


def texts(row: Row) -> list[str]:
    return [cell.text for cell in dict.fromkeys(row) if cell is not None]
