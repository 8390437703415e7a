"""What the two source sheets mean, row by row, written out by hand from their words; and what other offices write."""

import pytest

from ppid.flows.sheet_words import OUTPUT, REQUIREMENT, Meaning, Row, Source, meaning
from sop.models import SopVersion

NOTHING, ITEM, UNKNOWN = Meaning(Source.NOTHING), Meaning(Source.ITEM), Meaning(Source.UNKNOWN)


def born(kind: str) -> Meaning:
    return Meaning(Source.BORN, kind)


def output_of(row: int) -> Meaning:
    return Meaning(Source.EARLIER, row=row)


# Row, its requirement, its output: as a person reads the sheet with the seven steps.
PUBLICATION = [
    (1, NOTHING, NOTHING),
    (2, born("coordination_letter"), born("coordination_report")),  # Surat Koordinasi · Dokumen laporan koordinasi
    (3, ITEM, ITEM),  # Rancangan Dokumen informasi publik … · … yang telah diverifikasi oleh PPID Utama
    (4, ITEM, ITEM),
    (5, ITEM, ITEM),  # Dokumen informasi publik … yang telah diverifikasi · Dokumen dan Informasi Data
    (6, ITEM, ITEM),  # File Informasi Data.
    (7, ITEM, ITEM),
]
# As a person reads the sheet with the five steps.
EXCLUSION = [
    (
        1,
        ITEM,
        born("exclusion_list"),
    ),  # Draf Informasi dan dokumentasi · Draf Daftar informasi … yang akan dikecualikan
    (2, ITEM, output_of(1)),  # the draft list goes on under the same name
    (3, ITEM, born("test_sheet")),  # the test is held here: its signed sheet is the list of what is to be excluded
    (4, ITEM, output_of(3)),  # the same list, received
    (5, ITEM, born("decree")),  # the list becomes the rule: the signed surat penetapan
]


def rows_of(flow: str) -> dict[int, Row]:
    """Return the sheet in force as the flow reads it; row n carries lawful step n."""
    keys = {3: "test_consequences", 5: "adopt"} if flow == "exclusion" else {}
    activities = SopVersion.objects.get(sop__flow=flow).activities.all()
    return {
        each.number: Row(each.number, each.requirement, each.output, [keys[each.number]] if each.number in keys else [])
        for each in activities
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("flow", "expected"), [("publication", PUBLICATION), ("exclusion", EXCLUSION)])
def test_the_source_sheets_mean_what_a_person_reads_in_them(flow, expected):
    rows = rows_of(flow)
    assert [(n, meaning(rows, n, REQUIREMENT), meaning(rows, n, OUTPUT)) for n in rows] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", NOTHING),
        ("  -  ", NOTHING),
        ("Dokumen", ITEM),
        ("Draft informasi publik", ITEM),
        ("Softcopy dokumen yang akan diumumkan", ITEM),
        ("File/Berkas informasi", ITEM),
        ("DOKUMEN DAN INFORMASI DATA.", ITEM),
        ("Surat koordinasi", born("coordination_letter")),
        ("surat  Koordinasi ke OPD", born("coordination_letter")),
        ("Surat permintaan data", born("coordination_letter")),
        ("Laporan hasil koordinasi", born("coordination_report")),
        ("Laporan Rapat Koordinasi", born("coordination_report")),
        ("Berita Acara Uji Konsekuensi", born("minutes")),
        ("Berita acara pengujian konsekwensi", born("minutes")),
        ("Lembar uji konsekuensi bertanda tangan", born("test_sheet")),
        ("Lembar pengujian konsekuensi", born("test_sheet")),
        ("Surat Penetapan Klasifikasi", born("decree")),
        ("SK Penetapan informasi dikecualikan", born("decree")),
        ("Keputusan PPID tentang penetapan", born("decree")),
        ("Tanda terima dokumen", born("receipt")),
        ("Daftar informasi yang dikecualikan", born("exclusion_list")),
        # What the words don't say plainly is asked for, never guessed.
        ("Disposisi", UNKNOWN),
        ("Surat permohonan", UNKNOWN),
        ("Dokumen pendukung", UNKNOWN),
        ("Daftar Informasi Publik", UNKNOWN),
        ("Informasi terkait pengaduan", UNKNOWN),
        ("Nota dinas dan dokumen", UNKNOWN),
        ("Notulen rapat", UNKNOWN),
        ("publik yang akan", UNKNOWN),
    ],
)
def test_what_offices_write(words, expected):
    assert meaning({1: Row(1, words, "")}, 1, REQUIREMENT) == expected


def test_a_requirement_is_the_nearest_earlier_output_of_that_name_or_kind():
    rows = {
        1: Row(1, "", "Disposisi"),
        2: Row(2, "disposisi.", "Laporan koordinasi"),
        3: Row(3, "Dokumen laporan hasil koordinasi", "Disposisi"),
        4: Row(4, "Disposisi", "Surat koordinasi"),
        5: Row(5, "Surat jalan", "Surat koordinasi"),
    }
    assert [meaning(rows, n, REQUIREMENT) for n in rows] == [NOTHING, output_of(1), output_of(2), output_of(3), UNKNOWN]
    assert meaning(rows, 5, OUTPUT) == born("coordination_letter"), "a letter is written anew"


def test_an_earlier_output_that_is_the_item_is_the_item():
    rows = {1: Row(1, "", "Dokumen informasi"), 2: Row(2, "Dokumen informasi", "")}
    assert meaning(rows, 2, REQUIREMENT) == ITEM


@pytest.mark.parametrize(("key", "kind"), [("test_consequences", "test_sheet"), ("adopt", "decree")])
@pytest.mark.parametrize("words", ["", "Dokumen", "Laporan"])
def test_what_the_law_has_born_is_born_whatever_the_row_calls_it(key, kind, words):
    assert meaning({1: Row(1, "", words, [key])}, 1, OUTPUT) == born(kind)


def test_the_item_on_the_portal_is_the_item_from_the_row_on_that_publishes():
    rows = {
        1: Row(1, "", "Informasi publik pada portal"),
        2: Row(2, "", "Informasi publik pada portal", ["publish"]),
        3: Row(3, "Informasi pada laman PPID", ""),
    }
    assert [meaning(rows, n, OUTPUT) for n in (1, 2)] == [UNKNOWN, ITEM]
    assert meaning(rows, 3, REQUIREMENT) == ITEM
