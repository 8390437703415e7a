"""The sheet as PDF: landscape A4 or F4, tagged as PDF/UA-1 or, for the archive, as PDF/A-3 with its data attached."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Literal

import segno
from django.template.loader import render_to_string
from pydyf import PDF, Array, Stream
from weasyprint import Attachment
from weasyprint.document import Document

from sop.drawing import geometry, linework
from sop.drawing.drawn import draw
from sop.drawing.geometry import Route
from sop.drawing.linework import Frame
from sop.paper import paging, press
from sop.sheet import Sheet

Paper = Literal["A4", "F4"]

_BETWEEN_TAGS = re.compile(r">\s+<")

# How often the breaks are reckoned, each time with so many px more to spare.
_ATTEMPTS, _MORE = 4, 24

# A CSS px in points; the colours of the lines as parts of red, green and blue.
_POINTS = 0.75
_RULE = (81 / 255, 90 / 255, 88 / 255)
_INK, _ADDED = (34 / 255, 34 / 255, 34 / 255), (14 / 255, 95 / 255, 91 / 255)

# An attachment bears a date; the sheet's own dates are in it, and a clock would make two renders differ.
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def render(
    sheet: Sheet, *, watermark: str = "", address: str = "", url: str = "", paper: Paper = "A4", archived: bytes = b""
) -> bytes:
    """Return the sheet's PDF; the same bytes for the same sheet.

    ``address`` stands in the foot. ``url`` is the page of exactly this version: printed, and as a QR code.
    ``archived`` are the sheet's data as JSON: with them it is a PDF/A-3a, tagged too, which carries them.
    """
    context = {
        "watermark": watermark,
        "foot": _foot(sheet, address),
        "paper": paper,
        "url": url,
        "qr": _qr(url) if url else "",
    }
    variant: press.Variant = "pdf/a-3a" if archived else "pdf/ua-1"
    with press.at_work():
        document, text, finish = _laid_out(sheet, context, variant)
        attachment = _data(archived) if archived else None
        return press.written(document, text, variant=variant, attachment=attachment, finish=finish)


def _foot(sheet: Sheet, address: str) -> str:
    version = "" if sheet.version is None else f"Versi {sheet.version}"
    return " · ".join(filter(None, [f"SOP {sheet.number}".strip(), version, address]))


def _laid_out(sheet: Sheet, context: dict, variant: press.Variant) -> tuple[Document, str, Callable]:
    """Lay the sheet out, with off-page connectors wherever its procedure breaks.

    Returns it with its HTML and with what draws the connectors on its pages. Where a break falls otherwise than
    reckoned, it is reckoned again a few times, each with more room to spare; then it stays as it is.
    """
    columns, paper = len(sheet.performers), context["paper"]
    routes = geometry.route(sheet.rows, columns)
    heights = paging.reckoned(sheet, paper)
    for attempt in range(_ATTEMPTS):
        starts = paging.page_starts(heights, paper, spared=attempt * _MORE)
        drawn = draw(sheet, page_starts=starts, routes=routes, has_lines=False)
        # The blanks between the template's tags are nothing on paper, and a tenth of the parser's work.
        text = _BETWEEN_TAGS.sub("><", render_to_string("pdf/sheet.html", {**context, "sheet": drawn}))
        document = press.laid_out(text, "css/sheet.css", variant=variant)
        pages = paging.frames(document, columns)
        if paging.breaks(pages) == starts or not sheet.rows:
            break
        heights = paging.measured(document, pages)
    return document, text, partial(_draw_lines, sheet=sheet, routes=routes, pages=pages)


def _draw_lines(document: Document, pdf: PDF, *, sheet: Sheet, routes: Sequence[Route], pages: Sequence[Frame]) -> None:
    """Draw the connectors beneath what stands on the pages: decoration, which screen readers pass over."""
    strokes = geometry.strokes(routes)
    sheets = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    for page, laid_out, frame in zip(sheets, document.pages, pages, strict=True):
        if not frame.rows:
            continue
        stream = Stream(compress=True)
        stream.begin_marked_content("Artifact")
        stream.push_state()
        stream.set_matrix(_POINTS, 0, 0, -_POINTS, 0, laid_out.height * _POINTS)
        stream.set_line_width(1)
        stream.set_color_rgb(*_RULE, stroke=True)
        for start, end in frame.rules:
            stream.move_to(*start)
            stream.line_to(*end)
        stream.stroke()
        stream.set_line_width(linework.WIDTH)
        for line in linework.lines(sheet.rows, strokes, frame):
            stream.set_color_rgb(*(_ADDED if line.is_dashed else _INK), stroke=True)
            stream.set_dash([4, 2.5] if line.is_dashed else [], 0)
            stream.set_line_cap(0 if line.is_dashed else 2)  # a square end reaches over the cell's border
            stream.move_to(*line.start)
            stream.line_to(*line.end)
            stream.stroke()
        for arrow in linework.arrows(sheet.rows, routes, strokes, frame):
            stream.set_color_rgb(*(_ADDED if arrow.is_dashed else _INK))
            tip, *back = arrow.corners
            stream.move_to(*tip)
            for corner in back:
                stream.line_to(*corner)
            stream.close()
            stream.fill()
        stream.pop_state()
        stream.end_marked_content()
        pdf.add_object(stream)
        page["Contents"] = Array([stream.reference, page["Contents"]])


def _qr(url: str) -> str:
    """Return the address as a QR code, a data URI of an SVG."""
    return segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=4, omit_charset=True)


def _data(archived: bytes) -> Attachment:
    return Attachment(
        string=archived,
        name="lembar-sop.json",
        description="Data lembar SOP (JSON)",
        created=_UNDATED,
        modified=_UNDATED,
        relationship="Data",
    )
