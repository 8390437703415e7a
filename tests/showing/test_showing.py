"""What the worker makes of what is public: pictures, tables, announcements; never of what is public no longer."""

import io

import pypdfium2
import pytest
from django.utils import timezone
from openpyxl import Workbook
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.shelf import actions
from ppid.shelf.actions import public_store
from ppid.shelf.models import BoardSheet, PagePicture, PublishedItem, ReadFile, ShortAddress
from ppid.showing import tasks
from ppid.showing.announcement import announcement, print_next
from ppid.showing.reading import read, read_next
from ppid.web.reading.tables import CSV, XLSX
from sop.models import SopVersion
from sop.versions.shelving import address_of
from tests import make, make_pdf
from tests.portal import shelf_rows as shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"
    PublishedItem.objects.all().delete()


def everything() -> None:
    while read_next() or print_next():
        pass


def test_each_page_of_a_pdf_becomes_a_picture_of_the_width_that_it_says():
    report = shelf.file(make_pdf.pages("Halaman satu", "Halaman dua"))
    shelf.item(files=[report])
    assert read_next()
    assert ReadFile.objects.get(sha256=report.sha256).pages == 2
    pictures = list(PagePicture.objects.filter(file_sha256=report.sha256))
    assert [each.page for each in pictures] == [1, 2]
    with public_store().open(pictures[0].sha256) as file:
        drawn = Image.open(io.BytesIO(file.read(5_000_000)))
    assert (drawn.format, drawn.size) == ("WEBP", (pictures[0].width, pictures[0].height))
    assert drawn.width == 1000
    assert not read_next(), "once"


def test_of_a_long_pdf_so_many_pages_are_drawn_and_all_are_counted(monkeypatch):
    monkeypatch.setattr("ppid.showing.reading.MOST_PAGES", 2)
    report = shelf.file(make_pdf.pages("a", "b", "c"))
    shelf.item(files=[report])
    everything()
    assert ReadFile.objects.get().pages == 3
    assert PagePicture.objects.count() == 2


def test_a_csv_shows_its_first_fifty_rows_and_counts_all():
    text = "Kecamatan;Penerima\n" + "".join(f"Kecamatan {n};{n}\n" for n in range(1, 1241))
    data = shelf.file(text.encode(), filename="data.csv", media_type=CSV)
    shelf.item(files=[data])
    everything()
    found = ReadFile.objects.get(sha256=data.sha256)
    assert found.rows == 1240
    assert found.table[0] == ["Kecamatan", "Penerima"]
    assert len(found.table) == 51
    assert found.table[-1] == ["Kecamatan 50", "50"]


