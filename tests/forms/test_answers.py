"""The judge of answers finds what is wrong with one."""

import pytest
from django.http import HttpResponse

from tests.forms.answers import lacks_of_refusal
from tests.forms.found import Field, Form
from tests.forms.sent import Sent

HERE = "/meja/berjalan/"
FORM = Form("desk:running", "post", HERE, "", (Field("note", "textarea"), Field("bait", "hidden")), HERE, "utama")
SENT = Sent((("note", "Tabel terpotong"), ("bait", "x")))
WHY = "<p role=alert>Tulis apa yang harus dibetulkan.</p>"


def page(content: str, status=422) -> HttpResponse:
    return HttpResponse(f'<html lang="id"><link rel=stylesheet><main>{content}</main></html>', status=status)


def form(note: str) -> str:
    return f"<form method=post action={HERE}><textarea name=note>{note}</textarea><input type=hidden name=bait></form>"


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (page(WHY + form("Tabel terpotong")), ""),
        (page("<p role=alert>Sudah diteruskan. Belum terkirim: Tabel terpotong</p>" + form(""), 409), ""),
        (page("<p>Formulir ini sudah kedaluwarsa.</p>", 403), ""),
        (page(form("Tabel terpotong")), "no sentence"),
        (page(WHY + form("")), "«note» was 'Tabel terpotong'"),
        (page("<h1>404</h1>", 404), "without a sentence"),
        (HttpResponse("<h1>Bad Request (400)</h1>", status=400), "without a page of ours"),
    ],
)
def test_a_refusal_says_why_and_gives_back_what_was_typed(answer, lacks):
    found = lacks_of_refusal(answer, FORM, SENT, may=True)
    assert len(found) == bool(lacks)
    assert lacks in "".join(found)


def test_what_only_broke_off_underway_cannot_be_given_back():
    cut = Sent(SENT.values, cut=0.5)
    assert lacks_of_refusal(page(WHY + form("")), FORM, cut, may=True) == []
