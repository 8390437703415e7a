"""On which page of paper each row of a procedure falls, and where its cells lie there.

The breaks are reckoned before the layout, so that the connectors stand in it at once: first from the lengths of the
texts, and where the layout comes out otherwise, again from the heights that it had.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from weasyprint.document import Document

from sop.drawing import widths
from sop.drawing.drawn import missing
from sop.drawing.linework import Frame, Place, half_height
from sop.paper import press
from sop.sheet import Sheet, SheetRow

# Paper in landscape, width and height in mm, and the measures of static/css/sheet.css for print, in CSS px.
PAPERS = {"A4": (297, 210), "F4": (330, 215)}
_PX_PER_MM = 96 / 25.4
_TOP, _ACROSS, _DOWN = 12 * _PX_PER_MM, 24 * _PX_PER_MM, 26 * _PX_PER_MM
_BORDER = 1
_ROUND_SYMBOL = 15
_TIES = 26
_SLACK = 4

# The widths of Arial and Liberation Sans in thousandths of the letter's size, from the blank to the tilde.
_WIDTHS = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *([556] * 10),
    *(278, 278, 584, 584, 584, 556, 1015),
    *(667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611),
    *(278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833),
    *(556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500),
    *(334, 260, 334, 584),
]


@dataclass(frozen=True, slots=True)
class Heights:
    """In CSS px: what stands above the first row on its page, the table's head, and each row."""

    lead: float
    head: float
    rows: tuple[float, ...]


def reckoned(sheet: Sheet, paper: str) -> Heights:
    """Return the heights as the lengths of the texts promise them."""
    numbers = {row.number for row in sheet.rows}
    size = 7.2 if len(sheet.performers) >= 8 else 8.5
    letter = size * 96 / 72
    shares = widths.columns(len(sheet.performers))
    across = [share * (PAPERS[paper][0] * _PX_PER_MM - _ACROSS) - letter - _BORDER for share in shares]

    def row_height(row: SheetRow) -> float:
        texts = {1: "\n".join([row.text, *missing(row, numbers)])}
        texts |= {-4: row.requirement, -3: row.duration, -2: row.output, -1: row.note}
        most = max(_lines(text, across[column] / letter) for column, text in texts.items())
        text_height = most * letter * 1.22 + 0.8 * letter
        symbol = 0 if row.first is None else 2 * (half_height(row) + _ROUND_SYMBOL)
        return max(text_height, symbol) + _BORDER

    # Heads are bold and a tenth smaller, with less padding at the sides.
    in_column = (across[2] + 0.6 * letter) / (0.9 * letter * 1.08)
    most = max((_lines(label, in_column) for label in sheet.performers), default=1)
    second = max(letter * 1.22, most * letter * 0.9 * 1.2)
    head = letter * 1.22 + second + 1.6 * letter + 3 * _BORDER
    return Heights(lead=head + 30, head=head, rows=tuple(row_height(row) for row in sheet.rows))


def page_starts(heights: Heights, paper: str, *, spared: float = 0) -> list[int]:
    """Return the rows that begin another page; ``spared`` px stay free on each page."""
    room = PAPERS[paper][1] * _PX_PER_MM - _DOWN - _SLACK - spared
    starts, used = [], heights.lead
    for n, height in enumerate(heights.rows):
        is_last = n == len(heights.rows) - 1
        if n and used + height + (0 if is_last else _TIES) > room:
            starts.append(n)
            used = heights.head + _TIES
        used += height
    return starts


def frames(document: Document, columns: int) -> list[Frame]:
    """Return where the rows of the procedure and its performers' cells lie on each page of a layout."""
    found = []
    for page in document.pages:
        rows, edges, rules = {}, [], _Rules()
        for box in press.rows_on(page):
            n = _row_number(box)
            if n is not None:
                rows[n] = box.position_y, box.position_y + box.height - _BORDER
                cells = box.children[2 : 2 + columns]
                edges = [(cell.position_x, cell.position_x + cell.border_width() - _BORDER) for cell in cells]
            if n is not None or "sheet-ties" in box.element.get("class", ""):
                rules.add(box)
        found.append(Frame(edges, rows, rules.lines()))
    return found


class _Rules:
    """The lines below and beside cells, those in one column made one: to draw each cell's own is slow."""

    def __init__(self):
        self._across: list[tuple[Place, Place]] = []
        self._down: dict[float, list[list[float]]] = defaultdict(list)

    def add(self, row) -> None:
        top, bottom = row.position_y, row.position_y + row.height
        ends = [cell.position_x + cell.border_width() for cell in row.children]
        y = bottom - _BORDER / 2
        self._across.append(((row.children[0].position_x, y), (ends[-1], y)))
        for cell, end in zip(row.children, ends, strict=True):
            if "sheet-joined" in (cell.element.get("class") or ""):
                continue
            stretches = self._down[round(end - _BORDER / 2, 2)]
            if stretches and abs(stretches[-1][1] - top) < _BORDER:
                stretches[-1][1] = bottom
            else:
                stretches.append([top, bottom])

    def lines(self) -> list[tuple[Place, Place]]:
        down = [((x, top), (x, bottom)) for x, stretches in self._down.items() for top, bottom in stretches]
        return [*self._across, *down]


def measured(document: Document, pages: Sequence[Frame]) -> Heights:
    """Return the heights that a layout had."""
    rows = {n: bottom - top + _BORDER for frame in pages for n, (top, bottom) in frame.rows.items()}
    first = next(n for n, frame in enumerate(pages) if frame.rows)
    head = press.head_on(document.pages[first]).height
    return Heights(lead=pages[first].rows[0][0] - _TOP, head=head, rows=tuple(rows[n] for n in sorted(rows)))


def breaks(pages: Sequence[Frame]) -> list[int]:
    """Return the rows that begin another page in a layout."""
    begins = [min(frame.rows) for frame in pages if frame.rows]
    return begins[1:]


def _row_number(box) -> int | None:
    name = box.element.get("id", "") if box.element is not None else ""
    return int(name.removeprefix("baris-")) if name.startswith("baris-") else None


def _lines(text: str, room: float) -> int:
    """Return into how many lines a text breaks; ``room`` is the column's width in letters' sizes."""
    room *= 1000
    count = 0
    for line in text.split("\n"):
        count, used = count + 1, 0
        for word in line.split():
            width = sum(_width(letter) for letter in word)
            if used and used + _WIDTHS[0] + width > room:
                count, used = count + 1, 0
            used += width + (_WIDTHS[0] if used else 0)
            if used > room:
                # A word longer than the line breaks anywhere.
                count, used = count + int(used // room), used % room
    return count


def _width(letter: str) -> int:
    return _WIDTHS[ord(letter) - 32] if " " <= letter <= "~" else 600 if ord(letter) < 0x1100 else 1000
