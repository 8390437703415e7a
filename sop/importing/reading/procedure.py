"""The procedure part: the columns that its head names, and a row for each activity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sop.durations import read_duration
from sop.importing.imported import Doubt
from sop.importing.reading import performers
from sop.importing.reading.labels import ADDED_EXIT, EXITS_HEAD, column_of, normal
from sop.importing.reading.performers import Drawn
from sop.importing.source import Cell, Table
from sop.sheet import SheetRow

_HEAD_ROWS = 4
_TOTALS = ("jumlah waktu", "total waktu", "waktu total", "total keseluruhan")
_FIELDS = ("requirement", "duration", "output", "note")
_CAPTIONS = {"requirement": "Kelengkapan", "duration": "Waktu", "output": "Output", "note": "Keterangan"}


@dataclass
class Columns:
    """Which columns of the table hold what.

    ``performing`` gives the performer of each column by its place in ``performers``; ``height`` counts the head's rows.
    """

    places: dict[str, list[int]]
    performers: tuple[str, ...]
    performing: dict[int, int]
    height: int
    head: list[list[str]]
    named_in_cells: int | None = None
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class _Draft:
    """A row while its parts are gathered; ``cells`` are those of its performers' columns."""

    number: int | None
    text: str
    parts: dict[str, list[str]]
    cells: list[Cell]


@dataclass
class Procedure:
    performers: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)


def heads(table: Table) -> Iterator[int]:
    """Yield the rows in which the head of a procedure part begins."""
    for n, row in enumerate(table.grid()):
        found = {column_of(cell.text) for cell in dict.fromkeys(row) if cell is not None}
        if "text" in found and found & {"performer", "quality", "requirement", "duration", "output"}:
            yield n


def head_at(table: Table) -> int | None:
    """Return the first of the table's ``heads``, if it has one."""
    return next(heads(table), None)


def read(tables: list[Table], rest: Iterable[Table] = ()) -> Procedure:
    """Read the tables of one procedure part: the first has the head, the others continue it.

    ``rest`` are tables that may say where the decisions lead.
    """
    if not tables:
        missing = "Bagian prosedur (tabel dengan kolom Aktivitas dan Pelaksana) tidak ditemukan di naskah."
        return Procedure(doubts=[Doubt("rows", None, missing)])
    columns = _columns(tables[0])
    procedure = Procedure(doubts=list(columns.doubts))
    drafts: list[_Draft] = []
    for n, table in enumerate(tables):
        again = n and head_at(table) is not None
        here = _columns(table) if again else columns
        if n and not again and table.width != tables[0].width:
            continue
        _gather(table, here, here.height if again or not n else 0, drafts, procedure.doubts)
    numbers = _numbers(drafts, procedure.doubts)
    procedure.performers, drawn = performers.read(columns, [(n, d.cells) for n, d in zip(numbers, drafts, strict=True)])
    procedure.rows = tuple(
        _row(number, draft, each, procedure.doubts) for number, draft, each in zip(numbers, drafts, drawn, strict=True)
    )
    _mark_ends(procedure, drawn)
    _lead_on(procedure, rest)
    if not procedure.rows:
        procedure.doubts.append(Doubt("rows", None, "Tabel prosedur di naskah tidak memuat satu aktivitas pun."))
    if not procedure.performers:
        procedure.doubts.append(Doubt("performers", None, "Kolom pelaksana tidak ditemukan di naskah."))
    return procedure


