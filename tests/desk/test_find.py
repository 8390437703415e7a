"""The one search: what it finds by number and by word, for whom, and that it knows of nothing else."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.flows.actions import open_exclusion
from ppid.flows.documents import add_document
from ppid.flows.papers.kinds import KINDS as PAPERS
from ppid.flows.papers.numbering import number_paper
from ppid.organisation.units import call
from tests import make
from tests.desk.pages import soup, text
from tests.desk.test_need_to_know import BAIT, CANARY, EVERYBODY, KNOW, secret_exclusion

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def found(client, q: str, **more) -> str:
    page = client.get("/meja/cari/", {"q": q, **more})
    assert page.status_code == 200
    return text(page)


def count_of(client, q: str, kind: str) -> int:
    page = soup(client.get("/meja/cari/", {"q": q}))
    link = page.select_one(f'.kinds a[href*="hal={kind}"] b')
    return int(link.text.replace(".", "")) if link else 0


@pytest.mark.parametrize("write", ["{}", "{}".lower(), "p {n}/{year}", "no. {n} tahun {year}", "{year}-{n:04}"])
def test_a_case_is_found_by_its_number_as_people_write_it(sign_in, write):
    case = make.publication(title="Laporan aset daerah")
    _, year, n = case.number.split("-")
    page = soup(sign_in("utama").get("/meja/cari/", {"q": write.format(case.number, n=int(n), year=year)}))
    exact = page.find("section", attrs={"aria-labelledby": "persis"})
    assert exact.find("a", href=f"/meja/perkara/{case.number}/")


def test_an_item_is_found_by_its_number(sign_in):
    item = make.publication(title="Laporan aset daerah").information
    assert "Laporan aset daerah" in found(sign_in("dinsos"), item.number)


def test_words_are_stemmed_and_the_last_one_may_be_a_beginning(sign_in):
    make.publication(title="Laporan pengelolaan aset daerah")
    client = sign_in("utama")
    assert "Laporan pengelolaan aset daerah" in found(client, "laporkan aset")
    assert "Laporan pengelolaan aset daerah" in found(client, "aset daer")
    assert "Tidak ada yang cocok" in found(client, "aset sekolah")


def test_everyday_names_of_units_find_what_is_theirs(sign_in):
    call(make.unit("disdukcapil"), short_name="Disdukcapil", everyday_names=["Capil"], actor=make.demo("utama"))
    make.publication(title="Laporan pengelolaan aset daerah", unit="disdukcapil")
    make.publication(title="Laporan pengelolaan aset sosial", unit="dinsos")
    words = found(sign_in("utama"), "capil aset")
    assert "Laporan pengelolaan aset daerah" in words
    assert "Laporan pengelolaan aset sosial" not in words


def test_a_letter_is_found_by_its_number_and_by_its_beginning(sign_in):
    case = make.exclusion(at="testing")
    make.supply(case, "test_consequences", make.demo("opd"))
    number_paper(make.again(case), PAPERS["test_sheet"], number="188.45/1234/CAPIL", date=TODAY, actor=make.demo("opd"))
    for q in ("188.45/1234/CAPIL", "188.45/1234/"):
        assert "nomor 188.45/1234/CAPIL" in found(sign_in("opd"), q)
    assert "nomor 188.45" not in found(sign_in("operator"), "188.45/1234/CAPIL")


def test_a_document_is_found_by_its_sha256_and_its_title(sign_in):
    case = make.publication(at="preparing")
    upload = make.pdf()
    sha256 = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    add_document(case, upload, title="Rekapitulasi bansos tunai", actor=make.demo("dinsos"))
    assert "Rekapitulasi bansos tunai" in found(sign_in("dinsos"), sha256.upper())
    assert "Rekapitulasi bansos tunai" in found(sign_in("dinsos"), "rekapitulasi tunai")
    assert "Rekapitulasi bansos tunai" not in found(sign_in("disdukcapil"), sha256)


def test_a_nip_finds_its_person_for_those_who_keep_people(sign_in):
    person = make.change(make.demo("dinsos"), nip="198001012005011001")
    assert person.name in found(sign_in("utama"), "19800101 200501 1 001")
    assert person.name not in found(sign_in("bidang"), "198001012005011001")


def test_people_units_and_sheets_are_found_by_name(sign_in):
    client = sign_in("bidang")
    assert "Uray Ahmad" in found(client, "uray")
    assert "Dinas Kesehatan" in found(client, "kesehatan")
    assert "PENGUMUMAN INFORMASI PUBLIK" in found(client, "pengumuman").upper()


def test_who_sees_no_case_finds_people_and_units_alone(sign_in):
    make.publication(title="Laporan aset daerah")
    admin = sign_in(make.person("admin_ppid", unit="diskominfo"))
    assert "Laporan aset daerah" not in found(admin, "aset")
    assert "Uray Ahmad" in found(admin, "uray")


def test_without_an_appointment_there_is_no_search(sign_in):
    nobody = sign_in(make.person())
    assert nobody.get("/meja/cari/", {"q": "aset"}).status_code == 403
    assert "city__search" not in nobody.get("/meja/").content.decode()


def test_the_counts_are_those_of_all_that_is_found(sign_in):
    for n in range(7):
        make.publication(title=f"Laporan aset {n}")
    client = sign_in("utama")
    page = soup(client.get("/meja/cari/", {"q": "aset"}))
    group = page.find("section", attrs={"aria-labelledby": "hasil-pengumuman"})
    assert len(group.select(".rows li")) == 5
    assert "Lihat semua 7 pengumuman" in group.text
    assert count_of(client, "aset", "pengumuman") == 7
    alone = soup(client.get("/meja/cari/", {"q": "aset", "hal": "pengumuman"}))
    assert len(alone.select("section .rows li")) == 7


ODD = ["", "   ", "dan", "-", "'", '"', "a" * 500, "\\", "%", "a:*", "!()&|", "' OR 1=1 --", "😀", "\x00a"]


def test_nothing_that_is_typed_breaks_it(sign_in):
    client = sign_in("utama")
    for q in ODD:
        answer = client.get("/meja/cari/", {"q": q, "hal": "pengumuman", "halaman": "9999999"})
        assert answer.status_code == 200, q


def test_a_kind_or_a_page_that_does_not_exist_is_left_out(sign_in):
    make.publication(title="Laporan aset daerah")
    assert "Laporan aset daerah" in found(sign_in("utama"), "aset", hal="tidak-ada", halaman="xyz")


class TestTheNearestSpelling:
    def test_it_is_offered_with_what_it_finds(self, sign_in):
        make.publication(title="Retribusi parkir tepi jalan")
        page = sign_in("utama").get("/meja/cari/", {"q": "retribusi parkr"})
        assert "Maksud Anda retribusi parkir ?" in text(page)
        assert soup(page).find("a", href="/meja/cari/?q=retribusi%20parkir")

    def test_it_knows_only_what_one_may_see(self, sign_in):
        item = make.information(unit="disdukcapil", title="Burungkenari rahasia")
        open_exclusion(item, actor=make.demo("bidang"))
        assert "Maksud Anda" in found(sign_in("utama"), "burungkenri")
        assert "Maksud Anda" not in found(sign_in("operator"), "burungkenri")
        assert "Maksud Anda" not in found(sign_in("disdukcapil"), "burungkenri")


@pytest.fixture
def excluded(db):
    """An item that was public, is excluded now, and every private text of which holds bait and canary."""
    item = make.publication(at="published", unit="disdukcapil", title=f"{BAIT} {CANARY} judul").information
    case = secret_exclusion(open_exclusion(item, actor=make.demo("bidang")))
    return make.step(case, "adopt", actor="bidang", note=f"{CANARY} catatan")


def test_an_excluded_item_is_found_by_nobody_who_need_not_know(sign_in, excluded):
    of_cases = excluded.information.cases.values_list("number", flat=True)
    numbers = [excluded.information.number, *of_cases, excluded.exclusion.decree.number]
    sha256 = excluded.information.documents.order_by("pk").values_list("sha256", flat=True).first()
    for who in sorted(set(EVERYBODY) - KNOW):
        client = sign_in(who)
        for q in [BAIT, CANARY, *numbers, sha256]:
            page = client.get("/meja/cari/", {"q": q})
            assert "Tidak ada yang cocok" in text(page), (who, q)
            assert CANARY not in page.content.decode().replace(q, ""), (who, q)
        near = client.get("/meja/cari/", {"q": CANARY[:-3] + "ir"})
        assert CANARY not in near.content.decode(), who
        for kind in ("pengecualian", "dokumen", "informasi"):
            assert excluded.number not in text(client.get("/meja/cari/", {"q": BAIT, "hal": kind})), who


def test_who_needs_to_know_finds_it(sign_in, excluded):
    for who in sorted(KNOW):
        client = sign_in(who)
        assert excluded.number in found(client, CANARY), who
        assert count_of(client, CANARY, "pengecualian") == 1, who
        assert excluded.number in found(client, excluded.number.lower()), who


def test_it_asks_the_same_of_the_database_for_one_hit_and_for_many(sign_in):
    client = sign_in("dinsos")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            found(client, "aset")
        return len(asked)

    make.publication(title="Laporan aset daerah")
    queries()
    one = queries()
    for n in range(8):
        make.publication(title=f"Laporan aset {n}")
    assert queries() == one
    assert one <= 22
