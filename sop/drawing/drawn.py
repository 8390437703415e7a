"""The drawn sheet as plain data for ``templates/sop/sheet.html``: texts, symbols, and the classes that draw the lines.

The classes are a fixed set, described in ``static/css/sheet.css``: no style is written into the page.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sop.drawing import geometry, room
from sop.drawing.geometry import CENTRE, GAP, LEFT, MIDDLE, RIGHT, SLOTS, TOP, TRACKS, Route, Stroke
from sop.sheet import LISTS, Sheet, SheetRow

ANSWERS = {"yes": "Ya", "no": "Tidak"}
_SHORT = {"yes": "Y", "no": "T"}
_ON_SCREEN = 0.8  # of the room that a head has on paper, where the window is narrow
_SHORT_FROM = 5  # performers: their columns are too narrow for the whole word
SYMBOLS = {"start": "Mulai", "process": "Proses", "decision": "Keputusan", "end": "Selesai"}
_SHAPES = {"start": "terminator", "process": "process", "decision": "decision", "end": "terminator"}
_NAMES = list(LISTS)
_PAIRS = list(zip(_NAMES[::2], _NAMES[1::2], strict=True))
_LANES = {1: "l1", 2: "l2", 6: "r2", 7: "r1"}
_EXTENTS = {
    (TOP, TRACKS): "full",
    (TOP, MIDDLE): "up",
    (MIDDLE, TRACKS): "down",
    (GAP, TRACKS): "under",
    (TOP, GAP): "over",
    (GAP, MIDDLE): "between",
}


Side = Literal["left", "right", "down"]
# For an exit without a line, in the order in which they are taken.
_SIDES: tuple[Side, ...] = ("right", "left", "down")


@dataclass(frozen=True, slots=True)
class Label:
    """A word at an exit of a decision: beside its line, on ``side`` of the symbol, above or below mid-row.

    ``past`` is the number of lanes between the label and the column's edge.
    """

    text: str
    column: int
    side: Side
    is_below: bool = False
    past: int = 0

    @property
    def classes(self) -> str:
        if self.side == "down":
            return "sheet-answer-down"
        height = "below" if self.is_below else "above"
        return f"sheet-answer-{self.side} sheet-answer-{height} sheet-past-{self.past}"


def draw(sheet: Sheet) -> dict:
    """Return all that the template needs, as JSON has it: dicts, lists, strings, numbers."""
    routes = geometry.route(sheet.rows, len(sheet.performers))
    strokes = geometry.strokes(routes)
    exits: dict[int, list[Route]] = defaultdict(list)
    entries: dict[int, set[str]] = defaultdict(set)
    for route in routes:
        exits[route.flow.source].append(route)
        entries[route.flow.target].add(route.enters)
    columns = range(len(sheet.performers))
    numbers = {row.number for row in sheet.rows}
    return {
        **identity(sheet),
        "performers": list(sheet.performers),
        "heads": room.heads(sheet, part=_ON_SCREEN),
        "rows": [
            {
                "number": row.number,
                "text": row.text,
                "cells": [
                    {
                        "classes": " ".join(_classes(row, column, strokes.get((n, column), ()), entries[n])),
                        "symbol": _symbol(row, column),
                        "labels": [
                            {"text": label.text, "classes": label.classes}
                            for label in labels(row, exits[n], {at: strokes.get((n, at), ()) for at in columns}, sheet)
                            if label.column == column
                        ],
                    }
                    for column in columns
                ],
                "missing": missing(row, numbers),
                "requirement": row.requirement,
                "duration": row.duration,
                "output": row.output,
                "note": row.note,
            }
            for n, row in enumerate(sheet.rows)
        ],
        "steps": [_step(row, sheet, numbers) for row in sheet.rows],
        **notes(sheet, routes),
    }


def identity(sheet: Sheet) -> dict:
    """Return the identity part."""
    return {
        "title": sheet.title,
        "heading": sheet.heading,
        "letterhead": list(sheet.letterhead),
        "number": sheet.number,
        "version": sheet.version,
        "created": sheet.created,
        "revised": sheet.revised,
        "effective": sheet.effective,
        "signatory": _with_room_to_sign(sheet.signatory),
        "lists": [[_list(sheet, left), _list(sheet, right)] for left, right in _PAIRS],
    }


def notes(sheet: Sheet, routes: Sequence[Route]) -> dict:
    """Return what is to be said below the procedure."""
    return {
        "has_short_answers": len(sheet.performers) >= _SHORT_FROM and any(row.kind == "decision" for row in sheet.rows),
        "has_addition": any(route.flow.is_addition for route in routes),
        "reading": sheet.reading,
    }


def _with_room_to_sign(signatory: Sequence[str]) -> list[str]:
    """Return the lines with an empty one, where the signature goes: below the office, unless the sheet has its own."""
    lines = list(signatory)
    return lines if "" in lines else [*lines[:1], "", *lines[1:]]


def _list(sheet: Sheet, name: str) -> dict:
    return {"caption": sheet.captions.get(name, LISTS[name]), "items": list(sheet.lists.get(name, ()))}


def _classes(row: SheetRow, column: int, strokes: Sequence[Stroke], entries: set[str]) -> list[str]:
    has_symbol = has_symbol_in(row, column)
    classes = [f"sheet-{row.kind}"] if has_symbol else []
    if has_symbol and column != row.last:
        classes.append("sheet-joined")
    for stroke in strokes:
        if stroke.across:
            half = "w" if stroke.end <= CENTRE else "e"
            line = f"sheet-{half if stroke.place == MIDDLE else 'g' + half}"
            classes.append(f"{line}-{stroke.begin}-{stroke.end}")
            if _has_arrow(stroke, strokes, entries):
                line += "-arrow"
        elif stroke.place != CENTRE:
            line = f"sheet-{_LANES[stroke.place]}"
            classes.append(f"{line}-{_EXTENTS[stroke.begin, stroke.end]}")
        elif stroke.begin == MIDDLE:
            line = "sheet-out" if has_symbol else "sheet-turn"
        else:
            line = "sheet-in" if stroke.begin == TOP else "sheet-in-gap"
        classes.append(f"{line}-dash" if stroke.is_dashed else f"{line}-line")
    return sorted(classes)


def _has_arrow(stroke: Stroke, strokes: Sequence[Stroke], entries: set[str]) -> bool:
    """Whether the line ends here, at its target's side or in the line that enters the target from above."""
    if stroke.place == MIDDLE:
        return (stroke.end == LEFT and "left" in entries) or (stroke.begin == RIGHT and "right" in entries)
    return joins_sideways(stroke, strokes)


