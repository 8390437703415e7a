"""The sheet as Word, Excel and JSON: everything that stands on it, to edit, and back again unchanged."""

import io
import json as plain_json

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sop.export import docx, json, xlsx
from sop.models import SopVersion
from sop.sheet import LISTS, Sheet, SheetRow
from tests.sop import seeds
from tests.sop.random_sheets import procedures, sheet_of
from tests.sop.seeds import squeeze

WRITERS = [docx, xlsx]
few = settings(max_examples=8, deadline=None)
texts = st.text(max_size=40)


@pytest.fixture(scope="module")
def sheets(loaded):
    return {version.sop.slug: version.sheet() for version in SopVersion.objects.with_sheet()}


@pytest.fixture
def draft():
    """A draft with gaps: no performer yet, half a decision, a joint activity."""
    rows = [
        SheetRow(1, "Menerima berkas", None, None, "start"),
        SheetRow(2, "=1+1", 0, 1, "decision", if_yes=9, duration="1 hari"),
        SheetRow(3, "Menyimpan \x0b berkas 🗂", 2, 2, "end"),
    ]
    data = sheet_of(rows, 3).as_data()
    return Sheet.from_data({**data, "lists": {"warnings": ["@SUM(A1)", "dua"]}, "version": 4})


@few
@given(procedures(max_rows=6), texts, st.lists(texts, max_size=3))
def test_json_comes_back_equal(procedure, text, items):
    data = sheet_of(*procedure).as_data()
    sheet = Sheet.from_data({**data, "title": text, "lists": dict.fromkeys(LISTS, items)})
    assert json.read(json.write(sheet)) == sheet


@few
@given(procedures(max_rows=6), texts, st.lists(texts, max_size=3))
def test_word_and_excel_come_back_equal(procedure, text, items):
    data = sheet_of(*procedure).as_data()
    sheet = Sheet.from_data({**data, "title": text, "lists": dict.fromkeys(LISTS, items)})
    for writer in WRITERS:
        assert writer.carried(writer.write(sheet)) == sheet


@pytest.mark.parametrize("writer", [docx, xlsx, json])
def test_the_same_sheet_gives_the_same_bytes(sheets, writer):
    sheet = next(iter(sheets.values()))
    assert writer.write(sheet) == writer.write(sheet)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_draft_with_gaps_is_written_too(draft, writer):
    assert writer.carried(writer.write(draft)) == draft


@pytest.mark.parametrize("slug", seeds.FILES)
def test_every_text_of_the_sheet_stands_in_the_words_of_the_document(sheets, slug):
    document = Document(io.BytesIO(docx.write(sheets[slug])))
    cells = {p.text for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs}
    assert _texts(sheets[slug]) - {squeeze(text.rpartition("\t")[2]) for text in cells} == set()


@pytest.mark.parametrize("slug", seeds.FILES)
def test_every_text_of_the_sheet_stands_in_the_workbook(sheets, slug):
    book = load_workbook(io.BytesIO(xlsx.write(sheets[slug])))
    cells = {
        squeeze(line)
        for page in book.worksheets[:3]
        for row in page.iter_rows(values_only=True)
        for value in row
        if value is not None
        for line in str(value).split("\n")
    }
    assert _texts(sheets[slug]) - cells == set()


def _texts(sheet):
    rows = [text for r in sheet.rows for text in (r.text, r.requirement, r.duration, r.output, r.note)]
    items = [item for items in sheet.lists.values() for item in items]
    found = [sheet.title, sheet.number, *sheet.letterhead, *sheet.signatory, *sheet.performers, *rows, *items]
    return {squeeze(line) for text in found for line in text.split("\n") if squeeze(line)}


def test_the_document_has_real_heads_rows_that_stay_whole_and_a_picture_in_each(sheets):
    sheet = next(iter(sheets.values()))
    procedure = Document(io.BytesIO(docx.write(sheet))).tables[1]
    heads = [row for row in procedure.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 2
    for row in procedure.rows[2:]:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        (picture,) = row._tr.iter(qn("wp:docPr"))
        assert picture.get("descr").startswith("Diagram alir, langkah ")


def test_a_joint_activity_is_one_cell_over_its_columns(draft):
    procedure = Document(io.BytesIO(docx.write(draft))).tables[1]
    spans = [(tc.grid_span, "".join(t.text for t in tc.iter(qn("w:t")))) for tc in procedure._tbl.tr_lst[3].tc_lst]
    assert (2, "Keputusan") in spans
    page = load_workbook(io.BytesIO(xlsx.write(draft)))["Prosedur"]
    assert "C4:D4" in {str(joined) for joined in page.merged_cells.ranges}


def test_no_text_becomes_a_formula(draft):
    book = load_workbook(io.BytesIO(xlsx.write(draft)))
    assert book["Prosedur"]["B4"].value == "=1+1"
    assert not [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_an_edited_document_no_longer_passes_for_the_sheet_it_carries(draft):
    document = Document(io.BytesIO(docx.write(draft)))
    document.tables[1].rows[2].cells[1].paragraphs[0].runs[0].text = "Menerima surat"
    out = io.BytesIO()
    document.save(out)
    assert docx.carried(out.getvalue()) is None


def test_an_edited_workbook_no_longer_passes_for_the_sheet_it_carries(draft):
    book = load_workbook(io.BytesIO(xlsx.write(draft)))
    book["Prosedur"]["B3"] = "Menerima surat"
    out = io.BytesIO()
    book.save(out)
    assert xlsx.carried(out.getvalue()) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(schema="lain"),
        lambda data: data.update(schema_version=99),
        lambda data: data["sheet"].pop("title"),
        lambda data: data["sheet"].update(title=3),
        lambda data: data["sheet"].update(performers="abc"),
        lambda data: data["sheet"]["rows"][0].update(first=7),
        lambda data: data["sheet"]["rows"][0].update(kind="loop"),
        lambda data: data["sheet"]["rows"][0].update(number=None),
        lambda data: data["sheet"]["lists"].update(other=["x"]),
    ],
)
def test_json_that_is_no_sheet_is_refused_with_a_sentence(draft, change):
    data = plain_json.loads(json.write(draft))
    change(data)
    with pytest.raises(json.NotASheet, match=r"[A-Z].*\.$"):
        json.read(plain_json.dumps(data))


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_refused_with_a_sentence(data):
    with pytest.raises(json.NotASheet, match=r"[A-Z].*\.$"):
        json.read(data)
