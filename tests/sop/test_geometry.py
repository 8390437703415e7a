"""The drawing's rules, on random procedures: lines against symbols, lines against lines."""

from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.drawing.geometry import CENTRE, LEFT, MIDDLE, RIGHT, SLOTS, TRACKS, edges, flows, route, strokes
from sop.sheet import SheetRow
from tests.sop.large_sheets import large
from tests.sop.random_sheets import procedures

many = settings(max_examples=50, deadline=None)


def symbol(rows, n):
    """The grid points that the symbol of row ``n`` covers."""
    return {(x, n * TRACKS + MIDDLE) for x in range(rows[n].first * SLOTS + LEFT, rows[n].last * SLOTS + RIGHT + 1)}


def points(path):
    steps = list(edges(path))
    return [steps[0][0], *(end for _, end in steps)] if steps else []


def undirected(path):
    return [frozenset(edge) for edge in edges(path)]


@many
@given(procedures())
def test_every_line_runs_from_its_symbol_to_its_target(procedure):
    rows, columns = procedure
    routes = route(rows, columns)
    assert [one.flow for one in routes] == flows(rows)
    for one in routes:
        if one.path:
            assert one.path[0] in symbol(rows, one.flow.source)
            assert one.path[-1] in symbol(rows, one.flow.target)
            assert all((x1 == x2) != (y1 == y2) for (x1, y1), (x2, y2) in zip(one.path, one.path[1:], strict=False))


@many
@given(procedures())
def test_no_line_passes_through_a_symbol(procedure):
    rows, columns = procedure
    symbols = set().union(*(symbol(rows, n) for n in range(len(rows))))
    for one in route(rows, columns):
        assert not symbols & set(points(one.path)[1:-1])


@many
@given(procedures())
def test_no_line_leaves_the_performers_columns(procedure):
    rows, columns = procedure
    for one in route(rows, columns):
        for x, y in points(one.path):
            assert 0 < x < columns * SLOTS
            assert 0 <= y < len(rows) * TRACKS


@many
@given(procedures())
def test_lines_to_different_targets_share_no_stretch_and_no_corner(procedure):
    rows, columns = procedure
    routes = [one for one in route(rows, columns) if one.path]
    symbols = set().union(*(symbol(rows, n) for n in range(len(rows))))
    for a, b in combinations(routes, 2):
        if a.flow.target == b.flow.target:
            continue
        assert not set(undirected(a.path)) & set(undirected(b.path))
        for point in (set(points(a.path)) & set(points(b.path))) - symbols:
            assert point not in a.path
            assert point not in b.path


@many
@given(procedures())
def test_lines_to_one_target_stay_together_once_they_meet(procedure):
    rows, columns = procedure
    routes = [one for one in route(rows, columns) if one.path]
    for a, b in combinations(routes, 2):
        if a.flow.target == b.flow.target:
            shared = [edge in undirected(b.path) for edge in undirected(a.path)]
            assert shared == sorted(shared)
            # A dashed line and a whole one share at most the last step, into the symbol.
            assert a.flow.is_addition == b.flow.is_addition or sum(shared) <= TRACKS - 1


