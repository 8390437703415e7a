"""Workbooks as offices keep them: what is hidden, and numbers, times and dates in the words that their cells show."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from ppid.web.dates import full_date
from sop.importing import files
from sop.importing.formats.numbers import printed, printed_day
from sop.importing.imported import Imported

HEAD = ["No", "Kegiatan", "Loket", "Kasi", "Kelengkapan", "Waktu", "Output"]
STEPS = [
    ["1", "Menerima berkas", "X", None, "Surat", "10 menit", "Berkas"],
    ["2", "Memeriksa berkas", None, "X", "Berkas", "1 hari", "Telaah"],
    ["3", "Mengirim surat", "X", None, "Telaah", "1 jam", "Surat"],
]


def workbook(*, steps=STEPS, head=HEAD) -> Workbook:
    book = Workbook()
    for row in [["Nama SOP", "SURAT MASUK"], ["Tanggal Efektif", ""], head, *steps]:
        book.active.append(row)
    return book


def read(book: Workbook) -> Imported:
    out = io.BytesIO()
    book.save(out)
    [found] = files.read(out, "lembar.xlsx", out.tell())
    return found


def texts(found: Imported) -> list[str]:
    return [row.text for row in found.sheet.rows]


HIDDEN = "Berkas memuat baris, kolom, atau lembar yang disembunyikan."


def test_a_hidden_row_is_no_step_and_is_not_lost():
    book = workbook()
    book.active.row_dimensions[5].hidden = True
    found = read(book)
    assert texts(found) == ["Menerima berkas", "Mengirim surat"]
    assert [text for text in found.unplaced if "Memeriksa" in text] == ["Baris tersembunyi 5: Memeriksa berkas"]
    assert any(doubt.field == "source" and doubt.sentence.startswith(HIDDEN) for doubt in found.doubts)


def test_a_hidden_column_is_no_performer():
    book = workbook()
    book.active.column_dimensions["C"].hidden = True
    found = read(book)
    assert found.sheet.performers == ("Kasi",)
    assert [row.first for row in found.sheet.rows] == [None, 0, None]
    assert "Kolom tersembunyi C: Loket" in found.unplaced


def test_a_column_as_narrow_as_nothing_is_hidden_too():
    book, out, narrow = workbook(), io.BytesIO(), io.BytesIO()
    book.active.column_dimensions["C"].hidden = True
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(narrow, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, re.sub(rb'<col [^>]*hidden="1"[^>]*/>', b'<col width="0" min="3" max="3"/>', old.read(name))
            )
    [found] = files.read(narrow, "lembar.xlsx", narrow.tell())
    assert found.sheet.performers == ("Kasi",)


def test_a_merged_cell_that_is_hidden_in_part_still_shows_its_text():
    book = workbook()
    book.active["B1"], book.active["C1"] = None, "SURAT MASUK"
    book.active.merge_cells("C1:D1")
    book.active.column_dimensions["C"].hidden = True
    found = read(book)
    assert found.sheet.title == "SURAT MASUK"
    assert found.sheet.performers == ("Kasi",)


def test_a_hidden_worksheet_is_no_sop():
    book = workbook()
    old = book.create_sheet("Lama")
    for row in [["Nama SOP", "SURAT LAMA"], ["Nomor SOP", "1"], HEAD, *STEPS]:
        old.append(row)
    old.sheet_state = "hidden"
    found = read(book)
    assert found.sheet.title == "SURAT MASUK"
    assert len(found.sheet.rows) == 3
    assert "Lembar tersembunyi «Lama»: SURAT LAMA" in found.unplaced


def test_nothing_hidden_nothing_said():
    assert not any(doubt.sentence.startswith(HIDDEN) for doubt in read(workbook()).doubts)


def in_cell(value, number_format: str, *, epoch=None) -> Imported:
    book = workbook()
    if epoch:
        book.epoch = epoch
    for place in ("F4", "B2"):
        book.active[place] = value
        book.active[place].number_format = number_format
    return read(book)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (3, '0.0" jam"', "3,0 jam"),
        (90, 'General" menit"', "90 menit"),
        (10, '# "hr kerja"', "10 hr kerja"),
        (5, '"± "0" menit"', "± 5 menit"),
        (2, "0 \\h\\a\\r\\i", "2 hari"),
        (1.5, "General", "1,5"),
        (timedelta(hours=1, minutes=30), "[h]:mm", "1:30"),
        (timedelta(hours=26), "[h]:mm:ss", "26:00:00"),
        (timedelta(hours=1, minutes=30), '[h]" jam "mm" menit"', "1 jam 30 menit"),
        (timedelta(minutes=90), '[m]" menit"', "90 menit"),
    ],
)
def test_a_time_is_what_its_cell_shows(value, number_format, shown):
    assert in_cell(value, number_format).sheet.rows[0].duration == shown


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("mm-dd-yy", "12/01/2026"),  # the first of the built-in dates, which every program shows as its country does
        ("dd mmmm yyyy", "12 Januari 2026"),
        ("[$-421]d mmmm yyyy;@", "12 Januari 2026"),
        ("[$-409]d-mmm-yyyy", "12-Jan-2026"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "12 Januari 2026"),
        ("dddd, d mmmm yyyy", "Senin, 12 Januari 2026"),
        ("yyyy", "2026"),
        ("General", "12/01/2026"),
    ],
)
@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_date_is_printed_as_its_cell_shows_it_whatever_the_workbook_counts_from(number_format, shown, epoch):
    if number_format == "General":
        assert printed_day("2026-01-12T00:00:00", number_format) == shown
    else:
        assert in_cell(date(2026, 1, 12), number_format, epoch=epoch).sheet.effective == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("1234567.5", "#,##0.00", "1.234.567,50"),
        ("1234567.25", "General", "1234567,25"),
        ("0.1", "General", "0,1"),
        ("0.5", "0%", "50%"),
        ("123456789012345", f"0.{'0' * 40}", "123456789012345,0000000000"),
        ("7", "000", "007"),
        ("-5", "0;(0)", "(5)"),
        ("0", '0;-0;"nihil"', "nihil"),
        ("150000", "[$Rp-421]#,##0", "Rp150.000"),
        ("90", '[<60]0" menit";[>=60]0" menit lebih"', "90 menit lebih"),
        ("30", '[<60]0" menit";[>=60]0" menit lebih"', "30 menit"),
        ("5.25", "0.##", "5,25"),
        ("5", "0.0#", "5,0"),
        ("2026", "@", "2026"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("satu", "0", "satu"),
        ("1e400", "0", "1e400"),
        ("99999999", "dd/mm/yyyy", "99999999"),
    ],
)
def test_a_number_is_what_its_cell_shows(value, number_format, shown):
    assert printed(value, number_format, CALENDAR_WINDOWS_1900) == shown


@given(st.dates(date(1905, 1, 1), date(2199, 1, 1)), st.sampled_from([CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904]))
def test_a_day_comes_back_from_the_cell_that_shows_it(day, epoch):
    stored = str(to_excel(datetime.combine(day, datetime.min.time()), epoch))
    assert full_date(printed(stored, "d mmmm yyyy", epoch)) == day


@given(
    st.one_of(st.decimals(), st.text(max_size=20)).map(str),
    st.text(alphabet='0#?.,;"\\[]hmsdy %@EGneral$-<>=_*', max_size=25),
)
def test_any_number_in_any_format_is_some_text(value, number_format):
    assert isinstance(printed(value, number_format, CALENDAR_WINDOWS_1900), str)
    assert isinstance(printed_day(value, number_format), str)
