"""Pages of paper are worth turning: over sheets of any shape no page but a last one is nearly empty, none marginal."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sop.drawing import room
from sop.paper import pdf
from sop.sheet import LISTS, SheetRow
from tests.sop.large_sheets import large
from tests.sop.random_sheets import procedures, sheet_of

URL = "https://ppid.example.go.id/sop/contoh/versi/3/"
_PT_PER_MM = 72 / 25.4
TOP, FOOT, PROVEN_FOOT = 12 * _PT_PER_MM, 14 * _PT_PER_MM, 28 * _PT_PER_MM
LEAST = 1 / 3


def fills(data, *, is_proven=True):
    """Return which part of each page's height texts reach, those of the margins left out."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages):
        heights = []

        def see(text, cm, tm, font, size, heights=heights):
            if text.strip():
                heights.append(tm[5] * cm[3] + cm[5])

        page.extract_text(visitor_text=see)
        height = float(page.mediabox[3])
        foot = PROVEN_FOOT if is_proven and number == 0 else FOOT
        within = [at for at in heights if at > foot]
        found.append((height - TOP - min(within, default=height - TOP)) / (height - TOP - foot))
    return found


def assert_filled(sheet, **options):
    *before, last = fills(pdf.render(sheet, url=URL, **options))
    assert all(fill >= LEAST for fill in before), before
    assert last > 0.03, "a last page with nothing but its margins"


BASES = tuple(f"Undang-Undang Nomor {n} Tahun 2008 tentang Keterbukaan Informasi Publik di Daerah" for n in range(40))


@pytest.mark.parametrize("bases", [0, 8, 14, 40])
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_legal_bases_of_any_number_leave_no_page_nearly_empty(bases, paper):
    sheet = large(9, 4)
    assert_filled(replace(sheet, lists={**sheet.lists, "legal_bases": BASES[:bases]}), paper=paper)


@pytest.mark.parametrize("rows", range(9, 12))
def test_what_stands_below_the_procedure_never_stands_alone(rows):
    data = pdf.render(replace(large(rows, 5), is_interpretation=True), url=URL)
    last = PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert "penafsiran" in last
    assert "permohonan ke-" in last


@pytest.mark.parametrize("words", [150, 200, 250, 330])
def test_a_high_row_that_also_says_which_of_its_exits_lead_nowhere_is_torn_where_there_is_room(words):
    row = SheetRow(1, "Berkas " * 185, first=0, last=0, kind="decision", if_yes=8, if_no=9, note="Berkas " * 113)
    lists = dict.fromkeys(LISTS, ()) | {"records": ("Undang-Undang " * words,)}
    assert_filled(replace(sheet_of((row,), 6), lists=lists))


def test_a_procedure_that_was_reckoned_too_low_is_reckoned_again_until_it_follows_the_identity_part(monkeypatch):
    reckoned = room.lines_in
    monkeypatch.setattr(room, "lines_in", lambda sheet, left: reckoned(sheet, left) + 4)
    row = SheetRow(1, "Berkas " * 185, first=0, last=0, kind="process", note="Berkas " * 113)
    assert_filled(replace(sheet_of((row,), 6), lists=dict.fromkeys(LISTS, ()) | {"records": ("Undang-Undang " * 150,)}))


@st.composite
def sheets(draw):
    rows, columns = draw(procedures(max_rows=12, max_columns=6))
    length = st.one_of(st.integers(0, 12), st.integers(0, 200))
    fields = ("text", "requirement", "output", "note")
    rows = tuple(replace(row, **{name: "Berkas " * draw(length) for name in fields}) for row in rows)
    lists = {name: tuple("Undang-Undang " * draw(length) for _ in range(draw(st.integers(0, 6)))) for name in LISTS}
    return replace(sheet_of(rows, columns), lists=lists, is_interpretation=draw(st.booleans()))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_no_sheet_has_a_page_with_nearly_nothing(sheet):
    assert_filled(sheet)
