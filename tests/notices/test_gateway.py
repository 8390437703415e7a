"""The office's own gateway: told of each notice, signed, again while it is away, and never of what is excluded."""

import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pgtrigger
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from ppid import env
from ppid.notices.models import Dispatch
from ppid.notices.sending import send_due
from tests.notices.news import told
from tests.notices.smtp import free_port

pytestmark = pytest.mark.django_db

OPEN = datetime(2026, 11, 26, 9, 40, tzinfo=timezone.get_default_timezone())
SECRET = "rahasia-gerbang-yang-panjang"


@contextmanager
def gateway(settings, *, answers=200):
    """Run a gateway that keeps what it is told."""
    came = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((dict(self.headers), body))
            self.send_response(answers)
            if answers == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = f"http://127.0.0.1:{server.server_port}/ppid", SECRET
    try:
        yield came
    finally:
        server.shutdown()
        server.server_close()


def hook(notice) -> Dispatch:
    return notice.dispatches.get(channel="webhook")


def test_it_is_told_signed_with_the_moment(settings):
    with gateway(settings) as came:
        notice = told(due_at=OPEN)
        send_due(at=lambda: OPEN)
        send_due(at=lambda: OPEN)
    [(headers, body)] = came
    moment = headers["X-Ppid-Timestamp"] if "X-Ppid-Timestamp" in headers else headers["X-ppid-timestamp"]
    signed = next(value for name, value in headers.items() if name.lower() == "x-ppid-signature")
    right = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert signed == f"sha256={right}"
    said = json.loads(body)
    assert (said["number"], said["kind"], said["person"]["name"]) == ("P-2026-0001", "arrived", notice.person.name)
    assert said["id"] == str(hook(notice).token)
    assert notice.person.email not in body.decode()
    assert hook(notice).stage == "sent"


def test_of_what_is_secret_it_hears_the_number_alone(settings):
    with gateway(settings) as came:
        told(is_secret=True, title="Burungkenari", lines=(("Alasan", "burungkenari"),))
        send_due(at=lambda: OPEN)
    assert b"burungkenari" not in came[0][1].lower()
    assert json.loads(came[0][1])["number"] == "P-2026-0001"


def test_it_is_told_at_once_what_mails_leave_to_the_digest(settings):
    with gateway(settings) as came:
        notice = told(kind="ended")
        send_due(at=lambda: OPEN)
    assert len(came) == 1
    assert hook(notice).stage == "sent"
    assert notice.dispatches.get(channel="mail").stage == "digest"


def test_while_it_is_away_it_is_told_later(settings):
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = f"http://127.0.0.1:{free_port()}/", SECRET
    notice = told()
    send_due(at=lambda: OPEN)
    assert hook(notice).stage == "waiting"
    assert notice.dispatches.get(channel="mail").stage == "sent", "one way that is closed keeps the other open"
    with gateway(settings) as came:
        send_due(at=lambda: OPEN + timedelta(minutes=2))
    assert len(came) == 1


@pytest.mark.parametrize(("answers", "stage"), [(503, "waiting"), (429, "waiting"), (400, "failed"), (302, "failed")])
def test_what_it_answers_counts_and_nothing_leads_elsewhere(settings, answers, stage):
    with gateway(settings, answers=answers):
        notice = told()
        send_due(at=lambda: OPEN)
    assert hook(notice).stage == stage
    assert f"Gerbang menjawab {answers}" in hook(notice).because


def test_after_a_dead_sender_it_is_told_again_because_it_knows_the_id(settings):
    with gateway(settings) as came:
        notice = told()
        with pgtrigger.ignore():
            Dispatch.objects.filter(channel="webhook").update(stage="sending")
        send_due(at=lambda: OPEN)
    assert len(came) == 1
    assert hook(notice).stage == "sent"


@pytest.mark.parametrize("value", ["http://contoh.example/a", "ftp://contoh.example/", "contoh", "https://"])
def test_its_address_is_encrypted_or_on_this_machine(monkeypatch, value):
    monkeypatch.setenv("WEBHOOK_URL", value)
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_URL must"):
        env.address("WEBHOOK_URL")


def test_a_gateway_on_this_machine_needs_no_encryption(monkeypatch):
    for value in ("http://127.0.0.1:9000/kirim", "https://gerbang.example/kirim?kunci=1"):
        monkeypatch.setenv("WEBHOOK_URL", value)
        assert env.address("WEBHOOK_URL") == value
