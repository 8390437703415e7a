"""The letter box: what the portal hands to the office arrives whole, once, and never without bound."""

import json

import pytest
from django.db import transaction

from ppid.web import letterbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LETTERBOX = tmp_path / "letterbox"
    return settings.LETTERBOX


def test_a_letter_arrives_as_it_was_dropped_and_goes_once_it_is_taken_in():
    name = letterbox.drop("report", {"about": "2026-0001", "text": "Halaman 3 terpotong «ya»"})
    taken = []
    assert letterbox.take_in("report", lambda *each: taken.append(each)) == 1
    assert taken == [(name, {"about": "2026-0001", "text": "Halaman 3 terpotong «ya»"})]
    assert letterbox.take_in("report", lambda *each: taken.append(each)) == 0


def test_kinds_do_not_meet():
    letterbox.drop("report", {"a": 1})
    assert letterbox.take_in("downloads", lambda *each: pytest.fail("another kind")) == 0


def test_a_letter_stays_when_its_handling_fails():
    letterbox.drop("report", {"a": 1})

    def broken(name, letter):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        letterbox.take_in("report", broken)
    assert len(letterbox.waiting("report")) == 1


def test_a_letter_is_handled_inside_a_transaction():
    letterbox.drop("report", {"a": 1})
    seen = []
    letterbox.take_in("report", lambda *each: seen.append(transaction.get_connection().in_atomic_block))
    assert seen == [True]


def test_no_more_is_taken_than_the_box_holds(monkeypatch):
    monkeypatch.setattr(letterbox, "MOST", 2)
    letterbox.drop("report", {"a": 1})
    letterbox.drop("report", {"a": 2})
    with pytest.raises(letterbox.LetterboxFull):
        letterbox.drop("report", {"a": 3})
    assert [json.loads(path.read_text())["a"] for path in letterbox.waiting("report")] == [1, 2]


def test_a_letter_of_more_than_16_kilobytes_is_refused_and_leaves_nothing(folder):
    with pytest.raises(letterbox.LetterboxFull):
        letterbox.drop("report", {"text": "x" * 16 * 1024})
    assert not list((folder / "report").iterdir())


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff", b"{" + b" " * 17000 + b"}", b"[" * 9000])
def test_what_is_no_letter_is_put_aside_and_keeps_none_of_the_others(folder, content):
    (folder / "report").mkdir(parents=True)
    (folder / "report" / "a.json").write_bytes(content)
    letterbox.drop("report", {"a": 1})
    taken = []
    assert letterbox.take_in("report", lambda name, letter: taken.append(letter)) == 1
    assert taken == [{"a": 1}]
    assert (folder / "report" / "a.unread").exists()
