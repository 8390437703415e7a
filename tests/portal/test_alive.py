"""``/sehat/``: alive or not, in a word, kept by nobody."""

import pytest

pytestmark = pytest.mark.django_db


def test_it_says_that_it_lives_and_no_more(client):
    answer = client.get("/sehat/")
    assert (answer.status_code, answer.content) == (200, b"hidup\n")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_it_is_asked_anew_each_time(client, django_assert_num_queries):
    client.get("/sehat/")
    again = client.get("/sehat/")
    assert again.status_code == 200
    assert "ETag" not in again


@pytest.mark.parametrize("kept", [0, 32])
def test_without_its_database_it_answers_503(client, monkeypatch, settings, kept):
    import psycopg
    from django.db import OperationalError

    def away(*args, **kwargs):
        raise OperationalError("connection refused") from psycopg.OperationalError("connection refused")

    monkeypatch.setattr("ppid.portal.kept.state", away)
    monkeypatch.setattr("ppid.portal.alive.state", away)
    client.raise_request_exception = False
    assert client.get("/sehat/").status_code == 503
