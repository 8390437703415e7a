"""The sheet as PDF: landscape A4, tagged as PDF/UA-1, the same bytes for the same sheet."""

import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from sop.drawing import draw
from sop.sheet import Sheet

_STATIC = "static://sheet/"

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


def render(sheet: Sheet, *, watermark: str = "", address: str = "") -> bytes:
    """Return the sheet's PDF. ``address`` is where the portal shows this version; it stands in the foot."""
    foot = [f"SOP {sheet.number}".strip()]
    if sheet.version is not None:
        foot.append(f"Versi {sheet.version}")
    foot.append(address)
    text = render_to_string(
        "pdf/sheet.html",
        {"sheet": draw(sheet), "watermark": watermark, "foot": " · ".join(filter(None, foot))},
    )
    with _one_at_a_time:
        fonts, css = _style()
        return HTML(string=text, base_url=_STATIC, url_fetcher=StaticOnly()).write_pdf(
            stylesheets=[css],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            # Without one, an identifier is drawn at random and two renders of a sheet would differ.
            pdf_identifier=hashlib.sha256(text.encode()).digest()[:16],
        )


@lru_cache(maxsize=1)
def _style() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    return fonts, CSS(url=f"{_STATIC}css/sheet.css", url_fetcher=StaticOnly(), font_config=fonts)
