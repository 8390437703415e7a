"""The procedure part: the columns that its head names, and a row for each activity."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from sop.durations import read_duration, why_unread
from sop.importing.imported import Doubt
from sop.importing.reading import columns as head
from sop.importing.reading import exits, performers
from sop.importing.reading.columns import FIELDS, Columns, head_at, texts
from sop.importing.reading.labels import normal
from sop.importing.reading.performers import Drawn
from sop.importing.source import Cell, Row, Table
from sop.importing.wording import OF_ROW
from sop.sheet import SheetRow

_TOTALS = ("jumlah waktu", "total waktu", "waktu total", "total keseluruhan")


@dataclass(eq=False)
class _Draft:
    """A row while its parts are gathered; ``cells`` are those of its performers' columns.

    ``shared`` are fields whose merged cell a step above has already. ``is_counted``: numbered by Word itself,
    whose numbers no file holds. ``is_under``: its number's cell is merged with the one above.
    """

    number: int | None
    text: str
    parts: dict[str, list[str]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    shared: dict[str, tuple["_Draft", str]] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    is_numbered: bool = False
    is_counted: bool = False
    is_under: bool = False
    part_of: "_Draft | None" = None

    @property
    def step(self) -> "_Draft":
        return self.part_of.step if self.part_of else self

    @property
    def is_whole(self) -> bool:
        """Whether it has what a step of its own has: somebody who does it, and a time."""
        return bool(self.parts.get("duration")) and any(cell.filled or cell.shapes for cell in self.cells)


@dataclass
class Procedure:
    performers: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)


def read(tables: list[Table], rest: Iterable[Table] = ()) -> Procedure:
    """Read the tables of one procedure part: the first has the head, the others continue it.

    ``rest`` are tables that may say where the decisions lead.
    """
    if not tables:
        missing = "Bagian prosedur (tabel dengan kolom Aktivitas dan Pelaksana) tidak ditemukan di naskah."
        return Procedure(doubts=[Doubt("rows", None, missing)])
    columns = head.read(tables[0])
    procedure = Procedure(doubts=list(columns.doubts))
    drafts: list[_Draft] = []
    for n, table in enumerate(tables):
        again = n and head_at(table) is not None
        here = head.read(table) if again else columns
        if n and not again and table.width != tables[0].width:
            continue
        _gather(table, here, here.height if again or not n else 0, drafts)
    drafts = _joined(drafts)
    numbers = _numbers(drafts, procedure.doubts)
    procedure.performers, drawn = performers.read(columns, [(n, d.cells) for n, d in zip(numbers, drafts, strict=True)])
    number_of = dict(zip(drafts, numbers, strict=True))
    procedure.rows = tuple(
        _row(draft, number_of, each, procedure.doubts) for draft, each in zip(drafts, drawn, strict=True)
    )
    if columns.unit:
        _write_unit(procedure, columns.unit.label)
    _doubt_times(procedure)
    _mark_ends(procedure, drawn)
    printed = {draft.number: number for draft, number in number_of.items() if draft.number is not None}
    drawn_as = [each.kind for each in drawn]
    procedure.rows = exits.read(procedure.rows, drawn_as, printed or {n: n for n in numbers}, rest, procedure.doubts)
    if not procedure.rows:
        procedure.doubts.append(Doubt("rows", None, "Tabel prosedur di naskah tidak memuat satu aktivitas pun."))
    if not procedure.performers:
        procedure.doubts.append(Doubt("performers", None, "Kolom pelaksana tidak ditemukan di naskah."))
    return procedure


def _gather(table: Table, columns: Columns, begin: int, drafts: list[_Draft]) -> None:
    grid = table.grid()
    drawn: dict[int, list[Cell]] = {}
    given: dict[Cell, _Draft] = {}
    for cell in table.cells:
        if any(shape.symbol != "line" for shape in cell.shapes):
            drawn.setdefault(cell.row, []).append(cell)
    for n in range(begin, len(grid)):
        row = grid[n]
        printed = texts(row)
        if not any(printed) and n not in drawn:
            continue
        if any(printed) and ([t for t in printed if t] in [[t for t in head if t] for head in columns.head]):
            for again in row:  # the head, at the top of a page
                if again is not None:
                    again.take()
            continue
        if len([t for t in printed if t]) == 1 and row[0] is not None and row[0].colspan >= len(row) - 1:
            continue  # a caption across the table: it stays without a place
        own = {
            name: list(dict.fromkeys(row[c] for c in places if c < len(row))) for name, places in columns.places.items()
        }
        performing = _performing(row, n, columns, drawn.get(n, []))
        started = _starts(own, n, drafts)
        if started:
            drafts.append(started)
        elif (
            not drafts
            or any(normal(text).startswith(_TOTALS) for text in printed)
            or not any(own.get(f) for f in FIELDS)
        ):
            continue
        elif any(cell is not None and cell.row == n and cell.filled for f in FIELDS for cell in own.get(f, ())):
            is_merged = any(c is not None and c.row < n for c in own.get("number", []) + own.get("text", []))
            if not is_merged:
                drafts[-1].doubts.append(("text", "Baris lanjutan tanpa nomor dan aktivitas digabung ke langkah ini."))
        drafts[-1].cells += performing
        for name in FIELDS:
            _give(drafts[-1], name, [c for c in own.get(name, ()) if c is not None and c.filled], n, given)


def _give(draft: _Draft, name: str, cells: list[Cell], n: int, given: dict[Cell, _Draft]) -> None:
    """Give a row what the table's row ``n`` has for a field. A cell merged over several steps belongs to the first."""
    new = [cell for cell in cells if cell not in given]
    for cell in cells:
        owner = given.setdefault(cell, draft)
        if owner is not draft:
            draft.shared[name] = (owner, cell.text)
    if new:
        draft.parts.setdefault(name, []).append((" " if name == "duration" else "\n").join(c.take() for c in new))


