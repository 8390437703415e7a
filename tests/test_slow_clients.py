"""Slow clients hold gunicorn's threads as long as they like: nothing of its own ends them.

This is why the guide puts nginx in front, which waits in its place; ``tests/install/slow.py`` shows that it helps.
"""

import os
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid import serving
from ppid.flows.documents import add_document
from ppid.information.examining import keep_reading
from ppid.shelf.models import PublishedItem
from tests import make, make_pdf, serve
from tests.conftest import copied_database

PATIENCE = 1  # seconds in which an idle portal answers many times over
SOON = 10  # seconds that a busy machine may take for it
TIMEOUT = 2  # of gunicorn: seconds after which it replaces a worker that gives no sign of life
LARGE = 24_000_000  # bytes, more than the kernel takes on the way


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """Serve a copy of the office with a large public file by one worker; give the port and the file's address."""
    with copied_database(django_db_blocker):
        file = _publish(LARGE)
        with serve.gunicorn(environment={"GUNICORN_CMD_ARGS": f"--timeout {TIMEOUT}"}) as server:
            yield server.port, file


def _publish(size: int) -> str:
    case = make.publication(at="preparing")
    content = make_pdf.pages("Peta wilayah", mark=os.urandom(size // 2).hex())
    upload = SimpleUploadedFile("Peta.pdf", content, "application/pdf")
    document = add_document(case, upload, title="Peta", actor=make.demo("dinsos"))
    keep_reading(document, make.NOTHING_FOUND, at=timezone.now())
    make.walk(make.again(case), to="published")
    return PublishedItem.objects.get().files.get().get_absolute_url()


def _open(port: int, *, buffer: int = 0) -> socket.socket:
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.settimeout(10)
    line.connect(("127.0.0.1", port))
    return line


def slow_to_ask(port: int, file: str) -> socket.socket:
    """Send a header that never ends."""
    line = _open(port)
    line.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    return line


def slow_to_send(port: int, file: str) -> socket.socket:
    """Announce a report of a problem, and send it letter by letter."""
    line = _open(port)
    path = file.partition("berkas/")[0] + "lapor/"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10000\r\n"
    line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\nwords=".encode())
    return line


def slow_to_read(port: int, file: str) -> socket.socket:
    """Ask for a large file, and read none of it."""
    line = _open(port, buffer=4096)
    line.sendall(f"GET {file} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return line


def answered(port: int, within: float) -> float | None:
    """Return the seconds until a page came, or None when none came in time."""
    began = time.monotonic()
    line = HTTPConnection("127.0.0.1", port, timeout=within)
    try:
        line.request("GET", "/robots.txt")
        assert line.getresponse().status == 200
    except TimeoutError:
        return None
    finally:
        line.close()
    return time.monotonic() - began


@pytest.mark.parametrize("slow", [slow_to_ask, slow_to_send, slow_to_read])
def test_as_many_slow_clients_as_threads_hold_gunicorn_until_they_go(portal, slow: Callable):
    port, file = portal
    with ExitStack() as until_they_go:
        lines = [until_they_go.enter_context(slow(port, file)) for _ in range(serving.threads - 1)]
        assert answered(port, SOON) is not None, "one thread is left"
        lines.append(until_they_go.enter_context(slow(port, file)))
        assert answered(port, PATIENCE) is None
        if slow is slow_to_ask:
            _send_now_and_then(lines, TIMEOUT + 1)
            # The worker gives signs of life all the time, so gunicorn's «timeout» mends nothing.
            assert answered(port, PATIENCE) is None
    assert answered(port, SOON) is not None, "they went, and it answers by itself"


def _send_now_and_then(lines: list[socket.socket], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for line in lines:
            line.sendall(b"a")
        time.sleep(0.2)


def test_who_sends_nothing_at_all_holds_a_thread_for_seconds_only(portal):
    port, file = portal
    with ExitStack() as until_they_go:
        for _ in range(serving.threads):
            until_they_go.enter_context(_open(port))
        waited = answered(port, 5 + SOON)
    assert waited is not None
    assert 3 < waited < 5 + SOON, "gunicorn gives a connection without a byte five seconds of a thread"
