"""The error pages: in Indonesian, with a way on, and the last one with the number that is in the log."""

import logging

import pytest
from django.test import RequestFactory

from ppid.portal import views
from ppid.web import errors


def test_an_error_of_ours_gives_the_number_that_is_in_the_log(client, monkeypatch, caplog):
    client.raise_request_exception = False

    def broken(request):
        raise RuntimeError("rusak")

    monkeypatch.setattr(views.Home, "counts", broken)
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


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_it_is_drawn_without_a_request(template):
    from django.template.loader import render_to_string

    assert '<html lang="id">' in render_to_string(template, {"reference": "AB12CD34"})
