"""Pages are counted and drawn in a child: whatever the file is, a picture comes or a sentence, and soon."""

import io
import time
import zlib
from contextlib import suppress

import pikepdf
import pytest
from PIL import Image

from ppid.web.reading import (
    Unreadable,
    asking,
    clean_file,
    count_pages,
    draw_page,
    find_personal,
    read_text,
)
from tests import make_pdf
from tests.compound_files import word


@pytest.fixture
def file(tmp_path):
    def written(data: bytes):
        path = tmp_path / "berkas"
        path.write_bytes(data)
        return path

    return written


def picture(kind: str, size=(400, 300), **how) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **how)
    return written.getvalue()


def locked() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf.pages("Rahasia"))) as document:
        document.save(written, encryption=pikepdf.Encryption(user="sandi", owner="sandi"))
    return written.getvalue()


def bomb() -> bytes:
    """A page of 2 GB in a few kilobytes: packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(2000)), packer.flush()])
    content = zlib.compress(once, 9)
    page = b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>"
    return b"".join(
        [
            b"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Count 1 /Kids [4 0 R] >>\nendobj\n",
            b"3 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n4 0 obj\n" + page + b"\nendobj\n",
            b"5 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(content),
            content + b"\nendstream\nendobj\ntrailer\n<< /Root 3 0 R >>\nstartxref\n0\n%%EOF\n",
        ]
    )


def test_a_page_is_drawn_as_wide_as_it_is_asked_for(file):
    path = file(make_pdf.pages("Satu", "Dua"))
    assert count_pages(path) == 2
    drawn = Image.open(io.BytesIO(draw_page(path, 2, width=600)))
    assert drawn.format == "PNG"
    assert abs(drawn.width - 600) <= 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_a_picture_is_a_page_and_never_made_larger(file, kind):
    path = file(picture(kind))
    assert count_pages(path) == 1
    assert Image.open(io.BytesIO(draw_page(path, 1, width=1200))).size == (400, 300)
    assert Image.open(io.BytesIO(draw_page(path, 1, width=200))).width == 200


def test_a_scan_of_several_pages_as_tiff_has_them_all(file):
    pages = [Image.new("RGB", (80, 100), color) for color in ("red", "blue")]
    written = io.BytesIO()
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:])
    path = file(written.getvalue())
    assert count_pages(path) == 2
    assert Image.open(io.BytesIO(draw_page(path, 2, width=80))).getpixel((5, 5)) == (0, 0, 255)


def test_five_hundred_pages_are_counted_and_the_last_is_drawn(file):
    path = file(make_pdf.pages(*(f"Halaman {n}" for n in range(500))))
    assert count_pages(path) == 500
    assert draw_page(path, 500, width=300).startswith(b"\x89PNG")


@pytest.mark.parametrize("number", [0, -1, 3, 10**9])
def test_a_page_that_is_not_there_is_refused_in_a_sentence(file, number):
    path = file(make_pdf.pages("Satu", "Dua"))
    with pytest.raises(Unreadable, match="berkas ini 2 halaman"):
        draw_page(path, number, width=300)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"bukan apa-apa", "tidak dapat ditampilkan per halaman"),
        (b"", "tidak dapat ditampilkan per halaman"),
        (word(), "tidak dapat ditampilkan per halaman"),
        (b"%PDF-1.7\nsampah\n%%EOF\n", "rusak atau terpotong"),
        (make_pdf.pages("Satu")[:200], "rusak atau terpotong"),
        (picture("PNG")[:60], "rusak atau terpotong"),
        (locked(), "kata sandi"),
    ],
    ids=["junk", "nothing", "word", "junk pdf", "cut pdf", "cut png", "locked"],
)
def test_what_cannot_be_drawn_says_why(file, data, sentence):
    with pytest.raises(Unreadable, match=sentence):
        draw_page(file(data), 1, width=300)


def test_a_picture_that_would_fill_the_memory_is_too_heavy(file):
    width = (60_000).to_bytes(4, "big")
    chunks = [b"IHDR" + width + width + b"\x08\x02\0\0\0", b"IDAT" + zlib.compress(bytes(100)), b"IEND"]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(each) - 4).to_bytes(4, "big") + each + zlib.crc32(each).to_bytes(4, "big") for each in chunks
    )
    with pytest.raises(Unreadable, match="terlalu berat"):
        draw_page(file(data), 1, width=300)


@pytest.mark.parametrize("ask", [lambda path: draw_page(path, 1, width=300), lambda p: read_text(p, "application/pdf")])
def test_a_page_of_two_gigabytes_ends_in_a_sentence_and_not_in_a_hang(file, ask):
    path, began = file(bomb()), time.monotonic()
    with pytest.raises(Unreadable):
        ask(path)
    assert time.monotonic() - began < 60


def test_two_million_operators_end_too(file):
    path = file(make_pdf.pages(b"BT /F1 1 Tf (a) Tj ET\n" * 400_000))
    began = time.monotonic()
    with suppress(Unreadable):
        draw_page(path, 1, width=300)
    assert time.monotonic() - began < 60


def test_reading_takes_no_longer_than_it_may(file):
    with pytest.raises(Unreadable, match="terlalu lama"):
        read_text(file(make_pdf.pages("Satu")), "application/pdf", within=0.001)


def test_the_child_knows_nothing_of_the_portal(file, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "rahasia-sekali")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")  # beside the file: never imported
    monkeypatch.chdir(tmp_path)
    assert count_pages(file(make_pdf.pages("Satu"))) == 1


@pytest.mark.parametrize("answer", [b"", b"{", b"null", b"[1]", b'{"found": 1}', b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize("ask", [count_pages, read_text, find_personal, clean_file])
def test_whatever_a_file_makes_the_child_say_is_answered_in_a_sentence(ask, answer, file, monkeypatch):
    path = file(make_pdf.pages("Satu"))
    monkeypatch.setattr(asking, "ask_child", lambda *_, **__: answer)
    arguments = () if ask is count_pages else ("application/pdf",)
    with pytest.raises(Unreadable, match="rusak"):
        ask(path, *arguments)


def test_where_no_process_can_be_started_it_can_be_tried_again(file, monkeypatch):
    def refuse(*_, **__):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(asking.subprocess, "run", refuse)
    with pytest.raises(Unreadable, match="terlalu lama"):
        find_personal(file(make_pdf.pages("Satu")), "application/pdf")
