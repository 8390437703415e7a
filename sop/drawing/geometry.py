"""Where the connectors of a procedure run: from the rows of a sheet to straight lines on a grid.

Pure geometry, in whole numbers, without a word about pixels or classes. Every cell (row × performer) is divided alike:

- across, ``SLOTS``: the left edge, two lanes, the symbol's left side, centre and right side, two lanes, the right edge;
- down, ``TRACKS``: the top edge, the gap above the symbol, the middle, the bottom edge.

So a symbol lies on the middle track from LEFT to RIGHT of its cell, and no lane touches one. A step to the next row
takes the natural route of the sheets. Every other exit jumps: sideways to a lane, along it, and into the target from
its side or, through the gap, from above. Lines of different targets may cross but never share a stretch; lines to the
same target join. Where no lane is left, the exit has no path and is told in words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sop.sheet import SheetRow

Point = tuple[int, int]
Edge = tuple[Point, Point]
Answer = Literal["yes", "no"]

SLOTS = 8
EDGE, LEFT, CENTRE, RIGHT = 0, 3, 4, 5
LEFT_LANES, RIGHT_LANES = (2, 1), (6, 7)

TRACKS = 3
TOP, GAP, MIDDLE = 0, 1, 2

# What a route costs, for choosing among the free ones. The outer lanes leave more room for an arrow and a label.
_CROSSING, _TOP_ENTRY, _INNER_LANE, _STEP_ACROSS = 24, 8, 6, 2
_INNER = (LEFT_LANES[0], RIGHT_LANES[0])
_LANE_CHANGE = 30

# How often the jumps are routed, each time in another order; from when on lines may change lanes; how many ways to try.
_SIMPLE_ATTEMPTS, _ATTEMPTS, _MOST_WAYS = 3, 7, 3000


@dataclass(frozen=True, slots=True)
class Flow:
    """A way from one row to another, counted from 0. ``answers`` are the exits of a decision that take it."""

    source: int
    target: int
    answers: tuple[Answer, ...] = ()
    is_addition: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A flow and the corners of its path, from symbol to symbol; no corners when it could not be drawn."""

    flow: Flow
    path: tuple[Point, ...]

    @property
    def leaves(self) -> Literal["left", "right", "down", ""]:
        """The side on which it leaves its symbol."""
        if not self.path:
            return ""
        (x1, _), (x2, _) = self.path[:2]
        return "down" if x1 == x2 else "left" if x2 < x1 else "right"

    @property
    def enters(self) -> Literal["left", "right", "top", ""]:
        """The side on which it enters its target."""
        if not self.path:
            return ""
        (x1, _), (x2, _) = self.path[-2:]
        return "top" if x1 == x2 else "left" if x1 < x2 else "right"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line within one cell: on ``track`` from slot to slot, or on ``slot`` from track to track."""

    across: bool
    place: int
    begin: int
    end: int
    is_dashed: bool


def flows(rows: Sequence[SheetRow]) -> list[Flow]:
    """Return the flows of the rows, in order.

    An exit to a missing row, or to its own, gives none, and neither does a row of a draft that has no performer yet.
    """
    index = {row.number: n for n, row in enumerate(rows) if row.first is not None}
    found = []
    for n, row in enumerate(rows):
        if row.first is None:
            continue
        if row.kind == "decision":
            exits: dict[int, list[Answer]] = defaultdict(list)
            ways: tuple[tuple[Answer, int | None], ...] = (("yes", row.if_yes), ("no", row.if_no))
            for answer, number in ways:
                if number in index and index[number] != n:
                    exits[index[number]].append(answer)
            for target, answers in exits.items():
                found.append(Flow(n, target, tuple(answers), row.return_is_addition and target < n))
        elif row.kind != "end" and n + 1 < len(rows) and rows[n + 1].first is not None:
            found.append(Flow(n, n + 1))
    return found


def route(rows: Sequence[SheetRow], columns: int) -> list[Route]:
    """Return a route for each flow of ``rows`` over ``columns`` performers, in the order of ``flows``."""
    found = flows(rows)
    jumps = [flow for flow in found if flow.target != flow.source + 1]
    jumps.sort(key=lambda flow: (abs(flow.target - flow.source), flow.source, flow.target))
    best: dict[Flow, Route] = {}
    for attempt in range(_ATTEMPTS):
        grid = _Grid(rows, columns, changes_lanes=attempt >= _SIMPLE_ATTEMPTS)
        drawn = {flow: grid.take(flow, grid.natural_path(flow)) for flow in found if flow not in jumps}
        drawn |= {flow: grid.take(flow, grid.jump_path(flow)) for flow in jumps}
        failed = [flow for flow in jumps if not drawn[flow].path]
        if not best or len(failed) < sum(not route.path for route in best.values()):
            best = drawn
        if not failed:
            break
        # Those that found no way choose first the next time.
        jumps = failed + [flow for flow in jumps if flow not in failed]
    return [best[flow] for flow in found]


def strokes(routes: Sequence[Route]) -> dict[tuple[int, int], list[Stroke]]:
    """Cut the routes at the cells' edges and centres: the lines in each (row, column)."""
    lines: dict[tuple[int, int, bool, int], dict[int, bool]] = defaultdict(dict)
    for one in routes:
        for (x1, y1), (x2, y2) in edges(one.path):
            column, slot = divmod(min(x1, x2), SLOTS)
            row, track = divmod(min(y1, y2), TRACKS)
            across = y1 == y2
            line = lines[row, column, across, track if across else slot]
            step = slot if across else track
            line[step] = one.flow.is_addition and line.get(step, True)
    cells: dict[tuple[int, int], list[Stroke]] = defaultdict(list)
    for (row, column, across, place), line in lines.items():
        cut = CENTRE if across else MIDDLE if place == CENTRE else None
        cells[row, column].extend(Stroke(across, place, *run) for run in _runs(line, cut))
    return dict(cells)


