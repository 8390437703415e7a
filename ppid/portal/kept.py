"""Pages that are drawn once: what the portal answers is a function of the address, the shelf's edition and the day.

So an answer is kept in the process under the three, bounded in bytes, compressed (nothing secret stands on a page of
the portal), and what a reader or a CDN holds already is answered with 304 without drawing. Nothing is invalidated: once
the shelf has changed, nobody asks for an older edition's pages any more. The one thing that changes by the minute, that
rows which should have followed are late, is asked for together with the edition (``shelf.edition.state``).
"""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from ppid.portal.of_edition import KeptOfEdition
from ppid.shelf.edition import state
from ppid.web.bounded import Bounded

LONGEST_ADDRESS = 2000  # letters; nobody links to longer ones
LARGEST = 1024 * 1024  # bytes of one answer, compressed
# Caches may keep it, and ask each time whether it is still the edition in force: never stale, and no drawing.
CACHE_CONTROL = "public, no-cache"
# The gate to the desk and the files beside it have no page of the shelf under them.
ELSEWHERE = ("/meja/", settings.STATIC_URL)
# Files bear the name of their bytes, which no edition changes.
_FILE = re.compile(r"/berkas/|\.(?:pdf|zip)$")
# What is said of one answer alone, and what this middleware says itself.
_OF_ONE_ANSWER = {"content-length", "content-encoding", "date", "x-reference"}


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was drawn; ``body`` is compressed."""

    status: int
    headers: dict[str, str]
    body: bytes


def _weight(page: Kept) -> int:
    return len(page.body) + 1500  # what stands around a body: its key, its headers


class KeptPagesMiddleware:
    """Answer from what was kept, or with 304; keep what an open page answers.

    It stands before everything that a page of the shelf does not need. With ``KEPT_PAGES_MB=0`` it stands aside.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        if not settings.KEPT_PAGES_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages: Bounded[str, Kept] = Bounded(settings.KEPT_PAGES_MB * 1024 * 1024, _weight)
        self.of_edition = KeptOfEdition()

    def __call__(self, request):
        address = _address(request)
        if not address:
            return self.get_response(request)
        now = timezone.now()
        edition, moment = state(settings.PORTAL_DATABASE, at=now)
        today = timezone.localdate(now)
        key = _key(address, edition, moment, today)
        if _is_held(request, key):
            return _not_modified(key)
        if (page := self.pages.get(key)) is not None:
            return _answer(page, request)
        request.of_edition = self.of_edition.at(edition, today)
        response = self.get_response(request)
        if not getattr(request, "reads_the_shelf_alone", False) or response.status_code not in (200, 410):
            return response
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = CACHE_CONTROL
        if response.streaming:
            _mark_streamed(response, key)
        elif response["Cache-Control"] == CACHE_CONTROL and not response.cookies:
            response = self._keep(key, response, request)
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        request.reads_the_shelf_alone = getattr(view_func, "reads_the_shelf_alone", False)

    def _keep(self, key: str, response: HttpResponse, request: HttpRequest) -> HttpResponse:
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.status_code == 200:
            response["ETag"] = _etag(key)
        headers = {name: value for name, value in response.items() if name.lower() not in _OF_ONE_ANSWER}
        page = Kept(response.status_code, headers, gzip.compress(response.content, compresslevel=6, mtime=0))
        if len(page.body) <= LARGEST:
            self.pages.keep(key, page)
        return _answer(page, request)


def _address(request: HttpRequest) -> str:
    """Return the whole address of what may be a page of the shelf, "" for what is none."""
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(ELSEWHERE):
        return ""
    if getattr(request, "is_one_too_many", False):
        return ""
    if _FILE.search(request.path_info):
        return ""
    host, query = request.META.get("HTTP_HOST", ""), request.META.get("QUERY_STRING", "")
    address = f"{request.scheme}://{host}{request.path_info}?{query}"
    return address if len(address) <= LONGEST_ADDRESS else ""


def _key(address: str, *of_what) -> str:
    said = "\n".join([address, release(), *map(str, of_what)])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]


@cache
def release() -> str:
    """Return what tells this release from others: its templates, its code and the settings that pages print."""
    found = sha256()
    for folder, kinds in (("templates", ("*.html", "*.xml", "*.txt")), ("ppid", ("*.py",)), ("sop", ("*.py",))):
        for path in sorted(each for kind in kinds for each in (settings.BASE_DIR / folder).rglob(kind)):
            found.update(path.read_bytes())
    printed = {name: getattr(settings, name) for name in settings.PRINTED_ON_PAGES}
    return sha256(f"{found.hexdigest()} {sorted(printed.items())}".encode()).hexdigest()[:16]


def _etag(key: str) -> str:
    return f'W/"{key}"'  # weak: compressed or not, it is the same page


def _is_held(request: HttpRequest, key: str) -> bool:
    """Whether the reader holds the page already: they name what we called it, so it was answered with 200."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return key in asked and any(each.removeprefix("W/") == f'"{key}"' for each in parse_etags(asked))


def _not_modified(key: str) -> HttpResponse:
    response = HttpResponse(status=304, headers={"ETag": _etag(key), "Cache-Control": CACHE_CONTROL})
    del response["Content-Type"]
    return response


def _mark_streamed(response: HttpResponseBase, key: str) -> None:
    """Name what is written while it is sent: it is never kept, but need not be sent twice."""
    if not response.has_header("ETag"):
        response["ETag"] = _etag(key)


def _answer(page: Kept, request: HttpRequest) -> HttpResponse:
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        headers = {**page.headers, "Content-Encoding": "gzip", "Content-Length": str(len(page.body))}
        return HttpResponse(page.body, status=page.status, headers=headers)
    body = gzip.decompress(page.body)
    return HttpResponse(body, status=page.status, headers={**page.headers, "Content-Length": str(len(body))})
