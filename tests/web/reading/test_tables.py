"""The first rows of tables: what everybody sees of them, counted; whatever the file is, rows come or a sentence."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ppid.web.reading import Unreadable, first_rows, tables
from ppid.web.reading.pieces import Unread

ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def read(content: bytes, media_type: str, **bounds):
    bounds = {"rows": 51, "columns": 20, "letters_each": 200} | bounds
    return tables.first_rows(io.BytesIO(content), media_type, **bounds)


def ods(body: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", tables.ODS)
        package.writestr("content.xml", ODS_HEAD + body + ODS_FOOT)
    return written.getvalue()


def row(*cells: str, **attributes: str) -> str:
    said = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    given = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{given}>{said}</table:table-row>"


def xlsx(*rows) -> bytes:
    book = Workbook()
    for each in rows:
        book.active.append(each)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,2\n", b"a;b\r\n1;2\r\n", b"a\tb\n1\t2", "\ufeffa,b\n1,2".encode(), "a,b\n1,2\n".encode("utf-16")],
)
def test_csv_as_offices_write_it(content):
    found = read(content, tables.CSV)
    assert (found["rows"], found["table"], found["is_cut"]) == (2, [["a", "b"], ["1", "2"]], False)


def test_empty_rows_are_left_out_and_short_ones_filled_up():
    assert read(b"a,b,c\n\n,,\n1\n", tables.CSV)["table"] == [["a", "b", "c"], ["1", "", ""]]


def test_what_is_too_much_is_cut_and_says_so():
    found = read(b"a,b,c\n" + b"x" * 300 + b",2,3\n" * 1, tables.CSV, columns=2, letters_each=10)
    assert found["is_cut"]
    assert found["table"] == [["a", "b"], ["x" * 9 + "…", "2"]]


def test_days_and_numbers_of_a_workbook_read_as_people_typed_them():
    found = read(xlsx(["Tanggal", "Saat", "NIK", "Nilai"], [date(2026, 11, 20), datetime(2026, 11, 20, 7, 15),
                 "6171034510900001", 12.5]), tables.XLSX)  # fmt: skip
    assert found["table"][1] == ["2026-11-20", "2026-11-20 07:15", "6171034510900001", "12.5"]


def test_a_workbook_shows_the_first_sheet_that_is_seen():
    seen = [row("kenari", "Nama"), row("kenari", "A", number_rows_repeated="3"), row()]
    seen.append(row("kenari", "kenari", visibility="collapse"))
    hidden = f'<table:table table:name="Kenari" table:style-name="off">{row("kenari")}</table:table>'
    column = '<table:table-column table:visibility="collapse"/>'
    found = read(ods(f'{hidden}<table:table table:name="Data">{column}{"".join(seen)}</table:table>'), tables.ODS)
    assert (found["name"], found["rows"]) == ("Data", 4)
    assert found["table"] == [["Nama"], ["A"], ["A"], ["A"]]


def test_a_row_repeated_a_million_times_is_counted_and_ends():
    body = f'<table:table table:name="x">{row("a", number_rows_repeated="999999999")}</table:table>'
    assert read(ods(body), tables.ODS)["rows"] == 1_048_576


@pytest.mark.parametrize("media_type", [tables.XLSX, tables.ODS, "text/plain"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF"])
def test_anything_else_is_a_sentence_from_the_child(tmp_path, media_type, content):
    path = tmp_path / "berkas"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"\w"):
        first_rows(path, media_type, rows=5, columns=5, letters=50)


def test_the_child_answers_with_the_rows(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    found = first_rows(path, tables.CSV, rows=2, columns=5, letters=50)
    assert (found.rows, found.table, found.name) == (3, [["a", "b"], ["1", "2"]], "")


@given(st.binary(max_size=400))
@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_bytes_a_csv_holds_a_rectangle_comes_or_a_sentence(content):
    try:
        found = read(content, tables.CSV)
    except Unread:
        return
    assert len({len(cells) for cells in found["table"]}) <= 1
    assert found["rows"] >= len(found["table"])