def _columns(table: Table) -> Columns:
    """Read the head. The lowest row that names a column decides: the rows above often stand one off."""
    grid = table.grid()
    height = _head_height(grid)
    head, height = grid[:height], height + _counts(grid, height)
    known: dict[int, str] = {}
    for row in head:
        for n, cell in enumerate(row):
            if cell is not None and (name := column_of(cell.text)) and name not in ("quality", "performer"):
                known[n] = "text" if known.get(n) == "text" else name
                cell.take()
    places: dict[str, list[int]] = {}
    for n, name in known.items():
        places.setdefault(name, []).append(n)
    text = max(places["text"])
    after = [n for n, name in known.items() if n > text and name in _FIELDS]
    end = min(after, default=len(grid[0]))
    between = range(text + 1, end)
    performing: dict[int, int] = {}
    labels: list[Cell] = []
    for n in between:
        if label := _label(head, n):
            if not labels or labels[-1] is not label:
                labels.append(label)
            performing[n] = len(labels) - 1
    names = tuple(" ".join(label.take().split()) for label in labels)
    found = Columns(places, names, performing, height, [_texts(row) for row in head])
    for row in head:
        for cell in row:
            if cell is not None and column_of(cell.text) in ("quality", "performer"):
                cell.take()
    if not found.performers and (own := [n for n in between if _is_headed(head, n)]):
        found.named_in_cells = own[0]
    if any(column_of(text) == "quality" for n in performing for text in _column_texts(head, n)):
        found.doubts.append(
            Doubt(
                "performers",
                None,
                "Judul «Pelaksana» dan «Mutu Baku» di naskah bergeser; kolom dibaca dari baris bawahnya.",
            )
        )
    return found


def _head_height(grid) -> int:
    """Count the rows of the head: those that a cell of the first one reaches into, and those that name columns."""
    height = max((cell.rowspan for cell in grid[0] if cell is not None and column_of(cell.text)), default=1)
    for n in range(1, min(len(grid), _HEAD_ROWS)):
        texts = [text for text in _texts(grid[n]) if text]
        names = [column_of(text) for text in texts]
        is_head = sum(bool(name) for name in names) >= 2 and "text" not in names[:1]
        if is_head:
            height = max(height, n + 1)
    return min(height, len(grid))


def _counts(grid, row: int) -> int:
    """Return 1 when the row under the head only numbers the columns, and place those numbers."""
    texts = [text.strip("()") for text in _texts(grid[row]) if text] if row < len(grid) else []
    if len(texts) < 3 or texts != [str(n) for n in range(1, len(texts) + 1)]:
        return 0
    for cell in grid[row]:
        if cell is not None:
            cell.take()
    return 1


def _label(head, column: int) -> Cell | None:
    """Return the cell with a performer's label: the lowest one that isn't a caption of several columns."""
    for row in reversed(head):
        cell = row[column]
        if cell is not None and cell.text and not column_of(cell.text):
            return cell
    return None


def _is_headed(head, column: int) -> bool:
    return any(column_of(text) == "performer" for text in _column_texts(head, column))


def _column_texts(head, column: int) -> list[str]:
    return [row[column].text for row in head if row[column] is not None]


def _texts(row) -> list[str]:
    return [cell.text for cell in dict.fromkeys(row) if cell is not None]


def _gather(table: Table, columns: Columns, begin: int, drafts: list[_Draft], doubts: list[Doubt]) -> None:
    grid = table.grid()
    drawn: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if any(shape.symbol != "line" for shape in cell.shapes):
            drawn.setdefault(cell.row, []).append(cell)
    for n in range(begin, len(grid)):
        row = grid[n]
        texts = _texts(row)
        if not any(texts) and n not in drawn:
            continue
        if any(texts) and ([t for t in texts if t] in [[t for t in head if t] for head in columns.head]):
            for cell in row:  # the head again, at the top of a page
                if cell is not None:
                    cell.take()
            continue
        if len([t for t in texts if t]) == 1 and row[0] is not None and row[0].colspan >= len(row) - 1:
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
            or any(normal(text).startswith(_TOTALS) for text in texts)
            or not any(own.get(f) for f in _FIELDS)
        ):
            continue
        elif any(cell is not None and cell.row == n and cell.filled for f in _FIELDS for cell in own.get(f, ())):
            is_merged = any(c is not None and c.row < n for c in own.get("number", []) + own.get("text", []))
            if not is_merged:
                number = len(drafts)
                sentence = "Baris lanjutan tanpa nomor dan aktivitas digabung ke langkah ini."
                doubts.append(Doubt("text", number, sentence))
        drafts[-1].cells += performing
        for name in _FIELDS:
            for cell in own.get(name, ()):
                if cell is not None and (cell.row == n or started) and cell.filled:
                    drafts[-1].parts.setdefault(name, []).append(cell.take())


