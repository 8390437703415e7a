"""Two versions side by side: what moved, what changed word by word, what came and went."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.sheet import SheetRow
from sop.versions.compare import compare, words
from tests.sop.test_check import GOOD, ROWS, with_rows


def pairs(before, after):
    return [(pair.status, pair.before, pair.after) for pair in compare(before, after).rows]


def test_a_sheet_and_itself_differ_in_nothing():
    comparison = compare(GOOD, GOOD)
    assert comparison.changes == 0
    assert {pair.status for pair in comparison.rows} == {"same"}


def test_a_word_is_marked_within_its_text():
    before, after = words("Menyiapkan  berkas lengkap", "Menyiapkan  dokumen lengkap")
    assert [(piece.text, piece.is_changed) for piece in before] == [
        ("Menyiapkan  ", False),
        ("berkas", True),
        (" lengkap", False),
    ]
    assert "".join(piece.text for piece in after if piece.is_changed) == "dokumen"


def test_an_inserted_row_moves_the_others_without_changing_them():
    new = SheetRow(2, "Mencatat permohonan dalam buku register", 0, 0, "process")
    later = with_rows(ROWS[0], new, replace(ROWS[1], number=3, if_yes=4), replace(ROWS[2], number=4))
    assert pairs(GOOD, later) == [("same", 1, 1), ("added", None, 2), ("same", 2, 3), ("same", 3, 4)]


def test_a_row_that_went_is_shown_where_it_was():
    later = with_rows(ROWS[0], replace(ROWS[2], number=2))
    assert pairs(GOOD, later) == [("same", 1, 1), ("removed", 2, None), ("same", 3, 2)]


def test_a_changed_row_says_which_fields():
    later = with_rows(
        ROWS[0], replace(ROWS[1], text="Memeriksa berkas ulang", duration="3 hari kerja", first=0, last=1), ROWS[2]
    )
    row = compare(GOOD, later).rows[1]
    assert row.status == "changed"
    assert [field.label for field in row.shown] == ["Aktivitas", "Pelaksana", "Waktu"]
    performers = row.fields[1]
    assert "".join(piece.text for piece in performers.after) == "Petugas Loket bersama Kepala Seksi (Kasi)"


def test_a_row_that_became_another_is_one_that_went_and_one_that_came():
    later = with_rows(ROWS[0], replace(ROWS[1], text="Menyurvei lapangan bersama warga"), ROWS[2])
    assert pairs(GOOD, later) == [("same", 1, 1), ("removed", 2, None), ("added", None, 2), ("same", 3, 3)]


def test_a_row_that_was_reworded_but_does_the_same_stays_together():
    later = with_rows(ROWS[0], replace(ROWS[1], text="Memeriksa kelengkapan semua dokumen"), ROWS[2])
    assert pairs(GOOD, later) == [("same", 1, 1), ("changed", 2, 2), ("same", 3, 3)]


def test_an_exit_that_leads_elsewhere_is_a_change():
    later = with_rows(ROWS[0], replace(ROWS[1], if_no=3, if_yes=1), ROWS[2])
    assert [field.label for field in compare(GOOD, later).rows[1].shown] == ["Aktivitas", "Jalan keluar"]


def test_an_exit_to_a_row_whose_words_changed_is_no_change():
    later = with_rows(replace(ROWS[0], text="Menerima permohonan tertulis"), ROWS[1], ROWS[2])
    assert pairs(GOOD, later) == [("changed", 1, 1), ("same", 2, 2), ("same", 3, 3)]


def test_identity_and_lists_are_compared_too():
    before = replace(GOOD, lists={**GOOD.lists, "legal_bases": ("UU Nomor 25 Tahun 2009", "Perda lama")})
    after = replace(
        GOOD,
        number="02/SOP.DISDUKCAPIL/2026",
        lists={**GOOD.lists, "legal_bases": ("UU Nomor 14 Tahun 2008", "UU Nomor 25 Tahun 2009")},
    )
    comparison = compare(before, after)
    assert [field.label for field in comparison.identity if field.is_changed] == ["Nomor SOP"]
    bases = dict(comparison.lists)["Dasar Hukum"]
    assert [(pair.status, pair.before, pair.after) for pair in bases] == [
        ("added", None, 1),
        ("same", 1, 2),
        ("removed", 2, None),
    ]
    assert comparison.changes == 3


@given(st.text(), st.text())
def test_both_texts_come_back_whole(before, after):
    left, right = words(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


@given(st.lists(st.sampled_from(["a b", "a c", "d e f", "d e g", "x"]), max_size=7), st.data())
def test_every_row_of_both_stands_once_and_in_order(texts, data):
    others = data.draw(st.lists(st.sampled_from(["a b", "a c", "d e f", "x", "y"]), max_size=7))
    before, after = (
        with_rows(*(SheetRow(n, text, 0, 0, "process") for n, text in enumerate(each, 1))) for each in (texts, others)
    )
    rows = compare(before, after).rows
    assert [row.before for row in rows if row.before] == list(range(1, len(texts) + 1))
    assert [row.after for row in rows if row.after] == list(range(1, len(others) + 1))


@pytest.mark.parametrize("size", [40])
def test_the_largest_sheets_are_compared_at_once(size):
    rows = [SheetRow(n, f"Memeriksa berkas nomor {n} " + "kata " * 60, 0, 0, "process") for n in range(1, size + 1)]
    later = [replace(row, text=row.text + "tambahan") for row in rows]
    assert {pair.status for pair in compare(with_rows(*rows), with_rows(*later)).rows} == {"changed"}
