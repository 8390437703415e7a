"""A file's texts where they stand: paragraphs, tables with merged cells, and the shapes that float over them.

Every text is one ``Line`` that knows whether it found its place, so that none is lost on the way to the sheet.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Symbol = Literal["terminator", "process", "decision", "offpage", "line", "picture", "other"]

_NUMBERED = re.compile(r"^\s*(?:\(?(\d{1,3}|[a-zA-Z])[.)]|([-•·▪●–]))\s+")


@dataclass(slots=True)
class Line:
    """A paragraph, or a part of it after a line break (``is_soft``).

    ``is_item``: numbered or bulleted by the program. ``ran_together``: a list whose items were lost on the way here.
    """

    text: str
    is_item: bool = False
    is_soft: bool = False
    ran_together: bool = False
    placed: bool = False

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def take(self) -> str:
        """Return the text, from now on placed."""
        self.placed = True
        return self.text.strip()


@dataclass(slots=True)
class Shape:
    """A drawn shape. ``columns`` are the table columns it covers, when its place is known; ``is_near`` says: barely.

    ``otherwise`` are those it covers if its offset is counted from the page's margin, where programs differ on that.
    """

    symbol: Symbol
    lines: list[Line] = field(default_factory=list)
    columns: tuple[int, int] | None = None
    otherwise: tuple[int, int] | None = None
    is_near: bool = False


@dataclass(slots=True, eq=False)
class Cell:
    row: int
    column: int
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1
    fill: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines if line)

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.lines if line]

    def take(self) -> str:
        """Return the whole text, from now on placed."""
        return "\n".join(line.take() for line in self.lines if line)


@dataclass(slots=True)
class Table:
    """Cells on a grid; a merged cell stands once, at its upper left corner. ``origin`` says where, in words."""

    cells: list[Cell]
    origin: str = ""

    @property
    def height(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def grid(self) -> "Grid":
        """Return the rows, a merged cell repeated wherever it reaches."""
        width = self.width
        rows: Grid = [[None] * width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    rows[row][column] = cell
        return rows

    def part(self, begin: int, end: int) -> "Table":
        """Return the rows from ``begin`` up to ``end`` as a table of its own; the lines stay the same objects."""
        inside = []
        for cell in self.cells:
            if begin <= cell.row < end:
                height = min(cell.rowspan, end - cell.row)
                inside.append(
                    Cell(cell.row - begin, cell.column, cell.lines, cell.shapes, height, cell.colspan, cell.fill)
                )
        return Table(inside, self.origin)

    def lines(self) -> Iterator[Line]:
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            yield from cell.lines
            for shape in cell.shapes:
                yield from shape.lines


@dataclass(slots=True)
class Paragraph:
    """A paragraph outside all tables, line by line. ``origin`` says where, when it isn't the body.

    ``is_hidden``: the program shows it to nobody, so it is no part of the sheet.
    """

    own: list[Line]
    shapes: list[Shape] = field(default_factory=list)
    origin: str = ""
    is_hidden: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text.strip() for line in self.own if line)

    def lines(self) -> Iterator[Line]:
        yield from self.own
        for shape in self.shapes:
            yield from shape.lines


Block = Paragraph | Table
Row = list[Cell | None]  # of a table's grid
Grid = list[Row]


def items(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the lines of a list as its items, without the numbers or bullets that were typed before them.

    Lines without a number continue the item above when others have one; without any number each paragraph is an item.
    """
    lines = [line for line in lines if line]
    typed = [_NUMBERED.match(line.text) for line in lines]
    has_numbers = any(typed) or any(line.is_item for line in lines)
    is_alone = len(lines) == 1 and not (typed[0] and typed[0][1] == "1")
    found: list[str] = []
    for line, number in zip(lines, typed, strict=True):
        text = line.take()
        if number and not is_alone:
            text = line.text[number.end() :].strip()
        begins = bool(number) or line.is_item if has_numbers else not line.is_soft
        if found and not begins:
            found[-1] += f" {text}"
        else:
            found.append(text)
    return tuple(found)


def shown(blocks: Iterable[Block]) -> tuple[dict, ...]:
    """Return the blocks as plain data for the page that shows them beside the sheet."""
    return tuple(_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks)


def _paragraph(paragraph: Paragraph) -> dict:
    return {"lines": _lines(paragraph.lines()), "origin": paragraph.origin}


def _table(table: Table) -> dict:
    rows: list[list[dict]] = [[] for _ in range(table.height)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        drawn: dict = {"lines": _lines(cell.lines)}
        if cell.rowspan > 1:
            drawn["rowspan"] = cell.rowspan
        if cell.colspan > 1:
            drawn["colspan"] = cell.colspan
        if symbols := [shape.symbol for shape in cell.shapes if shape.symbol != "line"]:
            drawn["symbols"] = symbols
            drawn["lines"] += [line for shape in cell.shapes for line in _lines(shape.lines)]
        rows[cell.row].append(drawn)
    return {"rows": rows, "origin": table.origin}


def _lines(lines: Iterable[Line]) -> list[dict]:
    return [{"text": line.text.strip(), "placed": line.placed} for line in lines if line]
