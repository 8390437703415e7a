"""The comparison of two versions as PDF, for a meeting or a file; drawn anew each time, nobody signs it."""

import hashlib

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from sop.models import SopVersion
from sop.paper.pdf import StaticOnly, _one_at_a_time
from sop.versions.compare import Comparison

_BASE = "static://sheet/"


def render(comparison: Comparison, before: SopVersion, after: SopVersion) -> bytes:
    """Return the comparison as a PDF/UA-1 on landscape A4."""
    text = render_to_string("pdf/compare.html", {"comparison": comparison, "before": before, "after": after})
    fetcher = StaticOnly()
    with _one_at_a_time:
        return HTML(string=text, base_url=_BASE, url_fetcher=fetcher).write_pdf(
            stylesheets=[CSS(url=f"{_BASE}css/compare.css", url_fetcher=fetcher)],
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(text.encode()).digest()[:16],
        )
