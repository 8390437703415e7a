"""The sheet check: every rule on a sheet that keeps it and on sheets that break it, and what the two sources get."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.web.dates import full_date
from sop.check import SHEET_RULES, Level, check, errors, rules, warnings
from sop.check.flow import exits
from sop.check.words import actor_at_start, starts_with_verb
from sop.models import LegalBasis, Performer, SopVersion
from sop.sheet import LISTS, Sheet, SheetRow
from tests.sop.conftest import EXCLUSION, PUBLICATION

ROWS = (
    SheetRow(1, "Menerima permohonan", 0, 0, "start", "Formulir", "1 hari kerja", "Berkas"),
    SheetRow(2, "Memeriksa berkas", 1, 1, "decision", "Berkas", "2 hari kerja", "Berkas lengkap", if_yes=3, if_no=1),
    SheetRow(3, "Menyerahkan dokumen", 0, 0, "end", "Berkas lengkap", "1 hari kerja", "Dokumen"),
)
GOOD = Sheet(
    title="PELAYANAN AKTA",
    heading="",
    letterhead=("PEMERINTAH KOTA PONTIANAK",),
    number="01/SOP.DISDUKCAPIL/2026",
    created="2 Januari 2026",
    revised="-",
    effective="03/07/2026",
    signatory=("KEPALA DINAS", "", "Budi", "NIP. 19671101 198803 2 004"),
    performers=("Petugas Loket", "Kepala Seksi (Kasi)"),
    rows=ROWS,
    lists=dict.fromkeys(LISTS, ()),
)


def codes(sheet) -> set[str]:
    return {finding.code for finding in check(sheet)}


def found(sheet, code):
    """Return where the rule points: field and row, each once."""
    return [(finding.field, finding.number) for finding in check(sheet) if finding.code == code]


def with_rows(*rows, **fields):
    return replace(GOOD, rows=rows, **fields)


def with_row(number, **changes):
    return with_rows(*(replace(row, **changes) if row.number == number else row for row in ROWS))


def test_a_good_sheet_gets_nothing():
    assert check(GOOD) == []


# Written out from domain.md §3 (E1 to I1), and ours beyond it.
CODES = ["E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9"] + [
    *("W1", "W2", "W4", "W5", "W6", "W7", "W8", "W9", "W10", "W11", "I1")
]


def test_the_limit_is_lines_of_the_column_not_letters():
    """The same letters fit in a wide column and not in a narrow one; the sentence says how many lines there are."""
    words = "Lihat lampiran. " * 50
    assert "W11" not in codes(with_row(1, text=words))
    (sentence,) = (finding.sentence for finding in check(with_row(1, note=words)) if finding.code == "W11")
    assert "mengisi 50 baris" in sentence
    assert "satu halaman memuat 39" in sentence


def test_arrows_accents_and_arabic_can_be_printed():
    assert "E9" not in codes(with_row(1, text="Menerima → berkas é “ulang” … عربي"))


def test_there_are_these_rules_and_no_others():
    assert [rule.code for rule in rules()] == CODES
    assert len({rule.about for rule in rules()}) == len(CODES)
    levels = {"E": Level.ERROR, "W": Level.WARNING, "I": Level.NOTE}
    assert all(rule.level == levels[rule.code[0]] for rule in rules())


BROKEN = {
    "E1 no activity": (with_rows(), "E1", [("activities", None)]),
    "E2 no actor": (with_row(2, first=None, last=None), "E2", [("performer", 2)]),
    "E3 no exits": (with_row(2, if_yes=None, if_no=None), "E3", [("if_yes", 2)]),
    "E3 one exit": (with_row(2, if_no=None), "E3", [("if_no", 2)]),
    "E3 both exits the same": (with_row(2, if_no=3), "E3", [("if_no", 2)]),
    "E4 jumped over": (
        with_rows(
            ROWS[0],
            replace(ROWS[1], if_yes=4, if_no=1),
            replace(ROWS[2], kind="process"),
            replace(ROWS[2], number=4),
        ),
        "E4",
        [("number", 3)],
    ),
    "E4 loop without end": (
        with_rows(ROWS[0], ROWS[1], replace(ROWS[2], kind="decision", if_yes=1, if_no=2)),
        "E4",
        [("kind", 1)],
    ),
    "E4 no end": (with_row(3, kind="process"), "E4", [("kind", 1)]),
    "E4 after an end": (
        with_rows(ROWS[0], replace(ROWS[1], kind="end", if_yes=None, if_no=None), ROWS[2]),
        "E4",
        [("number", 3)],
    ),
    "E5 exit to nowhere": (with_row(2, if_no=9), "E5", [("if_no", 2)]),
    "E5 both to nowhere": (with_row(2, if_yes=7, if_no=9), "E5", [("if_no", 2), ("if_yes", 2)]),
    "E6 starts otherwise": (with_row(1, kind="process"), "E6", [("kind", 1)]),
    "E6 ends otherwise": (with_row(3, kind="process"), "E6", [("kind", 3)]),
    "W1 the performer": (with_row(1, text="Petugas Loket menerima berkas"), "W1", [("text", 1)]),
    "W1 its short name": (with_row(1, text="Kasi menerima berkas"), "W1", [("text", 1)]),
    "W1 another actor": (with_row(1, text="Pemohon membawa berkas"), "W1", [("text", 1)]),
    "W1 no verb": (with_row(1, text="Penerimaan berkas"), "W1", [("text", 1)]),
    "W1 no text": (with_row(1, text=" "), "W1", [("text", 1)]),
    "W2 nothing": (with_row(2, requirement="", duration="", output=""), "W2", [("requirement", 2)]),
    "W2 no time": (with_row(2, duration=" "), "W2", [("duration_text", 2)]),
    "W2 no output": (with_row(3, output=""), "W2", [("output", 3)]),
    "W4 17 digits": (replace(GOOD, signatory=("Budi", "No. 5730610 200012 2 004")), "W4", [("signatory", None)]),
    "W4 no digits": (replace(GOOD, signatory=("Budi", "NIP.")), "W4", [("signatory", None)]),
    "W4 bare digits": (replace(GOOD, signatory=("19671101 198803 2 00",)), "W4", [("signatory", None)]),
    "W5 no number": (replace(GOOD, number=""), "W5", [("number", None)]),
    "W5 prefix blank": (replace(GOOD, number=" / DISDUKCAPIL / 2023"), "W5", [("number", None)]),
    "W6 a year": (replace(GOOD, effective="2023"), "W6", [("effective", None)]),
    "W6 a dash": (replace(GOOD, effective="-"), "W6", [("effective", None)]),
    "W6 no such day": (replace(GOOD, effective="31/02/2026"), "W6", [("effective", None)]),
    "W7 by its title": (replace(GOOD, title="PENGUMUMAN INFORMASI PUBLIK"), "W7", [("legal_bases", None)]),
    "W7 by its performers": (replace(GOOD, performers=("PPID Utama", "Kasi")), "W7", [("legal_bases", None)]),
    "E9 a letter no font has, in a row": (with_row(2, text="Memeriksa 漢字"), "E9", [("text", 2)]),
    "E9 a letter no font has, in a list": (
        replace(GOOD, lists={**GOOD.lists, "warnings": ("Hati-hati", "अ")}),
        "E9",
        [("warnings", None)],
    ),
    "W11 a note of more lines than a page": (with_row(1, note="Lihat lampiran. " * 90), "W11", [("note", 1)]),
    "W11 many short lines": (with_row(3, duration="1 hari\n" * 60), "W11", [("duration_text", 3)]),
    "W8 minutes among days": (with_row(2, duration="20 menit"), "W8", [("duration_text", 2)]),
    "W8 days that may be holidays": (with_row(2, duration="2 Hari"), "W8", [("duration_text", 2)]),
    "I1 another document": (with_row(3, requirement="Surat kuasa"), "I1", [("requirement", 3)]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_found_where_it_is(case):
    sheet, code, where = BROKEN[case]
    assert sorted(found(sheet, code), key=str) == where
    assert all(f.sentence.endswith(".") and len(f.sentence) > 20 for f in check(sheet))


@pytest.mark.parametrize("rule", SHEET_RULES, ids=lambda rule: rule.code)
def test_every_rule_of_the_sheet_has_a_sheet_that_breaks_it(rule):
    assert rule.code in {code for _, code, _ in BROKEN.values()}


@pytest.mark.parametrize(
    "sheet",
    [
        replace(GOOD, signatory=()),
        replace(GOOD, signatory=("WALI KOTA PONTIANAK", "", "Budi")),
        replace(GOOD, signatory=("Budi", "NIP 196711011988032004")),
        replace(GOOD, number="B-12/SOP/2026"),
        with_row(3, requirement="Surat kuasa dan berkas lengkap."),
        with_row(2, duration="2  Hari Kerja"),
        replace(
            GOOD,
            title="PENGUMUMAN INFORMASI PUBLIK",
            lists={
                **GOOD.lists,
                "legal_bases": (
                    "UU No. 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
                    "Peraturan Pemerintah Nomor 61 Tahun 2010",
                    "Peraturan Komisi Informasi Pusat Nomor 1 Tahun 2021",
                ),
            },
        ),
    ],
)
def test_what_is_right_is_left_alone(sheet):
    assert check(sheet) == []


def test_a_decision_that_can_end_early_may():
    rows = [
        ROWS[0],
        replace(ROWS[1], if_no=4),
        replace(ROWS[2], kind="end"),
        replace(ROWS[2], number=4, requirement="Berkas lengkap"),
    ]
    assert codes(with_rows(*rows)) == set()


def test_errors_come_first_and_in_the_order_of_codes_and_rows():
    sheet = with_rows(
        replace(ROWS[0], text="Penerimaan"), replace(ROWS[1], first=None, last=None, if_no=9), ROWS[2], number=""
    )
    assert [(f.code, f.number) for f in check(sheet)] == [("E2", 2), ("E5", 2), ("W1", 1), ("W5", None)]
    assert [f.code for f in errors(check(sheet))] == ["E2", "E5"]
    assert [f.code for f in warnings(check(sheet))] == ["W1", "W5"]


# Written out: W2, W4, W6, W7 and W8 on the first sheet, W5 on both, W1 on step 1 of both (domain.md §3). The second
# sheet too prints a bare year and names none of the three laws, so W6 and W7 say so there as well.
SOURCES = {
    PUBLICATION: {
        ("W1", "text", 1),
        ("W2", "requirement", 1),
        ("W4", "signatory", None),
        ("W5", "number", None),
        ("W6", "effective", None),
        ("W7", "legal_bases", None),
        ("W8", "duration_text", 6),
        ("I1", "requirement", 3),
        ("I1", "requirement", 4),
        ("I1", "requirement", 6),
        ("I1", "requirement", 7),
    },
    EXCLUSION: {
        ("W1", "text", 1),
        ("W5", "number", None),
        ("W6", "effective", None),
        ("W7", "legal_bases", None),
        ("I1", "requirement", 2),
        ("I1", "requirement", 3),
        ("I1", "requirement", 4),
        ("I1", "requirement", 5),
    },
}


@pytest.mark.parametrize("slug", SOURCES)
def test_the_sources_get_what_they_deserve(library, slug):
    version = SopVersion.objects.with_sheet().get_by_natural_key(slug, 1)
    findings = check(version)
    assert {(f.code, f.field, f.number) for f in findings} == SOURCES[slug]
    assert check(version.sheet()) == findings, "the fixtures' bases are in force and the flows agree"


def test_the_first_step_of_each_source_breaks_w1_for_its_own_reason(publication, exclusion):
    first, second = (next(f.sentence for f in check(version) if f.code == "W1") for version in (publication, exclusion))
    assert "tampaknya tidak diawali kata kerja («Updating»)" in first
    assert "diawali pelakunya («Pejabat Bidang Pelayanan Informasi dan Dokumentasi»)" in second


@pytest.mark.parametrize(
    "text",
    [
        *["Menyusun", "Memeriksa", "Mengkoordinasikan", "Melakukan", "Merekap", "Mewawancarai", "Membuat", "Mengecek"],
        *[
            "Berkoordinasi dengan",
            "Bekerja sama",
            "Dilakukan verifikasi",
            "Diserahkan",
            "meng-upload berkas",
            "Me-review",
        ],
        *["(Menandatangani)", "1. Mencatat", "Mulai", "Serahkan berkas", "Terima surat"],
    ],
)
def test_a_verb_is_taken_for_one(text):
    assert starts_with_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        *["Updating konten", "Penyusunan", "Rapat", "Media diserahkan", "Berita acara", "Dinas menerima", "Disposisi"],
        *["", "123", "📄", "Koordinasi", "Direktur", "Berkas masuk", "Menteri", "Surat masuk"],
    ],
)
def test_another_word_is_not(text):
    assert not starts_with_verb(text)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("PPID Pendukung OPD menerima", "PPID Pendukung (OPD)"),
        ("ppid pendukung menerima", "PPID Pendukung"),
        ("Operator PPID: mengunggah", "Operator PPID"),
        ("Tim menguji", "Tim"),
        ("PPIDX", ""),
        ("Menerima dari Petugas", ""),
        ("", ""),
    ],
)
def test_who_acts_is_recognised_by_label_or_by_office(text, actor):
    assert actor_at_start(text, ("PPID Pendukung (OPD)", "Petugas Informasi /Operator PPID")) == actor


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/07/2023", "2023-07-03"),
        ("3-7-2023", "2023-07-03"),
        ("3. 7. 2023", "2023-07-03"),
        ("3 Juli 2023", "2023-07-03"),
        ("  3  JULI 2023 ", "2023-07-03"),
        ("2023-07-03", "2023-07-03"),
        ("2023", None),
        ("Juli 2023", None),
        ("-", None),
        ("", None),
        ("30 Februari 2023", None),
        ("3 Quintilis 2023", None),
    ],
)
def test_a_full_date_is_a_day_that_exists(text, day):
    assert full_date(text) == (None if day is None else type(full_date("2023-07-03")).fromisoformat(day))


def test_a_basis_that_was_revoked_or_replaced_is_warned_of(publication):
    assert "W9" not in codes(publication)
    new = LegalBasis.objects.create(kind="perda", number="9", year=2024, title="Pelayanan Publik")
    LegalBasis.objects.update_or_create(
        kind="perda",
        number="2",
        year=2010,
        defaults={"title": "Pelayanan Publik Pemerintah Kota Pontianak", "status": "revoked", "replaced_by": new},
    )
    finding = next(f for f in check(publication) if f.code == "W9")
    assert (finding.level, finding.field, finding.item) == (Level.WARNING, "legal_bases", 2)
    assert "sudah dicabut. Penggantinya: Peraturan Daerah Nomor 9 Tahun 2024" in finding.sentence


def test_a_basis_that_was_amended_is_in_force(publication):
    LegalBasis.objects.update_or_create(
        kind="uu", number="25", year=2009, defaults={"title": "Pelayanan Publik", "status": "amended"}
    )
    assert "W9" not in codes(publication)


def test_a_column_without_roles_stops_only_what_the_portal_runs(publication):
    Performer.objects.get(version=publication, position=3).role_links.all().delete()
    version = SopVersion.objects.with_sheet().get(pk=publication.pk)
    assert "E7" in codes(version)
    version.sop.flow = ""
    assert not errors(check(version))


def test_a_sheet_that_differs_from_its_flow_is_stopped(publication):
    publication.activities.filter(number=4).update(carries=[])
    assert "E8" in codes(SopVersion.objects.with_sheet().get(pk=publication.pk))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["start", "process", "decision", "end"]),
            st.one_of(st.none(), st.integers(0, 9)),
            st.one_of(st.none(), st.integers(0, 9)),
            st.text(max_size=30),
        ),
        max_size=8,
    )
)
def test_no_sheet_breaks_the_check(rows):
    """Whatever is typed, the check answers; without an error every row is reached and leads to an end."""
    made = [
        SheetRow(n, text, 0, 0, kind, text, text, text, if_yes=yes, if_no=no)
        for n, (kind, yes, no, text) in enumerate(rows, 1)
    ]
    sheet = with_rows(*made, number=rows[0][3] if rows else "", effective=rows[-1][3] if rows else "")
    if not errors(check(sheet)):
        leads = exits(sheet)
        for row in sheet.rows:
            assert row.kind == "end" or leads[row.number]