@many
@given(procedures())
def test_a_lane_belongs_to_one_target_in_each_row(procedure):
    rows, columns = procedure
    owners = defaultdict(set)
    for one in route(rows, columns):
        for (x1, y1), (x2, y2) in edges(one.path):
            if x1 == x2 and x1 % SLOTS <= LEFT - 1 or x1 == x2 and x1 % SLOTS >= RIGHT + 1:
                owners[x1, min(y1, y2) // TRACKS].add((one.flow.target, one.flow.is_addition))
    assert all(len(targets) == 1 for targets in owners.values())


@many
@given(procedures())
def test_the_strokes_in_the_cells_are_the_routes(procedure):
    rows, columns = procedure
    routes = route(rows, columns)
    drawn = set()
    for (row, column), lines in strokes(routes).items():
        for line in lines:
            for step in range(line.begin, line.end):
                x, y = (step, line.place) if line.across else (line.place, step)
                start = (column * SLOTS + x, row * TRACKS + y)
                drawn.add(frozenset([start, (start[0] + line.across, start[1] + (not line.across))]))
    assert drawn == {edge for one in routes for edge in undirected(one.path)}


@many
@given(st.data(), procedures(max_rows=40))
def test_a_lone_jump_always_finds_a_way(data, procedure):
    rows, columns = procedure
    plain = [SheetRow(row.number, row.text, row.first, row.last, "process") for row in rows]
    at = data.draw(st.integers(0, len(rows) - 1))
    target = data.draw(st.integers(1, len(rows)))
    if target != at + 1:
        here = rows[at]
        plain[at] = SheetRow(here.number, here.text, here.first, here.last, "decision", if_yes=at + 2, if_no=target)
        assert all(one.path for one in route(plain, columns))


@many
@given(procedures())
def test_no_half_of_a_cell_holds_two_lines_that_are_drawn_in_one_layer(procedure):
    rows, columns = procedure
    for lines in strokes(route(rows, columns)).values():
        layers = [(line.across, line.place, line.begin >= CENTRE if line.across else None) for line in lines]
        halves = [layer for layer, line in zip(layers, lines, strict=True) if line.across or line.place != CENTRE]
        assert len(halves) == len(set(halves))


@pytest.mark.parametrize("seed", range(4))
def test_forty_steps_of_ten_performers_find_a_way_for_every_jump(seed):
    sheet = large(40, 10, seed=seed)
    routes = route(sheet.rows, 10)
    assert [one.flow for one in routes if not one.path] == []
    symbols = set().union(*(symbol(sheet.rows, n) for n in range(40)))
    for one in routes:
        assert not symbols & set(points(one.path)[1:-1])
        assert all(0 < x < 10 * SLOTS for x, _ in points(one.path))


def test_a_row_without_performer_has_no_symbol_and_no_line():
    rows = [
        SheetRow(1, "", 0, 0, "start"),
        SheetRow(2, "", None, None, "decision", if_yes=3, if_no=1),
        SheetRow(3, "", 1, 1, "decision", if_yes=4, if_no=2),
        SheetRow(4, "", 1, 1, "end"),
    ]
    assert [(flow.source, flow.target) for flow in flows(rows)] == [(2, 3)]
    assert all(one.path for one in route(rows, 2))


def steps(*rows):
    return [SheetRow(n, "", column, column, kind, if_yes=yes, if_no=no) for n, column, kind, yes, no in rows]


@pytest.mark.parametrize(
    ("rows", "ways"),
    [
        pytest.param(steps((1, 0, "start", None, None), (2, 0, "end", None, None)), [("down", "top")], id="same"),
        pytest.param(steps((1, 0, "start", None, None), (2, 2, "end", None, None)), [("right", "top")], id="right"),
        pytest.param(steps((1, 2, "start", None, None), (2, 1, "end", None, None)), [("left", "top")], id="left"),
    ],
)
def test_the_natural_route(rows, ways):
    assert [(one.leaves, one.enters) for one in route(rows, 3)] == ways


def test_the_return_of_the_publication_sheet_keeps_clear_of_the_way_forward():
    rows = steps(
        (1, 0, "start", None, None),
        (2, 0, "process", None, None),
        (3, 2, "process", None, None),
        (4, 3, "decision", 5, 3),
        (5, 0, "process", None, None),
        (6, 1, "process", None, None),
        (7, 1, "end", None, None),
    )
    back = next(one for one in route(rows, 4) if one.flow.target < one.flow.source)
    assert (back.leaves, back.enters) == ("right", "top")
    assert {x // SLOTS for x, _ in back.path} == {2, 3}


def test_an_exit_to_a_missing_row_has_no_line():
    rows = steps((1, 0, "start", None, None), (2, 0, "decision", 3, 9), (3, 0, "end", None, None))
    assert [(flow.source, flow.target) for flow in flows(rows)] == [(0, 1), (1, 2)]