def crossing(routes: Sequence[Route], row: int) -> list[tuple[int, int, bool]]:
    """Return the lines that lead from ``row`` into the next: (column, slot, is dashed), from left to right."""
    lines: dict[int, bool] = {}
    for one in routes:
        for (x1, y1), (_, y2) in edges(one.path):
            if {y1, y2} == {_y(row, MIDDLE), _y(row + 1, TOP)}:
                lines[x1] = one.flow.is_addition and lines.get(x1, True)
    return [(*divmod(x, SLOTS), lines[x]) for x in sorted(lines)]


def edges(path: Sequence[Point]) -> Iterator[Edge]:
    """Yield the steps of length one along a path, in its direction."""
    for (x1, y1), (x2, y2) in pairwise(path):
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        while (x1, y1) != (x2, y2):
            yield (x1, y1), (x1 + dx, y1 + dy)
            x1, y1 = x1 + dx, y1 + dy


def _runs(line: dict[int, bool], cut: int | None) -> Iterator[tuple[int, int, bool]]:
    """Join neighbouring steps of one style into runs, none of them across ``cut``."""
    start = None
    for step in sorted(line):
        start = step if start is None else start
        following = step + 1
        if line.get(following) is not line[start] or following == cut:
            yield start, following, line[start]
            start = None


