"""The sheet as PDF: landscape A4 or F4, tagged as PDF/UA-1 or, for the archive, as PDF/A-3 with its data attached."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal
from urllib.parse import unquote, urlsplit

import segno
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from sop import geometry, paging
from sop.drawing import draw
from sop.export import json
from sop.sheet import Sheet

Paper = Literal["A4", "F4"]
Variant = Literal["pdf/ua-1", "pdf/a-3a"]

_STATIC = "static://sheet/"

# Rows that usually go on one page; how often the breaks are reckoned, each time with so many px more to spare.
_SHORT, _ATTEMPTS, _MORE = 9, 4, 24

# An attachment bears a date; the sheet's own dates are in it, and a clock would make two renders differ.
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

# The stylesheet speaks to browsers too, and WeasyPrint warns of every rule that only they know.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# The fonts are looked up once and shared; Pango doesn't let two threads use them at a time.
_one_at_a_time = Lock()


class StaticOnly(URLFetcher):
    """Answer ``css/sheet.css`` from the static finders, and pictures within it; refuse everything else, fatally."""

    def fetch(self, url, headers=None):
        if url.startswith("data:image/svg+xml,"):
            return super().fetch(url, headers)
        try:
            found = finders.find(unquote(urlsplit(url).path).removeprefix("/")) if url.startswith(_STATIC) else None
        except SuspiciousFileOperation as suspicion:
            raise FatalURLFetchingError(f"Not a static file: {url}") from suspicion
        if not found:
            raise FatalURLFetchingError(f"Not a static file: {url}")
        return super().fetch(Path(found).as_uri(), headers)


def render(
    sheet: Sheet,
    *,
    watermark: str = "",
    address: str = "",
    url: str = "",
    paper: Paper = "A4",
    variant: Variant = "pdf/ua-1",
) -> bytes:
    """Return the sheet's PDF; the same bytes for the same sheet.

    ``address`` stands in the foot. ``url`` is the page of exactly this version: printed, and as a QR code.
    ``variant`` "pdf/a-3a" is for the archive: tagged too, with the sheet's data attached as JSON.
    """
    context = {
        "watermark": watermark,
        "foot": _foot(sheet, address),
        "paper": paper,
        "url": url,
        "qr": _qr(url) if url else "",
    }
    with _one_at_a_time:
        document, text = _laid_out(sheet, context, pdf_variant=variant)
        # Without one, an identifier is drawn at random and two renders of a sheet would differ.
        identifier = hashlib.sha256(text.encode()).digest()[:16]
        document.metadata.attachments = [_data(sheet)] if variant == "pdf/a-3a" else []
        return document.write_pdf(pdf_variant=variant, pdf_identifier=identifier)


def _foot(sheet: Sheet, address: str) -> str:
    version = "" if sheet.version is None else f"Versi {sheet.version}"
    return " · ".join(filter(None, [f"SOP {sheet.number}".strip(), version, address]))


def _laid_out(sheet: Sheet, context: dict, **options) -> tuple[Document, str]:
    """Lay the sheet out, with off-page connectors wherever its procedure breaks; return it with its HTML.

    A short sheet is first tried on one page. Where a break falls otherwise than reckoned (it doesn't, but for a row
    higher than a page), it is reckoned again with more room to spare, a few times; then it stays as it is.
    """
    fonts, css = _style()
    routes = geometry.route(sheet.rows, len(sheet.performers))

    def layout(starts: Sequence[int]) -> tuple[Document, str]:
        drawn = draw(sheet, page_starts=starts, routes=routes)
        text = render_to_string("pdf/sheet.html", {**context, "sheet": drawn})
        html = HTML(string=text, base_url=_STATIC, url_fetcher=StaticOnly())
        return html.render(stylesheets=[css], font_config=fonts, **options), text

    if len(sheet.rows) <= _SHORT:
        document, text = layout(())
        if not paging.breaks(paging.rows_by_page(document, len(sheet.rows))):
            return document, text
    measured = paging.heights(
        sheet, context["paper"], base_url=_STATIC, url_fetcher=StaticOnly(), stylesheets=[css], fonts=fonts
    )
    for attempt in range(_ATTEMPTS):
        starts = paging.page_starts(measured, context["paper"], spared=attempt * _MORE)
        document, text = layout(starts)
        if paging.breaks(paging.rows_by_page(document, len(sheet.rows))) == starts:
            break
    return document, text


def _qr(url: str) -> str:
    """Return the address as a QR code, a data URI of an SVG."""
    return segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=4, omit_charset=True)


def _data(sheet: Sheet) -> Attachment:
    return Attachment(
        string=json.write(sheet),
        name="lembar-sop.json",
        description="Data lembar SOP (JSON)",
        created=_UNDATED,
        modified=_UNDATED,
        relationship="Data",
    )


@lru_cache(maxsize=1)
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(url=f"{_STATIC}css/sheet.css", url_fetcher=StaticOnly(), font_config=fonts)
