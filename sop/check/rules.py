"""What a rule is and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How heavy a finding is: an error stops a version, a warning asks for a reason, a note is a hint."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "Kesalahan", "warning": "Peringatan", "note": "Catatan"}[self.value]


_LEVELS = {"E": Level.ERROR, "W": Level.WARNING, "I": Level.NOTE}


def _order(code: str) -> tuple[int, int]:
    return "EWI".index(code[0]), int(code[1:])


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its sentence, and the field of the sheet at which it is to be mended.

    ``field`` is a field of SopVersion, or of Activity when ``number`` names a row («activities» and «performers» are
    the whole parts); ``item`` counts a list's items from 0.
    """

    code: str
    level: Level
    sentence: str
    field: str
    number: int | None = None
    item: int | None = None

    @property
    def order(self) -> tuple:
        return (*_order(self.code), self.number or 0, self.item or 0)


@dataclass(frozen=True, slots=True)
class At:
    """Where a rule is broken, and what to say there."""

    sentence: str
    field: str
    number: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``about`` says in a sentence what a sheet should be like."""

    code: str
    about: str
    find: Callable[[Any], Iterator[At]]

    @property
    def level(self) -> Level:
        return _LEVELS[self.code[0]]

    @property
    def order(self) -> tuple[int, int]:
        return _order(self.code)

    def __call__(self, subject) -> Iterator[Finding]:
        for at in self.find(subject):
            yield Finding(self.code, self.level, at.sentence, at.field, at.number, at.item)


def rule(code: str, about: str) -> Callable[[Callable[[Any], Iterator[At]]], Rule]:
    """Make a rule of a generator."""
    return lambda find: Rule(code, about, find)


def numbered(numbers) -> str:
    """Return «nomor 2, 3, dan 5»."""
    words = [str(number) for number in numbers]
    if len(words) < 3:
        return "nomor " + " dan ".join(words)
    return f"nomor {', '.join(words[:-1])}, dan {words[-1]}"
