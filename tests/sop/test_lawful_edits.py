"""Giving lawful steps to the rows of a draft: an edit like any other, with its row in the ledger."""

import pytest

from sop.drafts import editing
from sop.drafts.edits import DraftOvertaken, EditRefused
from tests import make_sheets
from tests.sop.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(library):
    return person("pengelola@contoh.id", "sop_keeper", unit="dinkes")


@pytest.fixture
def colleague(library):
    return person("rekan@contoh.id", "sop_keeper", unit="dinkes")


@pytest.fixture
def draft(library):
    return make_sheets.sheet([{**row, "carries": []} for row in make_sheets.SEVEN])


def pk(draft, number):
    return draft.activities.get(number=number).pk


def give(draft, steps, *, actor, seen=0):
    """Give the lawful steps (keys) to rows by their numbers."""
    typed = {f"carries.{n}": str(pk(draft, row)) if row else "" for n, row in steps.items()}
    return editing.save(draft, typed, actor=actor, seen=seen)


def carried(draft):
    return [row.carries for row in draft.activities.order_by("number")]


def test_a_row_takes_steps_and_the_ledger_says_who_gave_them(draft, keeper):
    give(draft, {1: 1, 2: 1, 3: 3}, actor=keeper)
    assert carried(draft) == [[1, 2], [], [3], [], [], [], []]
    edit = draft.edits.get()
    assert edit.actor == keeper
    assert [(change["key"], change["label"], change["said"]) for change in edit.changes] == [
        ("carries.1", "Langkah hukum 1 «Pembaruan konten»", ["", "baris 1"]),
        ("carries.2", "Langkah hukum 2 «Koordinasi pengumpulan»", ["", "baris 1"]),
        ("carries.3", "Langkah hukum 3 «Penyiapan»", ["", "baris 3"]),
    ]


def test_a_step_given_to_another_row_leaves_the_first(draft, keeper):
    saved = give(draft, {1: 1, 2: 1}, actor=keeper)
    give(draft, {2: 2}, actor=keeper, seen=saved.revision)
    assert carried(draft)[:2] == [[1], [2]]
    give(draft, {2: None}, actor=keeper, seen=saved.revision + 1)
    assert carried(draft)[:2] == [[1], []]


def test_rows_that_move_or_come_between_carry_on(draft, keeper):
    saved = give(draft, {1: 1, 2: 2, 3: 3}, actor=keeper)
    saved = editing.move_activity(draft, pk(draft, 3), to=2, actor=keeper, seen=saved.revision)
    assert carried(draft)[:3] == [[1], [3], [2]]
    editing.insert_activity(draft, near=pk(draft, 1), actor=keeper, seen=saved.revision)
    assert carried(draft)[:4] == [[1], [], [3], [2]]


def test_a_deleted_row_gives_back_its_steps_and_says_so(draft, keeper):
    saved = give(draft, {1: 1, 2: 2}, actor=keeper)
    saved = editing.delete_activity(draft, pk(draft, 2), actor=keeper, seen=saved.revision)
    assert carried(draft) == [[1], [], [], [], [], []]
    assert "Langkah hukum 2 «Koordinasi pengumpulan» sekarang tidak dibawa baris mana pun." in saved.notices
    keys = {change["key"]: change["said"] for change in draft.edits.last().changes}
    assert keys["carries.2"] == ["baris 2", ""]


def test_two_who_give_the_same_step_are_told_and_nothing_is_lost(draft, keeper, colleague):
    give(draft, {1: 1}, actor=colleague)
    with pytest.raises(DraftOvertaken) as overtaken:
        give(draft, {1: 2}, actor=keeper)
    assert (overtaken.value.status, overtaken.value.clashes["carries.1"].theirs) == (409, "baris 1")
    assert carried(draft)[0] == [1]
    give(draft, {1: 2}, actor=keeper, seen=overtaken.value.revision)
    assert carried(draft)[:2] == [[], [1]]


@pytest.mark.parametrize("act", ["moved", "inserted", "deleted", "reworded"])
def test_whoever_matched_other_rows_is_told_first(draft, keeper, colleague, act):
    third = pk(draft, 3)
    if act == "moved":
        editing.move_activity(draft, third, to=1, actor=colleague, seen=0)
    elif act == "inserted":
        editing.insert_activity(draft, actor=colleague, seen=0)
    elif act == "deleted":
        editing.delete_activity(draft, third, actor=colleague, seen=0)
    else:
        editing.save(draft, {f"activity.{third}.text": "Lain sama sekali"}, actor=colleague, seen=0)
    with pytest.raises(DraftOvertaken):
        give(draft, {1: 1}, actor=keeper)
    assert not any(carried(draft))
    give(draft, {1: 1}, actor=keeper, seen=1)
    assert carried(draft)[0] == [1]


def test_another_field_of_a_row_overtakes_nobody(draft, keeper, colleague):
    editing.save(draft, {f"activity.{pk(draft, 3)}.note": "Catatan"}, actor=colleague, seen=0)
    give(draft, {1: 1}, actor=keeper)
    assert carried(draft)[0] == [1]


def test_a_row_that_is_gone_is_said_at_its_field(draft, keeper):
    with pytest.raises(EditRefused) as refusal:
        editing.save(draft, {"carries.1": "999999"}, actor=keeper, seen=0)
    assert refusal.value.faults == {
        "carries.1": "Baris yang Anda pilih sudah dihapus. Pilih yang lain, atau kosongkan."
    }


def test_the_reading_that_was_confirmed_stays_confirmed(publication, ppid_utama):
    editing.confirm_interpretation(publication, actor=ppid_utama)
    give(publication, {1: 2}, actor=ppid_utama, seen=1)
    publication.refresh_from_db(fields=["confirmed_at"])
    assert publication.confirmed_at