def _joined(drafts: list[_Draft]) -> list[_Draft]:
    """Join rows under an empty number to the step that they continue, where the numbers show that they are no step."""
    steps: list[_Draft] = []
    for n, draft in enumerate(drafts):
        above = steps[-1] if steps else None
        if above is None or draft.is_numbered or not (draft.is_under or _continues(drafts, n, above)):
            steps.append(draft)
            continue
        draft.part_of = above
        above.doubts.append(
            (
                "text",
                f"Baris tanpa nomor di bawahnya («{_short(draft.text)}») digabung ke langkah ini; "
                "jadikan langkah tersendiri bila memang demikian.",
            )
        )
        above.text += (" " if draft.text[:1].islower() else "\n") + draft.text
        above.cells += draft.cells
        above.doubts += draft.doubts
        above.shared |= {name: shared for name, shared in draft.shared.items() if shared[0].step is not above}
        for name, parts in draft.parts.items():
            above.parts.setdefault(name, []).extend(parts)
    return steps


def _continues(drafts: list[_Draft], n: int, above: _Draft) -> bool:
    """Whether the printed numbers leave no room for the row ``n``: 2, (empty), 3."""
    if not above.is_numbered:
        return False
    after = next((m for m in range(n, len(drafts)) if drafts[m].is_numbered), None)
    if after is None:
        return not drafts[n].is_whole
    below = drafts[after].number
    return below is None or above.number is None or below - above.number == 1


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def _performing(row: Row, n: int, columns: Columns, drawn: list[Cell]) -> list[Cell]:
    """Return the row's cells of the performers' columns, and those from which a shape reaches there."""
    wanted = list(columns.performing) if columns.named_in_cells is None else [columns.named_in_cells]
    found = [cell for c in wanted if c < len(row) and (cell := row[c]) is not None and cell.row == n]
    return list(dict.fromkeys([*found, *drawn]))


def _starts(own: dict[str, Row], n: int, drafts: list[_Draft]) -> _Draft | None:
    """Return a new row when an activity begins here."""
    cells = [cell for cell in own["text"] if cell is not None and cell.row == n and cell.filled]
    if not cells or normal(cells[0].text).startswith(_TOTALS):
        return None
    text = "\n".join(cell.take() for cell in cells)
    beside = [cell for cell in own.get("number", ()) if cell is not None and cell not in cells]
    printed = [cell for cell in beside if cell.row == n]
    number = " ".join(cell.text for cell in printed).strip(" .)(")
    if number.isascii() and number.isdigit() and len(number) < 4:
        for cell in printed:
            cell.take()
        return _Draft(int(number), text, is_numbered=True)
    head, stop, rest = text.partition(".") if "." in text[:4] else text.partition(")")
    if not number and stop and head.strip().isdigit() and int(head) == len(drafts) + 1 and rest.strip():
        return _Draft(int(head), rest.strip(), is_numbered=True)
    is_counted = not number and any(line.is_item for cell in printed for line in cell.lines)
    is_under = any(cell.row < n and cell.filled for cell in beside)
    return _Draft(None, text, is_numbered=bool(number) or is_counted, is_counted=is_counted, is_under=is_under)


