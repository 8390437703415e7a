"""On which page of paper each row of a procedure falls, and where its cells lie there.

The breaks are reckoned before the layout, so that the off-page connectors stand in it at once: first from the texts,
and where the layout comes out otherwise, again with what it showed. A row is torn only when it has no room on a page
of its own, or would leave the page before it nearly empty.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from weasyprint.document import Document, Page

from sop.drawing import letters, room
from sop.drawing.drawn import missing
from sop.drawing.linework import Frame, Place, half_height
from sop.paper import press
from sop.sheet import Sheet, SheetRow

_ROUND_SYMBOL = 15
_TORN_AT_LEAST = 2  # lines of a torn row on either page
_FULL_ENOUGH = 0.45  # of a page, for a row that doesn't fit to begin another


@dataclass(frozen=True, slots=True)
class Part:
    """A row, or what stands of it on one page. ``texts`` are those of ``room.TEXTS``; the first part has the symbol."""

    row: int
    texts: Mapping[str, str]
    height: float
    """As it was reckoned."""
    is_first: bool = True


@dataclass(slots=True)
class Plan:
    """What is reckoned with: the room on a page, and how much higher than reckoned rows came out."""

    sheet: Sheet
    paper: str
    tail: float
    """What must stand below the last row, in px."""
    used: float = 0.0
    """What stands above the procedure on its first page, where it follows something."""
    spared: float = 0.0
    more: dict[int, float] = field(default_factory=dict)


def pages(plan: Plan) -> list[list[Part]]:
    """Return the parts on each page."""
    return list(_Pages(plan).all())


class _Pages:
    def __init__(self, plan: Plan):
        self.plan, self.sheet = plan, plan.sheet
        self.numbers = {row.number for row in self.sheet.rows}
        self.rooms = room.rooms(self.sheet, plan.paper)
        self.head = room.head_height(self.sheet, plan.paper)
        self.most = room.page_height(plan.paper) - room.SLACK - plan.spared
        self.taken = plan.used + room.HEADING + self.head
        self.page: list[Part] = []

    def all(self) -> Iterator[list[Part]]:
        for n, row in enumerate(self.sheet.rows):
            broken = {name: letters.lines(getattr(row, name), wide) for name, wide in self.rooms.items()}
            yield from self._row(n, row, broken)
        if self.page:
            yield self.page

    def _row(self, n: int, row: SheetRow, broken: dict[str, list[str]]) -> Iterator[list[Part]]:
        whole = {name: getattr(row, name) for name in broken}
        is_first, is_last_row = True, n == len(self.sheet.rows) - 1
        below = self.plan.tail if is_last_row else room.TIES
        while True:
            height = self._height(n, row, broken, is_first)
            if self.taken + height + below <= self.most:
                break
            fresh = self.head + room.TIES + height + below <= self.most
            is_full_enough = self.taken >= _FULL_ENOUGH * self.most
            if self.page and fresh and is_full_enough:
                yield from self._turn()
                continue
            count = self._lines_here(n, row, broken, is_first)
            if count < _TORN_AT_LEAST and self.page:
                yield from self._turn()
                continue
            longest = max(map(len, broken.values()))
            count = max(1, min(count, longest - _TORN_AT_LEAST))
            if longest <= count or longest <= 1:
                break  # there is nothing to tear: it stands where it comes to stand
            upper = {name: some[:count] for name, some in broken.items()}
            broken = {name: some[count:] for name, some in broken.items()}
            self.page.append(Part(n, _joined(upper), self._height(n, row, upper, is_first), is_first))
            is_first = False
            yield from self._turn()
        self.page.append(Part(n, whole if is_first else _joined(broken), height, is_first))
        self.taken += height

    def _turn(self) -> Iterator[list[Part]]:
        yield self.page
        self.page, self.taken = [], self.head + room.TIES

    def _height(self, n: int, row: SheetRow, broken: Mapping[str, Sequence[str]], is_first: bool) -> float:
        count = max(map(len, broken.values()))
        symbol = 0.0
        if is_first:
            count = max(count, len(broken["text"]) + self._said_below(row))
            symbol = 0 if row.first is None else 2 * (half_height(row) + _ROUND_SYMBOL) + room.BORDER
        return max(room.text_height(self.sheet, count), symbol) + self.plan.more.get(n, 0)

    def _lines_here(self, n: int, row: SheetRow, broken: Mapping[str, Sequence[str]], is_first: bool) -> int:
        left = self.most - self.taken - room.TIES - self.plan.more.get(n, 0)
        symbol = 2 * (half_height(row) + _ROUND_SYMBOL) if is_first and row.first is not None else 0
        count = room.lines_in(self.sheet, left) if left >= symbol else 0
        return count - self._said_below(row) if is_first else count

    def _said_below(self, row: SheetRow) -> int:
        """Return how many lines say below the row's activity which exits lead nowhere."""
        wide = self.rooms["text"]
        return sum(len(letters.lines(sentence, wide)) for sentence in missing(row, self.numbers))


