"""The flowchart of one row as a picture, for files that can't draw it themselves (Word).

Drawn from the same geometry as the sheet in HTML and PDF; a strip for each row, so that a table stays a table.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from sop.drawing import drawn, geometry, linework
from sop.drawing.geometry import LEFT, RIGHT, Route, Stroke
from sop.sheet import Sheet, SheetRow

DPI = 200
_FINER = 2  # drawn so much larger, then reduced: Pillow's lines have hard edges
_PER_MM = DPI / 25.4 * _FINER
_MM_PER_PX = 25.4 / 96  # linework reckons in CSS px

_INK, _ADDED = (34, 34, 34), (14, 95, 91)


@dataclass(frozen=True, slots=True)
class Flowchart:
    """The routes of a sheet, ready to be drawn row by row."""

    sheet: Sheet
    routes: list[Route]
    strokes: dict[tuple[int, int], list[Stroke]]

    @classmethod
    def of(cls, sheet: Sheet) -> "Flowchart":
        routes = geometry.route(sheet.rows, len(sheet.performers))
        return cls(sheet, routes, geometry.strokes(routes))

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
        self.scale = _MM_PER_PX * _PER_MM
        width = column / self.scale
        columns = [(at * width, (at + 1) * width) for at in range(len(chart.sheet.performers))]
        self.frame = linework.Frame(columns, {n: (0, height / self.scale)})
        size = (round(column * len(chart.sheet.performers)), round(height))
        self.image = Image.new("RGBA", size, (255, 255, 255, 0))
        self.pen = ImageDraw.Draw(self.image)
        self.line = max(1, round(linework.WIDTH * self.scale))

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

    def _lines(self) -> None:
        for line in linework.lines(self.chart.sheet.rows, self.chart.strokes, self.frame):
            self._stretch(line)

    def _stretch(self, line: linework.Line) -> None:
        ends = [self._px(line.start), self._px(line.end)]
        if not line.is_dashed:
            self.pen.line(ends, fill=_INK, width=self.line)
            return
        (x1, y1), (x2, y2) = ends
        length, dash = abs(x2 - x1) + abs(y2 - y1), 4 * self.scale
        dx, dy = ((x2 - x1) / length, (y2 - y1) / length) if length else (0, 0)
        along = 0.0
        while along < length:
            stop = min(along + dash, length)
            piece = [(x1 + dx * along, y1 + dy * along), (x1 + dx * stop, y1 + dy * stop)]
            self.pen.line(piece, fill=_ADDED, width=self.line)
            along += dash * 1.6

    def _px(self, place: tuple[float, float]) -> tuple[float, float]:
        return place[0] * self.scale, place[1] * self.scale

    def _box(self) -> tuple[float, float, float, float]:
        half, middle = linework.half_height(self.row) * self.scale, self.height / 2
        left = (self.row.first + linework.SLOT_AT[LEFT]) * self.column
        right = (self.row.last + linework.SLOT_AT[RIGHT]) * self.column
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
        for arrow in linework.arrows(self.chart.sheet.rows, self.chart.routes, self.chart.strokes, self.frame):
            self.pen.polygon([self._px(corner) for corner in arrow.corners], fill=_ADDED if arrow.is_dashed else _INK)

    def _labels(self) -> None:
        sheet = self.chart.sheet
        strokes = {column: lines for (row, column), lines in self.chart.strokes.items() if row == self.n}
        exits = [one for one in self.chart.routes if one.flow.source == self.n]
        font = ImageFont.load_default(2.3 * _PER_MM)
        margin = 0.6 * _PER_MM
        for label in drawn.labels(self.row, exits, strokes, sheet):
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