def _numbers(drafts: list[_Draft], doubts: list[Doubt]) -> list[int]:
    """Return the numbers of the rows: the printed ones where they rise, else counted."""
    printed = [draft.number for draft in drafts if draft.number is not None]
    if len(printed) == len(drafts) and printed == sorted(set(printed)) and (not printed or printed[0] > 0):
        return printed
    counted = list(range(1, len(drafts) + 1))
    if printed:
        for number, draft in zip(counted, drafts, strict=True):
            if draft.number != number and not draft.is_counted:
                was = "tidak bernomor" if draft.number is None else f"bernomor {draft.number}"
                doubts.append(Doubt("number", number, f"Di naskah langkah ini {was}; nomornya dihitung ulang."))
    return counted


def _row(draft: _Draft, number_of: dict[_Draft, int], drawn: Drawn, doubts: list[Doubt]) -> SheetRow:
    number = number_of[draft]
    parts = {name: "\n".join(texts) for name, texts in draft.parts.items()}
    doubts += [Doubt(name, number, sentence) for name, sentence in [*draft.doubts, *drawn.doubts]]
    for name, (owner, text) in draft.shared.items():
        doubts.append(
            Doubt(
                name,
                number,
                f"Di naskah {OF_ROW[name]} («{_short(text)}») satu sel dengan langkah {number_of[owner.step]}, maka "
                "hanya ditulis di sana. Isi di sini bila langkah ini punya bagiannya sendiri.",
            )
        )
    requirement, duration, output, note = (parts.get(name, "") for name in FIELDS)
    kind = drawn.kind or "process"
    return SheetRow(number, draft.text, drawn.first, drawn.last, kind, requirement, duration, output, note)


def _write_unit(procedure: Procedure, unit: str) -> None:
    """Write the unit of the column's head beside the times that have none, and say so once."""
    rows = [
        replace(row, duration=f"{row.duration} {unit}")
        if any(c.isdigit() for c in row.duration) and not any(c.isalpha() for c in row.duration)
        else row
        for row in procedure.rows
    ]
    if rows != list(procedure.rows):
        procedure.rows = tuple(rows)
        sentence = f"Satuan «{unit}» pada judul kolom waktu ditulis pada setiap waktu yang belum bersatuan; periksa."
        procedure.doubts.append(Doubt("rows", None, sentence))


def _doubt_times(procedure: Procedure) -> None:
    for row in procedure.rows:
        if row.duration and read_duration(row.duration) is None:
            procedure.doubts.append(Doubt("duration", row.number, why_unread(row.duration)))


def _mark_ends(procedure: Procedure, drawn: list[Drawn]) -> None:
    """Let the first row start and the last one end the flow; say so where the drawing doesn't."""
    rows, last = list(procedure.rows), len(procedure.rows) - 1
    for n, (row, each) in enumerate(zip(rows, drawn, strict=True)):
        if each.is_named:
            continue
        kind: Literal["start", "end"] = "start" if n == 0 else "end"
        if 0 < n < last and each.is_terminator:
            sentence = "Kapsul di tengah alur dibaca sebagai Selesai; periksa bentuknya."
            procedure.doubts.append(Doubt("kind", row.number, sentence))
        elif n in (0, last) and row.kind == "process":
            said = "di naskah digambar kotak" if each.kind else "bentuknya tidak terbaca dari naskah"
            sentence = f"Langkah {_ENDS[kind]}; {said}."
            procedure.doubts.append(Doubt("kind", row.number, sentence))
        elif not each.is_terminator:
            continue
        rows[n] = replace(row, kind=kind)
    if len(rows) > 2 and not any(each.kind for each in drawn):
        sentence = "Bentuk langkah tidak terbaca dari naskah; langkah di tengah dibaca sebagai proses, bukan keputusan."
        procedure.doubts.append(Doubt("rows", None, sentence))
    procedure.rows = tuple(rows)


_ENDS = {"start": "pertama dibaca sebagai Mulai", "end": "terakhir dibaca sebagai Selesai"}
