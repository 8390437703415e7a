"""On which page of paper each row of a procedure falls, before it is drawn.

The rows' heights are learnt from a layout of the same table without the drawing, on one endless page; the breaks
follow by adding up. So the connectors at a break are known before the real layout, which then only confirms them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from sop.drawing import shape
from sop.sheet import Sheet

# Paper in landscape, width and height in mm; the margins are those of @page in static/css/sheet.css.
PAPERS = {"A4": (297, 210), "F4": (330, 215)}
_MARGINS_MM = 12 + 14
_PX_PER_MM = 96 / 25.4

# The row of connectors at a break, and the room that rounding needs on each page, in CSS px.
_TIES, _SLACK = 26, 3


@dataclass(frozen=True, slots=True)
class Heights:
    """In CSS px: what stands above the first row on the first page, the table's head, and each row."""

    lead: float
    head: float
    rows: tuple[float, ...]


def heights(sheet: Sheet, paper: str, **layout) -> Heights:
    """Measure the procedure's rows. ``layout`` is WeasyPrint's: ``base_url``, ``url_fetcher``, ``stylesheets``, ``fonts``."""
    text = render_to_string(
        "pdf/sheet_heights.html",
        {"sheet": sheet, "shapes": [(row, shape(row)) for row in sheet.rows], "paper": paper},
    )
    endless = CSS(string=f"@page {{ size: {PAPERS[paper][0]}mm 50000mm !important; margin: 0 12mm }}")
    html = HTML(string=text, base_url=layout["base_url"], url_fetcher=layout["url_fetcher"])
    document = html.render(stylesheets=[*layout["stylesheets"], endless], font_config=layout["fonts"])
    places = document.pages[0].anchors
    tops = [places[f"baris-{n}"][1] for n in range(len(sheet.rows))] + [places["akhir"][1]]
    table = places["prosedur"][1]
    rows = tuple(below - top for top, below in zip(tops, tops[1:], strict=False))
    return Heights(lead=tops[0], head=tops[0] - table, rows=rows)


def page_starts(measured: Heights, paper: str, *, spared: float = 0) -> list[int]:
    """Return the rows that begin another page; ``spared`` px stay free on each page."""
    room = (PAPERS[paper][1] - _MARGINS_MM) * _PX_PER_MM - _SLACK - spared
    starts, used = [], measured.lead
    for n, height in enumerate(measured.rows):
        is_last = n == len(measured.rows) - 1
        if n and n != (starts or [0])[-1] and used + height + (0 if is_last else _TIES) > room:
            starts.append(n)
            used = measured.head + _TIES
        used += height
    return starts


def rows_by_page(document, count: int) -> list[int | None]:
    """Return the page, counted from 0, on which each row begins in a layout."""
    places: dict[int, int] = {}
    for page, one in enumerate(document.pages):
        for n in range(count):
            if f"baris-{n}" in one.anchors:
                places.setdefault(n, page)
    return [places.get(n) for n in range(count)]


def breaks(pages: Sequence[int | None]) -> list[int]:
    """Return the rows that begin another page in a layout."""
    return [n for n in range(1, len(pages)) if pages[n] != pages[n - 1]]
