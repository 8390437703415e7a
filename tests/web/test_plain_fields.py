"""Fields of filters that are written at once say what Django's own say."""

import pytest
from bs4 import BeautifulSoup
from django import forms

from ppid.web.filters import PlainSelect, PlainText

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
