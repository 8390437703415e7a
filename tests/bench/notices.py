"""Notices: what they add to a step, how long a thousand mails take on one worker, and what the bell costs."""

import socket
import time

from aiosmtpd.controller import Controller
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from ppid.flows import telling
from ppid.flows.actions import take_step
from ppid.notices.models import Dispatch
from ppid.notices.sending import send_due
from ppid.notices.telling import News, tell_all
from ppid.organisation.models import User
from tests import make
from tests.bench.measure import Figure
from tests.bench.office import LARGE, inside

MAILS = 1_000
_LONGEST = 60


def figures(databases) -> list[Figure]:
    inside(databases[LARGE])
    return [
        Figure("a step: queries that telling people adds", _added(), "", 2),
        Figure("any page: queries that count what waits and what is new", _bell(), "", 1),
        Figure(f"{MAILS:,} notices told at once, among {LARGE:,} running cases", _told() * 1000, "ms"),
        Figure(f"  and mailed by one worker over SMTP ({MAILS:,} people)", _mailed(), "s", _LONGEST),
    ]


def _added() -> int:
    told = telling.moved
    with_them = _step()
    telling.moved = lambda *args: None
    try:
        return with_them - _step()
    finally:
        telling.moved = told


def _step() -> int:
    case, who = make.publication(at="releasing"), make.demo("bidang")
    make.supply(case, "release", who)
    evidence, case = make.evidence(case, who), make.again(case)
    with CaptureQueriesContext(connection) as asked:
        take_step(case, "release", actor=who, evidence=evidence)
    return len(asked)


def _bell() -> int:
    client = Client()
    client.force_login(make.demo("dinsos"))
    page = reverse("desk:news")
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return sum("UNION ALL" in each["sql"] and "worktime_holiday" not in each["sql"] for each in asked)


def _told() -> float:
    had = User.objects.count()
    User.objects.bulk_create(
        User(email=f"penerima{n}@example.test", name=f"Penerima Contoh {n:04}", password="!")
        for n in range(had, had + MAILS)
    )
    people = User.objects.filter(email__startswith="penerima").values_list("pk", flat=True)[:MAILS]
    news = News(
        kind="arrived",
        key="bench:1",
        url="/meja/",
        title="Laporan kinerja Dinas Sosial semester I tahun 2026",
        lines=(("Yang diminta", "Langkah 4 dari 7: tentukan jenis informasinya"),),
        number="P-2026-0008",
        is_urgent=True,
    )
    start = time.perf_counter()
    tell_all([(news, list(people))])
    return time.perf_counter() - start


def _mailed() -> float:
    came = []

    class Takes:
        async def handle_DATA(self, server, session, envelope):
            came.append(len(envelope.content))
            return "250 OK"

    server = Controller(Takes(), hostname="127.0.0.1", port=_free_port())
    server.start()
    there = {"EMAIL_BACKEND": "ppid.notices.post.SmtpPost", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": server.port}
    try:
        with override_settings(**there, EMAIL_USE_TLS=False):
            start = time.perf_counter()
            while send_due():
                pass
            taken = time.perf_counter() - start
    finally:
        server.stop()
    sent = Dispatch.objects.filter(notice__event="bench:1", stage="sent").count()
    if sent != MAILS or len(came) < MAILS:
        raise RuntimeError(f"{sent} of {MAILS} mails were sent, {len(came)} came")
    return taken


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
