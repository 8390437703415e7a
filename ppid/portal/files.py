"""Sends a public file from its store: typed, cacheable by its hash, in ranges, and unable to run anything."""

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from ppid.content_store import BytesLost, ContentStore
from ppid.portal.pages import on_shelf
from ppid.shelf.actions import public_store
from ppid.shelf.models import HeldFile
from ppid.web.handed_over import handed_over
from ppid.web.safe_files import SHOWN, make_harmless

_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
_CHUNK = 1 << 16

logger = logging.getLogger(__name__)


def send(request, sha256: str, *, media_type: str, filename: str) -> HttpResponse:
    """Answer with the bytes of ``sha256``, or a part of them; ``?unduh`` asks for a download instead of a view."""
    if on_shelf(HeldFile).filter(sha256=sha256).exists():
        return render(request, "portal/held_file.html", status=403)
    if not is_sound(sha256):
        raise Http404
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
    return make_harmless(response, media_type, is_public=True)


def is_sound(sha256: str) -> bool:
    """Say whether the public store holds exactly these bytes. A file is read through once for each time it changes."""
    try:
        found = public_store().path(sha256).stat()
    except FileNotFoundError:
        return False
    return _holds_its_bytes(public_store().root, sha256, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=4096)
def _holds_its_bytes(root: Path, sha256: str, inode: int, size: int, written: int) -> bool:
    """Read the file and compare. ``inode``, ``size`` and ``written`` are here to be part of the key."""
    try:
        ContentStore(root).check(sha256)
    except BytesLost as lost:
        logger.error("%s", lost)
        return False
    return True


def _body(request, path: Path, etag: str) -> HttpResponse:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Http404 from error
    # nginx knows nothing of our mark of the bytes, so what is asked with it is answered here.
    if "If-Range" not in request.headers and (response := handed_over(path)):
        return response
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
