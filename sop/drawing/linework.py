"""The connectors as straight lines and arrowheads in px, wherever the cells came to lie: for paper and for pictures.

The browser draws the same strokes as backgrounds of the cells (static/css/sheet.css), with the same measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sop.drawing.drawn import has_symbol_in, joins_sideways
from sop.drawing.geometry import CENTRE, GAP, LEFT, MIDDLE, RIGHT, SLOTS, TRACKS, Route, Stroke
from sop.sheet import SheetRow

# Where the slots of a column stand, as parts of its width; the line in the gap, from the row's top; half a symbol.
SLOT_AT = (0, 0.06, 0.13, 0.2, 0.5, 0.8, 0.87, 0.94, 1)
GAP_AT, HALF, HALF_DECISION = 8, 13, 17
WIDTH, ARROW = 1.2, 7

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of the cells: (left, right) of each performer's column, (top, bottom) of the rows that lie here.

    ``rules`` are the table's own lines, from place to place, where the layout leaves them to us.
    """

    columns: Sequence[Place]
    rows: Mapping[int, Place]
    rules: Sequence[tuple[Place, Place]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    start: Place
    end: Place
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A filled triangle; its tip comes first."""

    corners: tuple[Place, Place, Place]
    is_dashed: bool


def half_height(row: SheetRow) -> float:
    return HALF_DECISION if row.kind == "decision" else HALF


def lines(
    rows: Sequence[SheetRow], strokes: Mapping[tuple[int, int], Sequence[Stroke]], frame: Frame
) -> Iterator[Line]:
    """Yield the lines in the frame's rows; ``strokes`` are those of ``geometry.strokes``."""
    for (n, column), cell in strokes.items():
        if n not in frame.rows:
            continue
        for stroke in cell:
            if stroke.across:
                y = _y(frame, n, stroke.place)
                yield Line((_x(frame, column, stroke.begin), y), (_x(frame, column, stroke.end), y), stroke.is_dashed)
                continue
            x, top, bottom = _x(frame, column, stroke.place), _y(frame, n, stroke.begin), _y(frame, n, stroke.end)
            if stroke.place == CENTRE and has_symbol_in(rows[n], column):
                middle, half = _y(frame, n, MIDDLE), half_height(rows[n])
                top, bottom = (middle + half, bottom) if stroke.begin == MIDDLE else (top, middle - half)
            yield Line((x, top), (x, bottom), stroke.is_dashed)


def arrows(
    rows: Sequence[SheetRow],
    routes: Sequence[Route],
    strokes: Mapping[tuple[int, int], Sequence[Stroke]],
    frame: Frame,
) -> Iterator[Arrow]:
    """Yield an arrowhead for each way into a symbol, and where a line joins one that enters from above."""
    ways: dict[tuple[int, str, int], bool] = {}
    for one in routes:
        if one.path and one.flow.target in frame.rows:
            way = one.flow.target, one.enters, one.path[-1][0] // SLOTS
            ways[way] = one.flow.is_addition and ways.get(way, True)
    for (n, side, column), is_dashed in ways.items():
        middle = _y(frame, n, MIDDLE)
        if side == "top":
            x, y = _x(frame, column, CENTRE), middle - half_height(rows[n])
            yield Arrow(((x, y), (x - ARROW / 2, y - ARROW), (x + ARROW / 2, y - ARROW)), is_dashed)
        else:
            x = _x(frame, column, LEFT if side == "left" else RIGHT)
            yield _sideways(x, middle, -1 if side == "left" else 1, is_dashed)
    for (n, column), cell in strokes.items():
        for stroke in cell:
            if n in frame.rows and joins_sideways(stroke, cell):
                direction = -1 if stroke.end == CENTRE else 1
                yield _sideways(_x(frame, column, CENTRE), _y(frame, n, GAP), direction, stroke.is_dashed)


def _sideways(x: float, y: float, direction: int, is_dashed: bool) -> Arrow:
    back = x + direction * ARROW
    return Arrow(((x, y), (back, y - ARROW / 2), (back, y + ARROW / 2)), is_dashed)


def _x(frame: Frame, column: int, slot: int) -> float:
    left, right = frame.columns[column]
    return left + SLOT_AT[slot] * (right - left)


def _y(frame: Frame, n: int, track: int) -> float:
    top, bottom = frame.rows[n]
    return {GAP: top + GAP_AT, MIDDLE: (top + bottom) / 2, TRACKS: bottom}.get(track, top)
