"""The editions of DIP and DIK at the desk: walked by the people whose acts they are, and by those whose they aren't."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.editions import acts
from ppid.editions.models import RegisterEdition
from ppid.shelf import actions as shelf
from ppid.shelf.models import PublishedRegister
from tests import make
from tests.desk.pages import text
from tests.editions import editions
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listed():
    shelf_rows.item(number="2026-0101", title="Laporan bantuan sosial")


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


def test_an_edition_is_walked_from_the_register_to_the_public(sign_in, client):
    bidang = sign_in("bidang")
    assert "Siapkan edisi DIP" in text(bidang.get(at("editions")))
    asked = text(bidang.get(at("edition-prepare", "dip")))
    assert "Ini akan menjadi edisi pertama: 1 baru" in asked
    assert "Laporan bantuan sosial" in asked
    sent = bidang.post(at("edition-prepare", "dip"), {"year": "2026", "note": "Tahunan."}, follow=True)
    edition = RegisterEdition.objects.get()
    assert "Menunggu persetujuan Atasan PPID" in text(sent)
    head = sign_in("atasan")
    assert "Baca yang berubah sejak edisi terakhir, lalu setujui." in text(head.get(at("inbox")))
    head.post(at("edition-approve", edition.pk), {"note": "Setuju."})
    assert "lalu setujui" not in text(head.get(at("inbox")))
    utama = sign_in("utama")
    assert "Bila SK-nya sudah ditandatangani" in text(utama.get(at("inbox")))
    decree = {"number": "188/7", "date": timezone.localdate().isoformat(), "file": make.pdf()}
    done = utama.post(at("edition-set", edition.pk), decree, follow=True)
    assert "Edisi 1 (2026) ditetapkan dan dapat dibaca publik." in text(done)
    assert "cocok" in text(done)
    assert "188/7" in client.get("/dip/edisi/1/").content.decode()
    paper = edition.acts.get(kind="set")
    assert utama.get(at("edition-paper", edition.pk, paper.pk))["Content-Type"] == "application/pdf"
    shelf_rows.item(number="2026-0102", title="Jadwal")
    assert "1 baru, 0 berubah, 0 tidak ada lagi, 1 tetap sama" in text(
        sign_in("bidang").get(at("edition-prepare", "dip"))
    )


@pytest.mark.parametrize(
    ("name", "yours"),
    [
        ("edition-approve", {"atasan"}),
        ("edition-scan", {"bidang", "operator"}),
        ("edition-set", {"utama"}),
        ("edition-cancel", {"atasan", "bidang", "operator", "utama"}),
        ("edition-prepare", {"bidang", "operator"}),
        ("edition", {"atasan", "bidang", "operator", "utama", "dinsos"}),
    ],
)
def test_each_page_opens_for_whom_it_is_meant(sign_in, name, yours):
    edition = editions.prepared("dip")
    args = ["dik"] if name == "edition-prepare" else [edition.pk]
    for who in ("atasan", "bidang", "operator", "utama", "dinsos"):
        assert sign_in(who).get(at(name, *args)).status_code == (200 if who in yours else 403), who


def test_bad_input_is_answered_beside_its_field_and_kept(sign_in):
    bidang = sign_in("bidang")
    answer = bidang.post(at("edition-prepare", "dip"), {"year": "dua ribu", "note": "Catatan saya"})
    assert answer.status_code == 422
    assert "Tulis tahun dengan empat angka." in text(answer)
    assert "Catatan saya" in answer.content.decode()
    edition = editions.approved("dip")
    utama = sign_in("utama")
    sent = {"number": "188/7", "date": "2020-01-01", "file": make.pdf()}
    answer = utama.post(at("edition-set", edition.pk), sent)
    assert answer.status_code == 422
    assert "sebelum edisinya disiapkan" in text(answer)
    assert "188/7" in answer.content.decode()
    assert not PublishedRegister.objects.exists()


def test_a_scan_of_the_heads_word_and_a_cancellation_are_kept(sign_in):
    edition = editions.prepared("dip")
    head = make.demo("atasan").appointments.get(role__code="atasan_ppid")
    operator = sign_in("operator")
    operator.post(at("edition-scan", edition.pk), {"head": head.pk, "file": make.pdf()})
    assert head.user.name in text(operator.get(at("edition", edition.pk)))
    assert operator.post(at("edition-cancel", edition.pk), {"reason": ""}).status_code == 422
    operator.post(at("edition-cancel", edition.pk), {"reason": "Ada yang keliru."})
    page = text(operator.get(at("edition", edition.pk)))
    assert "Dibatalkan" in page
    assert "Ada yang keliru." in page
    assert operator.get(at("edition-set", edition.pk)).status_code == 403


def test_no_page_of_the_desk_reads_what_was_closed_since(sign_in):
    edition = editions.approved("dip")
    shelf.exclude("2026-0101", called="Data pemohon", reason="Ditutup.", at=timezone.now(), ends_on=None)
    for who in ("utama", "dinsos"):
        page = sign_in(who)
        assert "Laporan bantuan sosial" not in text(page.get(at("edition", edition.pk)))
        assert "Data pemohon" in text(page.get(at("edition", edition.pk)))
        draft = page.get(at("edition-draft-xlsx", edition.pk))
        assert draft.status_code == 200


def test_only_those_of_the_office_read_the_scans(sign_in):
    edition = editions.prepared("dip")
    head = make.demo("atasan").appointments.get(role__code="atasan_ppid")
    sign_in("operator").post(at("edition-scan", edition.pk), {"head": head.pk, "file": make.pdf()})
    paper = edition.acts.get(kind="approved")
    assert sign_in("dinsos").get(at("edition-paper", edition.pk, paper.pk)).status_code == 403
    assert sign_in("bidang").get(at("edition-paper", edition.pk, paper.pk)).status_code == 200


def test_who_prepared_it_is_told_who_may_set_it(sign_in):
    both = make.person("bidang_layanan", "ppid_utama", unit="diskominfo", kind="plh")
    edition = acts.prepare("dip", actor=both, year=2026)
    acts.approve_as_head(edition, actor=make.demo("atasan"))
    page = text(sign_in(both).get(at("edition-set", edition.pk)))
    assert "Anda menyiapkan edisi ini" in page
    assert "Yang dapat memutuskan" in page
