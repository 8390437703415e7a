"""Sends a public file from its store: typed, cacheable by its hash, in ranges, and unable to run anything."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from ppid.shelf.actions import public_store
from ppid.web.safe_files import SHOWN, make_harmless

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
_CHUNK = 1 << 16


def send(request, sha256: str, *, media_type: str, filename: str) -> HttpResponse:
    """Answer with the bytes of ``sha256``, or a part of them; ``?unduh`` asks for a download instead of a view."""
    path = public_store().path(sha256)
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or _body(request, path, etag)
    shown = media_type in SHOWN and "unduh" not in request.GET
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    if response.status_code != 304:
        response["Content-Type"] = media_type
        response["Content-Disposition"] = content_disposition_header(not shown, filename) or "inline"
        response["Accept-Ranges"] = "bytes"
    return make_harmless(response, media_type)


def _body(request, path: Path, etag: str) -> HttpResponse:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Http404 from error
    asked = request.headers.get("Range") if request.headers.get("If-Range", etag) == etag else None
    if (ends := _ends(asked or "", size)) is None:
        return FileResponse(path.open("rb"))
    first, last = ends
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(_part(path, first, last), status=206, headers=headers)


def _ends(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of the one range asked for, or None for the whole file."""
    if not (match := _RANGE.match(asked)):
        return None
    match match.groups():
        case "", "":
            return None
        case "", count:  # «-500»: the last 500
            return max(size - int(count), 0), size - 1
        case first, "":
            return int(first), size - 1
        case first, last if int(first) <= int(last):
            return int(first), min(int(last), size - 1)
    return None


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
