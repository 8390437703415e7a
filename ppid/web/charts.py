"""Charts of bars as plain numbers, for an SVG drawn by attributes alone (``templates/partials/chart.html``).

Each bar says its value in words beside it, so nothing is told by colour alone; a table with the figures stands beside
every chart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH = 400
LETTERS = 60  # that stand beside each other over a bar
_LEFT, _RIGHT = 2, 396
_TOP, _ROW, _LEGEND = 8, 46, 20

# How each look is painted: fill and stroke. The stylesheet only recolours them.
_PAINT = {
    "plain": ("#127a73", "none"),
    "over": ("#9c1f28", "none"),
    "second": ("#b7dcd5", "#15201e"),
    "third": ("#ffffff", "#15201e"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: how long it is, and its look, one of "plain", "over", "second" and "third"."""

    value: float
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its name and its words. ``reach`` is drawn as a line to an upright mark, ``planned`` as a dashed one.

    ``told`` is what is read aloud of it; without one, name and words.
    """

    label: str
    words: str
    parts: tuple[Part, ...]
    reach: float | None = None
    planned: float | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    x: float
    width: float
    look: str

    @property
    def fill(self) -> str:
        return _PAINT[self.look][0]

    @property
    def stroke(self) -> str:
        return _PAINT[self.look][1]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as it is drawn; ``place`` counts the rows, ``top`` is where the first one begins."""

    label: str
    words: str
    told: str
    stretches: tuple[Stretch, ...]
    reach: float | None
    planned: float | None
    place: int
    top: int

    @property
    def text_y(self) -> int:
        return self.top + _ROW * self.place + 14

    @property
    def y(self) -> int:
        return self.top + _ROW * self.place + 21

    @property
    def middle(self) -> int:
        return self.y + 7


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the legend: a look, and what it means."""

    look: str
    words: str
    place: int = 0

    @property
    def fill(self) -> str:
        return _PAINT[self.look][0]

    @property
    def stroke(self) -> str:
        return _PAINT[self.look][1]

    @property
    def y(self) -> int:
        return 4 + _LEGEND * self.place

    @property
    def text_y(self) -> int:
        return self.y + 11


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars; ``key`` makes its ids the only ones on a page. ``says`` stands over the place ``says_x``."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    legend: tuple[Entry, ...]
    says: str
    says_x: float
    ends: str
    width: int = WIDTH
    left: int = _LEFT

    @property
    def says_y(self) -> int:
        return _LEGEND * len(self.legend) + 13

    @property
    def height(self) -> int:
        return self.bars[0].top + _ROW * len(self.bars)

    @property
    def told(self) -> str:
        return " ".join([*(bar.told for bar in self.bars), self.ends])

    def in_parts(self, most: int) -> list["Chart"]:
        """Return the chart as several of at most so many bars each, for pages that hold no more."""
        return [
            replace(
                self,
                key=f"{self.key}-{begin}",
                bars=tuple(replace(bar, place=n) for n, bar in enumerate(self.bars[begin : begin + most])),
            )
            for begin in range(0, len(self.bars), most)
        ]


def chart(
    key: str,
    title: str,
    rows: Iterable[Row],
    *,
    legend: Sequence[Entry] = (),
    says: str = "",
    says_at: float = 0,
    least: float = 0,
    most: float | None = None,
) -> Chart | None:
    """Return the rows as a chart on one scale, or None when there is none, or nothing but zeros.

    The scale reaches to the longest of them, at least to ``least`` and never beyond ``most``.
    """
    rows = list(rows)
    longest = max((_extent(row) for row in rows), default=0)
    if longest <= 0:
        return None
    scale = max(longest, least) if most is None else min(max(longest, least), most)

    def x(value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * min(max(value, 0), scale) / scale, 1)

    top = _LEGEND * len(legend) + (26 if says else _TOP)
    return Chart(
        key=key,
        title=title,
        bars=tuple(_bar(row, x, place, top) for place, row in enumerate(rows)),
        legend=tuple(replace(entry, place=place) for place, entry in enumerate(legend)),
        says=says,
        says_x=x(says_at),
        ends="Angka lengkapnya ada pada tabel.",
    )


def _extent(row: Row) -> float:
    return max(sum(part.value for part in row.parts), row.reach or 0, row.planned or 0)


def _bar(row: Row, x, place: int, top: int) -> Bar:
    stretches, begun = [], 0.0
    for part in row.parts:
        if part.value > 0:
            begins = x(begun)
            stretches.append(Stretch(begins, round(x(begun + part.value) - begins, 1), part.look))
            begun += part.value
    room = LETTERS - len(row.words)
    return Bar(
        label=row.label if len(row.label) <= room else f"{row.label[: max(room - 1, 8)].rstrip()}…",
        words=row.words,
        told=row.told or f"{row.label}: {row.words}.",
        stretches=tuple(stretches),
        reach=None if row.reach is None else x(row.reach),
        planned=None if row.planned is None else x(row.planned),
        place=place,
        top=top,
    )
