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
from pydyf import PDF, Array, Dictionary, Stream
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from sop.drawing import letters
from sop.paper.tags import Tags

Variant = Literal["pdf/ua-1", "pdf/a-3a"]

_STATIC = "static://sheet/"
_FOOTNOTES = re.compile(r"^::(footnote|note)-\w+ \{.*\}$", re.MULTILINE)

_PRINTED = 4  # what stands over the page, a link, is there on paper too

# That a PDF/A is a PDF/UA too, with the description that PDF/A asks for of words which it doesn't know itself.
_ALSO_UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)

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


def printed(text: str, *stylesheets: str) -> bytes:
    """Return a page of HTML as a PDF/UA-1; ``stylesheets`` are static files, as «css/compare.css»."""
    with at_work():
        return written(laid_out(text, *stylesheets), text)


def laid_out(text: str, *stylesheets: str, variant: Variant = "pdf/ua-1") -> Document:
    """Lay a page of HTML out; hold the press ``at_work()`` from here until it is written."""
    html = _Page(string=letters.printable(text), base_url=_STATIC, url_fetcher=StaticOnly())
    return html.render(stylesheets=[_style(name) for name in stylesheets], font_config=_fonts(), pdf_variant=variant)


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
        Tags(pdf).mend([table for page in document.pages for table in _tables_on(page)])
        _write_metadata_plainly(pdf, variant)
        for one in pdf.objects:
            if isinstance(one, dict) and one.get("Type") == "/Annot":
                one["F"] = _PRINTED
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


def bottom_of(page: Page, tag: str, name: str) -> float | None:
    """Return where the element with this class ends on a page, in px from the top; None where it is not."""
    for box in page._page_box.descendants():
        if box.element is not None and box.element_tag == tag and name in box.element.get("class", ""):
            return box.position_y + box.margin_height()
    return None


def head_on(page: Page) -> boxes.TableRowGroupBox:
    """Return the box of the head of the first table on a page."""
    return next(
        box for box in page._page_box.descendants() if isinstance(box, boxes.TableRowGroupBox) and box.is_header
    )


def pages_of(pdf: PDF) -> list[Dictionary]:
    """Return the pages of a PDF that is being written."""
    return [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]


def draw_over(pdf: PDF, page: Dictionary, stream: Stream) -> None:
    """Draw a stream above what stands on a page, in the page's own coordinates."""
    kept, back = Stream([b"q"]), Stream([b"Q"])
    for one in (kept, back, stream):
        pdf.add_object(one)
    page["Contents"] = Array([kept.reference, page["Contents"], back.reference, stream.reference])


def _tables_on(page: Page) -> Iterator[object]:
    """Yield the source of each table on a page, in the order in which they are tagged."""
    for box in page._page_box.descendants():
        if isinstance(box, boxes.TableBox) and box.element_tag == "table":
            yield box.element


def _write_metadata_plainly(pdf: PDF, variant: Variant) -> None:
    """Leave the metadata uncompressed, as ISO 19005 asks, and let a PDF/A say that it is a PDF/UA too."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    if variant != "pdf/ua-1":
        metadata.stream = [text.replace(b"</rdf:RDF>", _ALSO_UA + b"</rdf:RDF>") for text in metadata.stream]


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
