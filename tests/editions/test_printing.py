"""The annex of the decree: letterhead, decree, every row, in parts that the press can bear, drawn anew when covered."""

import io

import pdfua
import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from ppid.editions import printing
from ppid.shelf import actions as shelf
from ppid.shelf import register_models
from ppid.shelf.models import PublishedAnnex, ShortAddress
from tests import make
from tests.editions import editions
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def annex(part: int = 1) -> bytes:
    found = PublishedAnnex.objects.get(part=part)
    with shelf.public_store().open_checked(found.sha256) as file:
        return file.read(found.size)


@pytest.fixture(autouse=True)
def own_public_files(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"


def test_the_annex_bears_the_letterhead_the_decree_and_every_row(tmp_path):
    shelf_rows.item(number="2026-0101", title="Laporan bantuan")
    editions.set_here("dip", number="188/7/PPID")
    call_command("print_editions")
    said = words(annex())
    for each in ("PEMERINTAH KOTA PONTIANAK", "Nomor 188/7/PPID", "DAFTAR INFORMASI PUBLIK TAHUN 2026", "2026-0101"):
        assert each.casefold() in said.casefold()
    assert make.demo("utama").name in said
    assert not printing.print_next(), "nothing is left"
    file = tmp_path / "lampiran.pdf"
    file.write_bytes(annex())
    assert [str(finding) for finding in pdfua.validate(file).findings] == []


def test_a_long_one_is_printed_in_parts_and_signed_on_the_last(monkeypatch):
    monkeypatch.setattr(register_models, "ANNEX_ROWS", 2)
    for n in range(1, 4):
        shelf_rows.item(number=f"2026-010{n}", unit_name="Dinas")
    edition = editions.set_here("dip")
    assert list(edition.parts) == [1, 2]
    assert printing.print_next()
    assert printing.print_next()
    first, last = words(annex(1)), words(annex(2))
    assert "BAGIAN 1 DARI 2" in first
    assert "2026-0102" in first
    assert "2026-0103" not in first
    assert "2026-0103" in last
    assert make.demo("utama").name not in first
    assert make.demo("utama").name in last


def test_a_covered_row_is_drawn_anew_in_its_part_alone(monkeypatch):
    monkeypatch.setattr(register_models, "ANNEX_ROWS", 1)
    for n in (1, 2):
        shelf_rows.item(number=f"2026-010{n}", unit_name="Dinas", title=f"Rahasia {n}")
    editions.set_here("dip")
    call_command("print_editions")
    shelf.exclude("2026-0101", called="Data pribadi", reason="Ditutup.", at=timezone.now(), ends_on=None)
    assert [each.part for each in PublishedAnnex.objects.all()] == [2]
    call_command("print_editions")
    assert "Rahasia" not in words(annex(1))
    assert "Data pribadi" in words(annex(1))


def test_a_draft_says_so_and_names_no_decree():
    shelf_rows.item(title="Laporan bantuan")
    said = words(printing.draft(editions.prepared("dip")))
    assert "DRAF" in said
    assert "Laporan bantuan" in said
    assert "……" in said


def test_each_part_prints_where_it_is_told_what_it_is(settings):
    settings.SITE_URL = "https://ppid.example"
    shelf_rows.item()
    edition = shelf_rows.register_edition()
    code = ShortAddress.objects.get(kind="annex", number="dip", edition=1).code
    said = words(printing.annex(edition, 1, list(edition.rows.all())))
    assert f"https://ppid.example/v/{code}/" in said
    assert "bukan tanda tangan elektronik" in said
