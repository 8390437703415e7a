"""A file is what its content says; what is not needed, or would run something, is refused with a sentence."""

import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ppid.information.documents import examine
from ppid.information.media_types import UploadRefused, recognise
from ppid.web import archives, pdf_files
from ppid.web.uploads import wrong_size
from tests.compound_files import compound_file, excel, powerpoint, word
from tests.make_pdf import pdf
from tests.office_packages import MAIN, OOXML, archive, damaged, locked, office, open_document

WORD = office("docx", main="word/document.xml")
SLIDES_WITH_MACROS = bytes.fromhex("02000004 0c000000 07000000 01000000 02000000")


def image(kind):
    file = io.BytesIO()
    Image.new("RGB", (3, 3)).save(file, kind)
    return file.getvalue()


TAKEN = {
    "a.pdf": (pdf(), "application/pdf"),
    "five bytes before.pdf": (b"\r\n\r\n\n" + pdf(), "application/pdf"),
    "a.docx": (WORD, f"{OOXML}.wordprocessingml.document"),
    "a.xlsx": (office("xlsx", main="xl/workbook.xml"), f"{OOXML}.spreadsheetml.sheet"),
    "a.pptx": (office("pptx", main="ppt/presentation.xml"), f"{OOXML}.presentationml.presentation"),
    "from Word Online.docx": (office("docx", main="word/document2.xml"), f"{OOXML}.wordprocessingml.document"),
    "with backslashes.docx": (office("docx", main="word\\document.xml"), f"{OOXML}.wordprocessingml.document"),
    "Strict Open XML.docx": (
        office("docx", main="word/document.xml", strict=True),
        f"{OOXML}.wordprocessingml.document",
    ),
    "Strict Open XML.xlsx": (office("xlsx", main="xl/workbook.xml", strict=True), f"{OOXML}.spreadsheetml.sheet"),
    "a.ods": (open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "a.odt": (open_document("text"), "application/vnd.oasis.opendocument.text"),
    "a.doc": (word(), "application/msword"),
    "a.xls": (excel(), "application/vnd.ms-excel"),
    "a.ppt": (powerpoint(), "application/vnd.ms-powerpoint"),
    "a.png": (image("PNG"), "image/png"),
    "a.jpg": (image("JPEG"), "image/jpeg"),
    "A.JPEG": (image("JPEG"), "image/jpeg"),
    "a.gif": (image("GIF"), "image/gif"),
    "a.webp": (image("WEBP"), "image/webp"),
    "a.tif": (image("TIFF"), "image/tiff"),
    "a.csv": (b"nama;jumlah\nPontianak Utara;12\n", "text/csv"),
    "from old Excel.csv": ("nama;jumlah\nKafé;12\n".encode("cp1252"), "text/csv"),
    "UTF-16.csv": ("\ufeffnama;jumlah\nPontianak;12\n".encode("utf-16-le"), "text/csv"),
    "UTF-16 the other way.csv": ("\ufeffnama;jumlah\n".encode("utf-16-be"), "text/csv"),
    "a letter across two pieces.csv": (b"a" * 65_535 + "é".encode() + b"\n", "text/csv"),
    "a.zip": (archive(["data/satu.txt"]), "application/zip"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_the_office_needs_is_taken(name):
    content, media_type = TAKEN[name]
    file = io.BytesIO(content)
    assert recognise(file, name).name == media_type
    assert file.tell() == 0


def a_bzip2_archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as opened:
        opened.writestr("data.csv", "1;2\n" * 1000)
    return file.getvalue()


MACRO_TYPE = "application/vnd.ms-office.vbaProject"
REFUSED = [
    ("a.exe", b"MZ\x90\x00" + bytes(200), "Program tidak diterima"),
    ("a.html", b"<html><script>alert(1)</script>", "Halaman web tidak diterima"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG tidak diterima"),
    ("a.txt", b"teks biasa", "Teks polos tidak diterima"),
    ("a.rar", b"Rar!\x1a\x07\x01\x00", "Arsip RAR tidak diterima"),
    ("a.xyz", b"apa saja", "Jenis berkas ini tidak diterima"),
    ("a.csv", b"\x00\x01\x02biner", "isinya bukan teks"),
    ("control.csv", b"a;b\x01\n", "isinya bukan teks"),
    ("late.csv", b"a;b\n" * 20_000 + b"\x00", "isinya bukan teks"),
    ("half.csv", b"\xff\xfea\x00;", "isinya bukan teks"),
    ("gambar.pdf", image("PNG"), "berakhiran «.pdf»"),
    ("laporan.jpg", b"%PDF-1.7\n", "berakhiran «.jpg»"),
    ("tanpa-akhiran", b"%PDF-1.7\n", "berakhiran"),
    ("arsip.docx", archive(["data/satu.txt"]), "bagian utamanya tidak ada"),
    ("no content types.docx", archive(["word/document.xml"]), "bagian utamanya tidak ada"),
    ("a.dotx", office(f"{OOXML}.wordprocessingml.template.main+xml", main="word/document.xml"), "templat"),
    ("a.ppsx", office(f"{OOXML}.presentationml.slideshow.main+xml", main="ppt/presentation.xml"), "tayangan"),
    # Macros, whatever the member with them is called.
    ("a.docm", office("application/vnd.ms-word.document.macroEnabled.main+xml", main="word/document.xml"), "makro"),
    ("a.docx", office("docx", main="word/document.xml", parts={"word/gambar.png": "x"}, png=MACRO_TYPE), "makro"),
    ("a.odt", open_document("text", Basic__Standard__Module1_xml="x"), "makro"),
    ("a.doc", word(Macros__VBA__dir=b"x"), "makro"),
    ("a.xls", excel(_VBA_PROJECT_CUR__VBA__dir=b"x"), "makro"),
    ("a.ppt", powerpoint(b"slide" + SLIDES_WITH_MACROS), "makro"),
    ("embedded.doc", word(ObjectPool___1__Macros__x=b"x"), "makro"),
    # Passwords.
    ("a.docx", compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "kata sandi"),
    ("a.doc", word(locked=True), "kata sandi"),
    ("a.xls", excel(locked=True), "kata sandi"),
    ("a.ppt", powerpoint(EncryptedSummary=b"x"), "kata sandi"),
    ("a.zip", locked(archive(["a.txt"])), "kata sandi"),
    ("a.odt", open_document("text", **{"META-INF__manifest.xml": "<m:encryption-data/>"}), "kata sandi"),
    ("a.pdf", pdf(trailer=b"/Encrypt 9 0 R"), "kata sandi"),
    # Broken, cut off, or not what the container promises.
    ("a.docx", WORD[:60], "rusak"),
    ("a.zip", b"PK\x03\x04potong", "rusak"),
    ("a.zip", damaged(archive(["a.txt", "b.txt"]), "b.txt"), "rusak"),
    ("a.odt", damaged(open_document("text"), "mimetype"), "rusak"),
    ("a.docx", damaged(WORD, "[Content_Types].xml"), "rusak"),
    ("twins.docx", archive({"[Content_Types].xml": "<x/>", "[content_types].XML": "<x/>"}), "rusak"),
    ("entities.docx", archive({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "rusak"),
    ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "rusak"),
    ("a.exe", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "tidak diterima"),
    ("installer.doc", compound_file({"!_StringData": b"x"}), "bukan dokumen Word"),
    ("mail.msg", compound_file({"__properties_version1.0": b"x"}), "bukan dokumen Word"),
    ("a.pdf", pdf()[:-8], "terpotong"),
    # Archives that do harm when they are opened.
    ("many.zip", archive([f"{n}" for n in range(10_001)]), "membengkak"),
    ("bomb.zip", archive({"nol.bin": bytes(30_000_000)}, packed=True), "membengkak"),
    ("slow.zip", a_bzip2_archive(), "cara yang jarang dipakai"),
    ("long.odt", archive({"mimetype": "x" * 1000}), "membengkak"),
    ("out.zip", archive(["../../etc/cron.d/x"]), "keluar dari foldernya"),
    ("out.zip", archive(["C:\\Windows\\x"]), "keluar dari foldernya"),
    # PDF that does something by itself.
    ("a.pdf", pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), "JavaScript"),
    ("a.pdf", pdf(b"<< /S /J#61vaScript /JS (x) >>"), "JavaScript"),
    ("a.pdf", pdf(b"<< /OpenAction << /S /Launch /F (cmd.exe) >> >>"), "menjalankan program"),
    ("a.pdf", pdf(packed=b"<< /S /JavaScript /JS (x) >>"), "JavaScript"),
    ("a.pdf", pdf(packed=b" " * 3_000_000 + b"<< /S /Launch >>"), "menjalankan program"),
    ("a.pdf", pdf(packed=b"x", filters=b"/Filter [/ASCIIHexDecode /FlateDecode]"), "tidak dapat diperiksa"),
    (
        "a.pdf",
        pdf(packed=b"x", filters=b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
        "tidak dapat diperiksa",
    ),
    ("a.pdf", pdf(packed=b"x", broken=True), "tidak dapat diperiksa"),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), REFUSED, ids=[f"{n}-{each[0]}" for n, each in enumerate(REFUSED)]
)
def test_anything_else_gets_its_own_sentence(name, content, sentence):
    file = io.BytesIO(content)
    with pytest.raises(UploadRefused, match=sentence) as refusal:
        recognise(file, name)
    assert str(refusal.value).endswith(".")
    assert file.tell() == 0


@pytest.mark.parametrize(
    "harmless",
    [
        pdf(b"<< /OpenAction [3 0 R /FitH 800] >>"),
        pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> /AF [5 0 R] >>"),  # PDF/A-3, as our own archive copy
        pdf(b"<< /JavaScripting 1 /LaunchPad 2 /EncryptMetadata true >>"),
        pdf(packed=b"<< /Type /Page >>"),
    ],
    ids=["opens at a page", "attachments", "names that only begin so", "packed objects"],
)
def test_a_pdf_that_runs_nothing_is_taken(harmless):
    assert recognise(io.BytesIO(harmless), "a.pdf").title == "PDF"


@pytest.mark.parametrize("seam", [pdf_files._CHUNK, pdf_files._CHUNK + pdf_files._OVERLAP])
def test_a_script_is_found_across_the_seams_of_the_pieces(seam):
    for before in range(seam - 40, seam, 7):
        for content in (pdf(b"x" * before + b" /JavaScript "), pdf(packed=b" " * before + b"/JavaScript ")):
            with pytest.raises(UploadRefused, match="JavaScript"):
                recognise(io.BytesIO(content), "a.pdf")


def test_packed_objects_without_end_are_not_unpacked_for_ever(monkeypatch):
    monkeypatch.setattr(pdf_files, "_MOST_OBJECTS", 1_000_000)
    with pytest.raises(UploadRefused, match="tidak dapat diperiksa"):
        recognise(io.BytesIO(pdf(packed=bytes(3_000_000))), "a.pdf")


def test_a_member_of_two_gigabytes_is_never_unpacked():
    """Declared at 2 GB and refused for it; declared at 1 KB and cut there, its checksum then gives it away."""
    honest = archive({"mimetype": bytes(40_000_000), "content.xml": "<x/>"}, packed=True)
    lying = bytearray(honest)
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = lying.find(signature)
        lying[place + at : place + at + 4] = (100).to_bytes(4, "little")
    for content, sentence in ((honest, archives.BLOATED), (bytes(lying), archives.BROKEN)):
        with pytest.raises(UploadRefused) as refusal:
            recognise(io.BytesIO(content), "a.odt")
        assert str(refusal.value) == sentence


def test_a_directory_of_countless_members_is_refused_before_it_is_read():
    entry = b"PK\x01\x02" + bytes(24) + b"\x02\x00" + bytes(16) + b"ab"
    entries = entry * 200_000
    content = io.BytesIO(entries + b"PK\x05\x06" + bytes(8) + len(entries).to_bytes(4, "little") + bytes(6))
    tracemalloc.start()
    try:
        with pytest.raises(UploadRefused, match="membengkak"):
            recognise(content, "a.zip")
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_content_types_without_end_are_refused_before_they_are_parsed():
    content = archive({"[Content_Types].xml": "<a>" + "<b/>" * 60_000 + "</a>"})
    with pytest.raises(UploadRefused, match="membengkak"):
        recognise(io.BytesIO(content), "a.docx")


def test_the_relationship_says_what_a_package_is_about_and_no_other_part():
    """A Word document that carries a workbook whose part comes first."""
    content = office("docx", main="word/document.xml", parts={"a/book.book": "<x/>"}, book=MAIN["xlsx"])
    assert recognise(io.BytesIO(content), "a.docx").title == "Word"


def test_an_empty_and_a_too_large_file_get_a_sentence(settings):
    with pytest.raises(UploadRefused, match="kosong"):
        examine(SimpleUploadedFile("a.pdf", b""))
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(UploadRefused, match="paling besar 1 MB"):
        examine(SimpleUploadedFile("a.pdf", b"%PDF-1.7" + bytes(1024 * 1024)))


def test_each_main_type_of_office_has_its_kind():
    for ending, main in (("docx", "word/a.xml"), ("xlsx", "xl/b.xml"), ("pptx", "ppt/c.xml")):
        assert recognise(io.BytesIO(office(MAIN[ending], main=main)), f"a.{ending}").endings == (ending,)


def test_the_largest_size_itself_is_taken(settings):
    settings.MAX_UPLOAD_MB = 1
    for size, is_taken in ((1, True), (1024 * 1024, True), (1024 * 1024 + 1, False), (0, False)):
        assert (wrong_size(SimpleUploadedFile("a.pdf", bytes(size))) == "") is is_taken
