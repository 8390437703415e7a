"""Who performs each row: by shapes, marks, words or colour in the performers' columns. What isn't plain stays open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sop.importing.reading.columns import Columns
from sop.importing.reading.labels import (
    ANSWER_WORDS,
    DRAWN_IN_LETTERS,
    EMPTY_BOXES,
    END_WORDS,
    START_WORDS,
    SYMBOL_WORDS,
    is_mark,
    normal,
    without_strokes,
)
from sop.importing.source import Cell, Line, Shape
from sop.sheet import Kind

_OPEN = "Pelaksana langkah ini tidak terbaca dari naskah. Pilih pelaksananya."
_KINDS: dict[str, Kind] = {"decision": "decision", "process": "process"}


@dataclass
class Drawn:
    """What the performers' columns of a row say. ``doubts`` are (field, sentence).

    ``kind`` None: no shape was seen. ``is_named``: the kind stands there in words.
    """

    first: int | None = None
    last: int | None = None
    kind: Kind | None = None
    is_terminator: bool = False
    is_named: bool = False
    doubts: list[tuple[str, str]] = field(default_factory=list)


def read(columns: Columns, rows: list[tuple[int, list[Cell]]]) -> tuple[tuple[str, ...], list[Drawn]]:
    """Return the performers' labels, and who performs each of the rows (number, cells)."""
    if columns.named_in_cells is not None:
        return _named(rows)
    return columns.performers, [_drawn(cells, columns.performing) for _, cells in rows]


def _named(rows: list[tuple[int, list[Cell]]]) -> tuple[tuple[str, ...], list[Drawn]]:
    """Read a single column that names the performer of each row in words; each name becomes a column."""
    names: list[str] = []
    drawn = []
    for _, cells in rows:
        name = " ".join(" ".join(cell.take() for cell in cells if cell.filled).split())
        if name and name not in names:
            names.append(name)
        at = names.index(name) if name else None
        each = Drawn(at, at)
        if at is None:
            each.doubts.append(("performer", _OPEN))
        drawn.append(each)
    return tuple(names), drawn


def _drawn(cells: list[Cell], places: dict[int, int]) -> Drawn:
    found = Drawn()
    shapes = [shape for cell in cells for shape in cell.shapes if shape.symbol not in ("line", "offpage")]
    symbols = [shape for shape in shapes if shape.symbol in ("terminator", "process", "decision")]
    _answers(shape for shape in shapes if shape not in symbols)
    inside = [cell for cell in cells if cell.column in places and cell.filled]
    marks = [cell for cell in inside if not _is_answer(cell)]
    _words(found, [cell for cell in inside if cell not in marks])
    if symbols:
        _by_shapes(found, symbols, places)
        _words(found, marks)
    elif marks:
        _by_marks(found, marks, places)
    elif any(shape.symbol == "picture" for shape in shapes):
        found.doubts.append(("performer", "Bagan alir di naskah adalah gambar yang tidak terbaca. Pilih pelaksananya."))
        return found
    else:
        _by_fill(found, cells, places)
    if found.first is None and not found.doubts:
        found.doubts.append(("performer", _OPEN))
    return found


def _by_shapes(found: Drawn, symbols: list[Shape], places: dict[int, int]) -> None:
    if len({shape.symbol for shape in symbols}) == 1:
        _kind_of(found, symbols[0])
    else:
        found.doubts.append(("kind", "Ada beberapa bentuk berbeda pada langkah ini. Pilih bentuknya."))
    for shape in symbols:
        for line in shape.lines:
            _symbol_word(found, line)
    spans = [span for shape in symbols if (span := _span(shape, places))]
    if len(spans) < len(symbols):
        found.doubts.append(("performer", "Letak bentuk pada bagan alir tidak pasti. Pilih pelaksananya."))
        return
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    covered = {n for span in spans for n in range(span[0], span[1] + 1)}
    if covered != set(range(first, last + 1)):
        found.doubts.append(("performer", "Bentuknya ada di kolom yang tidak bersebelahan. Pilih pelaksananya."))
        return
    found.first, found.last = first, last
    if len(symbols) > 1 and first != last:
        found.doubts.append(("performer", "Beberapa bentuk pada satu baris dibaca sebagai kegiatan bersama; periksa."))
    if any(shape.is_near for shape in symbols):
        found.doubts.append(("performer", "Bentuknya terletak di antara dua kolom; periksa pelaksananya."))


