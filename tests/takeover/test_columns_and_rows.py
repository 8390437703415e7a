"""What the headings of an office's table mean, and what a row says, with all that a person must look at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.takeover.columns import chosen_twice, propose, tables_in
from ppid.takeover.rows import Units, read_rows, squeezed
from ppid.takeover.tables.table import Row, Sheet
from tests.takeover.tables import HEAD, ROW, sheets, xlsx

TODAY = date(2026, 3, 2)
UNITS = Units({squeezed("Dinas Sosial"): "dinsos", squeezed("Dinsos"): "dinsos", "diskominfo": "diskominfo"})


def table(rows: list[list], **how):
    [found] = tables_in(sheets(xlsx(rows, **how), "dip.xlsx"))
    return found


def reads(rows: list[list], *, units: Units = UNITS, moved: bool = True, **how):
    found = table(rows, **how)
    assert found.is_found
    return list(read_rows(found, propose(found), units, moved=moved, on=TODAY))


def the(kind: str, read) -> str:
    return dict(read.doubts)[kind]


def test_the_annex_of_perki_1_2021_leaves_no_doubt():
    columns = propose(table([["DAFTAR INFORMASI PUBLIK"], HEAD, list(range(1, 9)), ROW]))

    assert list(columns.targets.values()) == [
        "number",
        "summary",
        "unit",
        "responsible",
        "made",
        "form",
        "retention",
        "category",
    ]
    assert columns.doubts == {}


def test_a_row_says_its_values_and_what_is_missing():
    [read] = reads([HEAD, ROW])

    assert read.problems == []
    assert read.doubts == []
    assert read.values == {
        "number": "1",
        "title": "Laporan kinerja Dinas Sosial 2024",
        "summary": "Laporan kinerja Dinas Sosial 2024",
        "unit": "dinsos",
        "unit_called": "Dinas Sosial",
        "responsible": "Sekretaris",
        "made_when": "2024",
        "made_place": "Pontianak",
        "has_softcopy": False,
        "has_hardcopy": True,
        "retention": "5 tahun",
        "category": "periodic",
        "link": "",
        "file": "",
    }


def test_merged_heads_with_ticks_below_them_are_columns_of_their_own():
    head = ["No", "Judul informasi", "Perangkat daerah", "Bentuk informasi", None, "Jenis informasi", None, None]
    below = [None, None, None, "Soft copy", "Hard copy", "Berkala", "Serta merta", "Setiap saat"]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:H1")
    [read] = reads([head, below, ["1", "Satu", "Dinsos", "√", "-", None, None, "v"]], merged=merged)

    assert read.values["category"] == "on_demand"
    assert (read.values["has_softcopy"], read.values["has_hardcopy"]) == (True, False)


def test_two_tables_of_a_sheet_are_two_and_a_repeated_head_is_none():
    rows = [HEAD, ROW, HEAD, ROW, ["Judul dokumen", "Unit", "Tautan"], ["Satu", "Dinsos", "https://a.id"]]
    first, second = tables_in(sheets(xlsx(rows), "dip.xlsx"))

    assert [row.number for row in first.rows] == [2, 4]
    assert first.said == ["Judul kolom berulang di baris 3; dilewati."]
    assert second.head_row == 5


def test_a_row_whose_cells_read_like_headings_is_still_a_row():
    row = ["2", "Daftar informasi publik", *ROW[2:]]
    [found] = tables_in(sheets(xlsx([HEAD, ROW, row]), "dip.xlsx"))

    assert [each.number for each in found.rows] == [2, 3]


def test_a_column_of_niks_is_left_out_and_said_whatever_its_heading():
    rows = [["Judul", "Unit", "NIK", "Kode"], ["Satu", "Dinsos", "x", "6171010101900001"]]
    columns = propose(table(rows))

    assert columns.targets == {0: "title", 1: "unit", 2: "", 3: ""}
    assert set(columns.personal) == {2, 3}
    assert "data pribadi" in columns.personal[2]
    assert "Kolom D" in columns.personal[3]


def test_a_nik_inside_a_text_is_a_doubt():
    [read] = reads([HEAD, [*ROW[:1], "Data warga 6171010101900001", *ROW[2:]]])

    assert "seperti NIK" in the("nik", read)


def test_a_column_that_is_guessed_unknown_or_twice_there_is_a_doubt():
    rows = [["Judul", "Nama informasi", "Nama OPD pengelola dokumen", "Warna"], ["Satu", "Dua", "Dinsos", "merah"]]
    columns = propose(table(rows))

    assert columns.targets == {0: "title", 1: "", 2: "unit", 3: ""}
    assert "tampak sama" in columns.doubts[1]
    assert "dibaca sebagai" in columns.doubts[2]
    assert "tidak dikenal" in columns.doubts[3]


def test_a_table_without_a_head_is_mapped_by_hand():
    found = table([["a", "b", "c"], ["Satu", "Dinsos", "2024"]])

    assert not found.is_found
    assert [row.number for row in found.rows] == [2]
    assert "tidak ditemukan" in propose(found).doubts[-1]


def test_one_column_has_one_meaning():
    assert "kolom A dan C" in chosen_twice({0: "title", 1: "unit", 2: "title"})[0]
    assert "Pilih kolom judul" in chosen_twice({0: "unit"})[0]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (1, "", "tidak ada judul"),
        (2, "Dinas Antariksa", "unit «Dinas Antariksa» di kolom C tidak dikenal"),
        (2, "", "unit yang menguasai kosong"),
        (3, "x" * 201, "Penanggung jawab lebih panjang dari 200 huruf"),
        (7, "", "jenis informasi kosong"),
        (7, "dikecualikan", "tidak diambil ke DIP"),
        (7, "rahasia", "jenis «rahasia» di kolom H tidak dikenal"),
        (7, "berkala dan setiap saat", "lebih dari satu jenis"),
        (3, "#REF!", "kesalahan rumus «#REF!»"),
    ],
)
def test_a_bad_row_has_a_sentence_with_its_row(column, text, said):
    row = list(ROW)
    row[column] = text
    [read] = reads([HEAD, row])

    assert any(said in sentence and sentence.startswith("Baris 2: ") for sentence in read.problems)


def test_what_is_not_sure_is_a_doubt_and_kept_as_it_is_written():
    row = [*ROW[:4], "setiap ada kegiatan 1x, Pontianak, aula", "papan", "", "Berkala"]
    [read] = reads([HEAD, row])

    assert read.values["made_when"] == "setiap ada kegiatan 1x, Pontianak, aula"
    assert "ditulis apa adanya" in the("when", read)
    assert "dicatat sebagai hardcopy" in the("form", read)
    assert "Jangka waktu penyimpanan" in the("empty", read)


def test_a_class_may_stand_above_its_rows_and_is_said():
    rows = [HEAD, ["A", "Informasi yang wajib disediakan secara berkala"], [*ROW[:7], ""]]
    [read] = reads(rows)

    assert read.values["category"] == "periodic"
    assert "judul bagian" in the("section", read)


def test_a_title_that_comes_twice_is_a_doubt_with_the_row_of_the_first():
    first, second = reads([HEAD, ROW, ROW])

    assert first.doubts == []
    assert "baris 2" in the("twice_in_table", second)


def test_a_case_finds_its_class_on_the_way_and_an_empty_unit_has_the_one_chosen():
    row = [*ROW[:2], "", *ROW[3:7], ""]
    [read] = reads([HEAD, row], units=Units(UNITS.codes, default="diskominfo"), moved=False)

    assert (read.problems, read.values["unit"]) == ([], "diskominfo")
    assert "unit yang Anda pilih" in the("unit_default", read)


CELL = st.text(max_size=60)


@given(st.lists(CELL, min_size=8, max_size=8), st.booleans())
def test_no_texts_break_the_reading_of_a_row_and_what_is_read_fits(cells, moved):
    sheet = Sheet("", [Row(1, list(HEAD)), Row(2, cells)])
    [found] = tables_in([sheet])[:1]
    for read in read_rows(found, propose(found), UNITS, moved=moved, on=TODAY):
        assert all(sentence.startswith("Baris 2: ") for sentence in read.problems)
        assert read.problems or read.values["title"]
        assert len(read.values["title"]) <= 500
