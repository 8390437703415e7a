"""What is wrong with an answer to a form: an error of ours, a refusal without a word, a lost text, half a row."""

import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from ppid.portal import report
from ppid.web.letterbox import waiting
from tests.forms.found import Form, forms_in
from tests.forms.sent import Sent
from tests.test_parameters import is_ours, undone

LONGEST = 5.0  # seconds of the processor
SPOKEN = "[role=alert], .errors, .invalid-feedback, .notice--bad, .notice--soon, .errorlist"
# Written also where a form is refused, on purpose: what was typed, wrong passwords, when somebody was last here.
KEPT_ASIDE = {"desk_typeddraft", "organisation_signinsession", "django_session", "organisation_signintry"}


@dataclass
class Tally:
    """How many inputs were sent, and what came of them."""

    forms: set[tuple] = field(default_factory=set)
    answers: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        counted = ", ".join(f"{what} {number}" for what, number in sorted(self.answers.items()))
        return f"{sum(self.answers.values())} inputs to {len(self.forms)} forms: {counted}"


def tables() -> list[str]:
    """Return the tables of our own, but for those in KEPT_ASIDE."""
    own = (model._meta.db_table for model in apps.get_models() if model.__module__.startswith(("ppid.", "sop.")))
    return sorted(set(own) - KEPT_ASIDE)


def rows() -> dict[str, tuple]:
    """Return of each table how many rows it has, and a sum that another place of any row changes."""
    one = "SELECT '{0}', count(*), coalesce(sum(hashtid(ctid)), 0) FROM \"{0}\""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(each) for each in tables()))
        return {table: tuple(rest) for table, *rest in cursor.fetchall()}


def faults_of(form: Form, sent: Sent, client: Client, *, before: dict, may: bool, tally: Tally) -> list[str]:
    """Send it, take back what it wrote, and return what is wrong with the answer."""
    cookies = client.cookies.copy()
    _as_if_nothing_was_sent_before()
    began, wall = time.process_time(), time.monotonic()
    try:
        with undone():
            answer = _send(form, sent, client)
            took = time.process_time() - began
            after = rows() if answer.status_code < 300 or answer.status_code >= 400 else before
    except Exception as error:
        tally.answers["error"] += 1
        where = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
        own = [each for each in where if "/ppid/" in each or "/sop/" in each]
        return [f"{type(error).__name__}: {str(error)[:200]} at {' < '.join((own or where)[:-4:-1])}"]
    finally:
        client.cookies = cookies
    tally.answers[_kind(answer.status_code)] += 1
    found = []
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if took > LONGEST or time.monotonic() - wall > 60:
        found.append(f"took {took:.1f} s of the processor, {time.monotonic() - wall:.1f} s in all")
    changed = [table for table in before if after[table] != before[table]]
    if changed and (answer.status_code >= 400 or form.method == "get" or _again(_page(answer), form)):
        found.append(f"status {answer.status_code}, yet rows changed: {', '.join(changed)}")
    if 400 <= answer.status_code < 500:
        found += _of_refusal(answer, form, sent) if may else [] if is_ours(answer) else ["a page that is not ours"]
    return found


def _as_if_nothing_was_sent_before() -> None:
    """Forget what no transaction takes back: what was counted, and letters."""
    cache.clear()
    report.rate.forget()
    for letter in waiting(report.KIND):
        letter.unlink()


def _kind(status: int) -> str:
    kinds = {2: "shown", 3: "accepted or led on", 4: "refused", 5: "5xx"}
    return kinds[status // 100]


def _send(form: Form, sent: Sent, client: Client) -> HttpResponse:
    if form.method == "get":
        address = f"{urlsplit(form.address).path}?{sent.query}"
        answer = client.get(address)
    else:
        body, kind = sent.on_the_wire()
        answer = client.generic("POST", form.address, body, content_type=kind)
    if getattr(answer, "streaming", False):
        b"".join(answer.streaming_content)
    return answer


def _again(page: BeautifulSoup, form: Form) -> Form | None:
    """Return the form as the page holds it again, or None."""
    here = urlsplit(form.address).path
    again = [each for each in forms_in(page, form.address, form.who) if urlsplit(each.address).path == here]
    return next((each for each in again if each.method == form.method), None)


def _page(answer: HttpResponse) -> BeautifulSoup:
    is_page = not answer.streaming and "html" in answer.headers.get("Content-Type", "")
    return BeautifulSoup(answer.content if is_page else b"", "lxml")


def _of_refusal(answer: HttpResponse, form: Form, sent: Sent) -> list[str]:
    if not is_ours(answer):
        return [f"status {answer.status_code} without a page of ours"]
    page = _page(answer)
    again = _again(page, form)
    if again is None or answer.status_code == 403:
        return []
    found = []
    if not any(each.get_text(strip=True) for each in page.select(SPOKEN)):
        found.append(f"status {answer.status_code}, the form again, and no sentence says why")
    shown = {each.name: each for each in again.fields}
    for name, said in sent.said().items():
        if (there := shown.get(name)) and _sayable(there, said) and not _holds(there, said):
            found.append(f"«{name}» was {said[:40]!r} and came back as {there.stands!r:.60}")
    return found


def _sayable(there, said: str) -> bool:
    """Whether a page can show what was typed: letters that print, in a field for words."""
    in_words = there.kind in ("text", "textarea", "email", "search", "url", "tel")
    printable = all(each.isprintable() or each in "\r\n\t" for each in said)
    return in_words and printable and len(said) < 10_000 and bool(said.strip())


def _holds(there, said: str) -> bool:
    return any(" ".join(each.split()) == " ".join(said.split()) for each in there.stands)
