"""The desk's pages that keep the library right: findings, comparing, the yearly look, readers, numbers, laws."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ppid.desk.library.upkeep.basis_views import Bases
from ppid.desk.library.upkeep.views import DueForReview
from sop.models import LegalBasis, NumberingPattern, SopVersion
from sop.versions import actions
from sop.versions.upkeep import confirm_still_right
from tests import make
from tests.desk.pages import error_links, soup, text

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"


@pytest.fixture
def draft(db) -> SopVersion:
    return actions.new_draft(SopVersion.objects.get(sop__slug=SLUG, version=1), actor=make.demo("pengelola"))


@pytest.fixture
def newer(draft) -> SopVersion:
    draft.activities.filter(number=3).update(text="Menyiapkan dokumen informasi publik berkala dan serta merta")
    actions.submit(draft, actor=make.demo("pengelola"))
    return actions.approve(draft, actor=make.demo("utama"), why="Langkah 3 diperjelas.")


def address(name, version=2):
    return reverse(name, args=[SLUG, version])


def test_the_findings_stand_beside_the_sheet(draft, sign_in):
    page = text(sign_in("dinsos").get(address("desk:sop-version")))
    assert "Pemeriksaan lembar 11 temuan" in page
    assert "Peringatan W5 Nomor urut di depan «/SOP.DINSOS/2023» masih kosong." in page
    assert "Catatan I1" in page


def test_warnings_ask_for_a_reason_and_are_listed_where_it_is_written(draft, sign_in):
    assert "memberi 7 peringatan" in text(sign_in("pengelola").get(address("desk:sop-submit")))
    actions.submit(draft, actor=make.demo("pengelola"))
    client = sign_in("utama")
    response = client.get(address("desk:sop-approve"))
    page, seen = text(response), soup(response).find("input", {"name": "seen"})["value"]
    assert "memberi 7 peringatan" in page
    assert "terdiri atas 17 angka" in page
    answer = client.post(address("desk:sop-approve"), {"seen": seen})
    assert "Tuliskan mengapa lembar ini tetap disetujui." in text(answer)


def test_errors_are_said_before_handing_in(draft, sign_in):
    draft.activities.filter(number=4).update(if_no=None)
    page = text(sign_in("pengelola").get(address("desk:sop-submit")))
    assert "Lembar ini belum dapat diajukan" in page
    assert "Keputusan nomor 4 belum punya dua jalan keluar" in page


def test_two_versions_stand_side_by_side(newer, sign_in):
    client = sign_in("dinsos")
    where = reverse("desk:sop-compare", args=[SLUG, 1, 2])
    assert soup(client.get(address("desk:sop-version"))).find("a", href=where)
    response = client.get(where)
    page = soup(response)
    assert "1 perbedaan." in text(response)
    assert [mark.text.strip() for mark in page.select("td ins")] == ["dokumen"]
    assert not page.select("td del")
    assert not page.find_all(style=True)
    drawn = client.get(reverse("desk:sop-compare-pdf", args=[SLUG, 1, 2]))
    assert drawn.content.startswith(b"%PDF-")
    assert client.get(reverse("desk:sop-compare", args=[SLUG, 1, 9])).status_code == 404


def test_a_version_and_itself_are_the_same(sign_in):
    page = text(sign_in("dinsos").get(reverse("desk:sop-compare", args=[SLUG, 1, 1])))
    assert "Isi kedua versi sama." in page


def test_what_is_due_is_listed_and_leaves_the_list_once_looked_at(sign_in):
    version, yesterday = SopVersion.objects.get(sop__slug=SLUG), timezone.now() - timedelta(days=1)
    confirm_still_right(version, actor=make.demo("pengelola"), review_on=timezone.localdate(), at=yesterday)
    client = sign_in("pengelola")
    assert "Pengumuman Informasi Publik" in text(client.get(reverse("desk:sop-reviews")))
    sent = {"note": "Sudah dicek bersama kepala bidang."}
    page = text(client.post(address("desk:sop-still-right", 1), sent, follow=True))
    assert "Tinjauan tercatat." in page
    assert "Semua sudah ditinjau" in text(client.get(reverse("desk:sop-reviews")))
    assert "Sudah dicek bersama kepala bidang." in text(client.get(address("desk:sop-still-right", 1)))


def test_readers_are_counted_and_one_says_so_with_a_button(sign_in):
    client = sign_in("dinsos")
    page = text(client.get(address("desk:sop-version", 1)))
    assert "Saya sudah membaca versi ini" in page
    page = text(client.post(address("desk:sop-acknowledge", 1), follow=True))
    assert "Tercatat: Anda sudah membaca versi 1." in page
    assert "Sudah dibaca 1 dari" in page
    assert "Saya sudah membaca versi ini" not in page


def test_others_have_no_button_and_are_refused(sign_in, stranger):
    client = sign_in(stranger)
    assert "Saya sudah membaca versi ini" not in text(client.get(address("desk:sop-version", 1)))
    assert "hanya untuk petugas" in text(client.post(address("desk:sop-acknowledge", 1), follow=True))


def signed(data=b"%PDF-1.7\nditandatangani\n%%EOF\n"):
    return SimpleUploadedFile("SOP bertanda tangan.pdf", data, "application/pdf")


def test_the_signed_sheet_is_uploaded_and_comes_back_byte_for_byte(sign_in):
    client = sign_in("pengelola")
    where = address("desk:sop-sign", 1)
    assert "tidak dapat diganti" in text(client.get(where))
    page = text(client.post(where, {"upload": signed()}, follow=True))
    digest = hashlib.sha256(b"%PDF-1.7\nditandatangani\n%%EOF\n").hexdigest()
    kept = SopVersion.objects.get(sop__slug=SLUG, version=1).pdf_sha256
    assert digest in page
    assert page.count(kept) == 2, "beside the rendered one"
    response = sign_in("dinsos").get(address("desk:sop-signed-pdf", 1))
    assert b"".join(response.streaming_content) == b"%PDF-1.7\nditandatangani\n%%EOF\n"
    assert "tidak dapat diganti" in text(client.post(where, {"upload": signed()}))


def test_what_is_no_pdf_is_refused_with_a_sentence(sign_in):
    client = sign_in("pengelola")
    where = address("desk:sop-sign", 1)
    assert "bukan PDF" in text(client.post(where, {"upload": signed(b"PK docx")}))
    empty = client.post(where)
    assert "Pilih berkas PDF-nya." in text(empty)
    assert error_links(empty) == ["#id_upload"]
    assert client.get(address("desk:sop-signed-pdf", 1)).status_code == 404


def test_a_unit_s_pattern_gives_a_draft_its_number(draft, sign_in):
    client = sign_in("pengelola")
    assert "belum punya pola nomor" in text(client.get(address("desk:sop-number")))
    where = reverse("desk:sop-numbering", args=["dinsos"])
    wrong = client.post(where, {"pattern": "SOP/{tahun}"})
    assert error_links(wrong) == ["#id_pattern"]
    assert soup(wrong).find(id="id_pattern")["value"] == "SOP/{tahun}"
    client.post(where, {"pattern": "{nomor}/SOP.DINSOS/{tahun}"})
    assert NumberingPattern.objects.get().unit.code == "dinsos"
    number = f"1/SOP.DINSOS/{timezone.localdate().year}"
    assert number in text(client.get(address("desk:sop-number")))
    assert f"sekarang {number}" in text(client.post(address("desk:sop-number"), follow=True))


def test_the_laws_are_listed_with_the_sheets_that_rest_on_them(sign_in):
    client = sign_in("dinsos")
    page = text(client.get(reverse("desk:legal-bases")))
    assert "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik Berlaku 2 lembar" in page
    assert "diubah oleh Pengelola SOP dan PPID Utama" in page
    found = text(client.get(reverse("desk:legal-bases"), {"cari": "uu 14/2008"}))
    assert "Keterbukaan Informasi Publik" in found
    assert "Pelayanan Publik Berlaku" not in found


def law(**fields):
    return {
        "kind": "uu",
        "number": "30",
        "year": 2014,
        "title": "Administrasi Pemerintahan",
        "status": "in_force",
        **fields,
    }


@pytest.mark.parametrize(("name", "view"), [("desk:legal-bases", Bases), ("desk:sop-reviews", DueForReview)])
def test_a_long_list_goes_on_over_the_page(name, view, sign_in, monkeypatch):
    monkeypatch.setattr(view, "paginate_by", 1)
    LegalBasis.objects.bulk_create(
        LegalBasis(kind="uu", number=str(n), year=2008, title="Keterbukaan") for n in range(900, 902)
    )
    yesterday = timezone.now() - timedelta(days=1)
    for version in SopVersion.objects.filter(state="approved"):
        confirm_still_right(version, actor=make.demo("utama"), review_on=timezone.localdate(), at=yesterday)
    client = sign_in("utama")
    onward = soup(client.get(reverse(name))).select_one("a[rel=next]")["href"]
    assert client.get(reverse(name) + onward).context["page_obj"].number == 2


def test_a_law_is_added_changed_and_replaced(draft, sign_in):
    client = sign_in("pengelola")
    page = text(client.post(reverse("desk:legal-basis-add"), law(), follow=True))
    assert "Tersimpan: Undang-Undang Nomor 30 Tahun 2014" in page
    new = LegalBasis.objects.get(number="30")
    old = LegalBasis.objects.get(kind="uu", number="25")
    where = reverse("desk:legal-basis", args=[old.pk])
    sent = law(number="25", year=2009, title="Pelayanan Publik", replaced_by=new.pk)
    refused = client.post(where, sent)
    assert "keadaannya dicabut" in text(refused)
    assert error_links(refused) == ["#id_replaced_by"]
    client.post(where, sent | {"status": "revoked"})
    assert "sudah dicabut. Penggantinya: Undang-Undang Nomor 30 Tahun 2014" in text(
        client.get(address("desk:sop-version"))
    )
    back = law(status="revoked", replaced_by=old.pk)
    assert "digantikan kembali" in text(client.post(reverse("desk:legal-basis", args=[new.pk]), back))


def test_a_law_stands_once(sign_in):
    twice = law(number="25", year=2009, title="Pelayanan Publik")
    response = sign_in("pengelola").post(reverse("desk:legal-basis-add"), twice)
    assert "Dasar hukum ini sudah tercatat." in text(response)


@pytest.mark.parametrize("year", ["0", "99999", "dua ribu"])
def test_a_year_is_a_year(sign_in, year):
    response = sign_in("pengelola").post(reverse("desk:legal-basis-add"), law(year=year))
    assert error_links(response) == ["#id_year"]


# Written out: page, and whether the keeper of dinsos, the keeper of dinkes, a reader and PPID Utama come in.
PAGES = [
    ("desk:sop-still-right", [SLUG, 1], 200, 403, 403, 200),
    ("desk:sop-number", [SLUG, 2], 200, 403, 403, 200),
    ("desk:sop-sign", [SLUG, 1], 200, 403, 403, 200),
    ("desk:sop-numbering", ["dinsos"], 200, 403, 403, 200),
    ("desk:legal-basis-add", [], 200, 200, 403, 200),
    ("desk:legal-bases", [], 200, 200, 200, 200),
    ("desk:sop-reviews", [], 200, 200, 200, 200),
    ("desk:sop-compare", [SLUG, 1, 2], 200, 200, 200, 200),
]


@pytest.mark.parametrize(("name", "args", "keeper", "elsewhere", "reader", "leads"), PAGES)
def test_each_page_opens_for_whom_it_is_meant(name, args, keeper, elsewhere, reader, leads, draft, sign_in):
    other = make.person("sop_keeper", unit="dinkes")
    for who, status in (("pengelola", keeper), (other, elsewhere), ("dinsos", reader), ("utama", leads)):
        assert sign_in(who).get(reverse(name, args=args)).status_code == status
        if status == 403:
            assert sign_in(who).post(reverse(name, args=args)).status_code == 403


def test_a_running_case_says_that_a_newer_version_is_in_force(draft, sign_in):
    case = make.publication(at="coordinating")
    client = sign_in("bidang")
    where = reverse("desk:case", args=[case.number])
    assert "berjalan menurut SOP versi 1" not in text(client.get(where))
    actions.submit(draft, actor=make.demo("pengelola"))
    later = timezone.localdate() + timedelta(days=3)
    coming = actions.approve(draft, actor=make.demo("utama"), why="Sudah sesuai.", in_force_from=later)
    assert "berjalan menurut SOP versi 1" not in text(client.get(where)), "its day has not come"
    actions.retire(coming, actor=make.demo("utama"), why="Batal.")
    third = actions.new_draft(coming, actor=make.demo("pengelola"))
    actions.submit(third, actor=make.demo("pengelola"))
    actions.approve(third, actor=make.demo("utama"), why="Sudah sesuai.")
    page = text(client.get(where))
    assert "Proses ini berjalan menurut SOP versi 1" in page
    assert "berlaku versi 3" in page
    assert make.again(case).sop_version.version == 1
