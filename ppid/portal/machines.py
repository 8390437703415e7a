"""What every answer to a machine is: open to pages of other sites, and wrong questions get a sentence, never a page."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.generic import View

from ppid.portal.pages import OpenPage
from ppid.shelf.open_data import json_text
from ppid.web.errors import NOT_IN_THE_API
from ppid.web.letters import FORBIDDEN

LONGEST = 2000  # letters of a query


class Unanswerable(Exception):
    """What was asked makes no sense; the sentence says what to do."""

    def __init__(self, sentence: str, status: int = 400):
        super().__init__(sentence)
        self.status = status


def site(request) -> str:
    """Return the portal's address as the reader knows it, without a stroke at its end."""
    return f"{request.scheme}://{request.get_host()}"


def tag_uri(request, what: str) -> str:
    """Return a name that stays when the portal's address changes its scheme or port (RFC 4151)."""
    host = (settings.SITE_URL or site(request)).partition("//")[2].partition(":")[0]
    return f"tag:{host},2026:{what}"


class MachinePage(OpenPage, View):
    """A page for machines."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponseBase:
        try:
            self.refuse_wild(request)
            answer = super().dispatch(request, *args, **kwargs)
        except Unanswerable as unanswerable:
            answer = said({"error": str(unanswerable)}, status=unanswerable.status)
        except Http404:
            answer = said({"error": NOT_IN_THE_API}, status=404)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    @staticmethod
    def refuse_wild(request) -> None:
        """Refuse a query that is too long, or holds letters that no text may hold."""
        if len(request.META.get("QUERY_STRING", "")) > LONGEST:
            raise Unanswerable(f"Pertanyaannya terlalu panjang: paling banyak {LONGEST} huruf.", status=414)
        for name, values in request.GET.lists():
            if any(FORBIDDEN.search(each) for each in (name, *values)):
                raise Unanswerable("Alamatnya memuat karakter kendali. Hapus, lalu coba lagi.")


def said(data: Any, *, status: int = 200, media_type: str = "application/json") -> JsonResponse:
    """Return the data as JSON that people can read too."""
    form = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(data, status=status, json_dumps_params=form, content_type=media_type)


def said_of(rows: Sequence[str], more: dict[str, Any]) -> HttpResponse:
    """Return what ``said`` would of a list, ``data``, whose rows are JSON text already, and ``more``."""
    written = json_text({"data": [], **more})
    if rows:
        inside = ",\n".join(rows).replace("\n", "\n  ")
        written = written.replace('"data": []', f'"data": [\n  {inside}\n ]', 1)
    return HttpResponse(written, content_type="application/json")


@dataclass(frozen=True, slots=True)
class Keys:
    """By which fields a list goes on from page to page, and how each is read from a cursor; all one way.

    ``name`` is the list's own, so that the cursor of another one is refused.
    """

    name: str
    fields: tuple[str, ...]
    reads: tuple[Callable[[Any], Any], ...]
    newest_first: bool = False

    def ordered(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*(f"-{field}" if self.newest_first else field for field in self.fields))

    def after(self, rows: QuerySet, cursor: str) -> QuerySet:
        """Return the rows that come after the cursor. Raises Unanswerable."""
        values = self.read(cursor)
        beyond = "lt" if self.newest_first else "gt"
        first, *rest = self.fields
        found = Q(**{f"{first}__{beyond}": values[0]})
        if rest:
            found |= Q(**{first: values[0], f"{rest[0]}__{beyond}": values[1]})
            # By this the index begins where the page does.
            rows = rows.filter(**{f"{first}__{beyond}e": values[0]})
        return rows.filter(found)

    def cursor(self, values: Sequence[Any]) -> str:
        """Return the cursor of a row that has these values."""
        plain = [each.isoformat() if isinstance(each, datetime) else each for each in values]
        return urlsafe_b64encode(json.dumps([self.name, *plain]).encode()).decode().rstrip("=")

    def read(self, cursor: str) -> list[Any]:
        """Return the values of a cursor. Raises Unanswerable for one that is none of ours."""
        try:
            name, *values = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
            if name != self.name:
                raise Unanswerable("Penanda halaman (cursor) ini milik daftar lain. Mulailah dari halaman pertama.")
            return [read(value) for read, value in zip(self.reads, values, strict=True)]
        except (ValueError, TypeError, RecursionError) as error:
            raise Unanswerable(
                "Penanda halaman (cursor) tidak dikenal. Pakailah yang diberikan jawaban sebelumnya."
            ) from error


def moment(value: Any) -> datetime:
    """Return the moment that a cursor holds. Raises ValueError."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("a moment without its zone")
    return found


def text(value: Any) -> str:
    """Return the text that a cursor holds. Raises ValueError."""
    if not isinstance(value, str) or len(value) > 120 or FORBIDDEN.search(value):
        raise ValueError("no text of a key")
    return value


def key(value: Any) -> int:
    """Return the key that a cursor holds. Raises ValueError."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("no key")
    return value
