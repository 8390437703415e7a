"""The SOP library at the desk: everybody appointed reads it, keepers hand in, PPID Utama approves or sends back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sop.drafts.editing import confirm_interpretation, start_sop
from sop.models import SopVersion
from sop.versions import actions
from tests import make, make_sheets
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"


@pytest.fixture
def draft(db) -> SopVersion:
    return actions.new_draft(SopVersion.objects.get(sop__slug=SLUG, version=1), actor=make.demo("pengelola"))


@pytest.fixture
def reviewed(draft) -> SopVersion:
    return actions.submit(draft, actor=make.demo("pengelola"))


def address(name, version=2):
    return reverse(name, args=[SLUG, version])


def state(version) -> str:
    return SopVersion.objects.get(sop__slug=SLUG, version=version).state


def test_the_list_shows_versions_their_state_and_number(draft, sign_in):
    page = text(sign_in("dinsos").get(reverse("desk:sops")))
    for words in ("Versi 1", "Berlaku", "Versi 2", "Draf", "/SOP.DINSOS/2023", "Penafsiran"):
        assert words in page
    assert "wewenang PPID Utama" in page


def test_a_version_is_drawn_with_its_facts(sign_in):
    response = sign_in("dinsos").get(address("desk:sop-version", 1))
    page = text(response)
    assert "Nomor SOP /SOP.DINSOS/2023" in page
    assert "Mengklarifikasi jenis informasi" in page
    assert soup(response).select("article.sheet")
    assert not soup(response).find_all(style=True)
    assert not soup(response).find_all("style")


def test_the_kept_pdf_is_sent_byte_for_byte_and_a_draft_is_marked(draft, sign_in):
    client = sign_in("dinsos")
    kept = b"".join(client.get(address("desk:sop-version-pdf", 1)).streaming_content)
    again = b"".join(client.get(address("desk:sop-version-pdf", 1)).streaming_content)
    approved = SopVersion.objects.get(sop__slug=SLUG, version=1)
    assert kept == again
    assert len(kept) == approved.pdf_size
    drawn = client.get(address("desk:sop-version-pdf", 2))
    assert drawn.content.startswith(b"%PDF-")
    assert "draf-" in drawn.headers["Content-Disposition"]


def test_the_keeper_hands_the_draft_in(draft, sign_in):
    client = sign_in("pengelola")
    page = text(client.get(address("desk:sop-submit")))
    assert "Selama ditinjau isinya tidak dapat diubah." in page
    assert state(2) == "draft", "looking hands nothing in"
    page = text(client.post(address("desk:sop-submit"), follow=True))
    assert "Versi 2 diajukan." in page
    assert "Draf → Ditinjau" in page
    assert "Ditinjau" in page
    assert "Setujui versi ini" not in page
    assert state(2) == "in_review"


def test_ppid_utama_approves_after_reading_what_it_means(reviewed, sign_in):
    client = sign_in("utama")
    page = text(client.get(address("desk:sop-approve")))
    assert "menggantikan versi 1" in page
    assert "tidak dapat diubah lagi oleh siapa pun" in page
    assert "Ini bukan tanda tangan elektronik." in page
    assert state(2) == "in_review", "looking approves nothing"
    page = text(client.post(address("desk:sop-approve"), {"why": "Sudah sesuai.", "seen": 1}, follow=True))
    assert "Versi 2 disetujui, berlaku sejak" in page
    assert "Sudah sesuai." in page
    assert (state(1), state(2)) == ("superseded", "approved")


def test_who_approves_reads_sheet_findings_and_differences_before_the_button(reviewed, sign_in):
    page = soup(sign_in("utama").get(address("desk:sop-approve")))
    words = page.get_text(" ", strip=True)
    main = page.select_one("main").find_all(["h2", "button"])
    found = [each.get_text(" ", strip=True) for each in main]
    places = ["Yang berbeda dengan yang berlaku", "Pemeriksaan lembar", "Lembar yang diajukan", "Setujui versi 2"]
    assert [each for each in found if each in places] == places
    assert page.select_one("table.versus") or "Tidak ada yang berbeda." in words
    for activity in SopVersion.objects.get(sop__slug=SLUG, version=2).activities.all():
        assert activity.text.split()[0] in words
    assert "versi 1 yang berlaku" in words


def test_a_units_first_own_sheet_is_read_beside_the_citys(sign_in):
    draft = make_sheets.sheet(make_sheets.SEVEN)
    actions.submit(draft, actor=make.person("sop_keeper", unit="dinkes"))
    page = text(sign_in("utama").get(reverse("desk:sop-approve", args=[draft.sop.slug, 1])))
    assert "mengikuti lembar induk «Pengumuman Informasi Publik», versi 1" in page
    assert "perbedaan dengan lembar induk yang sekarang diikuti" in page


def test_a_sheet_of_no_flow_has_nothing_beside_it(sign_in):
    draft = make_sheets.sheet(make_sheets.SEVEN, is_bound=False)
    actions.submit(draft, actor=make.person("sop_keeper", unit="dinkes"))
    page = text(sign_in("utama").get(reverse("desk:sop-approve", args=[draft.sop.slug, 1])))
    assert "Belum ada versi yang berlaku sebelumnya." in page


def test_what_came_back_and_was_handed_in_again_meanwhile_is_not_approved_unread(reviewed, sign_in):
    client, read = sign_in("utama"), reviewed.moves
    actions.send_back(reviewed, actor=make.demo("wakil"), why="Langkah 3 keliru.")
    actions.submit(reviewed, actor=make.demo("pengelola"))
    answer = client.post(address("desk:sop-approve"), {"why": "Sudah sesuai.", "seen": read})
    assert answer.status_code == 409
    assert "dikembalikan dan diajukan lagi sesudah Anda membukanya" in text(answer)
    assert state(2) == "in_review"


def test_ppid_utama_approves_from_a_later_day(reviewed, sign_in):
    client = sign_in("utama")
    day = timezone.localdate() + timedelta(days=30)
    sent = {"in_force_from": day.isoformat(), "why": "Mulai bulan depan.", "seen": 1}
    page = text(client.post(address("desk:sop-approve"), sent, follow=True))
    assert "Disetujui, belum berlaku" in page
    assert (state(1), state(2)) == ("approved", "approved")


def test_a_day_that_is_past_is_refused_and_the_words_are_kept(reviewed, sign_in):
    sent = {"in_force_from": "2020-01-02", "why": "Sudah sesuai.", "seen": 1}
    response = sign_in("utama").post(address("desk:sop-approve"), sent)
    assert "Tanggal mulai berlaku tidak boleh sebelum hari ini." in text(response)
    assert "Sudah sesuai." in soup(response).find("textarea").text
    assert state(2) == "in_review"


def test_ppid_utama_sends_it_back_with_the_reason(reviewed, sign_in):
    client = sign_in("utama")
    assert "Tuliskan alasannya." in text(client.post(address("desk:sop-send-back"), {"why": " "}))
    page = text(client.post(address("desk:sop-send-back"), {"why": "Langkah 3 keliru."}, follow=True))
    assert "Versi 2 dikembalikan kepada pengelolanya." in page
    assert "Langkah 3 keliru." in page
    assert state(2) == "draft"


def test_who_handed_it_in_is_told_to_ask_somebody_else(draft, sign_in):
    client = sign_in("utama")
    client.post(address("desk:sop-submit"))
    response = client.post(address("desk:sop-approve"), {"why": "Sudah sesuai."})
    assert "menyetujui versi ini karena Anda mengajukannya" in text(response)
    assert state(2) == "in_review"


def test_ppid_utama_retires_a_sheet_that_no_flow_follows(sign_in):
    make.bind(make.Sop.objects.get(slug=SLUG))
    client = sign_in("utama")
    assert "Cabut SOP ini" in text(client.get(address("desk:sop-version", 1)))
    page = text(client.post(address("desk:sop-retire", 1), {"why": "Tugasnya pindah."}, follow=True))
    assert "Versi 1 dicabut." in page
    assert "Tugasnya pindah." in page
    assert state(1) == "retired"


def test_a_second_click_gets_a_sentence(reviewed, sign_in):
    client = sign_in("utama")
    client.post(address("desk:sop-approve"), {"why": "Sudah sesuai.", "seen": 1})
    response = client.post(address("desk:sop-approve"), {"why": "Sudah sesuai.", "seen": 1})
    assert response.status_code == 409
    assert "keadaan versi 2 sekarang «Berlaku». Muat ulang halaman" in text(response)


def test_a_sheet_that_disagrees_with_its_flow_is_refused_with_sentences(draft, sign_in):
    draft.activities.filter(number=4).update(carries=[])
    response = sign_in("pengelola").post(address("desk:sop-submit"))
    assert "Langkah hukum 4 «Klarifikasi» belum dibawa baris mana pun" in text(response)
    assert state(2) == "draft"


def test_the_keeper_confirms_the_reading(draft, sign_in):
    client = sign_in("pengelola")
    page = text(client.get(address("desk:sop-confirm")))
    assert "bila tidak: kembali ke langkah 3 (tambahan portal)" in page
    sent = fields(client.get(address("desk:sop-confirm")), action=None)
    assert "Penafsiran versi 2 dikonfirmasi." in text(client.post(address("desk:sop-confirm"), sent, follow=True))
    version = SopVersion.objects.get(sop__slug=SLUG, version=2)
    assert (version.is_interpretation, version.confirmed_by) == (False, make.demo("pengelola"))


def test_the_approver_sees_what_nobody_confirmed(draft, sign_in):
    keeper, client = make.demo("pengelola"), sign_in("utama")
    actions.submit(draft, actor=keeper)
    page = text(client.get(address("desk:sop-approve")))
    assert "Yang belum dikonfirmasi" in page
    assert "Dibaca dari teks naskah, tanpa gambar alir:" in page
    assert "bila tidak: kembali ke langkah 3 (tambahan portal)" in page
    assert "Penafsiran ini belum dikonfirmasi." in text(client.get(address("desk:sop-version")))
    actions.send_back(draft, actor=make.demo("utama"), why="Konfirmasi dahulu.")
    confirm_interpretation(draft, actor=keeper)
    actions.submit(draft, actor=keeper)
    assert "Yang belum dikonfirmasi" not in text(client.get(address("desk:sop-approve")))
    assert f"Penafsirannya dikonfirmasi {keeper.name} pada" in text(client.get(address("desk:sop-version")))


def test_a_sheet_that_was_written_here_is_no_interpretation(sign_in):
    draft = start_sop(title="Pelayanan Santunan", unit=make.unit("dinsos"), actor=make.demo("pengelola"))
    page = text(sign_in("pengelola").get(draft.get_absolute_url()))
    assert "Disusun di portal ini." in page
    assert "enafsiran" not in page


def test_a_new_draft_is_a_copy_and_there_is_one_at_a_time(sign_in):
    client = sign_in("utama")
    assert "Versi 2 dibuat sebagai draf." in text(client.post(address("desk:sop-new-draft", 1), follow=True))
    assert "SOP ini sudah punya versi 2 yang belum diputuskan" in text(client.post(address("desk:sop-new-draft", 1)))
    assert "lanjutkan versi itu" in text(client.get(address("desk:sop-version", 1)))


# Written out: which acts open for whom; pengelola keeps the sheets of dinsos, disdukcapil's keeper doesn't.
ACTS = {
    "desk:sop-submit": {"pengelola", "utama"},
    "desk:sop-confirm": {"pengelola", "utama"},
    "desk:sop-new-draft": {"pengelola", "utama"},
    "desk:sop-approve": {"utama"},
    "desk:sop-send-back": {"utama"},
    "desk:sop-retire": {"utama"},
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_opens_for_whom_it_is_meant(name, draft, sign_in, stranger):
    elsewhere = make.person("sop_keeper", unit="dinkes")
    for who in ("pengelola", "utama", "bidang", stranger, "atasan", elsewhere):
        may = who in ACTS[name] if isinstance(who, str) else False
        client = sign_in(who)
        assert client.get(address(name)).status_code == (200 if may else 403)
        if not may:
            assert client.post(address(name)).status_code == 403
    assert state(2) == "draft"
    assert Client().post(address(name)).status_code == 302


def test_others_read_why_they_can_not(draft, sign_in, stranger):
    for who in ("bidang", stranger):
        page = text(sign_in(who).get(address("desk:sop-version")))
        assert "wewenang PPID Utama yang penugasannya berlaku" in page
        assert "Ajukan untuk ditinjau" not in page


def test_an_unknown_version_is_not_found(sign_in):
    client = sign_in("utama")
    for name in ("desk:sop-version", "desk:sop-version-pdf", "desk:sop-approve"):
        assert client.get(address(name, 99)).status_code == 404
    assert sign_in(make.person()).get(reverse("desk:sops")).status_code == 403
