"""A sheet's procedure as ``templates/pdf/procedure.html`` prints it: plain data, page by page."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from sop.drawing import drawn, geometry, room, widths
from sop.drawing.drawn import Label
from sop.drawing.geometry import Route
from sop.drawing.linework import HALF_DECISION, Tie
from sop.paper.paging import Part
from sop.sheet import Sheet, SheetRow

# A label in a decision's cell: the height of the content and of a line, how far from the middle, lane by lane.
_CHOICE, _LABEL = 2 * (HALF_DECISION + 15), 11
_ABOVE, _BELOW, _PAST = 5, 6, (0, 2, 6)
_LANE = (0, 8, 15)  # per cent of the column


def ties(routes: Sequence[Route], pages: Sequence[Sequence[Part]]) -> list[list[Tie]]:
    """Return the off-page connectors at each break between pages.

    Every line that crosses has a mark of its own, the same at the foot and at the head.
    """
    marks = (_mark(n) for n in count())
    return [
        [Tie(column, slot, dashed, next(marks)) for column, slot, dashed in geometry.crossing(routes, before[-1].row)]
        for before, _ in pairwise(pages)
    ]


def procedure(
    sheet: Sheet, paper: str, routes: Sequence[Route], pages: Sequence[Sequence[Part]], found: Sequence[Sequence[Tie]]
) -> dict:
    """Return all that the template needs; ``found`` are the connectors of ``ties``."""
    exits = defaultdict(list)
    for route in routes:
        exits[route.flow.source].append(route)
    strokes = geometry.strokes(routes)
    numbers = {row.number for row in sheet.rows}
    ids = count()
    columns = range(len(sheet.performers))

    def part(one: Part) -> dict:
        row = sheet.rows[one.row]
        lines = {at: strokes.get((one.row, at), ()) for at in columns}
        labels = drawn.labels(row, exits[one.row], lines, sheet) if one.is_first else []
        return {
            **one.texts,
            "id": next(ids),
            "number": row.number,
            "is_first": one.is_first,
            "missing": drawn.missing(row, numbers) if one.is_first else [],
            "cells": list(_cells(row, columns, labels)) if one.is_first else [{"over": 1} for _ in columns],
        }

    return {
        "heads": room.heads(sheet, paper),
        "widths": [f"{share * 100:.3f}%" for share in widths.columns(len(sheet.performers))],
        "pages": [
            {
                "head": _strip(found[n - 1], columns) if n else [],
                "parts": [part(one) for one in page],
                "foot": _strip(found[n], columns) if n < len(found) else [],
            }
            for n, page in enumerate(pages)
        ],
        **drawn.notes(sheet, routes),
    }


def _cells(row: SheetRow, columns: range, labels: Sequence[Label]) -> Iterator[dict]:
    """Yield the cells; a symbol that several performers share has one cell over their columns."""
    for column in columns:
        if not drawn.has_symbol_in(row, column):
            yield {"over": 1}
        elif column == row.first:
            over = row.last - row.first + 1
            yield {
                "over": over,
                "kind": row.kind,
                "name": drawn.symbol_name(row),
                "is_written": drawn.shape(row) == "terminator",
                "labels": list(_placed(row, over, labels)),
            }


def _placed(row: SheetRow, over: int, labels: Sequence[Label]) -> Iterator[dict]:
    """Yield the labels from above to below, each with its distance from the one before and from a side of the cell."""
    reached = 0
    for top, label in sorted(((_top(label), label) for label in labels), key=lambda each: (each[0], each[1].side)):
        if label.side == "down":
            aside = f"calc({(label.column - row.first + 0.5) / over * 100:.2f}% + 4px)"
        else:
            aside = f"{_LANE[label.past] / over:.2f}%" if label.past else "2px"
        yield {"text": label.text, "side": label.side, "drop": top - reached, "aside": aside}
        reached = top + _LABEL


def _top(label: Label) -> int:
    if label.side == "down":
        return _CHOICE - 3 - _LABEL
    past = _PAST[label.past]
    return _CHOICE // 2 + _BELOW + past if label.is_below else _CHOICE // 2 - _ABOVE - _LABEL - past


def _strip(found: Sequence[Tie], columns: range) -> list[list[dict]]:
    """Return the marks in each column, each with its distance from the one before, in per cent of the column."""
    if not found:
        return []
    cells: list[list[dict]] = [[] for _ in columns]
    for column, cell in enumerate(cells):
        reached = 0
        for tie in sorted((tie for tie in found if tie.column == column), key=lambda tie: tie.at):
            begin = round(tie.at * 100) - 10
            cell.append({"mark": tie.mark, "before": f"{begin - reached}%"})
            reached = begin + 20
    return cells


def _mark(n: int) -> str:
    """Return A, B, …, Z, AA, AB, …"""
    text = ""
    while n >= 0:
        n, letter = divmod(n, 26)
        text, n = chr(ord("A") + letter) + text, n - 1
    return text
