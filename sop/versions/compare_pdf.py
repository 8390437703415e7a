"""The comparison of two versions as PDF, for a meeting or a file; drawn anew each time, nobody signs it."""

from django.template.loader import render_to_string

from sop.models import SopVersion
from sop.paper import press
from sop.versions.compare import Comparison


def render(comparison: Comparison, before: SopVersion, after: SopVersion) -> bytes:
    """Return the comparison as a PDF/UA-1 on landscape A4."""
    text = render_to_string("pdf/compare.html", {"comparison": comparison, "before": before, "after": after})
    return press.printed(text, "css/compare.css")
