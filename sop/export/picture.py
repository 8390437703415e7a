"""The flowchart of one row as a picture, for files that can't draw it themselves (Word).

Drawn from the same geometry as the sheet in HTML and PDF; a strip for each row, so that a table stays a table.
"""

import io
from collections import defaultdict
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from sop import drawing, geometry
from sop.geometry import GAP, LEFT, MIDDLE, RIGHT, SLOTS, TRACKS, Point, Route
from sop.sheet import Sheet, SheetRow

DPI = 200
_FINER = 2  # drawn so much larger, then reduced: Pillow's lines have hard edges
_PER_MM = DPI / 25.4 * _FINER

# Where the slots of a column stand, as parts of its width; the same as in static/css/sheet.css.
_SLOT_AT = (0, 0.06, 0.13, 0.2, 0.5, 0.8, 0.87, 0.94)
_GAP_MM, _HALF_MM, _HALF_DECISION_MM, _ARROW_MM, _LINE_MM = 2.1, 3.4, 4.5, 1.8, 0.3
_INK, _ADDED = (34, 34, 34), (14, 95, 91)


@dataclass(frozen=True, slots=True)
class Flowchart:
    """The routes of a sheet, ready to be drawn row by row."""

    sheet: Sheet
    routes: list[Route]

    @classmethod
    def of(cls, sheet: Sheet) -> "Flowchart":
        return cls(sheet, geometry.route(sheet.rows, len(sheet.performers)))

    def strip(self, n: int, *, column_mm: float, height_mm: float) -> bytes:
        """Return row ``n`` over all performers' columns as PNG, on a transparent ground."""
        return _Strip(self, n, column_mm * _PER_MM, height_mm * _PER_MM).png()


def least_height_mm(row: SheetRow) -> float:
    """Return the lowest row in which the symbol, its gap and the labels have room."""
    return 17 if row.kind == "decision" else 15


class _Strip:
    def __init__(self, chart: Flowchart, n: int, column: float, height: float):
        self.chart, self.n, self.row = chart, n, chart.sheet.rows[n]
        self.column, self.height = column, height
        size = (round(column * len(chart.sheet.performers)), round(height))
        self.image = Image.new("RGBA", size, (255, 255, 255, 0))
        self.pen = ImageDraw.Draw(self.image)
        self.line = max(1, round(_LINE_MM * _PER_MM))

    def png(self) -> bytes:
        self._lines()
        if self.row.first is not None:
            self._symbol()
            self._arrows()
            self._labels()
        width, height = (max(1, side // _FINER) for side in self.image.size)
        out = io.BytesIO()
        self.image.resize((width, height), Image.Resampling.BOX).save(out, "PNG", optimize=True, dpi=(DPI, DPI))
        return out.getvalue()

    def _at(self, point: Point) -> tuple[float, float]:
        column, slot = divmod(point[0], SLOTS)
        track = point[1] - self.n * TRACKS
        y = {GAP: _GAP_MM * _PER_MM, MIDDLE: self.height / 2, TRACKS: self.height}.get(track, 0)
        return (column + _SLOT_AT[slot]) * self.column, y

    def _lines(self) -> None:
        top, bottom = self.n * TRACKS, (self.n + 1) * TRACKS
        for one in self.chart.routes:
            for (x1, y1), (x2, y2) in geometry.edges(one.path):
                if min(y1, y2) >= top and max(y1, y2) <= bottom and not (y1 == y2 == bottom):
                    ends = [self._at((x1, y1)), self._at((x2, y2))]
                    self._stretch(ends, one.flow.is_addition)

    def _stretch(self, ends: list[tuple[float, float]], is_dashed: bool) -> None:
        if not is_dashed:
            self.pen.line(ends, fill=_INK, width=self.line)
            return
        (x1, y1), (x2, y2) = sorted(ends)
        length, dash = abs(x2 - x1) + abs(y2 - y1), 0.9 * _PER_MM
        dx, dy = ((x2 > x1), (y2 > y1)) if length else (0, 0)
        along = 0.0
        while along < length:
            stop = min(along + dash, length)
            piece = [(x1 + dx * along, y1 + dy * along), (x1 + dx * stop, y1 + dy * stop)]
            self.pen.line(piece, fill=_ADDED, width=self.line)
            along += dash * 1.6

    def _box(self) -> tuple[float, float, float, float]:
        half = (_HALF_DECISION_MM if self.row.kind == "decision" else _HALF_MM) * _PER_MM
        left, middle = self._at((self.row.first * SLOTS + LEFT, self.n * TRACKS + MIDDLE))
        right, _ = self._at((self.row.last * SLOTS + RIGHT, self.n * TRACKS + MIDDLE))
        return left, middle - half, right, middle + half

    def _symbol(self) -> None:
        left, top, right, bottom = self._box()
        middle = (top + bottom) / 2
        ground = (255, 255, 255, 255)
        if self.row.kind == "decision":
            # A joint one is a long box with pointed ends.
            point = min((right - left) / 2, self.column * 0.3)
            corners = [(left, middle), (left + point, top), (right - point, top)]
            corners += [(right, middle), (right - point, bottom), (left + point, bottom)]
            self.pen.polygon(corners, fill=ground)
            self.pen.line([*corners, corners[0], corners[1]], fill=_INK, width=self.line, joint="curve")
        elif self.row.kind == "process":
            self.pen.rectangle((left, top, right, bottom), fill=ground, outline=_INK, width=self.line)
        else:
            radius = (bottom - top) / 2
            self.pen.rounded_rectangle((left, top, right, bottom), radius, fill=ground, outline=_INK, width=self.line)

    def _arrows(self) -> None:
        size, (_, top, _, _) = _ARROW_MM * _PER_MM, self._box()
        for one in self.chart.routes:
            if not one.path or one.flow.target != self.n:
                continue
            x, y = self._at(one.path[-1])
            colour = _ADDED if one.flow.is_addition else _INK
            tips = {
                "top": [(x, top), (x - size / 2, top - size), (x + size / 2, top - size)],
                "left": [(x, y), (x - size, y - size / 2), (x - size, y + size / 2)],
                "right": [(x, y), (x + size, y - size / 2), (x + size, y + size / 2)],
            }
            self.pen.polygon(tips[one.enters], fill=colour)

    def _labels(self) -> None:
        sheet = self.chart.sheet
        strokes: dict[int, list] = defaultdict(list)
        for (row, column), lines in geometry.strokes(self.chart.routes).items():
            if row == self.n:
                strokes[column] = lines
        exits = [one for one in self.chart.routes if one.flow.source == self.n]
        font = ImageFont.load_default(2.3 * _PER_MM)
        margin = 0.6 * _PER_MM
        for label in drawing.labels(self.row, exits, strokes, sheet):
            aside = (0.04, 0.08, 0.15)[label.past] * self.column
            left, right = label.column * self.column + aside, (label.column + 1) * self.column - aside
            middle = self.height / 2
            y, height = (middle + margin, "t") if label.is_below else (middle - margin, "b")
            if label.side == "down":
                place, anchor = ((left + right) / 2 + margin, self.height - margin), "lb"
            elif label.side == "left":
                place, anchor = (left, y), f"l{height}"
            else:
                place, anchor = (right, y), f"r{height}"
            self.pen.text(place, label.text, fill=_INK, font=font, anchor=anchor)
