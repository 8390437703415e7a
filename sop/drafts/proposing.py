"""Which row may carry which lawful step: a proposal from words and order, for a person to look at. Nothing is stored.

Plain data in, plain data out. It never proposes a step twice or out of order, and keeps to rows that every way forward
passes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sop.bindings import FlowShape, LawfulStep
from sop.sheet import Sheet, SheetRow

# What counts for how much: a stem that few rows hold says more than one that all of them hold.
_AT_THE_HEAD, _ELSEWHERE, _IN_THE_OUTPUT = 3.0, 1.0, 0.5
_A_DECISION, _THE_PLACE, _THE_SAME_ROW = 1.0, 2.0, 0.5
_HEAD = 5  # words
_NEVER = float("-inf")


class Proposal(NamedTuple):
    """The number of the row that may carry a step, and the stems that speak for it; none when only the order does."""

    row: int
    words: tuple[str, ...]


def propose(sheet: Sheet, shape: FlowShape, given: Mapping[int, int] | None = None) -> dict[int, Proposal]:
    """Return a row for each lawful step that ``given`` (rows by step) leaves open.

    Empty when the sheet has no row for it, or when what is given is not in the order of the steps.
    """
    given = given or {}
    rows = _always_passed(sheet.rows)
    if not rows:
        return {}
    fits = {step.number: _fits(step, rows, shape) for step in shape.steps}
    for n, number in given.items():
        if n in fits:
            fits[n] = [fit if row.number == number else _NEVER for row, fit in zip(rows, fits[n], strict=True)]
    chosen = _best(rows, shape, fits)
    return {
        step.number: Proposal(rows[place].number, tuple(word for word in step.words if word in _plain(rows[place])))
        for step, place in zip(shape.steps, chosen, strict=False)
        if step.number not in given
    }


def _always_passed(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Return the rows that every way forward passes, down to the first end."""
    skipped = {
        number
        for row in rows
        if row.kind == "decision"
        for target in (row.if_yes, row.if_no)
        if target is not None
        for number in range(row.number + 1, target)
    }
    last = next((row.number for row in rows if row.kind == "end" and row.number not in skipped), None)
    return [row for row in rows if row.number not in skipped and (last is None or row.number <= last)]


def _plain(row: SheetRow) -> str:
    return f"{row.text} {row.output}".casefold()


def _fits(step: LawfulStep, rows: Sequence[SheetRow], shape: FlowShape) -> list[float]:
    """Return how well each row fits the step."""
    holding = {word: sum(word in _plain(row) for row in rows) for word in step.words}
    fits = []
    for place, row in enumerate(rows):
        text = row.text.casefold()
        head = " ".join(re.findall(r"\w+", text)[:_HEAD])
        fit = 0.0
        for word, count in holding.items():
            weight = _AT_THE_HEAD if word in head else _ELSEWHERE if word in text else _IN_THE_OUTPUT
            fit += weight / count if word in _plain(row) else 0.0
        if step.number == shape.decides and row.kind == "decision":
            fit += _A_DECISION
        here, there = place / max(len(rows) - 1, 1), (step.number - 1) / max(len(shape.steps) - 1, 1)
        fits.append(fit - _THE_PLACE * abs(here - there))
    return fits


def _best(rows: Sequence[SheetRow], shape: FlowShape, fits: Mapping[int, list[float]]) -> list[int]:
    """Return the places of the rows that together fit best, in order, other performers preparing than deciding."""
    best: tuple[float, list[int]] = (_NEVER, [])
    for place, row in enumerate(rows):
        tried = {
            **fits,
            shape.prepares: [fit if at == place else _NEVER for at, fit in enumerate(fits[shape.prepares])],
            shape.decides: [
                _NEVER if _shares_a_column(row, other) else fit
                for other, fit in zip(rows, fits[shape.decides], strict=True)
            ],
        }
        best = max(best, _in_order([tried[step.number] for step in shape.steps]), key=lambda found: found[0])
    if best[0] == _NEVER:
        best = _in_order([fits[step.number] for step in shape.steps])
    return best[1] if best[0] > _NEVER else []


def _shares_a_column(one: SheetRow, other: SheetRow) -> bool:
    if one.number == other.number:
        return True
    if one.span is None or other.span is None:
        return False
    return one.span[0] <= other.span[1] and other.span[0] <= one.span[1]


def _in_order(fits: Sequence[Sequence[float]]) -> tuple[float, list[int]]:
    """Return the best sum and the place of each step, none before that of the step before it."""
    totals: list[tuple[float, list[int]]] = [(fit, [place]) for place, fit in enumerate(fits[0])]
    for of_step in fits[1:]:
        earlier: tuple[float, list[int]] = (_NEVER, [])
        next_totals = []
        for place, fit in enumerate(of_step):
            same = (totals[place][0] - _THE_SAME_ROW, totals[place][1])
            before = max(earlier, same, key=lambda found: found[0])
            next_totals.append((before[0] + fit, [*before[1], place]))
            earlier = max(earlier, totals[place], key=lambda found: found[0])
        totals = next_totals
    return max(totals, key=lambda found: found[0])
