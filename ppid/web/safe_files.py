"""How a file that somebody uploaded is answered, from the desk and from the portal: it may do nothing in a browser."""

from django.http import HttpResponseBase

PDF = "application/pdf"
# What a browser shows by itself; anything else is downloaded.
SHOWN = {PDF, "image/png", "image/jpeg", "image/gif", "image/webp"}

# PDF goes without the sandbox, in which the viewers of Safari and of older Chromiums stay blank; they bring their
# styles along and embed the file in themselves.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'self'"
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def make_harmless(response: HttpResponseBase, media_type: str) -> HttpResponseBase:
    """Forbid the file to run or load anything, and the browser to take it for something else."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF_POLICY if media_type == PDF else _POLICY
    return response
