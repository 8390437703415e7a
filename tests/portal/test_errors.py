"""The error pages: in Indonesian, with a way on, and the last one with the number that is in the log."""

import io
import json
import logging
import time

import psycopg
import pytest
from django.conf import settings
from django.db import ConnectionHandler, OperationalError, ProgrammingError, connection, connections, transaction
from django.test import RequestFactory

from ppid.content_store import StoreAway
from ppid.desk.account.views import SignIn
from ppid.portal import views
from ppid.settings import database_settings
from ppid.web import away, errors
from ppid.web.database_away import is_away
from ppid.web.log_lines import JsonLineFormatter
from ppid.web.reference import ReferenceFilter
from ppid.web.too_long import LIMITED, limit_statements, was_broken_off


def test_an_error_of_ours_gives_the_number_that_is_in_the_log(client, monkeypatch, caplog):
    client.raise_request_exception = False

    def broken(self, **kwargs):
        raise RuntimeError("rusak")

    monkeypatch.setattr(views.Home, "get_context_data", broken)
    numbers = []
    monkeypatch.setattr(
        logging.getLogger("django.request"), "handle", lambda record: numbers.append(errors.reference.current())
    )
    response = client.get("/")
    assert response.status_code == 500
    assert response["X-Reference"] in response.content.decode()
    assert numbers == [response["X-Reference"]]
    assert "Nomor" in response.content.decode() or "nomor" in response.content.decode()
    assert not response.cookies


def test_the_last_page_needs_no_database(monkeypatch, django_db_blocker):
    with django_db_blocker.block():
        assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_the_last_page_appears_even_when_its_template_is_broken(monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert "Nomor rujukan" in response.content.decode()


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html", "503_too_long.html"]
)
def test_it_is_drawn_without_a_request(template):
    from django.template.loader import render_to_string

    assert '<html lang="id">' in render_to_string(template, {"reference": "AB12CD34"})


@pytest.fixture
def dead_database(django_db_blocker):
    """Lead both connections to where nobody answers."""
    there = {alias: connections[alias] for alias in ("default", "portal")}
    nowhere = database_settings("postgresql://ppid@127.0.0.1:1/ppid")
    handler = ConnectionHandler({"default": nowhere, "portal": nowhere})
    for alias in there:
        connections[alias] = handler[alias]
    with django_db_blocker.unblock():
        yield
    for alias, ours in there.items():
        connections[alias] = ours


@pytest.mark.parametrize("path", ["/", "/informasi/", "/dip/", "/sop/", "/meja/", "/meja/akun/masuk/"])
def test_a_dead_database_is_503_with_a_sentence(client, dead_database, path):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    response = client.post(path, {"login": "a@example.test", "password": "x"}) if "masuk" in path else client.get(path)
    assert response.status_code == 503
    assert "Basis data sedang tidak dapat dihubungi" in response.content.decode()
    assert response["Retry-After"] == "60"
    assert response["X-Reference"] in response.content.decode()


@pytest.fixture
def console():
    """Return what a process that has just started writes to its console in use, which is all that writes here."""
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["reference", "once_an_outage"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLineFormatter())
    handler.addFilter(ReferenceFilter())
    handler.addFilter(away.OnceAnOutage())
    root = logging.getLogger()
    others, root.handlers = root.handlers, [handler]
    yield lambda: [json.loads(line) for line in written.getvalue().split("\n")[:-1]]
    root.handlers = others


def test_an_outage_is_one_line_a_request_and_one_traceback(client, dead_database, console, monkeypatch):
    client.raise_request_exception = False
    references = [client.get(path)["X-Reference"] for path in ["/", "/dip/", "/meja/akun/masuk/"] * 3]
    lines = console()
    assert [line["reference"] for line in lines] == references
    assert ["exc_info" in line for line in lines] == [True, *[False] * 8]
    assert "Traceback" in lines[0]["exc_info"]
    for line in lines[1:]:
        assert line["message"].startswith("Service Unavailable: /")
        assert "127.0.0.1" in line["message"]
        assert len(line["message"]) < 300
        assert "\n" not in line["message"]
    later = time.monotonic() + 61
    monkeypatch.setattr(away.time, "monotonic", lambda: later)
    client.get("/")
    client.get("/")
    assert ["exc_info" in line for line in console()[9:]] == [True, False], "that is another outage"


