"""Registers as PDF, made in the background: when, in which parts, what is offered meanwhile, what takes them away."""

import io

import pdfua
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from pypdf import PdfReader

from ppid.editions import bundles as making
from ppid.editions import register_paper
from ppid.editions.bundles import MAKERS, bring_about
from ppid.shelf import actions as shelf
from ppid.shelf import bundling
from ppid.shelf.models import Bundle, BundlePart, PublishedSop
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_public_files(settings, tmp_path):
    settings.PORTAL_DATABASE = "default"
    settings.PUBLIC_FILES = tmp_path / "public"
    PublishedSop.objects.all().delete()


def words(part: BundlePart) -> str:
    with shelf.public_store().open_checked(part.sha256) as file:
        pages = PdfReader(io.BytesIO(file.read(part.size))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_dip_is_printed_with_letterhead_and_every_row(tmp_path, client):
    shelf_rows.item(number="2026-0101", title="Laporan bantuan")
    assert bring_about(MAKERS["dip"])
    part = BundlePart.objects.get()
    said = words(part).casefold()
    for each in ("pemerintah kota pontianak", "daftar informasi publik", "1 baris", "2026-0101", "laporan bantuan"):
        assert each in said
    file = tmp_path / "dip.pdf"
    file.write_bytes(b"".join(client.get("/dip/bagian-1.pdf").streaming_content))
    assert [str(finding) for finding in pdfua.validate(file).findings] == []
    page = client.get("/dip/").content.decode()
    assert "Seluruh daftar sebagai PDF" in page
    assert 'href="/dip/bagian-1.pdf"' in page


def test_every_register_is_printed(client):
    shelf_rows.item()
    shelf_rows.dik(number="2026-0901", information="Data pribadi")
    shelf_rows.dik(
        number="2026-0902",
        information="Yang terbuka",
        reopened_on=timezone.localdate(),
        reopened_because="putusan",
        item_number="2026-0903",
    )
    shelf_rows.sop(title="PENGUMUMAN")
    assert {kind: bring_about(maker) for kind, maker in MAKERS.items()} == dict.fromkeys(MAKERS, True)
    parts = {part.bundle.kind: words(part) for part in BundlePart.objects.filter(filename__endswith=".pdf")}
    assert "Data pribadi" in parts["dik"]
    assert "Yang terbuka" not in parts["dik"]
    assert "Yang terbuka" in parts["reopened"]
    assert "PENGUMUMAN" in parts["sop"]
    for address in ("/dik/", "/dik/dibuka-kembali/", "/sop/"):
        assert f'href="{address}bagian-1.pdf"' in client.get(address).content.decode()
        assert client.get(f"{address}bagian-1.pdf").status_code == 200
        assert client.get(f"{address}bagian-2.pdf").status_code == 404


def test_it_is_made_anew_when_its_rows_changed_and_not_at_every_write(monkeypatch):
    shelf_rows.item(number="2026-0101")
    assert bring_about(MAKERS["dip"])
    first = Bundle.objects.get()
    shelf_rows.dik()
    shelf.tell("2026-0101", passport=[])
    assert not bring_about(MAKERS["dip"]), "what it shows is the same"
    assert Bundle.objects.get() == first
    shelf_rows.item(number="2026-0102")
    assert bring_about(MAKERS["dip"])
    assert Bundle.objects.get().rows == 2, "the old one went as the new one was there"


def test_a_long_one_is_made_in_parts_and_tells_how_far_it_is(monkeypatch, client):
    monkeypatch.setattr(making, "PART", 1)
    monkeypatch.setattr(making, "PAUSE", 0.0)
    shelf_rows.item(number="2026-0101")
    assert bring_about(MAKERS["dip"])
    for n in (2, 3):
        shelf_rows.item(number=f"2026-010{n}")
    seen = []
    pdf = register_paper.Register.pdf

    def drawn(self, *args, **facts):
        page = BeautifulSoup(client.get("/dip/").content, "html.parser").select_one(".prints")
        seen.append(" ".join(page.get_text(" ").split()))
        return pdf(self, *args, **facts)

    monkeypatch.setattr(register_paper.Register, "pdf", drawn)
    assert bring_about(MAKERS["dip"])
    assert [each.rpartition("PDF ")[2] for each in seen] == [
        "yang baru sedang dibuat: 0 dari 3 bagian.",
        "yang baru sedang dibuat: 0 dari 3 bagian.",
        "yang baru sedang dibuat: 1 dari 3 bagian.",
    ]
    assert all("Seluruh daftar sebagai PDF" in each for each in seen), "the last one is offered meanwhile"
    page = client.get("/dip/").content.decode()
    assert "bagian 3" in page
    assert "sedang dibuat" not in page


def test_progress_is_written_once_a_minute_at_most(monkeypatch):
    monkeypatch.setattr(making, "PART", 1)
    for _ in range(4):
        shelf_rows.item()
    added = []
    add = bundling.add

    def noted(bundle, made, *, is_last):
        added.append((len(made), is_last))
        return add(bundle, made, is_last=is_last)

    monkeypatch.setattr(bundling, "add", noted)
    monkeypatch.setattr(register_paper.Register, "pdf", lambda *args, **facts: b"%PDF")
    assert bring_about(MAKERS["dip"])
    assert added == [(4, True)]


def test_what_changes_while_it_is_made_is_never_in_it(monkeypatch):
    shelf_rows.item(number="2026-0101", title="Rahasia")
    pdf = register_paper.Register.pdf

    def closed_meanwhile(self, *args, **facts):
        shelf.exclude("2026-0101", called="Data pribadi", reason="Ditutup.", at=timezone.now(), ends_on=None)
        return pdf(self, *args, **facts)

    monkeypatch.setattr(register_paper.Register, "pdf", closed_meanwhile)
    assert not bring_about(MAKERS["dip"])
    assert not Bundle.objects.exists()


@pytest.mark.parametrize("act", ["exclude", "withdraw", "wrong", "correct"])
def test_what_names_an_item_goes_with_it(act, django_capture_on_commit_callbacks):
    shelf_rows.item(number="2026-0101", title="Rahasia")
    shelf_rows.bundle("dip", keys=["2026-0101", "2026-0102"])
    shelf_rows.bundle("sop", content=b"%PDF lain", keys=["lain"])
    named = BundlePart.objects.get(bundle__kind="dip")
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        match act:
            case "exclude":
                shelf.exclude("2026-0101", called="Data", reason="Ditutup.", at=now, ends_on=None)
            case "withdraw":
                shelf.withdraw("2026-0101", reason="Ditarik.", at=now)
            case "wrong":
                shelf.withdraw("2026-0101", reason="Salah.", at=now, why="wrongly_published")
            case "correct":
                correction = {"on": now.date().isoformat(), "note": "Ralat.", "changes": []}
                shelf.correct("2026-0101", words={"title": "Lain"}, correction=correction)
    assert [each.kind for each in Bundle.objects.all()] == ["sop"]
    assert not shelf.public_store().path(named.sha256).exists()


def test_former_words_of_the_dik_go_with_what_names_them():
    shelf_rows.dik(number="2026-0101")
    shelf_rows.bundle("dik", keys=["2026-0101"])
    shelf_rows.dik(number="2026-0101", corrections=[{"on": "2026-11-20", "before": []}])
    assert not Bundle.objects.exists()


def test_an_empty_register_and_one_that_is_too_long_have_none(monkeypatch):
    shelf_rows.bundle("dip")
    assert not bring_about(MAKERS["dip"])
    assert not Bundle.objects.exists()
    for _ in range(3):
        shelf_rows.item()
    monkeypatch.setattr(making, "MOST", 2)
    shelf_rows.bundle("dip")
    assert not bring_about(MAKERS["dip"])
    assert not Bundle.objects.exists()


def test_one_that_a_killed_worker_left_is_begun_anew():
    shelf_rows.item()
    left = bundling.begin("dip", drawn="0" * 64, rows=9, total=9, on=timezone.localdate())
    assert bring_about(MAKERS["dip"])
    assert not Bundle.objects.filter(pk=left.pk).exists()
    made = bundling.Made(1, "dip.pdf", "application/pdf", b"%PDF", [], 1, lambda: True)
    assert not bundling.add(left, [made], is_last=True), "whoever still works at it adds nothing"


def test_what_lost_its_bytes_in_a_restore_is_made_anew():
    shelf_rows.item()
    bring_about(MAKERS["dip"])
    shelf.public_store().remove(BundlePart.objects.get().sha256)
    assert bring_about(MAKERS["dip"])
    assert bundling.is_whole(Bundle.objects.get())
    assert not bring_about(MAKERS["dip"])