class _Grid:
    """The rows' symbols and the lines taken so far."""

    def __init__(self, rows: Sequence[SheetRow], columns: int, *, changes_lanes: bool = False):
        self._changes_lanes = changes_lanes
        self.columns = columns
        # The columns of each symbol, by row; flows lead only from symbol to symbol.
        self._spans = {n: row.span for n, row in enumerate(rows) if row.span is not None}
        # For each line: its target and style; lines of the same may join. On the last stretch any style may.
        self._edges: dict[Edge, tuple[int, bool]] = {}
        self._corners: set[Point] = set()
        # The half cells, on the middle or in the gap, that hold a line: a cell draws one stretch in each.
        self._halves: set[tuple[int, int, bool]] = set()
        self._lanes: dict[tuple[int, int], tuple[int, bool]] = {}
        self._entries: dict[int, int] = {}
        # Rows that need their sides for exits of their own: who comes to them by a lane enters from above.
        self._jumping = {flow.source for flow in flows(rows) if flow.target != flow.source + 1}

    def natural_path(self, flow: Flow) -> tuple[Point, ...]:
        """Sideways at mid-row to the next performer's column, down at its centre; or straight down."""
        (here_first, here_last), (there_first, there_last) = self._spans[flow.source], self._spans[flow.target]
        low, high = max(here_first, there_first), min(here_last, there_last)
        start: tuple[Point, ...] = ()
        if low <= high:
            column = (low + high) // 2
        elif there_first > here_last:
            column = there_first
            start = (self._side(flow.source, "right"),)
        else:
            column = there_last
            start = (self._side(flow.source, "left"),)
        self._entries[flow.target] = column
        x = column * SLOTS + CENTRE
        return (*start, (x, _y(flow.source, MIDDLE)), (x, _y(flow.target, MIDDLE)))

    def jump_path(self, flow: Flow) -> tuple[Point, ...]:
        """Return the best free path over a lane, or none."""
        best: tuple[Point, ...] = ()
        best_cost: int | None = None
        for cost, path in self._candidates(flow):
            if best_cost is not None and cost >= best_cost:
                continue
            crossings = self._crossings(flow, path)
            if crossings is None:
                continue
            cost += crossings * _CROSSING
            if best_cost is None or cost < best_cost:
                best, best_cost = path, cost
        return best or (self._path_over_two_lanes(flow) if self._changes_lanes else ())

    def _path_over_two_lanes(self, flow: Flow) -> tuple[Point, ...]:
        """Return a path that changes lanes once, in the gap above a row on its way, or none."""
        first, last = sorted((flow.source, flow.target))
        ways = sorted(set(self._ways_over_two_lanes(flow, range(first + 1, last + 1))))
        for _, path in ways[:_MOST_WAYS]:
            if self._has_halves_for(path) and self._crossings(flow, path) is not None:
                return path
        return ()

    def _ways_over_two_lanes(self, flow: Flow, between: Sequence[int]) -> Iterator[tuple[int, tuple[Point, ...]]]:
        key = (flow.target, flow.is_addition)
        for cost, path in self._candidates(flow):
            start, end = path[0], path[2:]
            second = path[1][0]
            for side in ("right", "left"):
                start = self._side(flow.source, side)
                for lane in self._lanes_beside(start[0], side):
                    # Two lanes of one edge lie too close for a line between them.
                    if lane // (SLOTS // 2) == second // (SLOTS // 2):
                        continue
                    for row in between:
                        if self._lanes.get((row, lane), key) != key or self._lanes.get((row, second), key) != key:
                            continue
                        gap = _y(row, GAP)
                        if end[0] == (second, gap):
                            continue
                        across = abs(lane - start[0]) + abs(second - lane)
                        change = (start, (lane, start[1]), (lane, gap), (second, gap), *end)
                        yield cost + _LANE_CHANGE + across * _STEP_ACROSS, change

    def _has_halves_for(self, path: tuple[Point, ...]) -> bool:
        return not any(half in self._halves for edge in edges(path) for half in self._halves_of(edge))

    def _halves_of(self, edge: Edge) -> Iterator[tuple[int, int, bool]]:
        (x1, y1), (x2, y2) = edge
        if y1 == y2:
            column, slot = divmod(min(x1, x2), SLOTS)
            yield y1, column, slot >= CENTRE

    def take(self, flow: Flow, path: tuple[Point, ...]) -> Route:
        key = (flow.target, flow.is_addition)
        for edge in edges(path):
            self._edges.setdefault(_undirected(edge), key)
            self._halves.update(self._halves_of(edge))
            for lane in self._lanes_of(edge):
                self._lanes.setdefault(lane, key)
        self._corners.update(path)
        if path and path[-1][0] == path[-2][0]:
            self._entries.setdefault(flow.target, path[-1][0] // SLOTS)
        return Route(flow, path)

    def _candidates(self, flow: Flow) -> Iterator[tuple[int, tuple[Point, ...]]]:
        entry = self._entries.get(flow.target, sum(self._spans[flow.target]) // 2) * SLOTS + CENTRE
        for side in ("right", "left"):
            start = self._side(flow.source, side)
            for lane in self._lanes_beside(start[0], side):
                begin = (start, (lane, start[1]))
                gap, middle = _y(flow.target, GAP), _y(flow.target, MIDDLE)
                ways: list[tuple[int, tuple[Point, ...]]] = [(_TOP_ENTRY, ((lane, gap), (entry, gap), (entry, middle)))]
                for end in (self._side(flow.target, "left"), self._side(flow.target, "right")):
                    if flow.target not in self._jumping and (lane < end[0]) == (end[0] % SLOTS == LEFT):
                        ways.append((0, ((lane, end[1]), end)))
                for extra, way in ways:
                    path = (*begin, *way)
                    length = sum(abs(x2 - x1) for (x1, _), (x2, _) in pairwise(path))
                    tight = _INNER_LANE if lane % SLOTS in _INNER else 0
                    yield extra + tight + length * _STEP_ACROSS, path

    def _crossings(self, flow: Flow, path: tuple[Point, ...]) -> int | None:
        """Return how many lines the path crosses, or None when it is not free."""
        key = (flow.target, flow.is_addition)
        last_stretch = path[-1][0] == path[-2][0]
        crossings, joined = 0, False
        steps = list(edges(path))
        corners = set(path[1:-1])
        for n, edge in enumerate(steps):
            point = edge[0]
            taken = self._edges.get(_undirected(edge))
            if taken is not None:
                is_last = last_stretch and n == len(steps) - 1
                if taken != key and not (is_last and taken[0] == flow.target):
                    return None
                if not joined and not self._only_leads_to(flow.target, point):
                    return None
                joined = True
                continue
            if joined:
                return None
            if any(self._lanes.get(lane, key) != key for lane in self._lanes_of(edge)):
                return None
            if n == 0:
                continue
            if self._is_symbol(point):
                return None
            if self._is_busy(point):
                if point in corners or point in self._corners:
                    return None
                crossings += 1
        return crossings

    def _is_busy(self, point: Point) -> bool:
        return any(edge in self._edges for edge in _around(point))

    def _only_leads_to(self, target: int, point: Point) -> bool:
        return all(self._edges[edge][0] == target for edge in _around(point) if edge in self._edges)

    def _is_symbol(self, point: Point) -> bool:
        x, y = point
        row, track = divmod(y, TRACKS)
        if track != MIDDLE or row not in self._spans:
            return False
        first, last = self._spans[row]
        return first * SLOTS + LEFT <= x <= last * SLOTS + RIGHT

    def _side(self, row: int, side: str) -> Point:
        first, last = self._spans[row]
        x = last * SLOTS + RIGHT if side == "right" else first * SLOTS + LEFT
        return x, _y(row, MIDDLE)

    def _lanes_beside(self, x: int, side: str) -> Iterator[int]:
        for column in range(self.columns):
            for slot in (*LEFT_LANES, *RIGHT_LANES):
                lane = column * SLOTS + slot
                if (lane > x) == (side == "right"):
                    yield lane

    def _lanes_of(self, edge: Edge) -> Iterator[tuple[int, int]]:
        """Yield (row, x) when the edge runs along a lane: in each row a lane belongs to one target."""
        (x1, y1), (x2, y2) = edge
        if x1 == x2 and x1 % SLOTS != CENTRE:
            yield min(y1, y2) // TRACKS, x1


def _y(row: int, track: int) -> int:
    return row * TRACKS + track


def _around(point: Point) -> list[Edge]:
    x, y = point
    return [_undirected((point, other)) for other in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))]


def _undirected(edge: Edge) -> Edge:
    return min(edge), max(edge)
