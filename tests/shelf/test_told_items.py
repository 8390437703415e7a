"""Items that are written once as data: what is written is what the row says, whoever asks and however often."""

import json
from datetime import date

import pytest

from ppid.portal.machines import said, said_of
from ppid.shelf import open_data, told_items
from ppid.shelf.models import PublishedItem
from ppid.web.drawn import kept
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 2)
BASE = "https://ppid.example:8443"
WORDS = [
    {},
    {"title": 'Kutip "a" dan \\u0000/ dan «é»\nbaris', "summary": '"\\u0000/ "/\\', "made_place": ""},
    {"made_from": date(2026, 1, 1), "made_to": date(2026, 2, 3), "renew_by": date(2027, 1, 1), "rhythm": 6},
    {"corrections": [{"on": "2026-11-20", "note": "Salah ketik", "changes": [["Judul", "Lma", "Lama"]]}]},
    {"category": "on_demand", "has_hardcopy": True, "on_request": True},
]


def written() -> list[str]:
    return [told_items.written(each, BASE) for each in told_items.told(PublishedItem.objects.order_by("pk"))]


@pytest.mark.parametrize("words", WORDS)
def test_what_is_written_is_what_the_row_says(words):
    shelf_rows.item(
        files=[
            shelf_rows.file(filename="b.pdf"),
            shelf_rows.file(b"x", filename="a b.xlsx", title="Lampiran \\u0000/"),
        ],
        **words,
    )
    shelf_rows.item(**words)
    expected = [open_data.item_data(each, BASE) for each in PublishedItem.objects.order_by("pk")]
    for _ in range(2):
        assert written() == [json.dumps(each, ensure_ascii=False, indent=1) for each in expected]


def test_what_says_the_same_is_written_once_and_any_other_word_anew():
    shelf_rows.item(files=[shelf_rows.file()])
    (item,) = told_items.told(PublishedItem.objects.all())
    kept.clear()
    before = told_items.written(item, BASE)
    held = kept.held
    assert written() == [before]
    assert kept.held == held
    for name, value in item._asdict().items():
        if name not in ("pk", "category", "corrections_told", "files_told") and isinstance(value, str | int):
            other = not value if isinstance(value, bool) else type(value)(7)
            assert told_items.written(item._replace(**{name: other}), BASE) != before, name
    for name in ("made_from", "made_to", "renew_by", "confirmed_on"):
        assert json.loads(told_items.written(item._replace(**{name: DAY}), BASE)) != json.loads(before), name
    assert "2026-01-02" not in told_items.written(item, BASE)


def test_another_address_of_the_portal_is_another_address_in_it_and_nothing_more_is_held():
    shelf_rows.item(files=[shelf_rows.file()])
    here = written()[0]
    held = kept.held
    (item,) = told_items.told(PublishedItem.objects.all())
    assert told_items.written(item, "http://lain.example") == here.replace(BASE, "http://lain.example")
    assert kept.held == held


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_list_of_written_rows_is_written_as_any_data(n):
    rows = [{"a": f'"data": []\n{each}', "b": [], "c": {"d": [1]}} for each in range(n)]
    more = {"next": "http://x/?a=1", "next_cursor": None}
    assert said_of([open_data.json_text(each) for each in rows], more).content == said({"data": rows, **more}).content
