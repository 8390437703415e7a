"""«Laporkan masalah»: sent without an account, bounded, never shown; a full box or too many get a sentence."""

import json
from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ppid.portal import report
from ppid.shelf import actions
from ppid.web import letterbox


@pytest.fixture
def item(shelf, settings, tmp_path):
    settings.LETTERBOX = tmp_path / "letterbox"
    report.rate.forget()
    return shelf.item(number="2026-0042", title="Daftar penerima")


def letters() -> list[dict]:
    return [json.loads(path.read_text()) for path in letterbox.waiting("report")]


def send(client, item, **sent):
    return client.post(f"/informasi/{item.number}/lapor/", {"kind": "wrong", **sent})


def main(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" ").split())


def test_it_is_dropped_as_a_letter_and_thanked_with_its_number(client, item):
    answer = send(client, item, text="Tabel 3 terpotong.\r\nHalaman 4.", contact="warga@example.id")
    assert answer.status_code == 200
    (letter,) = letters()
    assert datetime.fromisoformat(letter.pop("at")).tzinfo
    assert letter == {
        "kind": "wrong",
        "text": "Tabel 3 terpotong.\nHalaman 4.",
        "contact": "warga@example.id",
        "number": "2026-0042",
    }
    name = letterbox.waiting("report")[0].stem
    assert f"Nomor laporan: L-{name[:8].upper()}" in main(answer)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_it_needs_no_token_for_it_asks_for_no_cookie(item):
    assert (
        Client(enforce_csrf_checks=True).post(f"/informasi/{item.number}/lapor/", {"kind": "hard"}).status_code == 200
    )
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": ""}, "Pilih apa masalahnya."),
        ({"kind": "lain"}, "Pilih satu dari masalah di bawah."),
        ({"kind": "other"}, "Ceritakan apa masalahnya."),
        ({"text": "x" * 1001}, "Paling banyak 1.000 huruf; ini 1001."),
        ({"contact": "x" * 201}, "Paling banyak 200 huruf."),
    ],
)
def test_what_is_missing_or_too_long_is_told_and_stays_typed(client, item, sent, says):
    answer = send(
        client, item, **{"text": "Cerita saya", "contact": "k"} | ({} if "kind" not in sent else {"text": ""}) | sent
    )
    assert answer.status_code == 422
    assert says in main(answer)
    assert letters() == []
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("textarea").text.strip() == (sent.get("text") or ("" if "kind" in sent else "Cerita saya"))


def test_a_thousand_letters_are_taken(client, item):
    send(client, item, text="é" * 1000, contact="x" * 200)
    assert len(letters()[0]["text"]) == 1000


def test_letters_that_no_text_may_hold_are_taken_out(client, item):
    send(client, item, text="a\x00b\u202ec")
    assert letters()[0]["text"] == "abc"


def test_the_sixth_within_ten_minutes_is_asked_to_wait_and_keeps_what_was_typed(client, item):
    for _ in range(5):
        assert send(client, item).status_code == 200
    answer = send(client, item, text="Yang keenam")
    assert answer.status_code == 429
    assert "sepuluh menit" in main(answer)
    assert "Yang keenam" in answer.content.decode()
    assert len(letters()) == 5
    assert send(Client(REMOTE_ADDR="10.0.0.9"), item).status_code == 200, "another address"


def test_a_machine_that_fills_in_the_bait_is_thanked_and_nothing_is_kept(client, item):
    assert send(client, item, website="http://spam.example").status_code == 200
    assert letters() == []


def test_a_full_box_says_how_the_office_is_reached(client, item, monkeypatch, settings):
    settings.CONTACT_EMAIL = "ppid@kota.example"
    monkeypatch.setattr(letterbox, "MOST", 0)
    answer = send(client, item, text="Tetap ada")
    assert answer.status_code == 503
    assert "belum dapat diterima" in main(answer)
    assert "ppid@kota.example" in main(answer)
    assert "Tetap ada" in answer.content.decode()


def test_a_box_that_cannot_be_written_says_the_same(client, item, settings, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    settings.LETTERBOX = tmp_path / "berkas"
    assert send(client, item).status_code == 503


def test_a_body_out_of_bounds_is_not_even_read(client, item):
    assert send(client, item, text="x" * 40_000).status_code == 413
    assert letters() == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_what_is_not_public_nothing_is_reported(client, item, shelf, method):
    assert getattr(client, method)("/informasi/2026-9999/lapor/", {"kind": "wrong"}).status_code == 404
    actions.exclude(item.number, called="Data pribadi", reason="x", at=shelf.NOW, ends_on=None)
    answer = getattr(client, method)(f"/informasi/{item.number}/lapor/", {"kind": "wrong"})
    assert answer.status_code == 410
    assert "Daftar penerima" not in answer.content.decode()
    assert letters() == []


def test_no_report_is_ever_shown_on_the_portal(client, item):
    send(client, item, text="burungkenari", contact="kenari@example.id")
    for address in (item.get_absolute_url(), f"/informasi/{item.number}/lapor/", "/", "/informasi/"):
        assert "kenari" not in client.get(address).content.decode()
