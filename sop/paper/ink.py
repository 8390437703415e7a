"""What is drawn into the pages of a sheet beside its texts: the table's lines, symbols and connectors.

Backgrounds and borders of hundreds of cells would cost WeasyPrint more than all the rest. To readers it is decoration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydyf import Stream

from sop.drawing import geometry, linework
from sop.drawing.geometry import Route
from sop.drawing.linework import Frame, Line, Outline, Place, Tie
from sop.sheet import Sheet

# A CSS px in points; the colours of the lines as parts of red, green and blue.
_POINTS = 0.75
_RULE = (81 / 255, 90 / 255, 88 / 255)
_INK, _ADDED = (34 / 255, 34 / 255, 34 / 255), (14 / 255, 95 / 255, 91 / 255)
_BOW = 0.5523  # how far the handles of a Bézier curve reach, for a quarter of a circle


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet's procedure, ready to be drawn on its pages."""

    sheet: Sheet
    routes: Sequence[Route]

    def stream(self, frame: Frame, ties: Sequence[tuple[Sequence[Tie], Place, bool]], height: float) -> Stream:
        """Return what to draw on a page ``height`` px high; ``ties``: marks, their strip, and whether at the foot."""
        stream = Stream(compress=True)
        stream.begin_marked_content("Artifact")
        stream.push_state()
        stream.set_matrix(_POINTS, 0, 0, -_POINTS, 0, height * _POINTS)
        stream.set_line_width(1)
        stream.set_color_rgb(*_RULE, stroke=True)
        for start, end in frame.rules:
            stream.move_to(*start)
            stream.line_to(*end)
        stream.stroke()
        stream.set_line_width(linework.WIDTH)
        strokes = geometry.strokes(self.routes)
        for line in linework.lines(self.sheet.rows, strokes, frame):
            _draw_line(stream, line)
        for outline in linework.symbols(self.sheet.rows, frame):
            _draw_outline(stream, outline)
        for marks, place, is_foot in ties:
            for one in linework.ties(marks, place, frame, is_foot=is_foot):
                if isinstance(one, Line):
                    _draw_line(stream, one)
                else:
                    _draw_outline(stream, one)
        for arrow in linework.arrows(self.sheet.rows, self.routes, strokes, frame):
            stream.set_color_rgb(*(_ADDED if arrow.is_dashed else _INK))
            _follow(stream, arrow.corners)
            stream.fill()
        stream.pop_state()
        stream.end_marked_content()
        return stream


def _draw_line(stream: Stream, line: Line) -> None:
    stream.set_color_rgb(*(_ADDED if line.is_dashed else _INK), stroke=True)
    stream.set_dash([4, 2.5] if line.is_dashed else [], 0)
    stream.set_line_cap(0 if line.is_dashed else 2)  # a square end reaches over the cell's border
    stream.move_to(*line.start)
    stream.line_to(*line.end)
    stream.stroke()


def _draw_outline(stream: Stream, outline: Outline) -> None:
    stream.set_color_rgb(*_INK, stroke=True)
    stream.set_dash([], 0)
    if outline.radius:
        _follow_round(stream, outline)
    else:
        _follow(stream, outline.corners)
    stream.stroke()


def _follow(stream: Stream, corners: Sequence[Place]) -> None:
    first, *others = corners
    stream.move_to(*first)
    for corner in others:
        stream.line_to(*corner)
    stream.close()


def _follow_round(stream: Stream, outline: Outline) -> None:
    """Follow a capsule: its ends are half circles."""
    (left, top), _, (right, bottom), _ = outline.corners
    r, middle = outline.radius, (top + bottom) / 2
    bow = r * _BOW
    stream.move_to(left + r, top)
    stream.line_to(right - r, top)
    stream.curve_to(right - r + bow, top, right, middle - bow, right, middle)
    stream.curve_to(right, middle + bow, right - r + bow, bottom, right - r, bottom)
    stream.line_to(left + r, bottom)
    stream.curve_to(left + r - bow, bottom, left, middle + bow, left, middle)
    stream.curve_to(left, middle - bow, left + r - bow, top, left + r, top)
    stream.close()
