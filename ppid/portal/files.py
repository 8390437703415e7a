"""Sends a public file from its store: typed, cacheable by its hash, in ranges, and unable to run anything."""

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from ppid.content_store import BytesLost, BytesMissing
from ppid.portal.pages import on_shelf
from ppid.s3_place import S3Place
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
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or _body(request, sha256, etag)
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
        found = public_store().standing(sha256)
    except BytesMissing:
        return False
    return _holds_its_bytes(settings.PUBLIC_FILES, sha256, found.mark)


@lru_cache(maxsize=4096)
def _holds_its_bytes(place: Path | S3Place, sha256: str, mark: tuple) -> bool:
    """Read the file and compare. ``place`` and ``mark`` are here to be part of the key."""
    try:
        public_store().check(sha256)
    except BytesLost as lost:
        logger.error("%s", lost)
        return False
    return True


def _body(request, sha256: str, etag: str) -> HttpResponse:
    try:
        size = public_store().standing(sha256).size
    except BytesMissing as error:
        raise Http404 from error
    # nginx knows nothing of our mark of the bytes, so what is asked with it is answered here.
    if "If-Range" not in request.headers and (response := handed_over(public_store().on_disk(sha256))):
        return response
    asked = request.headers.get("Range") if request.headers.get("If-Range", etag) == etag else None
    ends = _ends(asked or "", size)
    first, last = ends or (0, size - 1)
    if ends and first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Length": str(last - first + 1)}
    if ends:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    try:
        part = _Part(public_store().part(sha256, first, last - first + 1), last - first + 1)
    except BytesMissing as error:
        raise Http404 from error
    return StreamingHttpResponse(part, status=206 if ends else 200, headers=headers)


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


class _Part:
    """So many bytes of an open file, piece by piece; it is closed with the answer, also when nobody read it."""

    def __init__(self, file: BinaryIO, count: int):
        self._file, self._left = file, count

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (chunk := self._file.read(min(_CHUNK, self._left))):
            self._left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()
