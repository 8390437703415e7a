"""The sheet as the preview shows it: each field with the doubts about it, under the name that a link leads to."""

from collections import defaultdict
from dataclasses import dataclass

from sop.drawing.drawn import draw
from sop.importing.imported import Doubt, Imported
from sop.importing.wording import FIELDS, where
from sop.sheet import LISTS, MAX_ACTIVITIES, MAX_PERFORMERS, SheetRow

_FACTS = ["title", "heading", "letterhead", "number", "created", "revised", "effective", "signatory"]
_KINDS = {"start": "Mulai", "process": "Proses", "decision": "Keputusan", "end": "Selesai"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its lines and its doubts; ``anchor`` is its id on the page."""

    anchor: str
    name: str
    lines: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def preview(imported: Imported) -> dict:
    """Return what ``templates/desk/library/import/preview.html`` needs to show one sheet."""
    doubts: dict[tuple, list[Doubt]] = defaultdict(list)
    for doubt in imported.doubts:
        doubts[_shown_at(doubt), doubt.row].append(doubt)
    sheet = imported.sheet

    def field(name: str, label: str, lines, row: int | None = None) -> Field:
        # An empty line of the signatory is the room to sign in.
        lines = tuple(each for each in ([lines] if isinstance(lines, str) else lines) if each or name == "signatory")
        return Field(_anchor(name, row), label, lines, tuple(doubts[name, row]))

    is_drawn = 0 < len(sheet.rows) <= MAX_ACTIVITIES and 0 < len(sheet.performers) <= MAX_PERFORMERS
    return {
        "facts": [field(name, FIELDS[name], getattr(sheet, name)) for name in _FACTS],
        "lists": [field(name, sheet.captions.get(name, LISTS[name]), sheet.lists.get(name, ())) for name in LISTS],
        "performers": field("performers", "Pelaksana", sheet.performers),
        "procedure": field("rows", "Prosedur", ()),
        "rows": [
            [field(name, label, text, row.number) for name, label, text in _cells(row, sheet)] for row in sheet.rows
        ],
        "doubts": [(_anchor(_shown_at(doubt), doubt.row), where(doubt), doubt.sentence) for doubt in imported.doubts],
        "about_file": doubts["source", None],
        "unplaced": imported.unplaced,
        "source": imported.source,
        "drawn": draw(sheet) if is_drawn else None,
    }


def _cells(row: SheetRow, sheet):
    yield "number", "No.", str(row.number)
    yield "text", "Aktivitas", row.text
    yield "performer", "Pelaksana", "" if row.first is None else sheet.performers[row.first : row.last + 1]
    exits = [f"ya → {row.if_yes}" if row.if_yes else "", f"tidak → {row.if_no}" if row.if_no else ""]
    yield "kind", "Bentuk", [_KINDS[row.kind], *exits]
    yield "requirement", "Kelengkapan", row.requirement
    yield "duration", "Waktu", row.duration
    yield "output", "Output", row.output
    yield "note", "Keterangan", row.note


def _shown_at(doubt: Doubt) -> str:
    return "kind" if doubt.field in ("if_yes", "if_no") else doubt.field


def _anchor(name: str, row: int | None) -> str:
    return f"baca-{name}" if row is None else f"baca-{row}-{name}"
