"""What the portal wrote itself, answered to be saved under a name."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with the content as a file of this name."""
    disposition = content_disposition_header(True, name)
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})
