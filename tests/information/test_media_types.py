"""A file is what its content says; what the office does not need is refused with a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ppid.information.documents import examine
from ppid.information.media_types import UploadRefused, recognise


def archive(*members, **texts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for member in members:
            opened.writestr(member, "<x/>")
        for name, text in texts.items():
            opened.writestr(name, text)
    return file.getvalue()


def image(kind):
    file = io.BytesIO()
    Image.new("RGB", (3, 3)).save(file, kind)
    return file.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
WORD = archive("[Content_Types].xml", "word/document.xml")
TAKEN = {
    "a.pdf": (b"%PDF-1.7\n%%EOF", "application/pdf"),
    "a.docx": (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.xlsx": (archive("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.pptx": (
        archive("ppt/presentation.xml"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "a.ods": (
        archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "a.odt": (
        archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    "a.doc": (OLE, "application/msword"),
    "a.xls": (OLE, "application/vnd.ms-excel"),
    "a.png": (image("PNG"), "image/png"),
    "a.jpg": (image("JPEG"), "image/jpeg"),
    "A.JPEG": (image("JPEG"), "image/jpeg"),
    "a.gif": (image("GIF"), "image/gif"),
    "a.webp": (image("WEBP"), "image/webp"),
    "a.tif": (image("TIFF"), "image/tiff"),
    "a.csv": (b"nama;jumlah\nPontianak Utara;12\n", "text/csv"),
    "a.zip": (archive("data/satu.txt"), "application/zip"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_the_office_needs_is_taken(name):
    content, media_type = TAKEN[name]
    assert recognise(io.BytesIO(content), name).name == media_type


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", b"MZ\x90\x00" + bytes(200), "tidak diterima"),
        ("a.html", b"<html><script>alert(1)</script>", "tidak diterima"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tidak diterima"),
        ("a.txt", b"teks biasa", "tidak diterima"),
        ("a.csv", b"\x00\x01\x02biner", "tidak diterima"),
        ("gambar.pdf", image("PNG"), "berakhiran «.pdf»"),
        ("laporan.jpg", b"%PDF-1.7\n", "berakhiran «.jpg»"),
        ("tanpa-akhiran", b"%PDF-1.7\n", "berakhiran"),
        ("a.docm", archive("word/document.xml", "word/vbaProject.bin"), "makro"),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin"), "makro"),
        ("a.docx", WORD[:60], "rusak"),
        ("a.zip", b"PK\x03\x04potong", "rusak"),
        ("a.exe", OLE, "tidak diterima"),
    ],
    # A ZIP's bytes hold the time: as a name they would differ between two workers.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_anything_else_gets_a_sentence(name, content, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        recognise(io.BytesIO(content), name)


def test_an_empty_and_a_too_large_file_get_a_sentence(settings):
    with pytest.raises(UploadRefused, match="kosong"):
        examine(SimpleUploadedFile("a.pdf", b""))
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(UploadRefused, match="paling besar 1 MB"):
        examine(SimpleUploadedFile("a.pdf", b"%PDF-1.7" + bytes(1024 * 1024)))