def _joined(broken: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: "".join(some).rstrip() for name, some in broken.items()}


def frames(document: Document, parts: Sequence[Part], columns: int) -> list[Frame]:
    """Return where the parts of the procedure and its performers' cells lie on each page of a layout."""
    return [_frame(page, parts, columns) for page in document.pages]


def _frame(page: Page, parts: Sequence[Part], columns: int) -> Frame:
    rows, continued, edges, rules = {}, None, [], _Rules()
    for box in press.rows_on(page):
        at = _part_number(box)
        name = box.element.get("class", "")
        if name == "sheet-heads":
            cells = box.children[2 : 2 + columns]
            edges = [(cell.position_x, cell.position_x + cell.border_width() - room.BORDER) for cell in cells]
        if at is not None:
            place = box.position_y, box.position_y + box.height - room.BORDER
            if parts[at].is_first:
                rows[parts[at].row] = place
            else:
                continued = parts[at].row, place
        if at is not None or "sheet-ties" in name:
            rules.add(box)
    return Frame(edges, rows, continued, rules.lines())


def strips(page: Page) -> dict[str, Place]:
    """Return where the off-page connectors' rows lie on a page, by "head" and "foot"."""
    found = {}
    for box in press.rows_on(page):
        name = box.element.get("class", "")
        if "sheet-ties" in name:
            found[name.rpartition("-")[2]] = box.position_y, box.position_y + box.height - room.BORDER
    return found


def first_page(document: Document) -> int | None:
    """Return the place of the page on which the procedure begins, None where it has no row."""
    pages = enumerate(document.pages)
    return next((n for n, page in pages if any(_part_number(box) is not None for box in press.rows_on(page))), None)


def breaks(document: Document) -> list[list[int]]:
    """Return the numbers of the parts on each page of a layout that has any, in their order."""
    found = [[at for box in press.rows_on(page) if (at := _part_number(box)) is not None] for page in document.pages]
    return [numbers for numbers in found if numbers]


def learn(plan: Plan, document: Document, parts: Sequence[Part]) -> None:
    """Note in the plan by how much rows came out higher than reckoned."""
    for page in document.pages:
        for box in press.rows_on(page):
            at = _part_number(box)
            if at is not None and (above := box.height - parts[at].height) > 0.5:
                n = parts[at].row
                plan.more[n] = plan.more.get(n, 0) + above


class _Rules:
    """The lines below and beside cells, those in one column made one: to draw each cell's own is slow."""

    def __init__(self):
        self._across: list[tuple[Place, Place]] = []
        self._down: dict[float, list[list[float]]] = defaultdict(list)

    def add(self, row) -> None:
        top, bottom = row.position_y, row.position_y + row.height
        ends = [cell.position_x + cell.border_width() for cell in row.children]
        y = bottom - room.BORDER / 2
        self._across.append(((row.children[0].position_x, y), (ends[-1], y)))
        for end in ends:
            stretches = self._down[round(end - room.BORDER / 2, 2)]
            if stretches and abs(stretches[-1][1] - top) < room.BORDER:
                stretches[-1][1] = bottom
            else:
                stretches.append([top, bottom])

    def lines(self) -> list[tuple[Place, Place]]:
        down = [((x, top), (x, bottom)) for x, stretches in self._down.items() for top, bottom in stretches]
        return [*self._across, *down]


def _part_number(box) -> int | None:
    name = box.element.get("id", "")
    return int(name.removeprefix("bagian-")) if name.startswith("bagian-") else None
