"""Every PDF that the product makes, before outside validators and before what a person with a screen reader meets."""

import io
from datetime import datetime
from types import SimpleNamespace

import page
import pdfua
import pikepdf
import pytest
from django.utils import timezone
from pypdf import PdfReader

from ppid.desk import demo
from ppid.desk.library.evaluation import sheets
from ppid.desk.library.evaluation.chart import chart
from ppid.flows.evaluation import Evaluation, StepEvaluation
from sop.export import json
from sop.paper import pdf
from sop.sheet import SheetRow
from sop.versions import compare_pdf
from sop.versions.compare import compare
from tests.sop.large_sheets import large
from tests.sop.test_check import GOOD, ROWS, with_rows

URL = "https://ppid.example.go.id/sop/contoh/versi/3/"
UA1, A3A = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A


def _evaluation() -> bytes:
    at = timezone.make_aware(datetime(2026, 11, 2, 9))
    texts = "Petugas", "2 hari kerja", "hari kerja"
    figures = 3, 4, 1, 4, 3, 1
    steps = tuple(StepEvaluation(n, "Memeriksa", *texts, 2.0, n / 2, n / 1.5, *figures) for n in range(1, 30))
    evaluation = Evaluation(3, 2, 1, at, at, 5.0, 9.0, steps)
    unit = SimpleNamespace(name="Dinas Sosial")
    version = SimpleNamespace(title="CONTOH", version=2, number="1/SOP", sop=SimpleNamespace(unit=unit, slug="contoh"))
    return sheets.pdf({"version": version, "evaluation": evaluation, "chart": chart(evaluation), "now": at})


def _comparison() -> bytes:
    later = with_rows(*ROWS[:2], *(SheetRow(n, f"Mencatat {n}", 0, 0, "process") for n in range(3, 40)))
    versions = (SimpleNamespace(version=n, title="CONTOH") for n in (1, 2))
    return compare_pdf.render(compare(GOOD, later), *versions)


def _demo_document() -> bytes:
    unit = SimpleNamespace(name="Dinas Sosial")
    rows = [["Kecamatan", "Penerima"], *([f"Kecamatan {n}", "12"] for n in range(60))]
    return demo._document("Laporan", ["Isi laporan."], unit, {"Penerima": rows}, timezone.now()).read()


def _archive(sheet) -> bytes:
    return pdf.render(sheet, archived=json.write(sheet), url=URL, address="PPID Kota Pontianak")


PAPERS = {
    "A4": lambda: pdf.render(large(30, 6), url=URL, address="PPID Kota Pontianak"),
    "F4": lambda: pdf.render(large(12, 3), url=URL, paper="F4"),
    "draft": lambda: pdf.render(large(12, 10), watermark="DRAF"),
    "short": lambda: pdf.render(GOOD),
    "long cell": lambda: pdf.render(with_rows(SheetRow(1, "Panjang " * 900, 0, 1, "start"), *ROWS[1:])),
    "letters without a font": lambda: pdf.render(with_rows(SheetRow(1, "Menerima 漢字 अ", 0, 0, "start"))),
    "archive": lambda: _archive(large(30, 6)),
    "comparison": _comparison,
    "evaluation": _evaluation,
    "demo document": _demo_document,
}


@pytest.fixture(scope="module")
def papers():
    return {}


@pytest.fixture(params=PAPERS)
def paper(request, papers) -> bytes:
    """Each PDF, made once."""
    if request.param not in papers:
        papers[request.param] = PAPERS[request.param]()
    return papers[request.param]


def elements(node, tag=""):
    """Yield the structure elements below a node in the order in which they are read."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if tag in ("", kid.S):
                yield kid
            yield from elements(kid, tag)


@pytest.fixture
def tree(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        yield opened.Root.StructTreeRoot


def test_it_is_a_valid_pdf_ua(paper):
    report = page.validate_pdf_bytes(paper, profile=UA1)
    assert [str(failure) for failure in report.failures] == []


def test_nothing_is_found_by_those_who_look_for_a_screen_reader(paper, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper)
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_its_file_is_sound(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        assert opened.check_pdf_syntax() == []


def test_the_archive_is_a_valid_pdf_a_3a_too():
    report = page.validate_pdf_bytes(_archive(large(12, 4)), profile=A3A)
    assert [str(failure) for failure in report.failures] == []


def test_each_head_cell_heads_a_column_or_a_row(tree):
    for cell in elements(tree, "/TH"):
        assert cell.A.Scope in ("/Column", "/Row")


def test_a_table_over_several_pages_is_one_table_with_one_head(tree):
    for table in elements(tree, "/Table"):
        assert len(list(elements(table, "/THead"))) <= 1
        ids = {str(cell.A.get("/ID", cell.get("/ID"))) for cell in elements(table, "/TH")}
        for cell in elements(table, "/TD"):
            assert {str(head) for head in cell.A.get("/Headers", [])} <= ids


def test_what_is_painted_is_read_in_the_same_order(tree):
    painted = {}
    for element in elements(tree):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Object):
                painted.setdefault(element.Pg.objgen, []).append(int(kid))
    for numbers in painted.values():
        assert numbers == sorted(numbers)


def test_all_that_is_marked_in_a_page_is_read_or_is_an_artifact(paper, tree):
    read = set()
    for element in elements(tree):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Object):
                read.add((element.Pg.objgen, int(kid)))
    with pikepdf.open(io.BytesIO(paper)) as opened:
        for one in opened.pages:
            for instruction in pikepdf.parse_content_stream(one, "BDC"):
                mark = instruction.operands[1]
                assert "/MCID" not in mark or (one.objgen, int(mark.MCID)) in read


def test_no_element_is_empty(tree):
    for element in elements(tree):
        if element.S not in ("/TD", "/TH"):
            assert len(element.get("/K", [])), element.S


def test_every_list_item_says_its_text_beside_its_number(tree):
    for item in elements(tree, "/LI"):
        assert list(elements(item, "/LBody"))


def test_a_printed_address_is_a_link_that_says_where_it_leads():
    with pikepdf.open(io.BytesIO(PAPERS["F4"]())) as opened:
        (note,) = opened.pages[0].Annots
        assert (str(note.A.URI), str(note.Contents), int(note.F)) == (URL, URL, 4)
        (link,) = elements(opened.Root.StructTreeRoot, "/Link")
        assert any("/Obj" in kid for kid in link.K if isinstance(kid, pikepdf.Dictionary))


def test_the_running_foot_is_no_content():
    with pikepdf.open(io.BytesIO(PAPERS["A4"]())) as opened:
        for one in opened.pages:
            marks = [item.operands for item in pikepdf.parse_content_stream(one, "BDC")]
            kinds = [mark[1].get("/Type") for mark in marks if mark[0] == "/Artifact"]
            assert "/Pagination" in kinds


def test_no_letter_is_an_empty_box():
    """A letter that no font has is replaced by a mark, and a note says which it was."""
    text = "".join(page_.extract_text() for page_ in PdfReader(io.BytesIO(PAPERS["letters without a font"]())).pages)
    assert "Menerima \ufffd\ufffd \ufffd" in text.replace("\n", " ")
    assert "U+6F22" in text