def _performing(row, n: int, columns: Columns, drawn: list[Cell]) -> list[Cell]:
    """Return the row's cells of the performers' columns, and those from which a shape reaches there."""
    wanted = list(columns.performing) if columns.named_in_cells is None else [columns.named_in_cells]
    found = [row[c] for c in wanted if c < len(row) and row[c] is not None and row[c].row == n]
    return list(dict.fromkeys([*found, *drawn]))


def _starts(own: dict[str, list], n: int, drafts: list[_Draft]) -> _Draft | None:
    """Return a new row when an activity begins here."""
    cells = [cell for cell in own["text"] if cell is not None and cell.row == n and cell.filled]
    if not cells or normal(cells[0].text).startswith(_TOTALS):
        return None
    text = "\n".join(cell.take() for cell in cells)
    printed = [cell for cell in own.get("number", ()) if cell is not None and cell.row == n]
    printed = [cell for cell in printed if cell not in cells]
    number = " ".join(cell.text for cell in printed).strip(" .)(")
    if number.isascii() and number.isdigit() and len(number) < 4:
        for cell in printed:
            cell.take()
        return _Draft(int(number), text, {}, [])
    head, stop, rest = text.partition(".") if "." in text[:4] else text.partition(")")
    if not number and stop and head.strip().isdigit() and int(head) == len(drafts) + 1 and rest.strip():
        return _Draft(int(head), rest.strip(), {}, [])
    return _Draft(None, text, {}, [])


def _numbers(drafts: list[_Draft], doubts: list[Doubt]) -> list[int]:
    """Return the numbers of the rows: the printed ones where they rise, else counted."""
    printed = [draft.number for draft in drafts]
    if None not in printed and printed == sorted(set(printed)) and (not printed or printed[0] > 0):
        return printed
    counted = list(range(1, len(drafts) + 1))
    if any(number is not None for number in printed):
        for number, draft in zip(counted, drafts, strict=True):
            if draft.number != number:
                was = "tidak bernomor" if draft.number is None else f"bernomor {draft.number}"
                doubts.append(Doubt("number", number, f"Di naskah langkah ini {was}; nomornya dihitung ulang."))
    return counted


def _row(number: int, draft: _Draft, drawn: Drawn, doubts: list[Doubt]) -> SheetRow:
    parts = {name: "\n".join(texts) for name, texts in draft.parts.items()}
    doubts += [Doubt(name, number, sentence) for name, sentence in drawn.doubts]
    duration = parts.get("duration", "")
    if duration and read_duration(duration) is None:
        doubts.append(Doubt("duration", number, f"Waktu «{duration}» tidak dapat dihitung; isi angka dan satuannya."))
    return SheetRow(number, draft.text, drawn.first, drawn.last, drawn.kind or "process", **parts)


def _mark_ends(procedure: Procedure, drawn: list[Drawn]) -> None:
    """Let the first row start and the last one end the flow; say so where the drawing doesn't."""
    rows, last = list(procedure.rows), len(procedure.rows) - 1
    for n, (row, each) in enumerate(zip(rows, drawn, strict=True)):
        if each.is_named:
            continue
        kind = "start" if n == 0 else "end"
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


def _lead_on(procedure: Procedure, tables: Iterable[Table]) -> None:
    """Read the exits of the decisions from the table that our own exports have; without it they stay open."""
    exits = {}
    for table in tables:
        grid = table.grid()
        if not grid or [normal(text) for text in _texts(grid[0])] != EXITS_HEAD:
            continue
        for row in grid:
            number, yes, no, back = [cell.take() if cell is not None else "" for cell in row]
            if number.isdigit():
                exits[int(number)] = (_whole(yes), _whole(no), normal(back) == ADDED_EXIT)
    rows = []
    for row in procedure.rows:
        if row.kind == "decision":
            yes, no, is_addition = exits.get(row.number, (None, None, False))
            row = replace(row, if_yes=yes, if_no=no, return_is_addition=is_addition)
            if row.number not in exits:
                sentence = "Ke mana langkah ini menuju bila ya dan bila tidak, tidak terbaca. Isi kedua tujuannya."
                procedure.doubts.append(Doubt("if_yes", row.number, sentence))
        rows.append(row)
    procedure.rows = tuple(rows)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
