"""What is drawn once: the same for the same words, and never what was drawn of others."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from ppid.shelf.listed import ListedItem
from ppid.web import drawn as module
from ppid.web.drawn import drawn

ROW = "partials/item_row.html"
ITEM = ListedItem(
    number="2026-0001",
    title="Laporan <b>bantuan</b>",
    summary="Jumlah penerima.",
    category="periodic",
    published_at=datetime(2026, 11, 20, 3, tzinfo=UTC),
    unit_name="Dinas Sosial",
    has_softcopy=True,
    has_hardcopy=False,
    on_request=False,
    responsible="Sekretaris",
    made_place="Pontianak",
    made_when="2026",
    retention="5 tahun",
    needs_renewal=False,
    files=("2400 a.pdf",),
)
OTHERWISE = {
    "number": "2026-0002",
    "title": "Laporan lain",
    "summary": "Lain.",
    "category": "immediate",
    "published_at": ITEM.published_at + timedelta(days=1),
    "unit_name": "Dinas Kesehatan",
    "needs_renewal": True,
    "files": ("2400 a.xlsx",),
}
# What the row does not print makes another key, and the same row.
UNSEEN = {"has_softcopy", "has_hardcopy", "on_request", "responsible", "made_place", "made_when", "retention"}


def anew(item: ListedItem) -> str:
    return get_template(ROW).render({"it": item})


def test_every_word_of_an_item_is_either_printed_or_not():
    assert {field.name for field in fields(ListedItem)} == set(OTHERWISE) | UNSEEN


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_row_that_says_something_else_is_drawn_anew(name):
    other = replace(ITEM, **{name: OTHERWISE[name]})
    assert drawn(ROW, ITEM) == anew(ITEM)
    assert drawn(ROW, other) == anew(other) != drawn(ROW, ITEM)


def test_a_row_that_says_the_same_is_drawn_once(monkeypatch):
    first = drawn(ROW, ITEM)
    monkeypatch.setattr(module, "get_template", None)
    assert drawn(ROW, replace(ITEM)) is first
    assert "&lt;b&gt;bantuan&lt;/b&gt;" in first


def test_no_more_is_held_than_so_many_bytes():
    assert module.kept.most == module.MOST
    assert module.kept.held <= module.MOST


def test_rows_are_drawn_one_after_the_other():
    page = Template('{% load ppid_tags %}{% drawn_each "partials/item_row.html" rows %}')
    rows = [ITEM, replace(ITEM, number="2"), ITEM]
    assert page.render(Context({"rows": rows})) == "".join(map(anew, rows))