def test_what_hides_in_a_workbook_is_not_shown():
    book = Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (["Nama", "Rahasia", "Jumlah"], ["A", "kenari", 1], ["tersembunyi", "kenari", 2], ["B", "kenari", 3]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Kenari", 0).sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    data = shelf.file(written.getvalue(), filename="data.xlsx", media_type=XLSX)
    shelf.item(files=[data])
    everything()
    found = ReadFile.objects.get(sha256=data.sha256)
    assert (found.sheet, found.rows) == ("Data", 2)
    assert found.table == [["Nama", "Jumlah"], ["A", "1"], ["B", "3"]]


@pytest.mark.parametrize(
    ("content", "media_type", "says"),
    [
        (b"%PDF-1.7 rusak", "application/pdf", "rusak atau terpotong"),
        (b"PK", "application/zip", "tidak dapat ditampilkan per halaman"),
        (b"PK\x03\x04 rusak", XLSX, "rusak atau terpotong"),
    ],
)
def test_what_can_not_be_read_says_why_and_is_not_tried_again(content, media_type, says):
    shelf.item(files=[shelf.file(content, media_type=media_type)])
    everything()
    assert says in ReadFile.objects.get().why_not
    assert not read_next()


def test_bytes_that_are_lost_say_so():
    found, pictures = read("ab" * 32, "application/pdf")
    assert (found.why_not, pictures) == ("Berkas ini sedang tidak dapat dibaca portal.", [])


def test_what_is_taken_off_while_it_is_read_leaves_nothing(monkeypatch):
    report = shelf.file(make_pdf.pages("rahasia"))
    item = shelf.item(files=[report])
    drawn = read(report.sha256, "application/pdf")
    actions.exclude(item.number, called="Data pribadi", reason="x", at=timezone.now(), ends_on=None)
    monkeypatch.setattr("ppid.showing.reading.read", lambda *asked: drawn)
    everything()
    assert not PagePicture.objects.exists()
    assert list(public_store().names()) == []


class TestAnnouncement:
    def text(self, pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())

    def test_it_says_what_it_is_of_and_where_it_is_read(self, settings):
        settings.SITE_URL = "https://ppid.example"
        item = shelf.item(number="2026-0444", title="Laporan kinerja", published_at=shelf.NOW)
        everything()
        with public_store().open(BoardSheet.objects.get(number=item.number).sha256) as file:
            text = self.text(file.read(5_000_000))
        code = ShortAddress.objects.get(kind="item", number=item.number).code
        for said in (
            "PENGUMUMAN INFORMASI PUBLIK",
            "Laporan kinerja",
            "Berkala · nomor 2026-0444",
            "20 November 2026",
            "Dinas Sosial",
            "https://ppid.example/informasi/2026-0444/",
            f"https://ppid.example/v/{code}/",
            "tidak memuat tanda tangan elektronik",
        ):
            assert said in text, said

    def test_the_same_item_gives_the_same_bytes(self):
        item = shelf.item()
        assert announcement(item) == announcement(item)

    @pytest.mark.parametrize("letters", [500, 20])
    def test_long_words_stay_on_one_page(self, letters, settings):
        settings.SITE_URL = ""
        item = shelf.item(title=("Panjang sekali " * 40)[:letters], summary="Ringkasan yang panjang. " * 200)
        assert self.text(announcement(item))

    def test_the_next_edition_has_its_own(self):
        item = shelf.item()
        everything()
        before = BoardSheet.objects.get().sha256
        shelf.item(number=item.number, title="Lain")
        everything()
        after = BoardSheet.objects.get()
        assert (after.edition, after.sha256 == before) == (2, False)


def test_publishing_asks_for_it_once_in_the_same_transaction():
    make.publication(at="published")
    make.publication(at="published")
    asked = ProcrastinateJob.objects.filter(task_name="ppid.showing.tasks.show", status="todo")
    assert asked.count() == 1


def test_a_long_job_lets_others_have_their_turn(monkeypatch):
    shelf.item()
    shelf.item()
    monkeypatch.setattr(tasks, "_A_WHILE", -1)
    tasks.show(timestamp=0)
    assert BoardSheet.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="ppid.showing.tasks.show", status="todo").count() == 1


def test_every_address_that_a_paper_prints_answers(client, settings):
    settings.SITE_URL = "https://ppid.example"
    item = shelf.item(number="2026-0333")
    shelf.register_edition()
    version = SopVersion.objects.filter(state="approved").first()
    printed = [address_of(version), f"https://ppid.example{item.get_absolute_url()}"]
    printed += [f"https://ppid.example{each.get_absolute_url()}" for each in ShortAddress.objects.all()]
    assert {each.kind for each in ShortAddress.objects.all()} == {"item", "annex", "sop"}
    for address in printed:
        assert client.get(address.removeprefix("https://ppid.example")).status_code == 200, address


def test_what_time_took_away_is_made_anew():
    report = shelf.file(make_pdf.pages("a", "b"))
    item = shelf.item(files=[report])
    everything()
    lost = [PagePicture.objects.get(page=2).sha256, BoardSheet.objects.get().sha256]
    for sha256 in lost:
        public_store().remove(sha256)
    tasks.make_lost_ones_anew(timestamp=0)
    assert not ReadFile.objects.exists()
    everything()
    assert all(public_store().path(sha256).exists() for sha256 in lost)
    assert BoardSheet.objects.get().number == item.number
    assert PagePicture.objects.count() == 2
