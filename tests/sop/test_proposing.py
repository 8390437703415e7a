"""Which row may carry which lawful step: proposed from words and order, on sheets as offices write them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.flows.shape import shape
from sop.check.carrying import faults
from sop.drafts.proposing import propose
from sop.sheet import SheetRow
from tests.sop.test_check import with_rows

FIXTURE = Path(__file__).parents[2] / "fixtures" / "sop.json"


def sheet(*rows):
    """Make a sheet of (column, text) with the exits of decisions, the first row the start and the last the end."""
    made = []
    for n, (column, text, *exits) in enumerate(rows, 1):
        kind = "decision" if exits else "start" if n == 1 else "end" if n == len(rows) else "process"
        yes, no = exits or (None, None)
        made.append(SheetRow(n, text, column, column, kind, if_yes=yes, if_no=no))
    return with_rows(*made)


def proposed(drawn, flow="publication", **given):
    return {n: found.row for n, found in propose(drawn, shape(flow), **given).items()}


def source(slug):
    """Return a source sheet as the fixture has it."""
    rows = [row["fields"] for row in json.loads(FIXTURE.read_text()) if row["model"] == "sop.activity"]
    return with_rows(
        *[
            SheetRow(
                row["number"],
                row["text"],
                row["performer"][-1],
                row["performer"][-1],
                row["kind"],
                output=row["output"],
                if_yes=row["if_yes"],
                if_no=row["if_no"],
            )
            for row in rows
            if row["version"][0] == slug
        ]
    )


def test_on_the_two_source_sheets_each_row_carries_its_own_step():
    assert proposed(source("pengumuman-informasi-publik")) == {n: n for n in range(1, 8)}
    excluded = source("pendokumentasian-informasi-yang-dikecualikan")
    assert proposed(excluded, "exclusion") == {n: n for n in range(1, 6)}


def test_five_rows_of_a_small_office():
    drawn = sheet(
        (0, "Mengidentifikasi dan mengumpulkan informasi publik dari setiap bidang"),
        (0, "Menyusun rancangan dokumen informasi publik"),
        (1, "Memeriksa dan menyetujui klasifikasi informasi publik", 4, 2),
        (2, "Menyerahkan dokumen yang disetujui kepada operator"),
        (2, "Mengunggah dan mengumumkan informasi publik di laman PPID"),
    )
    assert proposed(drawn) == {1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 5}


def test_nine_rows_with_an_inspection_and_an_archive():
    drawn = sheet(
        (2, "Menerima permintaan pengumuman dari bidang"),
        (2, "Memutakhirkan konten dan mengkoordinasikan pengumpulan informasi publik"),
        (2, "Menyiapkan rancangan dokumen informasi publik beserta ringkasannya"),
        (1, "Membaca ulang ejaan dan keterbacaan dokumen"),
        (3, "Mengklarifikasi jenis informasi publik", 6, 3),
        (0, "Mengkoordinasikan publikasi dan menyerahkan dokumen kepada Operator"),
        (1, "Memperbaharui informasi publik pada laman"),
        (1, "Mempublikasikan informasi publik pada portal PPID"),
        (2, "Mengarsipkan berkas"),
    )
    assert proposed(drawn) == {1: 2, 2: 2, 3: 3, 4: 5, 5: 6, 6: 7, 7: 8}


def test_twelve_rows_with_two_decisions():
    drawn = sheet(
        (0, "Menginventarisasi informasi yang dikuasai bidang"),
        (0, "Memutakhirkan daftar informasi publik"),
        (0, "Mengumpulkan dokumen dari bidang dan UPT"),
        (2, "Menyusun dan mengolah dokumen informasi publik"),
        (2, "Menandatangani nota dinas"),
        (0, "Meregistrasi nota dinas"),
        (3, "Memverifikasi dan menyetujui dokumen informasi publik", 8, 4),
        (3, "Membubuhkan paraf"),
        (0, "Meneruskan dokumen kepada operator untuk dipublikasikan"),
        (1, "Mengunggah dokumen ke laman"),
        (1, "Mengumumkan informasi publik"),
        (0, "Melaporkan pelaksanaan"),
    )
    found = proposed(drawn)
    assert found.pop(1) in (1, 2)
    assert found == {2: 3, 3: 4, 4: 7, 5: 9, 6: 10, 7: 11}


def test_five_rows_of_an_exclusion_in_other_words():
    drawn = sheet(
        (0, "Menginventarisasi informasi yang diusulkan dikecualikan"),
        (1, "Membahas kelayakan uji dalam rapat tim", 3, 1),
        (2, "Melakukan uji konsekuensi"),
        (1, "Memeriksa hasil uji konsekuensi", 5, 3),
        (0, "Menetapkan dan mengarsipkan keputusan"),
    )
    assert proposed(drawn, "exclusion") == {n: n for n in range(1, 6)}


def test_a_proposal_says_which_words_speak_for_it_and_when_only_the_order_does():
    drawn = sheet(
        (0, "Satu"), (0, "Dua"), (0, "Menyiapkan bahan"), (1, "Empat"), (0, "Lima"), (0, "Enam"), (0, "Tujuh")
    )
    found = propose(drawn, shape("publication"))
    assert found[3] == (3, ("iapkan",))
    assert found[6].words == ()


def test_what_a_person_stored_stays_and_the_rest_is_proposed_around_it():
    drawn = source("pengumuman-informasi-publik")
    assert proposed(drawn, given={1: 1, 2: 1, 4: 4, 7: 7}) == {3: 3, 5: 5, 6: 6}


def test_nothing_is_proposed_around_what_stands_out_of_order():
    assert proposed(source("pengumuman-informasi-publik"), given={1: 5, 2: 1}) == {}


def test_nothing_is_proposed_for_a_sheet_without_rows():
    assert proposed(with_rows()) == {}


def test_rows_that_a_way_forward_passes_by_carry_nothing():
    drawn = sheet(
        (0, "Memutakhirkan konten"),
        (0, "Mengkoordinasikan pengumpulan"),
        (0, "Menyiapkan dokumen", 5, 4),
        (0, "Menyiapkan dokumen tambahan"),
        (1, "Mengklarifikasi jenis informasi"),
        (0, "Meneruskan dan mengunggah"),
        (0, "Mempublikasikan"),
    )
    assert 4 not in proposed(drawn).values()


WORDS = st.sampled_from(
    ["menyiapkan", "mengkoordinasikan", "memeriksa", "mempublikasikan", "uji konsekuensi", "rapat", "berkas", "laman"]
)


ROWS = st.tuples(st.integers(0, 3), WORDS, WORDS, st.integers(0, 3))


@pytest.mark.parametrize("flow", ["publication", "exclusion"])
@given(st.lists(ROWS, min_size=1, max_size=12))
def test_a_proposal_is_whole_and_in_order_whatever_the_sheet_says(flow, rows):
    made = []
    for n, (column, *words, jump) in enumerate(rows, 1):
        kind = "end" if n == len(rows) else "decision" if jump and n > 1 else "process"
        yes, no = (min(n + jump, len(rows)), n - 1) if kind == "decision" else (None, None)
        made.append(SheetRow(n, " ".join(words), column, column, kind, if_yes=yes, if_no=no))
    drawn = replace(with_rows(*made), performers=("Satu", "Dua", "Tiga", "Empat"))
    found = proposed(drawn, flow)
    assert list(found) == [step.number for step in shape(flow).steps]
    assert list(found.values()) == sorted(found.values())
    carried = {row.number: [n for n, at in found.items() if at == row.number] for row in made}
    assert {fault.field for fault in faults(drawn, carried, shape(flow))} <= {"performer"}
