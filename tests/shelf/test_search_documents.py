"""The text of public files: read in the background in a limited process, and what can't be read says why."""

import dataclasses
import io

import pytest
from PIL import Image
from pypdf import PdfWriter

from ppid.shelf import actions
from ppid.shelf.models import DocumentPage, DocumentText
from ppid.shelf.search import documents
from ppid.shelf.search.models import Kind, SearchEntry
from ppid.web.reading import letters_seen
from tests.portal import shelf_rows as shelf

pytestmark = pytest.mark.django_db
READ, SCANNED, UNREADABLE = DocumentText.State.READ, DocumentText.State.SCANNED, DocumentText.State.UNREADABLE


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PUBLIC_FILES = tmp_path / "public"


def read(content: bytes, **fields) -> DocumentText:
    file = shelf.file(content, **fields)
    shelf.item(files=[file])
    assert documents.unread() == {file.sha256}
    text = documents.read_file(file.sha256)
    assert documents.unread() == set()
    return text


def scan() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (400, 600), "#dddddd").save(written, "PDF")
    return written.getvalue()


def test_a_table_is_read_and_found():
    text = read(b"nama;alamat\nPasar Flamboyan;Jalan Gajah Mada\n", filename="pasar.csv", media_type="text/csv")
    assert text.state == READ
    assert "Flamboyan" in DocumentPage.objects.get().text
    assert SearchEntry.objects.filter(kind=Kind.PAGE).count() == 1


def test_a_page_on_which_nothing_stands_is_not_kept():
    file = shelf.file(b"%PDF-1.7 x")
    shelf.item(files=[file])
    documents.put_text(file.sha256, [documents.Page(1, "x", " \n"), documents.Page(2, "x", "isi")], state=READ)
    assert DocumentPage.objects.get().page == 2


def test_what_is_no_pdf_says_that_it_is_broken():
    text = read(b"%PDF-1.7 rusak")
    assert (text.state, SearchEntry.objects.filter(kind=Kind.PAGE).count()) == (UNREADABLE, 0)
    assert "rusak" in text.why


def test_an_empty_pdf_has_no_text():
    written = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(written)
    assert read(written.getvalue()).why == documents.NO_TEXT


def test_of_a_very_long_file_it_is_said_that_its_beginning_alone_is_searched(monkeypatch):
    found = documents.read_pages

    def cut(path, media_type):
        return dataclasses.replace(found(path, media_type), is_cut=True)

    monkeypatch.setattr(documents, "read_pages", cut)
    text = read(b"nama;alamat\nPasar;Jalan\n", filename="pasar.csv", media_type="text/csv")
    assert (text.state, text.why) == (READ, documents.LONG)


def test_of_a_long_scan_so_many_pages_are_read_letter_by_letter(monkeypatch):
    monkeypatch.setattr(documents, "_MOST_SCANNED", 2)
    monkeypatch.setattr(documents, "can_read_letters", lambda: True)
    monkeypatch.setattr(documents, "letters_on", lambda path, number: f"halaman {number}")
    written = io.BytesIO()
    pages = [Image.new("RGB", (400, 600), "#dddddd") for _ in range(3)]
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:])
    text = read(written.getvalue())
    assert (text.state, text.why) == (SCANNED, documents.SCANNED)
    assert [page.page for page in DocumentPage.objects.order_by("page")] == [1, 2]


def test_a_scan_is_marked_where_nothing_reads_letters(monkeypatch):
    monkeypatch.setattr(documents, "can_read_letters", lambda: False)
    text = read(scan())
    assert (text.state, text.why) == (SCANNED, documents.NO_READER)


def test_a_scan_is_read_letter_by_letter_where_that_is_installed(monkeypatch):
    monkeypatch.setattr(documents, "can_read_letters", lambda: True)
    monkeypatch.setattr(documents, "letters_on", lambda path, number: "Keputusan Wali Kota")
    text = read(scan())
    assert (text.state, DocumentPage.objects.get().text) == (READ, "Keputusan Wali Kota")


def test_the_letters_come_from_the_program_and_its_failure_is_told(monkeypatch, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho terbaca\n")
    program.chmod(0o755)
    monkeypatch.setattr(letters_seen, "_program", lambda: str(program))
    assert letters_seen.letters_on(path, 1) == "terbaca\n"
    program.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(letters_seen.Unreadable):
        letters_seen.letters_on(path, 1)


def test_a_bomb_is_marked_and_not_waited_for(monkeypatch):
    written = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 80_000_000)
    ooxml = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    text = read(written.getvalue(), filename="bom.docx", media_type=ooxml)
    assert text.state == UNREADABLE


def test_a_file_that_left_meanwhile_is_not_put_back():
    file = shelf.file(b"a;b\n1;2\n", filename="x.csv", media_type="text/csv")
    item = shelf.item(files=[file])
    actions.exclude(item.number, called="Data", reason="X", at=shelf.NOW, ends_on=None)
    assert documents.read_file(file.sha256) is None
    assert not DocumentPage.objects.exists()
    assert documents.put_text(file.sha256, [documents.Page(1, "x", "rahasia")], state=READ) is None


def test_a_file_at_which_the_reading_stumbles_keeps_no_other_from_its_turn(monkeypatch):
    for content in (b"%PDF-1.7 satu", b"%PDF-1.7 dua"):
        shelf.item(files=[shelf.file(content)])

    def stumble(path, media_type):
        raise RuntimeError

    monkeypatch.setattr(documents, "read_pages", stumble)
    assert [documents.read_next_text() for _ in range(3)] == [True, True, False]
    assert set(DocumentText.objects.values_list("state", flat=True)) == {"unreadable"}
