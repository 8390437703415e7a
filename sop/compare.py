"""Two versions of a sheet side by side: row by row, and word by word within a row. Two sheets in, plain data out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sop.sheet import LISTS, Sheet, SheetRow

_IDENTITY = {
    "title": "Nama SOP",
    "heading": "Nomor urut judul",
    "letterhead": "Kop",
    "number": "Nomor SOP",
    "created": "Tanggal pembuatan",
    "revised": "Tanggal revisi",
    "effective": "Tanggal efektif",
    "signatory": "Disahkan oleh",
    "performers": "Pelaksana",
}
_KINDS = {"start": "Mulai", "process": "Proses", "decision": "Keputusan", "end": "Selesai"}

# From here on two texts count as one that was changed, not as one that went and one that came.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: on both sides, or on this side alone."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field on both sides, each as pieces."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.is_changed for piece in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Pair:
    """A row, or a list's item, on both sides. ``before`` and ``after`` are its numbers; None where it isn't there."""

    status: Literal["same", "changed", "added", "removed"]
    before: int | None
    after: int | None
    fields: tuple[Field, ...]

    @property
    def shown(self) -> tuple[Field, ...]:
        """The first field, which says which row it is, and every other that is changed."""
        return tuple(field for n, field in enumerate(self.fields) if n == 0 or field.is_changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two sheets, and what is the same, in the order of the newer one."""

    identity: tuple[Field, ...]
    lists: tuple[tuple[str, tuple[Pair, ...]], ...]
    rows: tuple[Pair, ...]

    @property
    def changes(self) -> int:
        """How many fields, items and rows differ."""
        pairs = [pair for _, each in self.lists for pair in each] + list(self.rows)
        return sum(field.is_changed for field in self.identity) + sum(pair.status != "same" for pair in pairs)


def compare(before: Sheet, after: Sheet) -> Comparison:
    """Put two sheets side by side."""
    texts = [{name: _printed(getattr(sheet, name)) for name in _IDENTITY} for sheet in (before, after)]
    return Comparison(
        identity=tuple(_field(label, texts[0][name], texts[1][name]) for name, label in _IDENTITY.items()),
        lists=tuple(
            (caption, _pairs([(item,) for item in before.lists[name]], [(item,) for item in after.lists[name]], ("",)))
            for name, caption in LISTS.items()
        ),
        rows=_pairs(
            [_texts(row, before) for row in before.rows],
            [_texts(row, after) for row in after.rows],
            ("Aktivitas", "Pelaksana", "Bentuk", "Kelengkapan", "Waktu", "Output", "Keterangan", "Jalan keluar"),
            numbers=([row.number for row in before.rows], [row.number for row in after.rows]),
        ),
    )


def words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, the words that the other lacks marked."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b > a:
            left.append(Piece("".join(old[a:b]), tag != "equal"))
        if d > c:
            right.append(Piece("".join(new[c:d]), tag != "equal"))
    return tuple(left), tuple(right)


def _texts(row: SheetRow, sheet: Sheet) -> tuple[str, ...]:
    """Return what the row says, in the order of its labels.

    An exit names the text that it leads to: where a row only got another number, nothing changed.
    """
    at = {each.number: each.text for each in sheet.rows}
    exits = [
        f"{answer}: ke «{at.get(target, f'nomor {target}')}»"
        for answer, target in (("ya", row.if_yes), ("tidak", row.if_no))
        if target is not None
    ]
    performers = [] if row.first is None else sheet.performers[row.first : (row.last or row.first) + 1]
    return (
        row.text,
        " bersama ".join(performers),
        _KINDS[row.kind],
        row.requirement,
        row.duration,
        row.output,
        row.note,
        "; ".join(exits),
    )


def _pairs(before: Sequence, after: Sequence, labels: Sequence[str], *, numbers=None) -> tuple[Pair, ...]:
    of_before, of_after = numbers or (range(1, len(before) + 1), range(1, len(after) + 1))
    blank = ("",) * len(labels)
    pairs = []
    for i, j in _aligned([row[0] for row in before], [row[0] for row in after]):
        old, new = (blank if i is None else before[i]), (blank if j is None else after[j])
        fields = tuple(_field(*each) for each in zip(labels, old, new, strict=True))
        status = "added" if i is None else "removed" if j is None else "same" if old == new else "changed"
        pairs.append(Pair(status, None if i is None else of_before[i], None if j is None else of_after[j], fields))
    return tuple(pairs)


def _aligned(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return which text of ``before`` became which of ``after``, in order, so that as much as can be stays together."""
    likeness = [[_likeness(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    i = j = 0
    aligned = []
    while i < len(before) or j < len(after):
        both = i < len(before) and j < len(after)
        if both and likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            aligned.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(before) and (j == len(after) or best[i][j] == best[i + 1][j]):
            aligned.append((i, None))
            i += 1
        else:
            aligned.append((None, j))
            j += 1
    return aligned


def _likeness(old: str, new: str) -> float:
    """Return from 0 (not the same text) to 1; what is less than half alike counts as another text."""
    if old == new:
        return 1.0
    matcher = SequenceMatcher(None, old.casefold().split(), new.casefold().split(), autojunk=False)
    return ratio if (ratio := matcher.ratio()) >= _ALIKE else 0.0


def _field(label: str, before: str, after: str) -> Field:
    return Field(label, *words(before, after))


def _printed(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value).strip()
