"""The sheet as PDF: landscape A4 or F4, tagged as PDF/UA-1 or, for the archive, as PDF/A-3 with its data attached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Literal

from django.template.loader import render_to_string
from pydyf import PDF
from weasyprint import Attachment
from weasyprint.document import Document

from sop.drawing import drawn, geometry, letters, room
from sop.drawing.geometry import Route
from sop.drawing.linework import Tie
from sop.paper import pages, paging, press
from sop.paper.ink import Drawing
from sop.paper.paging import Part
from sop.paper.qr import qr_code
from sop.sheet import Sheet

Paper = Literal["A4", "F4"]

_BETWEEN_TAGS = re.compile(r">\s+<")

# How often the breaks are reckoned, each time with so many px more to spare.
_ATTEMPTS, _MORE = 4, 24

# Where the identity part takes less than so much of a further page, the procedure follows it there, so many px below.
_SHORT, _BETWEEN = 0.45, 23

_STYLES = "css/sheet.css", "css/sheet-paper.css"

# An attachment bears a date; the sheet's own dates are in it, and a clock would make two renders differ.
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def render(
    sheet: Sheet, *, watermark: str = "", address: str = "", url: str = "", paper: Paper = "A4", archived: bytes = b""
) -> bytes:
    """Return the sheet's PDF; the same bytes for the same sheet.

    ``address`` stands in the foot. ``url`` is the page of exactly this version: printed, and as a QR code.
    ``archived`` are the sheet's data as JSON: with them it is a PDF/A-3a, tagged too, which carries them.
    """
    routes = geometry.route(sheet.rows, len(sheet.performers))
    context = {
        "watermark": watermark,
        "foot": _foot(sheet, address),
        "paper": paper,
        "url": url,
        "qr": qr_code(url) if url else "",
        "unprintable": _named(letters.unprintable(_all_texts(sheet))),
        "runs_on": False,
    }
    variant: press.Variant = "pdf/a-3a" if archived else "pdf/ua-1"
    with press.at_work():
        layout = _laid_out(sheet, routes, context, variant)
        finish = partial(_draw_lines, drawing=Drawing(sheet, routes), layout=layout)
        attachment = _data(archived) if archived else None
        return press.written(layout.document, layout.text, variant=variant, attachment=attachment, finish=finish)


def _all_texts(sheet: Sheet) -> str:
    texts = [sheet.title, sheet.heading, sheet.number, *sheet.letterhead, *sheet.signatory, *sheet.performers]
    texts += [text for items in sheet.lists.values() for text in items]
    return "".join(texts + [getattr(row, name) for row in sheet.rows for name in room.TEXTS])


def _named(unprintable: str) -> str:
    """Return letters by their numbers in Unicode, for they can't be printed."""
    return ", ".join(f"U+{ord(letter):04X}" for letter in unprintable)


def _foot(sheet: Sheet, address: str) -> str:
    version = "" if sheet.version is None else f"Versi {sheet.version}"
    return " · ".join(filter(None, [f"SOP {sheet.number}".strip(), version, address]))


@dataclass(frozen=True, slots=True)
class _Layout:
    document: Document
    text: str
    parts: Sequence[Sequence[Part]]
    ties: Sequence[Sequence[Tie]]


def _laid_out(sheet: Sheet, routes: Sequence[Route], context: dict, variant: press.Variant) -> _Layout:
    """Lay the sheet out, with off-page connectors wherever its procedure breaks.

    Where a break falls otherwise than reckoned, it is reckoned again a few times, each with more room to spare; then
    it stays as it is. Where the identity part ends high on a further page, the procedure follows it there.
    """
    tail = room.NOTE * (1 + sum(map(bool, drawn.notes(sheet, routes).values())) + bool(context["unprintable"]))
    plan = paging.Plan(sheet, context["paper"], tail)
    layout = _once(sheet, routes, context, plan, variant)
    if used := _short_end(layout.document, context["paper"]):
        plan.used, context = used, {**context, "runs_on": True}
        layout = _once(sheet, routes, context, plan, variant)
    for _ in range(_ATTEMPTS):
        if _is_as_reckoned(layout, runs_on=context["runs_on"]):
            break
        paging.learn(plan, layout.document, [part for page in layout.parts for part in page])
        plan.spared += _MORE
        layout = _once(sheet, routes, context, plan, variant)
    return layout


def _once(sheet: Sheet, routes: Sequence[Route], context: dict, plan: paging.Plan, variant: press.Variant) -> _Layout:
    parts = paging.pages(plan)
    ties = pages.ties(routes, parts)
    procedure = pages.procedure(sheet, plan.paper, routes, parts, ties)
    context = {**context, "sheet": drawn.identity(sheet), "procedure": procedure}
    # The blanks between the template's tags are nothing on paper, and a tenth of the parser's work.
    text = _BETWEEN_TAGS.sub("><", render_to_string("pdf/sheet.html", context))
    return _Layout(press.laid_out(text, *_STYLES, variant=variant), text, parts, ties)


def _is_as_reckoned(layout: _Layout, *, runs_on: bool) -> bool:
    """Whether each part of the procedure stands on its page; the first below the identity part where it ``runs_on``."""
    wanted = iter(count())
    if paging.breaks(layout.document) != [[next(wanted) for _ in page] for page in layout.parts]:
        return False
    begins = paging.first_page(layout.document)
    return not runs_on or begins is None or _ends(layout.document)[-1][0] == begins


def _ends(document: Document) -> list[tuple[int, float]]:
    """Return the places of the pages that the identity part takes, each with where it ends there, in px."""
    ends = [(n, press.bottom_of(page, "section", "sheet-identity")) for n, page in enumerate(document.pages)]
    return [(n, end) for n, end in ends if end is not None]


def _short_end(document: Document, paper: str) -> float:
    """Return how much of its last page the identity part takes, in px, if it leaves most of a further page free."""
    ends = _ends(document)
    used = ends[-1][1] - room.TOP
    return used + _BETWEEN if len(ends) > 1 and used < _SHORT * room.page_height(paper) else 0


def _draw_lines(document: Document, pdf: PDF, *, drawing: Drawing, layout: _Layout) -> None:
    """Draw the lines and symbols onto the pages, above the watermark."""
    parts = [part for page in layout.parts for part in page]
    frames = paging.frames(document, parts, len(drawing.sheet.performers))
    number = 0
    for page, laid_out, frame in zip(press.pages_of(pdf), document.pages, frames, strict=True):
        if not frame.rows and not frame.continued:
            continue
        places = paging.strips(laid_out)
        ties = []
        if "head" in places and number:
            ties.append((layout.ties[number - 1], places["head"], False))
        if "foot" in places and number < len(layout.ties):
            ties.append((layout.ties[number], places["foot"], True))
        number += 1
        press.draw_over(pdf, page, drawing.stream(frame, ties, laid_out.height))


def _data(archived: bytes) -> Attachment:
    return Attachment(
        string=archived,
        name="lembar-sop.json",
        description="Data lembar SOP (JSON)",
        created=_UNDATED,
        modified=_UNDATED,
        relationship="Data",
    )
