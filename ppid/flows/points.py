"""A reason point by point: one line for one thing. In the ledger it is one text; here it is read and written as points.

Whoever answers does so line by line too: «2. Tabelnya sudah diganti.» answers the second point.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# The line that names the parts of the item that are to be mended.
_PARTS = "Yang diperbaiki: "
_MARK = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")
_NUMBERED = re.compile(r"^\s*\(?(\d{1,2})[.)]\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was asked for, and what answered it; "" as long as nothing did."""

    asked: str
    answer: str = ""


def points(reason: str) -> list[str]:
    """Return what the reason asks for, thing by thing, without bullets and numbers."""
    lines = (_MARK.sub("", line).strip() for line in reason.splitlines() if not line.startswith(_PARTS))
    return [line for line in lines if line]


def parts(reason: str) -> list[str]:
    """Return the parts of the item that the reason names."""
    named = (line.removeprefix(_PARTS) for line in reason.splitlines() if line.startswith(_PARTS))
    return [part for line in named for part in line.rstrip(".").split("; ") if part]


def with_parts(reason: str, named: Sequence[str]) -> str:
    """Return the reason with the parts that are to be mended; an empty one stays empty: parts are no reason."""
    reason = reason.strip()
    if not reason or not named:
        return reason
    return f"{reason}\n{_PARTS}{'; '.join(part.replace(';', ',') for part in named)}."


def answered(reason: str, answer: str) -> tuple[list[Point], str]:
    """Return the points with their answers, and what of the answer belongs to none.

    Numbered lines answer the points of their numbers; one line for one point does in their order.
    """
    asked, lines = points(reason), [line.strip() for line in answer.splitlines() if line.strip()]
    found: dict[int, str] = {}
    rest = []
    for line in lines:
        numbered = _NUMBERED.match(line)
        if numbered and 1 <= int(numbered[1]) <= len(asked):
            number = int(numbered[1])
            found[number] = f"{found[number]} {numbered[2]}" if number in found else numbered[2]
        else:
            rest.append(line)
    if not found and len(rest) == len(asked):
        found, rest = dict(enumerate(rest, start=1)), []
    return [Point(each, found.get(number, "")) for number, each in enumerate(asked, start=1)], "\n".join(rest)


def as_answer(answers: Sequence[str], rest: str = "") -> str:
    """Return the note that answers the points in their order, as ``answered`` reads it; "" where nothing is."""
    lines = [f"{number}. {' '.join(each.split())}" for number, each in enumerate(answers, start=1) if each.strip()]
    return "\n".join([*lines, *([rest.strip()] if rest.strip() else [])])