def joins_sideways(stroke: Stroke, strokes: Sequence[Stroke]) -> bool:
    """Whether a line in the gap ends at the line that enters its target from above."""
    joins = any(not other.across and other.place == CENTRE and other.begin == TOP for other in strokes)
    in_gap = [other for other in strokes if other.across and other.place == GAP]
    if any(other.end == CENTRE for other in in_gap) and any(other.begin == CENTRE for other in in_gap):
        return False  # it passes
    return joins and stroke.across and stroke.place == GAP and CENTRE in (stroke.begin, stroke.end)


def _symbol(row: SheetRow, column: int) -> dict | None:
    """Return the symbol, or this performer's part of one that spans several columns."""
    if row.span is None or not has_symbol_in(row, column):
        return None
    first, last = row.span
    part = "whole" if first == last else {first: "left", last: "right"}.get(column, "middle")
    return {
        "shape": _SHAPES[row.kind],
        "part": part,
        "text": SYMBOLS[row.kind] if _SHAPES[row.kind] == "terminator" and column == first else "",
        "name": symbol_name(row),
        "over": last - first + 1,
    }


def symbol_name(row: SheetRow) -> str:
    """Return what the row's symbol is, in words."""
    return f"{SYMBOLS[row.kind]} bersama" if row.first != row.last else SYMBOLS[row.kind]


