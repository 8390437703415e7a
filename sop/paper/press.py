"""The one door to WeasyPrint: every PDF of the product is laid out and written here, one at a time.

What is used of WeasyPrint beside its documented parts stands in this file too (tests/sop/test_press.py holds it).
"""

import gc
import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Literal
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from pydyf import PDF, Array
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

Variant = Literal["pdf/ua-1", "pdf/a-3a"]

_STATIC = "static://sheet/"
_FOOTNOTES = re.compile(r"^::(footnote|note)-\w+ \{.*\}$", re.MULTILINE)

# The stylesheets speak to browsers too, and WeasyPrint warns of every rule that only they know.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# The fonts are looked up once and shared; Pango doesn't let two threads use them at a time.
_one_at_a_time = RLock()


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


class _Page(HTML):
    """A page without footnotes: WeasyPrint's own stylesheet gives every element six marks for them, and each is styled.

    Without them a sheet of 40 rows and 10 performers is laid out in half the time.
    """

    def _ua_stylesheets(self, forms=False):
        return [_basic_style()]


@contextmanager
def at_work() -> Iterator[None]:
    """Hold the press for oneself, and let no cycles be collected meanwhile.

    A layout keeps all it makes, and looking through it costs a sixth of the time.
    """
    with _one_at_a_time:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()


def printed(text: str, stylesheet: str) -> bytes:
    """Return a page of HTML as a PDF/UA-1; ``stylesheet`` is a static file, as «css/compare.css»."""
    with at_work():
        return written(laid_out(text, stylesheet), text)


def laid_out(text: str, stylesheet: str, *, variant: Variant = "pdf/ua-1") -> Document:
    """Lay a page of HTML out; hold the press ``at_work()`` from here until it is written."""
    html = _Page(string=text, base_url=_STATIC, url_fetcher=StaticOnly())
    return html.render(stylesheets=[_style(stylesheet)], font_config=_fonts(), pdf_variant=variant)


def written(
    document: Document,
    text: str,
    *,
    variant: Variant = "pdf/ua-1",
    attachment: Attachment | None = None,
    finish: Callable[[Document, PDF], None] | None = None,
) -> bytes:
    """Return the PDF of a layout, the same bytes for the same ``text``; ``finish`` may draw on its pages."""
    document.metadata.attachments = [attachment] if attachment else []

    def finisher(document: Document, pdf: PDF) -> None:
        if "AF" in pdf.catalog:
            # WeasyPrint names an attachment twice.
            pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))
        if finish:
            finish(document, pdf)

    # Without an identifier one is drawn at random, and two renders of a page would differ.
    identifier = hashlib.sha256(text.encode()).digest()[:16]
    return document.write_pdf(finisher=finisher, pdf_variant=variant, pdf_identifier=identifier)


def rows_on(page: Page) -> Iterator[boxes.TableRowBox]:
    """Yield the boxes of the table rows on a page; they are WeasyPrint's own business, but nothing else tells."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableRowBox) and box.element is not None:
            yield box


def head_on(page: Page) -> boxes.TableRowGroupBox:
    """Return the box of the head of the first table on a page."""
    return next(
        box for box in page._page_box.descendants() if isinstance(box, boxes.TableRowGroupBox) and box.is_header
    )


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@lru_cache(maxsize=8)
def _style(stylesheet: str) -> CSS:
    return CSS(url=f"{_STATIC}{stylesheet}", url_fetcher=StaticOnly(), font_config=_fonts())


@lru_cache(maxsize=1)
def _basic_style() -> CSS:
    text = (files("weasyprint") / "css" / "html5_ua.css").read_text(encoding="utf-8")
    rules = _FOOTNOTES.sub("", text).replace("\n::marker {", "\nli::marker {")
    return CSS(string=rules)
