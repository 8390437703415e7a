"""What a paper says, as plain data: the same description is drawn as PDF and as DOCX, and frozen with its number."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; each row has a cell for each head. ``signs`` leaves room to sign in the last column."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its heading: paragraphs, then pairs of name and words, then a table; what is empty is left out."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: what for, as whom, and whose name stands under it ("" leaves a line)."""

    position: str
    name: str = ""
    nip: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper from head to foot. Without ``number`` it is a draft; ``date`` and ``place`` are printed words.

    ``ledger`` is the mark of the ledgers on the day on which it got its number, "" where none was published yet.
    """

    kind: str
    title: str
    letterhead: tuple[str, ...]
    address: str
    foot: str
    parts: tuple[Part, ...]
    signatures: tuple[Signature, ...] = ()
    subject: str = ""
    recipient: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    date: str = ""
    ledger: str = ""

    @property
    def is_draft(self) -> bool:
        return not self.number

    def numbered(self, number: str, date: str, ledger: str = "") -> "Paper":
        """Return the same paper with its number, its date and the mark of the ledgers."""
        return replace(self, number=number, date=date, ledger=ledger)

    def says(self) -> dict[str, Any]:
        """Return the whole description as plain values, to be kept."""
        return asdict(self)

    def is_like(self, other: "Paper") -> bool:
        """Whether both say the same, number, date and mark aside."""
        return self.numbered("", "") == other.numbered("", "")


def read(says: Mapping[str, Any]) -> Paper:
    """Return the paper of a description that was kept by ``Paper.says``."""
    parts = tuple(
        Part(
            part["heading"],
            tuple(part["paragraphs"]),
            tuple((name, words) for name, words in part["facts"]),
            _table(part["table"]) if part["table"] else None,
        )
        for part in says["parts"]
    )
    signatures = tuple(Signature(**signature) for signature in says["signatures"])
    lines = {name: tuple(says[name]) for name in ("letterhead", "recipient")}
    return Paper(**{**says, **lines, "parts": parts, "signatures": signatures})


def _table(says: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in says["rows"])
    return Table(says["caption"], tuple(says["heads"]), rows, says["signs"])
