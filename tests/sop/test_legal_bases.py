"""Legal bases: recognised in what offices write, found while typing, and never guessed."""

import pytest
from django.db import IntegrityError, transaction

from sop.legal_bases import Reference, parse, recognise, recognise_all, suggestions
from sop.models import LegalBasis
from tests.sop.conftest import EXCLUSION, PUBLICATION

READ = {
    "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik.": ("uu", "25", 2009),
    "UU No. 14/2008": ("uu", "14", 2008),
    "UU 14 Tahun 2008": ("uu", "14", 2008),
    "Undang-undang Republik Indonesia Nomor 14 Tahun 2008": ("uu", "14", 2008),
    "Undang – Undang RI No 14 Th. 2008": ("uu", "14", 2008),
    "1. Undang-Undang Nomor: 25 Tahun 2009": ("uu", "25", 2009),
    "a) PP Nomor 61 Tahun 2010": ("pp", "61", 2010),
    "Undang-Undang Nomor 24 Tahun 2013 tentang Perubahan atas Undang-Undang Nomor 23 Tahun 2006": ("uu", "24", 2013),
    "Peraturan Presiden No. XI Tahun 2011": ("perpres", "11", 2011),
    "Perki Nomor 1/2021": ("perki", "1", 2021),
    "Peraturan Komisi Informasi Pusat Nomor 1 Tahun 2021": ("perki", "1", 2021),
    "Permenpan RB 35/2012": ("permen", "35", 2012),
    "Peraturan Menteri PANRB Nomor 35 Tahun 2012": ("permen", "35", 2012),
    "Peraturan Daerah No. 02 Tahun 2010": ("perda", "2", 2010),
    "Peraturan Walikota Pontianak Nomor 49 Tahun 2018": ("perwal", "49", 2018),
    "Peraturan Wali Kota Pontianak Nomor 49 Tahun 2018": ("perwal", "49", 2018),
    "PERWAL NO.49 TAHUN 2018": ("perwal", "49", 2018),
    "Perwa Nomor 49 Tahun 2018": ("perwal", "49", 2018),
    "Perppu Nomor 2 Tahun 2022": ("other", "2", 2022),
    "Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2022": ("other", "2", 2022),
    "Keputusan Menteri PAN Nomor 17/KEP/M.PAN/2004 Tahun 2004": ("other", "17/KEP/M.PAN/2004", 2004),
    "Peraturan Menteri LHK Nomor p.10/menlhk/2020 Tahun 2020": ("permen", "P.10/MENLHK/2020", 2020),
}


@pytest.mark.parametrize("text", READ)
def test_what_offices_write_is_read(text):
    assert parse(text) == Reference(*READ[text])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "UUD 1945",
        "SOP pada OPD-OPD",
        "Pedoman tentang UU Nomor 14 Tahun 2008",
        "Undang-Undang tentang Pelayanan Publik Nomor 25 Tahun 2009",
        "Peraturan Daerah Nomor 2",
        "Uuu Nomor 1 Tahun 2020",
        "UU Nomor 1 Tahun 9999",
        "🙂 Nomor 1 Tahun 2020",
        "UU " + "x" * 100_000,
    ],
)
def test_what_names_none_is_not_guessed(text):
    assert parse(text) is None


@pytest.fixture
def bases(library):
    LegalBasis.objects.all().delete()
    kinds = [
        ("uu", "14", 2008, "Keterbukaan Informasi Publik"),
        ("uu", "25", 2009, "Pelayanan Publik"),
        ("permen", "8", 2019, "Penyelenggaraan Urusan Pemerintahan Konkuren Bidang Komunikasi dan Informatika"),
        ("permen", "8", 2019, "Tata Cara Pengadaan Barang"),
        ("perda", "2", 2010, "Pelayanan Publik Pemerintah Kota Pontianak"),
    ]
    return [LegalBasis.objects.create(kind=k, number=n, year=y, title=t) for k, n, y, t in kinds]


def test_a_text_is_led_to_its_record(bases):
    assert recognise("UU No. 14/2008") == bases[0]
    assert recognise("UU No. 15/2008") is None
    assert recognise("Alat Tulis Kantor") is None


def test_two_ministries_may_have_one_number_and_the_title_tells(bases):
    words = "Penyelenggaraan Urusan Pemerintah Konkuren Bidang Komunikasi dan Informatika"
    assert recognise(f"Peraturan Menteri Kominfo Nomor 8 Tahun 2019 tentang {words}") == bases[2]
    assert recognise("Permen Nomor 8 Tahun 2019 tentang Tata Cara Pengadaan Barang") == bases[3]
    assert recognise("Permen Nomor 8 Tahun 2019") is None, "which of the two?"
    assert recognise("Permen Nomor 8 Tahun 2019 tentang Kapal Laut") is None


def test_another_city_s_bylaw_is_not_ours(bases):
    assert recognise("Peraturan Daerah Nomor 2 Tahun 2010 tentang Retribusi Pasar") is None
    assert recognise("Peraturan Daerah Nomor 2 Tahun 2010") == bases[4]


def test_a_sheet_s_bases_take_one_query(bases, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = recognise_all(["UU 14/2008", "SOP lain", "UU 25/2009"])
    assert found == [bases[0], None, bases[1]]


@pytest.mark.parametrize("slug", [PUBLICATION, EXCLUSION])
def test_every_basis_of_the_sources_is_on_record(library, slug):
    from django.core.management import call_command

    from sop.models import SopVersion

    call_command("loaddata", "legal_bases", verbosity=0)
    texts = SopVersion.objects.get(sop__slug=slug, version=1).legal_bases
    assert len(texts) == 5
    assert all(recognise_all(texts))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("uu 14/2008", [0]),
        ("pelayanan publik", [4, 1]),
        ("UU pelayanan", [1]),
        ("Undang-Undang Nomor 25", [1]),
        ("perda", [4]),
        ("permen 2019", [2, 3]),
        ("keterbukaan", [0]),
        ("tidak ada", []),
        ("%", None),
    ],
)
def test_records_are_suggested_while_typing(bases, typed, found):
    got = suggestions(typed)
    if found is None:
        assert len(got) == len(bases), "no word, no filter"
    else:
        assert sorted(b.pk for b in got) == sorted(bases[n].pk for n in found)


def test_suggestions_are_few(bases):
    assert len(suggestions("", limit=2)) == 2


def test_a_basis_does_not_replace_itself_and_is_on_record_once(bases):
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalBasis.objects.filter(pk=bases[0].pk).update(replaced_by=bases[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalBasis.objects.create(kind="uu", number="14", year=2008, title="Keterbukaan Informasi Publik")
