"""The SOP library at the desk: everybody appointed reads it, PPID Utama approves, confirms and copies."""

import pytest
from django.test import Client
from django.urls import reverse

from sop import actions
from sop.models import SopVersion
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db

SLUG = "pengumuman-informasi-publik"


@pytest.fixture
def draft(db) -> SopVersion:
    return actions.new_draft(SopVersion.objects.get(sop__slug=SLUG, version=1), actor=make.demo("utama"))


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


def test_ppid_utama_approves_after_reading_what_it_means(draft, sign_in):
    client = sign_in("utama")
    page = text(client.get(address("desk:sop-approve")))
    assert "menggantikan versi 1" in page
    assert "tidak dapat diubah lagi oleh siapa pun" in page
    assert "Ini bukan tanda tangan elektronik." in page
    assert state(2) == "draft", "looking approves nothing"
    assert "Versi 2 berlaku sejak sekarang" in text(client.post(address("desk:sop-approve"), follow=True))
    assert (state(1), state(2)) == ("superseded", "approved")


def test_a_second_click_gets_a_sentence(draft, sign_in):
    client = sign_in("utama")
    client.post(address("desk:sop-approve"))
    response = client.post(address("desk:sop-approve"))
    assert response.status_code == 200
    assert "Versi 2 sudah berlaku dan tidak dapat diubah lagi." in text(response)


def test_a_sheet_that_disagrees_with_its_flow_is_refused_with_sentences(draft, sign_in):
    draft.activities.filter(number=4).update(if_no=2)
    response = sign_in("utama").post(address("desk:sop-approve"))
    assert "Jalan kembali pada lembar ini (4 → 2) berbeda dari alur" in text(response)
    assert state(2) == "draft"


def test_ppid_utama_confirms_the_reading(draft, sign_in):
    client = sign_in("utama")
    page = text(client.get(address("desk:sop-confirm")))
    assert "bila tidak: kembali ke langkah 3 (tambahan portal)" in page
    assert "Penafsiran versi 2 dikonfirmasi." in text(client.post(address("desk:sop-confirm"), follow=True))
    version = SopVersion.objects.get(sop__slug=SLUG, version=2)
    assert (version.is_interpretation, version.confirmed_by) == (False, make.demo("utama"))


def test_a_new_draft_is_a_copy_and_there_is_one_at_a_time(sign_in):
    client = sign_in("utama")
    assert "Versi 2 dibuat sebagai draf." in text(client.post(address("desk:sop-new-draft", 1), follow=True))
    assert "SOP ini sudah punya draf" in text(client.post(address("desk:sop-new-draft", 1)))
    assert "sudah punya draf; lanjutkan draf itu" in text(client.get(address("desk:sop-version", 1)))


@pytest.mark.parametrize("name", ["desk:sop-approve", "desk:sop-confirm", "desk:sop-new-draft"])
def test_acts_are_for_ppid_utama_alone(name, draft, sign_in, stranger):
    for who in ("bidang", stranger, "atasan"):
        client = sign_in(who)
        assert client.get(address(name)).status_code == 403
        assert client.post(address(name)).status_code == 403
    assert state(2) == "draft"
    assert Client().post(address(name)).status_code == 302


def test_others_read_why_they_can_not(draft, sign_in, stranger):
    for who in ("bidang", stranger):
        page = text(sign_in(who).get(address("desk:sop-version")))
        assert "wewenang PPID Utama yang penugasannya berlaku" in page
        assert "Setujui versi ini" not in page


def test_an_unknown_version_is_not_found(sign_in):
    client = sign_in("utama")
    for name in ("desk:sop-version", "desk:sop-version-pdf", "desk:sop-approve"):
        assert client.get(address(name, 99)).status_code == 404
    assert sign_in(make.person()).get(reverse("desk:sops")).status_code == 403
