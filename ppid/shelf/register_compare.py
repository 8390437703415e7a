"""What became of a register between two of its editions: which rows came, went or changed, and in which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ppid.shelf.register_fields import FIELDS, SUBJECT
from ppid.web.columns import Column


class Comparable(Protocol):
    """A row of an edition, or of a register as it stands."""

    @property
    def key(self) -> str: ...

    @property
    def values(self) -> Mapping[str, str]: ...


class Kind(StrEnum):
    """What became of a row; the values stand in addresses."""

    ADDED = "baru"
    CHANGED = "berubah"
    GONE = "hilang"


LABELS = {Kind.ADDED: "Baru", Kind.CHANGED: "Berubah", Kind.GONE: "Tidak ada lagi"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A named word that differs: what it said before and what it says after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that came, went or changed. ``subject`` says what it is about, as it reads after, or read last."""

    kind: Kind
    key: str
    subject: str
    unit: str
    changed: tuple[Changed, ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, in the order of the later edition with what is gone at the end; ``same`` counts the rest."""

    differences: tuple[Difference, ...]
    same: int

    def of(self, kind: Kind) -> int:
        """Return how many differences are of the kind."""
        return sum(each.kind == kind for each in self.differences)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """The kinds, as in addresses and in words, with how many there are of each."""
        return [(kind.value, LABELS[kind], self.of(kind)) for kind in Kind]


def _said(each: Difference) -> str:
    return "\n".join(f"{changed.label}: «{changed.before}» menjadi «{changed.after}»" for changed in each.changed)


COMPARISON = (
    Column("Perubahan", lambda each: each.label),
    Column("Nomor", lambda each: each.key),
    Column("Informasi", lambda each: each.subject, width="w-text"),
    Column("Unit yang menguasai", lambda each: each.unit),
    Column("Yang berubah", _said, width="w-text"),
)


def compare(register: str, before: Iterable[Comparable], after: Sequence[Comparable]) -> Comparison:
    """Compare two editions row by row; a row is known by its key, and its place in the list says nothing."""
    former = {row.key: row for row in before}
    found, same = [], 0
    for row in after:
        was = former.pop(row.key, None)
        if was is None:
            found.append(_difference(register, Kind.ADDED, row))
        elif was.values == row.values:
            same += 1
        elif changed := _changed(register, was.values, row.values):
            found.append(_difference(register, Kind.CHANGED, row, changed))
        else:
            same += 1
    found += [_difference(register, Kind.GONE, row) for row in former.values()]
    return Comparison(tuple(found), same)


def _difference(register: str, kind: Kind, row: Comparable, changed: tuple[Changed, ...] = ()) -> Difference:
    return Difference(kind, row.key, row.values.get(SUBJECT[register], ""), row.values.get("unit", ""), changed)


def _changed(register: str, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    pairs = ((field, before.get(field.key, ""), after.get(field.key, "")) for field in FIELDS[register])
    return tuple(Changed(field.label, was, now) for field, was, now in pairs if was != now)
