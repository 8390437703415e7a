"""Fields of filters that are written at once say what Django's own say."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict

from ppid.web import drawn as module
from ppid.web.drawn import drawn
from ppid.web.filters import Filter, PlainSelect, PlainText, choice

CHOICES = [("", "Semua unit"), ("dinsos", 'Dinas <Sosial> & "lain"'), ("a'b", "Dinas 'b'"), (2026, 2026)]
ATTRS = {"class": "form-select", "data-x": 'a"b', "required": True, "hidden": False}


def parts(html: str) -> list:
    return [(tag.name, dict(tag.attrs), tag.string) for tag in BeautifulSoup(html, "html.parser").find_all(True)]


@pytest.mark.parametrize("value", ["", None, "dinsos", "a'b", "2026", 2026, "tidak ada", '"><script>'])
def test_a_select_says_the_same(value):
    own, django = (kind(attrs=ATTRS, choices=CHOICES) for kind in (PlainSelect, forms.Select))
    asked = ("unit", value, {"id": "saring-unit", "aria-invalid": "true"})
    assert parts(own.render(*asked)) == parts(django.render(*asked))


def test_a_choice_in_force_is_no_other_ones():
    widget = PlainSelect(choices=CHOICES)
    assert 'value="dinsos" selected' in widget.render("unit", "dinsos")
    assert "selected" not in widget.render("unit", "tidak ada")
    assert 'value="dinsos" selected' not in widget.render("unit", "a'b")


@pytest.mark.parametrize("value", ["", None, "akta", '"><script>', "a&b"])
def test_a_field_for_words_says_the_same(value):
    own, django = (kind(attrs={"type": "search", "class": "x"}) for kind in (PlainText, forms.TextInput))
    assert parts(own.render("q", value, {"id": "q"})) == parts(django.render("q", value, {"id": "q"}))


class Kinds(Filter):
    jenis = choice("Jenis", "Jenis yang diminta tidak dikenal.", [("", "Semua"), ("berkala", "Berkala")])


class Classes(Kinds):
    jenis = choice("Jenis informasi", "Jenis yang diminta tidak dikenal.", [("", "Semua"), ("berkala", "Berkala")])


UNITS = [("dinsos", "Dinas Sosial")]
OTHERWISE = {
    "another unit": (Kinds, "", [("dinkes", "Dinas Kesehatan")], 2024),
    "another name": (Kinds, "", [("dinsos", "Dinas Perlindungan Sosial")], 2024),
    "another year": (Kinds, "", UNITS, 2023),
    "words": (Kinds, "q=akta", UNITS, 2024),
    "chosen": (Kinds, "unit=dinsos", UNITS, 2024),
    "not there": (Kinds, "jenis=lain", UNITS, 2024),
    "another filter": (Filter, "", UNITS, 2024),
    "another label": (Classes, "", UNITS, 2024),
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_a_form_that_offers_something_else_is_drawn_anew(what):
    def form(kind, asked, units, oldest):
        filter = kind(QueryDict(asked), units=units, today=date(2026, 11, 27), oldest=oldest)
        return drawn("partials/filter_form.html", filter, "/informasi/")

    first = form(Kinds, "", UNITS, 2024)
    assert form(Kinds, "halaman=2", UNITS, 2024) is first
    filter = Kinds(QueryDict(""), units=UNITS, today=date(2026, 11, 27), oldest=2024)
    assert 'action="/dip/"' in drawn("partials/filter_form.html", filter, "/dip/")
    other = form(*OTHERWISE[what])
    assert other != first
    module.kept.clear()
    assert form(*OTHERWISE[what]) == other
