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

# How far the point of a joint decision reaches in; of an off-page connector its place, way aside, sides and point.
_POINT = 14
_TIE_AT = {1: 0.1, 2: 0.3, CENTRE: 0.5, 6: 0.7, 7: 0.9}
_ASIDE, _STEM, _TIE_HALF, _TIE_SIDE, _TIE_POINT = 5, 4, 4.4, 9, 4.2

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of the cells: (left, right) of each performer's column, (top, bottom) of the rows that lie here.

    ``continued`` is a row whose beginning lies elsewhere, with what lies here of it. ``rules`` are the table's own
    lines, from place to place, where the layout leaves them to us.
    """

    columns: Sequence[Place]
    rows: Mapping[int, Place]
    continued: tuple[int, Place] | None = None
    rules: Sequence[tuple[Place, Place]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    start: Place
    end: Place
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """An off-page connector: the line that crosses a break, where it runs, and its mark."""

    column: int
    slot: int
    is_dashed: bool
    mark: str

    @property
    def at(self) -> float:
        """Where the mark stands, as a part of the column's width: each line has a place of its own."""
        return _TIE_AT[self.slot]


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line through corners; ``radius`` rounds them."""

    corners: tuple[Place, ...]
    radius: float = 0


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

    if frame.continued:
        yield from _passing(strokes, *frame.continued, frame)


def _passing(strokes: Mapping[tuple[int, int], Sequence[Stroke]], n: int, piece: Place, frame: Frame) -> Iterator[Line]:
    """Yield the lines that lead out of row ``n`` below, through a further piece of it."""
    top, bottom = piece
    for (row, column), cell in strokes.items():
        for stroke in cell:
            if row == n and not stroke.across and stroke.end == TRACKS:
                x = _x(frame, column, stroke.place)
                yield Line((x, top), (x, bottom), stroke.is_dashed)


def symbols(rows: Sequence[SheetRow], frame: Frame) -> Iterator[Outline]:
    """Yield the outline of each row's symbol."""
    for n in frame.rows:
        row = rows[n]
        if row.first is None or row.last is None:
            continue
        left, right = _x(frame, row.first, LEFT), _x(frame, row.last, RIGHT)
        middle, half = _y(frame, n, MIDDLE), half_height(row)
        top, bottom = middle - half, middle + half
        if row.kind == "decision":
            point = (right - left) / 2 if row.first == row.last else _POINT
            upper, lower = (
                ((left + point, top), (right - point, top)),
                ((right - point, bottom), (left + point, bottom)),
            )
            corners = dict.fromkeys([(left, middle), *upper, (right, middle), *lower])
            yield Outline(tuple(corners))
        else:
            radius = 0 if row.kind == "process" else half
            yield Outline(((left, top), (right, top), (right, bottom), (left, bottom)), radius)


def ties(found: Sequence[Tie], place: Place, frame: Frame, *, is_foot: bool) -> Iterator[Line | Outline]:
    """Yield the off-page connectors in the strip ``place``, (top, bottom), at the foot or the head of a page.

    Each line goes aside to its mark's place, so that neighbouring marks don't touch.
    """
    edge, down = (place[0], 1) if is_foot else (place[1], -1)
    for tie in found:
        left, right = frame.columns[tie.column]
        x, at = _x(frame, tie.column, tie.slot), left + tie.at * (right - left)
        turn = edge + down * _ASIDE
        box = turn + down * _STEM if is_foot else turn - _STEM - _TIE_POINT - _TIE_SIDE
        stem = (turn, box) if is_foot else (turn, turn - _STEM)
        yield Line((x, edge), (x, turn), tie.is_dashed)
        yield Line((x, turn), (at, turn), tie.is_dashed)
        yield Line((at, stem[0]), (at, stem[1]), is_dashed=False)
        foot = box + _TIE_SIDE
        sides = (at - _TIE_HALF, box), (at + _TIE_HALF, box), (at + _TIE_HALF, foot)
        yield Outline((*sides, (at, foot + _TIE_POINT), (at - _TIE_HALF, foot)))


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
