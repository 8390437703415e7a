"""What is wrong with an answer to a form: an error of ours, a refusal without a word, a text that is lost."""

import time
import traceback
from collections import Counter
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from ppid.portal import report
from ppid.web.letterbox import waiting
from tests.forms.found import Form, forms_in
from tests.forms.sent import Sent
from tests.test_parameters import is_ours, undone

LONGEST = 5.0  # seconds of the processor
STALLED = 30.0  # seconds of a clock: other tests run beside these
SPOKEN = "[role=alert], .errors, .invalid-feedback, .notice--bad, .notice--soon, .errorlist"


def faults_of(form: Form, sent: Sent, client: Client, *, may: bool, tally: Counter) -> list[str]:
    """Send it, take back what it wrote, and return what is wrong with the answer."""
    cookies = dict(client.cookies)
    _as_if_nothing_was_sent_before()
    began, wall = time.process_time(), time.monotonic()
    try:
        with undone():
            answer = _send(form, sent, client)
            lost = _lost_by_leading_on(answer, form, sent, client) if may else []
    except Exception as error:
        tally[form.name, "error"] += 1
        where = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
        own = [each for each in where if "/ppid/" in each or "/sop/" in each]
        return [f"{type(error).__name__}: {str(error)[:200]} at {' < '.join((own or where)[:-5:-1])}"]
    finally:
        client.cookies = SimpleCookie(cookies)
    took, lasted = time.process_time() - began, time.monotonic() - wall
    tally[form.name, answer.status_code] += 1
    tally[form.name, "slowest"] = max(tally[form.name, "slowest"], round(took * 1000))
    found = lost
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if took > LONGEST or lasted > STALLED:
        found.append(f"took {took:.1f} s of the processor, {lasted:.1f} s in all")
    if 400 <= answer.status_code < 500:
        found += lacks_of_refusal(answer, form, sent, may=may)
    return found


def _as_if_nothing_was_sent_before() -> None:
    """Forget what no transaction takes back: what was counted, and letters."""
    cache.clear()
    report.rate.forget()
    for letter in waiting(report.KIND):
        letter.unlink()


def _send(form: Form, sent: Sent, client: Client) -> HttpResponse:
    if form.method == "get":
        answer = client.get(f"{urlsplit(form.address).path}?{sent.query}")
    else:
        if settings.CSRF_COOKIE_NAME in client.cookies:
            sent = sent.with_token(client.cookies[settings.CSRF_COOKIE_NAME].value)
        body, kind, announced = sent.on_the_wire()
        wire = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(announced), "CONTENT_TYPE": kind}
        answer = client.generic("POST", form.address, **wire)
    if getattr(answer, "streaming", False):
        b"".join(answer.streaming_content)
    return answer


def lacks_of_refusal(answer: HttpResponse, form: Form, sent: Sent, *, may: bool) -> list[str]:
    """Return what a refusal lacks: a page of ours, a sentence, and what was typed where the form stands again."""
    status = answer.status_code
    if not is_ours(answer):
        return [f"status {status} without a page of ours"]
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return []
    page = BeautifulSoup(answer.content, "lxml")
    again = None if status == 403 else _again(page, form)
    if again is None:
        wordless = not (page.main and page.main.find("p", string=lambda said: said and said.strip().endswith(".")))
        return [f"status {status} without the form and without a sentence"] if may and wordless else []
    found = []
    spoken = " ".join(each.get_text(" ", strip=True) for each in page.select(SPOKEN))
    if not spoken:
        found.append(f"status {status}, the form again, and no sentence says why")
    shown = {each.name: each for each in again.fields}
    for name, said in sent.said().items() if status != 413 else ():  # what is too large is not read
        if (there := shown.get(name)) and _sayable(there, said) and not _holds((*there.stands, spoken), said):
            found.append(f"status {status}, «{name}» was {said[:40]!r} and came back as {there.stands!r:.60}")
    return found


def _lost_by_leading_on(answer: HttpResponse, form: Form, sent: Sent, client: Client) -> list[str]:
    """Return what was typed, refused by a message alone, and stands nowhere on the page to which it leads."""
    request = getattr(answer, "wsgi_request", None)
    told = getattr(request, "_messages", None)
    if form.method == "get" or not 300 <= answer.status_code < 400 or told is None or request.user.is_anonymous:
        return []
    levels = {each.level for each in told._queued_messages}
    if messages.SUCCESS in levels or not levels & {messages.WARNING, messages.ERROR}:
        return []
    typed = {each.name: each for each in form.fields}
    said = {name: what for name, what in sent.said().items() if name in typed and _sayable(typed[name], what)}
    if not said:
        return []
    client.counted.clear()  # a draft counts too
    page = BeautifulSoup(client.get(answer["Location"], follow=True).content, "lxml")
    client.counted.clear()
    stands = [
        found for each in forms_in(page, form.address, form.who) for field in each.fields for found in field.stands
    ]
    spoken = " ".join(each.get_text(" ", strip=True) for each in page.select(SPOKEN))
    return [
        f"led on with a warning, and «{name}» that was {what[:40]!r} is lost"
        for name, what in said.items()
        if not _holds((*stands, spoken), what)
    ]


def _again(page: BeautifulSoup, form: Form) -> Form | None:
    """Return the form as the page holds it again, or None; the frame of the page has forms that are always there."""
    here = urlsplit(form.address).path
    inside = forms_in(page.main or page, form.address, form.who)
    again = [each for each in inside if urlsplit(each.address).path == here]
    return next((each for each in again if each.method == form.method), None)


def _sayable(there, said: str) -> bool:
    """Whether a page can show what was typed: letters that print, in a field for words."""
    in_words = there.kind in ("text", "textarea", "email", "search", "url", "tel")
    printable = all(each.isprintable() or each in "\r\n\t" for each in said)
    return in_words and printable and len(said) < 10_000 and bool(said.strip())


def _holds(shown: tuple[str, ...], said: str) -> bool:
    """Whether the text stands in a field, or in the sentence that says what was not sent."""
    *fields, spoken = (" ".join(each.split()) for each in shown)
    said = " ".join(said.split())
    return said in fields or said in spoken
