"""Two versions of a sheet side by side: row by row, and word by word within a row. Two sheets in, plain data out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sop.sheet import LISTS, TEXTS, Sheet, SheetRow

_IDENTITY = TEXTS | {"performers": "Pelaksana"}
_KINDS = {"start": "Mulai", "process": "Proses", "decision": "Keputusan", "end": "Selesai"}

_LABELS = ("Aktivitas", "Pelaksana", "Bentuk", "Kelengkapan", "Waktu", "Output", "Keterangan")

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
    def identity_changed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.identity if field.is_changed)

    @property
    def lists_changed(self) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
        """The lists, whole, in which anything differs."""
        return tuple((caption, pairs) for caption, pairs in self.lists if any(p.status != "same" for p in pairs))

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
        lists=tuple((caption, _items(before.lists[name], after.lists[name])) for name, caption in LISTS.items()),
        rows=_rows(before, after),
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


def _rows(before: Sheet, after: Sheet) -> tuple[Pair, ...]:
    """Return the activities of both. An exit to a row that only got another number is no change."""
    texts = [[(row.text, " ".join(_texts(row, sheet)[1:])) for row in sheet.rows] for sheet in (before, after)]
    aligned = _aligned(*texts)
    became = {before.rows[i].number: after.rows[j].number for i, j in aligned if i is not None and j is not None}
    pairs = []
    for i, j in aligned:
        old, new = (None if i is None else before.rows[i]), (None if j is None else after.rows[j])
        fields = [_field(*each) for each in zip(_LABELS, _texts(old, before), _texts(new, after), strict=True)]
        exits = _exits(old), _exits(new)
        follows = old and new and [became.get(to) for to in (old.if_yes, old.if_no)] == [new.if_yes, new.if_no]
        unchanged = tuple((Piece(text, False),) if text else () for text in exits)
        fields.append(Field("Jalan keluar", *unchanged) if follows else _field("Jalan keluar", *exits))
        pairs.append(_pair(old and old.number, new and new.number, tuple(fields)))
    return tuple(pairs)


def _texts(row: SheetRow | None, sheet: Sheet) -> tuple[str, ...]:
    """Return what the row says, in the order of its labels."""
    if row is None:
        return ("",) * len(_LABELS)
    last = row.first if row.last is None else row.last
    performers = [] if row.first is None else sheet.performers[row.first : last + 1]
    said = (row.requirement, row.duration, row.output, row.note)
    return (row.text, " bersama ".join(performers), _KINDS[row.kind], *said)


def _exits(row: SheetRow | None) -> str:
    targets = (("ya", row.if_yes), ("tidak", row.if_no)) if row else ()
    return "; ".join(f"{answer}: ke nomor {target}" for answer, target in targets if target is not None)


def _items(before: Sequence[str], after: Sequence[str]) -> tuple[Pair, ...]:
    """Return the items of a list on both sides."""
    pairs = []
    for i, j in _aligned([(item, "") for item in before], [(item, "") for item in after]):
        field = _field("", "" if i is None else before[i], "" if j is None else after[j])
        pairs.append(_pair(None if i is None else i + 1, None if j is None else j + 1, (field,)))
    return tuple(pairs)


def _pair(before: int | None, after: int | None, fields: tuple[Field, ...]) -> Pair:
    if before is None or after is None:
        return Pair("added" if before is None else "removed", before, after, fields)
    return Pair("changed" if any(field.is_changed for field in fields) else "same", before, after, fields)


def _aligned(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> list[tuple[int | None, int | None]]:
    """Return which of ``before`` became which of ``after``, in order, so that as much as can be stays together.

    Each is a text and, for a row, what else it says.
    """
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


def _likeness(old: tuple[str, str], new: tuple[str, str]) -> float:
    """Return from 0 (another text) to 1; what is less than half alike counts as another."""
    if old[0] == new[0]:
        return 1.0
    ratio = _ratio(old[0], new[0])
    if old[1] and new[1]:
        ratio = 0.6 * ratio + 0.4 * (old[1] == new[1] or _ratio(old[1], new[1]))
    return ratio if ratio >= _ALIKE else 0.0


def _ratio(old: str, new: str) -> float:
    return SequenceMatcher(None, old.casefold().split(), new.casefold().split(), autojunk=False).ratio()


def _field(label: str, before: str, after: str) -> Field:
    return Field(label, *words(before, after))


def _printed(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value).strip()