def test_a_mistake_of_ours_always_has_its_traceback(client, monkeypatch, console):
    def broken(self, **kwargs):
        raise RuntimeError("rusak")

    monkeypatch.setattr(views.Home, "get_context_data", broken)
    client.raise_request_exception = False
    for _ in range(2):
        client.get("/")
    assert ["rusak" in line["exc_info"] for line in console()] == [True, True]


@pytest.mark.parametrize(("method", "said"), [("get", False), ("head", False), ("post", True)])
@pytest.mark.parametrize("template", ["503.html", "503_too_long.html"])
def test_only_who_sent_something_hears_that_it_may_not_be_saved(monkeypatch, method, said, template):
    error = StoreAway("s3://x doesn't answer") if template == "503.html" else RuntimeError()
    monkeypatch.setattr(errors, "was_broken_off", lambda error: template == "503_too_long.html")
    try:
        raise error
    except Exception:
        page = errors.server_error(getattr(RequestFactory(), method)("/lapor/")).content.decode()
    assert ("yang terakhir Anda kirim mungkin belum tersimpan" in page) is said


@pytest.fixture
def limited(settings, django_db_blocker):
    """Lead both connections to the database by connections that are limited as those of gunicorn are."""
    settings.STATEMENT_SECONDS = 1
    there = {alias: connections[alias] for alias in LIMITED}
    ours = {**connection.settings_dict}
    handler = ConnectionHandler({alias: ours | {"OPTIONS": {**ours["OPTIONS"]}} for alias in LIMITED})
    limit_statements(handler)
    for alias in LIMITED:
        connections[alias] = handler[alias]
    with django_db_blocker.unblock():
        yield
    for alias, one in there.items():
        connections[alias].close()
        connections[alias] = one


@pytest.mark.parametrize(
    ("alias", "page", "path"), [("portal", views.Home, "/"), ("default", SignIn, "/meja/akun/masuk/")]
)
def test_what_takes_too_long_is_broken_off_with_a_sentence(client, limited, monkeypatch, alias, page, path):
    def slow(self, **kwargs):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_sleep(20)")

    monkeypatch.setattr(page, "get_context_data", slow)
    client.raise_request_exception, began = False, time.monotonic()
    response = client.get(path)
    assert time.monotonic() - began < 10
    assert response.status_code == 503
    assert "Terlalu lama dikerjakan" in response.content.decode()
    assert response["Retry-After"] == "60"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Reference"] in response.content.decode()


@pytest.mark.django_db
def test_commands_and_the_worker_are_not_limited():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
def test_a_statement_that_the_database_gave_up_does_not_say_that_it_is_away():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        with pytest.raises(OperationalError) as gave_up, transaction.atomic():
            cursor.execute("SELECT pg_sleep(1)")
        cursor.execute("SET LOCAL statement_timeout = 0")
    assert not is_away(gave_up.value)
    assert was_broken_off(gave_up.value)


@pytest.mark.django_db
def test_a_connection_that_the_server_ended_is_away():
    other = ConnectionHandler({"default": {**connection.settings_dict}})["default"]
    other.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])
    with pytest.raises(OperationalError) as ended:
        other.cursor().execute("SELECT 1")
    assert is_away(ended.value)
    other.close()


@pytest.mark.parametrize(
    ("state", "away"),
    [
        *(("08006", True), ("08001", True), ("53300", True), ("57P01", True), ("57P02", True), ("57P03", True)),
        *(("57014", False), ("40P01", False), ("53200", False), ("55P03", False)),
    ],
)
def test_what_says_that_the_database_is_away(state, away):
    error = OperationalError()
    error.__cause__ = psycopg.errors.lookup(state)()
    assert is_away(error) is away


def test_a_mistake_in_a_statement_is_none(db):
    with pytest.raises(ProgrammingError) as mistake, connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    assert not is_away(mistake.value)
