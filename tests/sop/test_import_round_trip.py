"""What the library wrote comes back: from the data inside the file, and from the visible tables alone."""

import io
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given, settings
from openpyxl import load_workbook

from sop.export import docx, json, xlsx
from sop.importing import files
from sop.models import SopVersion
from sop.sheet import Sheet
from tests.sop.random_sheets import procedures, sheet_of

few = settings(max_examples=8, deadline=None)
WRITERS = {"docx": docx, "xlsx": xlsx, "json": json}
TABLES = {"docx": docx, "xlsx": xlsx}


def read(data: bytes, ending: str):
    [found] = files.read(io.BytesIO(data), f"lembar.{ending}", len(data))
    return found


def without_data(data: bytes, ending: str) -> bytes:
    """Return the export as after somebody saved it elsewhere: the tables are all that is left of the sheet."""
    out = io.BytesIO()
    if ending == "docx":
        document = Document(io.BytesIO(data))
        for key, relation in list(document.part.rels.items()):
            if "customXml" in relation.reltype:
                del document.part.rels[key]
        document.save(out)
    else:
        book = load_workbook(io.BytesIO(data))
        del book["Data"]
        book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def sheets(loaded):
    return [version.sheet() for version in SopVersion.objects.with_sheet()]


@pytest.mark.parametrize("ending", WRITERS)
def test_both_sheets_come_back_equal(sheets, ending):
    for sheet in sheets:
        found = read(WRITERS[ending].write(sheet), ending)
        assert found.sheet == sheet
        assert found.doubts == found.unplaced == ()


@pytest.mark.parametrize("ending", TABLES)
def test_both_sheets_come_back_from_the_tables_alone(sheets, ending):
    for sheet in sheets:
        found = read(without_data(TABLES[ending].write(sheet), ending), ending)
        assert found.sheet == replace(sheet, version=None)
        assert found.unplaced == ()


@pytest.mark.parametrize("ending", TABLES)
@few
@given(procedures(max_rows=6, max_columns=6))
def test_any_procedure_comes_back_equal_from_the_tables(ending, procedure):
    rows, columns = procedure
    titled = Sheet.from_data({**sheet_of(*procedure).as_data(), "title": "CONTOH", "is_interpretation": True})
    sheet = replace(titled, version=None, performers=tuple(f"Pelaksana ke-{n}" for n in range(columns)))
    # The tables say of a decision whether its way back is an addition, and nothing of that for other rows.
    rows = tuple(
        replace(row, return_is_addition=row.return_is_addition and row.kind == "decision") for row in sheet.rows
    )
    found = read(without_data(TABLES[ending].write(replace(sheet, rows=rows)), ending), ending)
    assert found.sheet.rows == rows
    assert found.sheet.performers == sheet.performers


def test_a_changed_export_is_read_from_its_tables(sheets):
    book = load_workbook(io.BytesIO(xlsx.write(sheets[0])))
    book["Prosedur"]["B3"] = "Memperbarui isi"
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "xlsx")
    assert found.sheet.rows[0].text == "Memperbarui isi"
    assert found.sheet.rows[1:] == sheets[0].rows[1:]
    assert found.doubts[0].sentence == "Berkas ini diekspor dari portal lalu diubah, maka dibaca dari tabelnya."
    assert found.unplaced == ()
