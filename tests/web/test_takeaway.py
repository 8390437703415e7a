"""The forms in which a list leaves: what stands in each, written out; the same rows give the same bytes."""

import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ppid.web import open_document, workbook
from ppid.web.columns import Column
from ppid.web.reading import open_document_text
from ppid.web.takeaway import FORMS, Taken

COLUMNS = (Column("Nomor", lambda row: row[0]), Column("Judul & isi", lambda row: row[1], width="w-text"))
ROWS = [("1", 'Laporan <b> "dua"'), ("2", "=1+1"), ("3", "baris satu\nbaris  dua"), ("4", "")]


def taken(rows=ROWS, title=("Daftar",)) -> Taken:
    return Taken("DIP", title, COLUMNS, lambda: iter(rows))


def written(ending: str, **more) -> bytes:
    return b"".join(FORMS[ending].write(taken(**more)))


def test_there_are_these_four_forms():
    assert {ending: form.media_type for ending, form in FORMS.items()} == {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "json": "application/json",
    }


def test_the_csv_is_what_an_indonesian_spreadsheet_opens():
    assert written("csv").decode() == (
        '\ufeff"Nomor";"Judul & isi"\r\n"1";"Laporan <b> ""dua"""\r\n"2";"\'=1+1"\r\n'
        '"3";"baris satu\nbaris  dua"\r\n"4";""\r\n'
    )


def test_the_json_says_title_columns_and_rows():
    assert json.loads(written("json")) == {
        "judul": ["Daftar"],
        "kolom": ["Nomor", "Judul & isi"],
        "baris": [{"Nomor": number, "Judul & isi": text} for number, text in ROWS],
    }
    assert json.loads(written("json", rows=[]))["baris"] == []


def test_the_workbook_holds_every_text_and_no_formula():
    page = load_workbook(io.BytesIO(written("xlsx"))).active
    assert page.title == "DIP"
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Daftar", None],
        [None, None],
        ["Nomor", "Judul & isi"],
        ["1", 'Laporan <b> "dua"'],
        ["2", "=1+1"],
        ["3", "baris satu\nbaris  dua"],
        ["4", None],
    ]
    assert page.freeze_panes == "A4"
    formula = page["B5"]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)


def test_the_open_document_holds_every_text_and_no_formula():
    data = written("ods")
    names = zipfile.ZipFile(io.BytesIO(data)).infolist()
    first = names[0]
    assert (first.filename, first.compress_type, first.flag_bits, first.extra) == (
        "mimetype",
        zipfile.ZIP_STORED,
        0,
        b"",
    )
    assert data[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    assert "formula" not in content
    assert '<text:p>baris satu</text:p><text:p>baris<text:s text:c="2"/>dua</text:p>' in content
    assert "<text:p>=1+1</text:p>" in content
    assert 'Laporan &lt;b&gt; "dua"' in content
    said = " ".join(piece.text for piece in open_document_text.read(io.BytesIO(data)).pieces)
    assert "=1+1" in said


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_rows_give_the_same_bytes(ending):
    assert written(ending) == written(ending)


@pytest.mark.parametrize("ending", FORMS)
def test_letters_that_no_text_may_hold_are_left_out(ending):
    data = written(ending, rows=[("1", "a\x00b\x0b\ud800c")] if ending != "csv" else [("1", "a\x00b")])
    if ending in ("xlsx", "ods"):
        name = "content.xml" if ending == "ods" else "xl/worksheets/sheet1.xml"
        data = zipfile.ZipFile(io.BytesIO(data)).read(name)
        assert b"\x00" not in data


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=5))
def test_whatever_stands_in_a_cell_can_be_opened(rows):
    rows = [tuple(text.encode("utf-8", "ignore").decode() for text in row) for row in rows]
    load_workbook(io.BytesIO(written("xlsx", rows=rows)))
    json.loads(written("json", rows=rows))
    zipfile.ZipFile(io.BytesIO(written("ods", rows=rows))).testzip()


def test_what_does_not_fit_on_a_sheet_goes_on_on_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "_ROWS", 3)
    monkeypatch.setattr(open_document, "_ROWS", 3)
    book = load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["DIP", "DIP 2"]
    assert book["DIP 2"]["A4"].value == "4"
    content = zipfile.ZipFile(io.BytesIO(written("ods"))).read("content.xml").decode()
    assert content.count("<table:table ") == 2
    assert 'table:name="DIP 2"' in content


@pytest.mark.parametrize("ending", FORMS)
def test_ten_times_the_rows_need_no_more_memory(ending):
    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in FORMS[ending].write(
            Taken("DIP", ("Daftar",), COLUMNS, lambda: ((str(n), "kata " * 10) for n in range(count)))
        ):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(2_000) * 1.5


@pytest.mark.parametrize("ending", FORMS)
def test_a_head_alone_asks_for_no_row(ending):
    def never():
        raise AssertionError("rows were read")

    answer = FORMS[ending].answer(Taken("DIP", (), COLUMNS, never), "dip", only_head=True)
    assert answer["Content-Disposition"] == f'attachment; filename="dip.{ending}"'
    assert answer.content == b""