def _span(shape: Shape, places: dict[int, int]) -> tuple[int, int] | None:
    """Return the performers that a shape covers; None when that isn't known, or known two ways."""
    spans = set()
    for columns in (shape.columns, shape.otherwise):
        if columns and (inside := [places[c] for c in range(columns[0], columns[1] + 1) if c in places]):
            spans.add((min(inside), max(inside)))
    return spans.pop() if len(spans) == 1 else None


def _kind_of(found: Drawn, shape: Shape) -> None:
    found.is_terminator = shape.symbol == "terminator"
    found.kind = _KINDS.get(shape.symbol, "end" if found.is_terminator else None)


def _by_marks(found: Drawn, marks: list[Cell], places: dict[int, int]) -> None:
    """Read marks and words. A text that is neither stays without a place, but shows whose column it is."""
    boxes = [cell for cell in marks if all(line.text.strip() in EMPTY_BOXES for line in cell.filled)]
    if boxes and (len(boxes) < len(marks) or not all(cell.text in DRAWN_IN_LETTERS for cell in boxes)):
        for cell in boxes:
            cell.take()
        marks = [cell for cell in marks if cell not in boxes]
        if not marks:
            return
        found.doubts.append(
            ("performer", "Kotak kosong di sampingnya dibaca sebagai kolom yang tidak dipilih; periksa.")
        )
    _words(found, marks)
    spans = [(places[cell.column], _last(cell, places)) for cell in marks]
    covered = sorted({n for first, last in spans for n in range(first, last + 1)})
    if covered != list(range(covered[0], covered[-1] + 1)):
        found.doubts.append(("performer", "Kolom yang ditandai tidak bersebelahan. Pilih pelaksananya."))
        return
    found.first, found.last = covered[0], covered[-1]
    if len(marks) > 1:
        found.doubts.append(("performer", "Beberapa kolom bertanda dibaca sebagai kegiatan bersama; periksa."))
    if any(not line.placed for cell in marks for line in cell.filled):
        found.doubts.append(("performer", "Pelaksana dibaca dari kolom tempat teks berada; periksa."))


def _last(cell: Cell, places: dict[int, int]) -> int:
    return max(places[c] for c in range(cell.column, cell.column + max(cell.colspan, 1)) if c in places)


def _words(found: Drawn, cells: list[Cell]) -> None:
    for cell in cells:
        for line in cell.filled:
            words = without_strokes(line.text)
            if not words or is_mark(words) or normal(words) in ANSWER_WORDS:
                line.placed = True
            else:
                _symbol_word(found, line)


def _symbol_word(found: Drawn, line: Line) -> None:
    text = without_strokes(line.text)
    words = normal(text).removesuffix(" bersama")
    if words in START_WORDS | END_WORDS:
        found.is_terminator, found.kind = True, "start" if words in START_WORDS else "end"
        found.is_named = True
    elif words in SYMBOL_WORDS:
        found.is_named = found.kind is None
        found.kind = found.kind or SYMBOL_WORDS[words]
    elif text in DRAWN_IN_LETTERS:
        found.is_terminator = found.is_terminator or DRAWN_IN_LETTERS[text] is None
        found.kind = found.kind or DRAWN_IN_LETTERS[text] or "end"
    elif words not in ANSWER_WORDS:
        return
    line.placed = True


def _is_answer(cell: Cell) -> bool:
    """Whether the cell says nobody: answers beside a line («T» and «Y» too), and the line itself («↓», «→»)."""
    return all(normal(without_strokes(line.text)) in ANSWER_WORDS - {"v"} | {""} for line in cell.filled)


def _answers(shapes: Iterable[Shape]) -> None:
    for shape in shapes:
        for line in shape.lines:
            if normal(line.text) in ANSWER_WORDS:
                line.placed = True


def _by_fill(found: Drawn, cells: list[Cell], places: dict[int, int]) -> None:
    inside = [cell for cell in cells if cell.column in places and cell.colspan]
    filled = [cell for cell in inside if cell.fill]
    if len(filled) == 1 and len(inside) > 1:
        found.first, found.last = places[filled[0].column], _last(filled[0], places)
        found.doubts.append(("performer", "Pelaksana dibaca dari warna sel; periksa."))
