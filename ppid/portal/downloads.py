"""Counts what is downloaded, in this process alone: how often and of which kind, never by whom.

No cookie, no address and no visitor is looked at. The portal writes nothing to the database, so about every minute, and
as the process ends, its counts go to the office as a letter (``ppid.web.letterbox``). Robots that say what they are,
HEAD and the later parts of a file that is fetched in pieces are left out.
"""

import atexit
import logging
import re
import time
from collections import Counter
from threading import Lock

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from ppid.web.letterbox import LetterboxFull, drop
from ppid.web.takeaway import FORMS

EVERY = 60  # seconds between two letters of a process
MOST = 100  # days and kinds of one letter: there are far fewer

_REGISTERS = ("dip", "dik", "reopened", "sop", "register_edition")
# The names of addresses that hand out something to keep, by the kind as which it is counted.
KINDS = {
    **dict.fromkeys(("file", "edition_file"), "item"),
    **dict.fromkeys(("sop_pdf", "sop_version_pdf", "sop_file", "sop_zip"), "sop"),
    **dict.fromkeys((f"{each}_{form.ending}" for each in _REGISTERS for form in FORMS.values()), "register"),
    **dict.fromkeys((f"{each}_today_pdf" for each in ("dip", "dik", "reopened", "sop")), "register"),
    "register_annex": "register",
}
_ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|archiver|monitor", re.IGNORECASE)
_FROM_THE_START = re.compile(r"bytes=0-")

logger = logging.getLogger(__name__)


class DownloadCounter:
    """The counts of one process that no letter told yet, by day and kind."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._since = time.monotonic()
        self._lock = Lock()

    def count(self, kind: str) -> None:
        day = timezone.localdate().isoformat()
        with self._lock:
            if (day, kind) in self._counts or len(self._counts) < MOST:
                self._counts[day, kind] += 1

    def tell_if_due(self) -> None:
        if self._counts and time.monotonic() - self._since >= EVERY:
            self.tell()

    def tell(self) -> None:
        """Drop the counts as a letter; what the box does not take waits for the next time."""
        with self._lock:
            counts, self._counts, self._since = self._counts, Counter(), time.monotonic()
        if not counts:
            return
        try:
            drop("downloads", {"counts": [[day, kind, n] for (day, kind), n in sorted(counts.items())]})
        except (LetterboxFull, OSError) as error:
            logger.warning("Counted downloads wait in the process, the letter box takes none: %r", error)
            with self._lock:
                self._counts.update(counts)


class CountDownloadsMiddleware:
    """Count each download that was answered; an answer is never held up or changed by it."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.counter = DownloadCounter()
        atexit.register(self.counter.tell)

    def __call__(self, request):
        response = self.get_response(request)
        if kind := counted_as(request, response):
            self.counter.count(kind)
        self.counter.tell_if_due()
        return response


def counted_as(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return the kind as which the answer is counted, "" when it is none that counts."""
    match = request.resolver_match
    if match is None or match.app_name != "portal" or request.method != "GET":
        return ""
    if _ROBOT.search(request.META.get("HTTP_USER_AGENT", "")[:500]):
        return ""
    is_whole = response.status_code == 200
    is_begun = response.status_code == 206 and _FROM_THE_START.match(request.META.get("HTTP_RANGE", ""))
    return KINDS.get(match.url_name or "", "") if is_whole or is_begun else ""
