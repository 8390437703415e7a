"""Tables of offices read as rows of texts: three formats, their marks, their bounds."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.takeover.reading import TakeoverRefused
from ppid.takeover.tables import delimited
from tests.takeover.tables import HEAD, ROW, csv, ods, ods_row, sheets, xlsx

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";,\t|'="), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), min_size=1, max_size=8)


@given(ROWS, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_csv_is_read_back_whatever_separates_and_encodes_it(rows, separator, encoding):
    [sheet] = delimited.read(csv(rows, separator, encoding))

    assert [[row.cell(n) for n in range(3)] for row in sheet.rows] == rows
    assert [row.number for row in sheet.rows] == list(range(1, len(rows) + 1))


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader_of_csv(data):
    with contextlib.suppress(delimited.TableRefused):
        assert len(delimited.read(data)) == 1


def test_csv_of_an_old_program_says_how_it_was_read():
    [sheet] = sheets("Judul;Unit\nCafé;Dinas Sosial\n".encode("cp1252"), "dip.csv")

    assert sheet.rows[1].cells == ["Café", "Dinas Sosial"]
    assert "Windows-1252" in sheet.said[0]


def test_a_line_end_inside_quotes_and_excels_own_line_are_no_rows():
    [sheet] = sheets(b'sep=;\r\nJudul;Unit\r\n"Satu\nbaris";Dinsos\r\n', "dip.csv")

    assert [row.cells for row in sheet.rows] == [["Judul", "Unit"], ["Satu\nbaris", "Dinsos"]]


def test_what_our_own_lists_guard_is_read_without_the_guard():
    [sheet] = sheets(b'"Judul";"Unit"\n"\'=1+1";"\'- kosong"\n', "dip.csv")

    assert sheet.rows[1].cells == ["=1+1", "- kosong"]


def test_three_formats_say_the_same():
    rows = [HEAD, ROW]
    expected = [[cell.strip() for cell in row] for row in rows]

    for data, name in [
        (csv(rows), "dip.csv"),
        (xlsx(rows), "dip.xlsx"),
        (ods([ods_row(row) for row in rows]), "dip.ods"),
    ]:
        [sheet] = sheets(data, name)
        assert [row.cells for row in sheet.rows] == expected, name


def test_a_workbook_says_what_merged_hidden_and_reckoned_cells_show():
    rows = [["Judul", "Unit", "Waktu"], ["Satu", "Dinsos", "=1+1"], ["Dua", None, 2024], ["Tiga", "Diskominfo", 2025]]
    [sheet] = sheets(xlsx(rows, merged=("B2:B3", "A4:B4"), hidden=(4,)), "dip.xlsx")

    head, first, second, third = sheet.rows
    assert second.cells == ["Dua", "Dinsos", "2024"]
    assert second.merged == (1,)
    assert first.lost == (2,)  # openpyxl stores no value
    assert third.is_hidden
    assert third.across == ((0, 1),)


def test_a_formula_counts_by_the_value_that_excel_stored():
    data = io.BytesIO(xlsx([["Judul", "Unit"], ["=A1", "Dinsos"]]))
    changed = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b"<f>A1</f><v></v>", b"<f>A1</f><v>Laporan</v>").replace(
                    b"<f>A1</f><v />", b"<f>A1</f><v>Laporan</v>"
                )
                text = text.replace(b'<c r="A2">', b'<c r="A2" t="str">')
            new.writestr(name, text)
    [sheet] = sheets(changed.getvalue(), "dip.xlsx")

    assert sheet.rows[1].cells == ["Laporan", "Dinsos"]
    assert sheet.rows[1].formulas == (0,)


def test_a_row_that_stands_for_several_is_unfolded_and_empty_ones_are_let_go():
    rows = [ods_row(["Judul", "Unit"]), ods_row([""], number_rows_repeated=1_000_000), ods_row(["Satu", "Dinsos"])]
    [sheet] = sheets(ods([*rows, ods_row(["Dua", "Dinsos"], number_rows_repeated=3, visibility="filter")]), "dip.ods")

    assert [row.number for row in sheet.rows] == [1, 1_000_002, 1_000_003, 1_000_004, 1_000_005]
    assert [row.is_hidden for row in sheet.rows] == [False, False, True, True, True]


def test_a_table_of_a_hundred_thousand_rows_is_refused_in_a_sentence():
    row = "<row><c t='inlineStr'><is><t>Satu</t></is></c></row>"
    data, changed = io.BytesIO(xlsx([["Judul"]])), io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = text.replace("<sheetData>", f"<sheetData>{row * 100_000}")
            new.writestr(name, text)

    for content, name in [
        (changed.getvalue(), "dip.xlsx"),
        (b"Satu;Dua\n" * 100_000, "dip.csv"),
        (ods([ods_row(["Satu"], number_rows_repeated=100_000)]), "dip.ods"),
    ]:
        with pytest.raises(TakeoverRefused, match=r"lebih dari 10\.000 baris") as refused:
            sheets(content, name)
        assert refused.value.fields == ("file",)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.4\n", "dip.pdf", "rusak|bukan tabel|tidak"),
        (b"Satu;Dua\n", "dip.txt", "Teks polos"),
        (b"\n;;\n", "dip.csv", "Tidak ada baris berisi"),
        (b"PK\x03\x04", "dip.xlsx", "rusak"),
        ((";".join(["x"] * 101) + "\n").encode(), "dip.csv", "lebih lebar"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data, name, said):
    with pytest.raises(TakeoverRefused, match=said):
        sheets(data, name)
