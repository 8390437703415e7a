"""The office's own pages at the desk: written, looked at, handed in and decided on, by whose acts it is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.desk.typed.models import TypedDraft
from ppid.pages import acts
from ppid.pages.models import Announcement, PageText
from tests import make
from tests.desk.pages import fields, soup, text
from tests.pages import pages

pytestmark = pytest.mark.django_db


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


WRITE = "/meja/halaman/tentang/profil/tulis/"


def test_a_page_is_walked_from_its_draft_to_the_public(sign_in, client):
    bidang, utama = sign_in("bidang"), sign_in("utama")
    listed = text(bidang.get(at("pages")))
    assert "9 halaman yang dicari penilai belum terbit: Profil PPID, Tugas dan fungsi," in listed
    editor = bidang.get(WRITE)
    assert "Ini rancangan bawaan, bukan naskah kantor Anda" in text(editor)
    sent = fields(editor, WRITE)
    assert "[[isi: nomor, tanggal, dan judul SK pembentukan PPID]]" in sent["body"]
    refused = bidang.post(WRITE, sent | {"aksi": "ajukan"})
    assert refused.status_code == 422
    assert "Masih ada yang perlu diisi" in text(refused)
    answer = bidang.post(WRITE, sent | {"body": "## Kami\n\nPPID.", "aksi": "ajukan"}, follow=True)
    assert "Naskah diajukan." in text(answer)
    waiting = PageText.objects.get()
    assert "Baca naskahnya, lalu setujui atau kembalikan." in text(utama.get(at("inbox")))
    assert "Anda tidak dapat" not in text(utama.get(at("page", "profil")))
    done = utama.post(at("page-approve", "profil", waiting.pk), follow=True)
    assert "Publik membaca edisi 1 sejak sekarang." in text(done)
    assert "<h2>Kami</h2><p>PPID.</p>" in client.get("/halaman/profil/").content.decode()
    assert "8 halaman yang dicari penilai" in text(bidang.get(at("pages")))


def test_a_look_at_it_judges_and_keeps_nothing(sign_in):
    bidang = sign_in("bidang")
    sent = {"body": "**tebal** [x](javascript:y) [[isi: SK]]", "note": "Catatan saya", "seen": "", "aksi": "lihat"}
    page = bidang.post(WRITE, sent)
    assert page.status_code == 200
    preview = soup(page).find(id="pratinjau-isi")
    assert preview.strong.text == "tebal"
    assert "1 tautan tidak dapat dipakai" in preview.text
    assert "1 keterangan masih perlu diisi" in preview.text
    assert fields(page, WRITE)["note"] == "Catatan saya"
    assert PageText.objects.count() == TypedDraft.objects.count() == 0
    alone = bidang.post(at("page-preview"), {"body": "# Judul <i>"})
    assert "<h2>Judul &lt;i&gt;</h2>" in alone.content.decode()
    assert sign_in("utama").post(at("page-preview"), {"body": "x"}).status_code == 403


def test_what_is_typed_can_lie_by_and_a_colleague_is_told_of_it(sign_in):
    bidang = sign_in("bidang")
    sent = fields(bidang.get(WRITE), WRITE) | {"body": "Belum selesai."}
    bidang.post(f"{at('set-aside')}?untuk={WRITE}&lalu={WRITE}", sent)
    again = bidang.get(WRITE)
    assert fields(again, WRITE)["body"] == "Belum selesai."
    assert "dikembalikan ke formulir" in text(again)
    colleague = make.person("bidang_layanan", unit="diskominfo")
    seen = text(sign_in(colleague).get(WRITE))
    assert f"{make.demo('bidang').name} juga sedang menulis halaman ini" in seen
    assert "Belum selesai." not in seen
    bidang.post(WRITE, sent | {"body": "Selesai.", "aksi": "ajukan"})
    assert TypedDraft.objects.count() == 0


def test_a_colleagues_text_is_not_overwritten_unseen_and_nothing_typed_is_lost(sign_in):
    bidang = sign_in("bidang")
    sent = fields(bidang.get(WRITE), WRITE)
    colleague = make.person("bidang_layanan", unit="diskominfo", name="Sari")
    theirs = pages.handed_in(body="Naskah Sari.", actor=colleague)
    busy = bidang.post(WRITE, sent | {"body": "Naskah saya.", "aksi": "ajukan"})
    assert busy.status_code == 409
    assert "masih menunggu persetujuan" in text(busy)
    assert fields(busy, WRITE)["body"] == "Naskah saya."
    acts.send_back(theirs, actor=make.demo("utama"), reason="Belum.")
    changed = bidang.post(WRITE, sent | {"body": "Naskah saya.", "aksi": "ajukan"})
    assert changed.status_code == 409
    assert "mengajukan naskah lain sejak Anda mulai menulis" in text(changed)
    again = fields(changed, WRITE)
    assert again["body"] == "Naskah saya."
    assert bidang.post(WRITE, again | {"aksi": "ajukan"}).status_code == 302
    assert acts.newest("profil").body == "Naskah saya."


@pytest.mark.parametrize("seen", ["1", "99999", "9" * 30, "x"])
def test_a_mark_that_no_text_has_is_answered_and_what_was_typed_is_there(sign_in, seen):
    answer = sign_in("bidang").post(WRITE, {"body": "Naskah saya.", "note": "", "seen": seen, "aksi": "ajukan"})
    assert answer.status_code in (409, 422)
    assert fields(answer, WRITE)["body"] == "Naskah saya."
    assert PageText.objects.count() == 0


def test_what_comes_back_stands_in_the_inbox_and_over_the_editor(sign_in):
    utama, bidang = sign_in("utama"), sign_in("bidang")
    waiting = pages.handed_in(body="Kantor.")
    empty = utama.post(at("page-send-back", "profil", waiting.pk), {"reason": " "})
    assert empty.status_code == 422
    utama.post(at("page-send-back", "profil", waiting.pk), {"reason": "Sebut SK-nya."})
    assert "Perbaiki naskahnya, lalu ajukan lagi." in text(bidang.get(at("inbox")))
    editor = bidang.get(WRITE)
    assert "Sebut SK-nya." in text(editor)
    assert fields(editor, WRITE)["body"] == "Kantor."


def test_the_writer_withdraws_with_one_click(sign_in):
    bidang = sign_in("bidang")
    waiting = pages.handed_in()
    assert "masih menunggu persetujuan" in text(bidang.get(WRITE, follow=True))
    answer = bidang.post(at("page-withdraw", "profil", waiting.pk), follow=True)
    assert "Naskah ditarik." in text(answer)
    assert sign_in("utama").post(at("page-withdraw", "profil", waiting.pk)).status_code in (302, 403)


@pytest.mark.parametrize(
    ("name", "yours"),
    [
        ("page-write", {"bidang"}),
        ("page-approve", {"utama"}),
        ("page-send-back", {"utama"}),
        ("announce", {"bidang"}),
        ("announcement-approve", {"utama"}),
        ("announcement-send-back", {"utama"}),
        ("announcement-end", {"bidang", "utama"}),
        ("pages", {"atasan", "bidang", "operator", "utama", "dinsos"}),
        ("page", {"atasan", "bidang", "operator", "utama", "dinsos"}),
    ],
)
def test_each_page_opens_for_whom_it_is_meant(sign_in, name, yours):
    waiting = pages.handed_in()
    args = {"page-write": ["biaya"], "announce": [], "pages": [], "page": ["profil"]}.get(name, ["profil", waiting.pk])
    if name.startswith("announcement-"):
        args = [(pages.on_top() if name.endswith("-end") else pages.announced()).pk]
    for who in ("atasan", "bidang", "operator", "utama", "dinsos"):
        assert sign_in(who).get(at(name, *args)).status_code == (200 if who in yours else 403), who


def test_an_announcement_is_walked_to_the_top_of_the_portal_and_off_it_again(sign_in, client):
    bidang, utama = sign_in("bidang"), sign_in("utama")
    today = timezone.localdate().isoformat()
    wrong = bidang.post(at("announce"), {"text": "Tutup.", "link": "https://lain.example", "ends_on": today})
    assert wrong.status_code == 422
    assert "hanya boleh menuju halaman portal ini" in text(wrong)
    bidang.post(at("announce"), {"text": "Kantor tutup.", "link": "/dip/", "ends_on": today})
    made = Announcement.objects.get()
    assert "Kantor tutup." in text(utama.get(at("inbox")))
    assert "Kantor tutup." not in client.get("/dip/").content.decode()
    utama.post(at("announcement-approve", made.pk))
    assert "Kantor tutup." in client.get("/dip/").content.decode()
    answer = bidang.post(at("announcement-end", made.pk), {"reason": "Sudah buka."}, follow=True)
    assert "Diakhiri" in text(answer)
    assert "Kantor tutup." not in client.get("/dip/").content.decode()


def test_the_setup_page_says_how_many_pages_are_missing(sign_in):
    assert "9 halaman yang dicari penilai belum terbit" in text(sign_in("bidang").get(at("setup")))


@pytest.mark.parametrize("slug", ["lain", "PROFIL", "a" * 500])
def test_a_page_that_no_kind_knows_is_not_found(sign_in, slug):
    assert sign_in("bidang").get(f"/meja/halaman/tentang/{slug}/").status_code == 404
