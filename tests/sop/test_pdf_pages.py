"""Long sheets on paper: whole rows, a head on each page, and connectors with the same mark before and after a break."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sop.drawing import geometry
from sop.export import json
from sop.paper import pages, paging, pdf
from sop.paper.paging import Part
from sop.sheet import SheetRow
from tests.sop.large_sheets import large
from tests.sop.random_sheets import procedures, sheet_of

URL = "https://ppid.example.go.id/sop/contoh/versi/3/"
MARK_SIZE = 6.7  # CSS px; hidden words are smaller, all others larger


def pages_of(data):
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.fixture(scope="module")
def printed():
    return pdf.render(large(), url=URL)


def test_forty_steps_of_ten_performers_stand_on_several_pages_with_the_head_on_each(printed):
    procedure = pages_of(printed)[1:]
    assert len(procedure) >= 4
    for page in procedure:
        assert "Mutu Baku" in page
        assert "Pelaksana Bidang 10" in page


def test_no_row_is_torn_in_two(printed):
    procedure = pages_of(printed)[1:]
    for number in range(1, 41):
        whole = [page for page in procedure if f"permohonan ke-{number} dan mencatatnya" in page]
        assert len(whole) == 1, number


def marks_of(page):
    """The marks in connectors at the head and at the foot, from left to right; nothing else is so small."""
    found = []

    def see(text, cm, tm, font, size):
        if text.strip() and MARK_SIZE - 0.7 < abs(size) < MARK_SIZE:
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5], text.strip()))

    page.extract_text(visitor_text=see)
    middle = float(page.mediabox[3]) / 2
    head = [text for x, y, text in sorted(found) if y > middle]
    foot = [text for x, y, text in sorted(found) if y < middle]
    return head, foot


def test_a_break_has_the_same_marks_at_the_foot_and_at_the_head(printed):
    procedure = [marks_of(page) for page in PdfReader(io.BytesIO(printed)).pages[1:]]
    assert procedure[0][0] == []
    assert procedure[-1][1] == []
    seen = []
    for (_, foot), (head, _) in zip(procedure, procedure[1:], strict=False):
        assert foot
        assert foot == head
        seen += foot
    assert len(seen) == len(set(seen))


def whole(rows):
    return [Part(n, {}, 60) for n in range(len(rows))]


@settings(max_examples=40, deadline=None)
@given(procedures(max_rows=14), st.data())
def test_every_line_across_a_break_has_one_connector_on_both_sides(procedure, data):
    rows, columns = procedure
    starts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1)))) if len(rows) > 1 else []
    parts = whole(rows)
    printed = [parts[begin:end] for begin, end in pairwise([0, *starts, len(rows)])]
    routes = geometry.route(rows, columns)
    found = pages.ties(routes, printed)
    drawn = pages.procedure(sheet_of(rows, columns), "A4", routes, printed, found)["pages"]
    for start, before, after in zip(starts, drawn[:-1], drawn[1:], strict=True):
        crossing = {
            x1
            for one in routes
            for (x1, y1), (_, y2) in geometry.edges(one.path)
            if min(y1, y2) < start * geometry.TRACKS <= max(y1, y2)
        }
        foot = [tie["mark"] for cell in before["foot"] for tie in cell]
        head = [tie["mark"] for cell in after["head"] for tie in cell]
        assert foot == head
        assert len(foot) == len(set(foot)) == len(crossing)


@pytest.mark.parametrize("rows", [1, 7, 10, 23])
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_the_breaks_fall_where_they_were_reckoned(rows, paper):
    sheet = large(rows, 5)
    reckoned = paging.pages(paging.Plan(sheet, paper, tail=40))
    assert len(pages_of(pdf.render(sheet, paper=paper))) == 1 + len(reckoned)


def test_a_row_higher_than_a_page_is_printed_to_its_last_word():
    sheet = large(5, 10)
    first = replace(sheet.rows[1], text="Panjang sekali " * 260 + "tamat.")
    text = " ".join(pages_of(pdf.render(replace(sheet, rows=(sheet.rows[0], first, *sheet.rows[2:])))))
    assert "tamat." in text
    assert text.count("Panjang") == 260


def long(text, *, columns=3, field="note", rows=3, at=0):
    """A sheet of which one cell holds a long text."""
    sheet = large(rows, columns)
    row = replace(sheet.rows[at], **{field: text})
    return replace(sheet, rows=(*sheet.rows[:at], row, *sheet.rows[at + 1 :]))


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("field", ["text", "requirement", "duration", "output", "note"])
def test_a_cell_of_any_length_is_printed_whole_with_the_head_on_every_page(field, at):
    words = [f"kata{n}k" for n in range(300)]
    first, *procedure = pages_of(pdf.render(long(" ".join(words), field=field, at=at)))
    assert "Nomor SOP" in first
    assert len(procedure) >= 2
    for page in procedure:
        assert "Mutu Baku" in page
        assert re.search(r"kata\d", page) or "permohonan ke-" in page, "a page for a connector alone"
    printed = re.findall(r"kata\d+k", " ".join(procedure).replace(" ", ""))
    assert printed == words


def test_a_word_longer_than_a_page_of_lines_is_printed_whole():
    text = " ".join(pages_of(pdf.render(long("x" * 3000)))).replace(" ", "")
    assert text.count("x") == 3000


def test_a_torn_row_keeps_the_line_breaks_of_its_text():
    lines = [f"butir{n} satu" for n in range(80)]
    data = pdf.render(long("\n".join(lines), field="requirement"))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    for line in lines:
        assert f"{line}\n" in text


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (SheetRow(1, "Belum ada pelaksana", None, None, "start"),),
        (
            SheetRow(1, "a", 0, 0, "start"),
            SheetRow(2, "b", None, None, "decision", if_yes=9),
            SheetRow(3, "c", 1, 1, "end"),
        ),
        (SheetRow(1, "😀 عربي", 0, 1, "decision", if_yes=1, if_no=None),),
    ],
)
def test_a_draft_with_gaps_is_printed_and_says_what_it_lacks(rows):
    sheet = sheet_of(rows, 2)
    text = " ".join(pages_of(pdf.render(sheet)))
    for row in rows:
        if row.first is None:
            assert "Pelaksana belum ditentukan." in text
        if row.kind == "decision":
            assert "Jalan keluar" in text


def test_a_draft_without_performers_is_printed():
    assert pages_of(pdf.render(sheet_of([SheetRow(1, "Menerima", None, None, "start")], 0)))


def test_f4_is_215_by_330_millimetres():
    (page, *_) = PdfReader(io.BytesIO(pdf.render(large(3, 3), paper="F4"))).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [330, 215]


def test_the_qr_leads_to_exactly_this_version_and_is_not_called_a_signature(printed):
    first = pages_of(printed)[0]
    assert URL in first.replace(" ", "")
    assert "bukan tanda tangan elektronik" in first
    assert "bukan tanda tangan elektronik" not in " ".join(pages_of(pdf.render(large(3, 3))))


def test_the_archive_file_is_pdf_a_3_with_the_data_that_give_the_sheet_back():
    sheet = large(4, 3)
    reader = PdfReader(io.BytesIO(pdf.render(sheet, archived=json.write(sheet))))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert root["/OutputIntents"]
    assert root["/MarkInfo"]["/Marked"]
    (attached,) = root["/AF"]
    attached = attached.get_object()
    assert attached["/AFRelationship"] == "/Data"
    assert json.read(attached["/EF"]["/F"].get_object().get_data()) == sheet


@pytest.mark.parametrize("archived", [b"", b"{}"])
def test_both_kinds_have_the_same_bytes_each_time(archived):
    sheet = large(4, 3)
    assert pdf.render(sheet, archived=archived, url=URL) == pdf.render(sheet, archived=archived, url=URL)


def texts_of(data, page):
    """Each text of a page with the name of its font and where it stands."""
    found = []

    def see(text, cm, tm, font, size):
        if text.strip():
            found.append(
                (text.strip(), font["/BaseFont"] if font else "", tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])
            )

    PdfReader(io.BytesIO(data)).pages[page].extract_text(visitor_text=see)
    return found


def test_of_the_letterhead_the_second_line_alone_is_bold():
    lines = "PEMERINTAH KOTA", "DINAS SOSIAL", "Bidang Umum", "Jalan Merdeka 1"
    texts = texts_of(pdf.render(replace(large(3, 3), letterhead=lines)), 0)
    assert [any(line in text and "Bold" in font for text, font, *_ in texts) for line in lines] == [
        False,
        True,
        False,
        False,
    ]


def test_the_word_in_a_symbol_that_several_share_stands_in_its_middle():
    sheet = large(3, 4)
    joint = replace(sheet.rows[0], first=0, last=3)
    data = pdf.render(replace(sheet, rows=(joint, *sheet.rows[1:])))
    (left,) = (x for text, _, x, _ in texts_of(data, 1) if text == "Mulai")
    (alone,) = (x for text, _, x, _ in texts_of(pdf.render(sheet), 1) if text == "Mulai")
    first = sheet.rows[0].first
    column = 273 * 0.096 / 25.4 * 72
    assert left == pytest.approx(alone + (1.5 - first) * column, abs=2)


def test_a_break_in_a_text_is_one_in_print():
    sheet = large(3, 3)
    rows = (replace(sheet.rows[0], text="satu\ndua"), *sheet.rows[1:])
    lists = {**sheet.lists, "warnings": ("tiga\nempat", "lima")}
    data = pdf.render(replace(sheet, rows=rows, lists=lists))
    for page, upper, lower in ((1, "satu", "dua"), (0, "tiga", "empat")):
        places = {text.split()[-1]: (x, y) for text, _, x, y in texts_of(data, page)}
        assert places[lower][1] < places[upper][1] - 5


def test_lines_are_painted_above_the_watermark():
    """The page's own stream, which holds the watermark, comes first; the last is that of the lines."""
    page = PdfReader(io.BytesIO(pdf.render(large(3, 3), watermark="DRAF"))).pages[1]
    first, own, second, lines = (stream.get_object().get_data() for stream in page["/Contents"])
    assert (first.strip(), second.strip()) == (b"q", b"Q")
    assert own.count(b"BT") > 5
    assert lines.startswith(b"/Artifact")
    assert b"BT" not in lines


def test_a_long_word_of_a_head_is_hyphenated_between_syllables():
    sheet = large(3, 10)
    labels = ("Badan Pertimbangan", *sheet.performers[1:])
    text = PdfReader(io.BytesIO(pdf.render(replace(sheet, performers=labels)))).pages[1].extract_text()
    pieces = re.split(r"\W+", re.search(r"Per\w*(\W+\w*)?an\b", text).group())
    assert "".join(pieces) == "Pertimbangan"
    assert len(pieces) > 1
    assert pieces[-1] in ("timbangan", "bangan")