def shape(row: SheetRow) -> str:
    """Return the shape of the row's symbol, or nothing while it has no performer."""
    return "" if row.first is None else _SHAPES[row.kind]


def has_symbol_in(row: SheetRow, column: int) -> bool:
    return row.span is not None and row.span[0] <= column <= row.span[1]


def missing(row: SheetRow, numbers: set[int]) -> list[str]:
    """Return what a draft's row lacks to be drawn, a sentence each; ``numbers`` are those of the sheet's rows."""
    sentences = [] if row.first is not None else ["Pelaksana belum ditentukan."]
    if row.kind == "decision":
        for answer, number in (("yes", row.if_yes), ("no", row.if_no)):
            if number is None:
                sentences.append(f"Jalan keluar {ANSWERS[answer]} belum ditentukan.")
            elif number not in numbers:
                sentences.append(f"Jalan keluar {ANSWERS[answer]} menuju langkah {number}, yang tidak ada.")
            elif number == row.number:
                sentences.append(f"Jalan keluar {ANSWERS[answer]} menuju langkah ini sendiri.")
    return sentences


def labels(row: SheetRow, exits: Sequence[Route], strokes: Mapping[int, Sequence[Stroke]], sheet: Sheet) -> list[Label]:
    """Return the labels of a decision's exits; an exit without a line names its target.

    ``strokes`` are the lines in this row, by column.
    """
    if row.span is None:
        return []
    first, last = row.span
    words = _SHORT if len(sheet.performers) >= _SHORT_FROM else ANSWERS
    found = []
    free = [side for side in _SIDES if side not in {route.leaves for route in exits}]
    for route in exits:
        text = "/".join(words[answer] for answer in route.flow.answers)
        side = route.leaves or free.pop(0)
        if not route.leaves:
            text += f" → {sheet.rows[route.flow.target].number}"
        foot = route.path[0][0] // SLOTS if side == "down" and route.path else last
        column = {"left": first, "right": last, "down": foot}[side]
        if text:
            is_below, past = _room(side, strokes.get(column, ()))
            found.append(Label(text, column, side, is_below, past))
    return found


def _room(side: str, strokes: Sequence[Stroke]) -> tuple[bool, int]:
    """Say whether a label stands free below the exit's line rather than above, and past how many lanes."""
    if side == "down":
        return False, 0
    outer, inner = (1, 2) if side == "left" else (7, 6)

    def lanes_to_pass(is_above: bool) -> int:
        taken = {s.place for s in strokes if not s.across and (s.begin < MIDDLE if is_above else s.end > MIDDLE)}
        return 2 if inner in taken else 1 if outer in taken else 0

    above, below = lanes_to_pass(True), lanes_to_pass(False)
    has_gap_line = any(s.across and s.place == GAP for s in strokes)
    if below < above or (below == above and has_gap_line):
        return True, below
    return False, above


def _step(row: SheetRow, sheet: Sheet, numbers: set[int]) -> dict:
    """Return the row in words, for those who don't see the drawing."""
    performers = sheet.performers[row.span[0] : row.span[1] + 1] if row.span is not None else ()
    return {
        "number": row.number,
        "text": row.text,
        "performer": " dan ".join(performers),
        "duration": row.duration,
        "is_end": row.kind == "end",
        "missing": missing(row, numbers),
        "exits": [
            {
                "answer": ANSWERS[answer].lower(),
                "to": number,
                "goes_back": number <= row.number,
                "is_addition": row.return_is_addition and number < row.number,
            }
            for answer, number in (("yes", row.if_yes), ("no", row.if_no))
            if row.kind == "decision" and number in numbers
        ],
    }
