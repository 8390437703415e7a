"""Author and place leave a file as it comes in, if its uploader wants so: its content stays, a signed one as it is."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from PIL import Image

from ppid.flows.documents import add_document, replace_document
from ppid.flows.opening import open_new
from ppid.information.cleaned import DocumentCleaning
from ppid.information.examining import read_document
from ppid.web.reading import Unreadable, clean_file, find_personal, read_text
from tests import make, make_pdf
from tests.compound_files import word

pytestmark = pytest.mark.django_db
OOXML = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OOXML}.wordprocessingml.document", f"{OOXML}.spreadsheetml.sheet"


@pytest.fixture
def file(tmp_path):
    def written(data: bytes):
        path = tmp_path / "berkas"
        path.write_bytes(data)
        return path

    return written


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def authored_pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(
        io.BytesIO(make_pdf.pages("Laporan", info="/Author (Budi Santoso) /Title (Laporan)"))
    ) as document:
        with document.open_metadata(update_docinfo=False) as metadata:
            metadata["dc:creator"] = ["Siti Aminah"]
            metadata["dc:title"] = "Laporan"
        document.save(written)
    return written.getvalue()


def signed_pdf() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(authored_pdf())) as document:
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3])
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="ttd", V=signature)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)])
        document.save(written)
    return written.getvalue()


def authored_docx() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Budi Santoso"
    document.core_properties.title = "Laporan"
    document.add_paragraph("Isi laporan")
    document.add_picture(io.BytesIO(photo()))
    return saved(document)


def photo(turn: int = 6) -> bytes:
    exif = Image.Exif()
    exif[315], exif[0x0112] = "Budi Santoso", turn
    exif.get_ifd(0x8825)[1] = "S"
    return _drawn("JPEG", exif=exif)


def _drawn(kind: str, **how) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(written, kind, **how)
    return written.getvalue()


def authors(path, media_type):
    return [each.kind for each in find_personal(path, media_type).found if each.kind in ("author", "location")]


@pytest.mark.parametrize(
    ("data", "media_type", "taken"),
    [
        (authored_pdf(), "application/pdf", ["author"]),
        (authored_docx(), DOCX, ["author", "location"]),
        (photo(), "image/jpeg", ["author", "location"]),
    ],
    ids=["pdf", "docx", "jpeg"],
)
def test_author_and_place_are_gone_and_the_content_stays(file, data, media_type, taken):
    before = read_text(file(data), media_type)
    content, what = clean_file(file(data), media_type)
    assert what == taken
    assert b"Budi" not in content
    assert b"Siti" not in content
    after = read_text(file(content), media_type)
    assert after.text == before.text
    assert authors(file(content), media_type) == []
    assert clean_file(file(content), media_type) == (b"", [])
    assert clean_file(file(data), media_type)[0] == content  # the same file sent twice stays the same file


def test_what_else_a_file_says_of_itself_stays(file):
    content, _ = clean_file(file(authored_pdf()), "application/pdf")
    with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as metadata:
        assert (str(document.docinfo["/Title"]), metadata["dc:title"]) == ("Laporan", "Laporan")
    content, _ = clean_file(file(authored_docx()), DOCX)
    assert docx.Document(io.BytesIO(content)).core_properties.title == "Laporan"


def test_the_pixels_and_the_turn_of_a_photo_stay(file):
    content, _ = clean_file(file(photo()), "image/jpeg")
    before, after = Image.open(io.BytesIO(photo())), Image.open(io.BytesIO(content))
    assert after.tobytes() == before.tobytes()
    assert dict(after.getexif()) == {0x0112: 6}


def test_a_workbook_opens_after_it_was_cleaned(file):
    book = openpyxl.Workbook()
    book.properties.creator = "Budi Santoso"
    book.active.append(["a", 1])
    content, taken = clean_file(file(saved(book)), XLSX)
    assert taken == ["author"]
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).active[1]] == ["a", 1]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


@pytest.mark.parametrize(
    ("data", "media_type", "sentence"),
    [
        (signed_pdf(), "application/pdf", "bertanda tangan elektronik"),
        (word(), "application/msword", "tidak dapat dibersihkan"),
        (b"%PDF-1.7\nsampah\n%%EOF\n", "application/pdf", "rusak"),
    ],
)
def test_what_cannot_be_cleaned_says_why(file, data, media_type, sentence):
    with pytest.raises(Unreadable, match=sentence):
        clean_file(file(data), media_type)


def sent(data: bytes, name: str = "laporan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_what_is_stored_is_the_cleaned_file_and_what_was_taken_is_recorded():
    case = make.publication(at="preparing")
    document = add_document(case, sent(authored_pdf()), title="A", actor=make.demo("dinsos"), cleans=True)
    assert b"Budi" not in make.kept(document)
    assert (document.cleaning.taken, document.cleaning.kept_because) == (["author"], "")
    assert document.cleaning.original_sha256 != document.sha256
    assert document.size == len(make.kept(document))
    assert not read_document(document).findings.filter(kind="author").exists()


BEHIND = b"<dc:creator>Budi Santoso</dc:creator>"  # where no program writes it, and none takes it away


def test_what_was_found_and_could_not_be_taken_is_not_said_to_be_taken():
    case, dinsos = make.publication(at="preparing"), make.demo("dinsos")
    data = _drawn("JPEG") + BEHIND
    document = add_document(case, sent(data, "foto.jpg"), title="A", actor=dinsos, cleans=True)
    assert make.kept(document) == data
    assert not DocumentCleaning.objects.filter(document=document).exclude(taken=[]).exists()
    assert read_document(document).findings.filter(kind="author").exists()


def test_what_could_be_taken_is_and_the_rest_is_still_found(file):
    content, taken = clean_file(file(photo() + BEHIND.replace(b"Budi", b"Siti")), "image/jpeg")
    assert taken == ["author", "location"]
    assert b"Budi" not in content
    assert authors(file(content), "image/jpeg") == ["author"]


def test_the_address_of_who_made_a_pdf_is_taken_too(file):
    space = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
    said = "<Iptc4xmpCore:CiEmailWork>budi@example.com</Iptc4xmpCore:CiEmailWork>"
    contact = f'<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource">{said}</Iptc4xmpCore:CreatorContactInfo>'
    about = f'<rdf:Description rdf:about="" xmlns:Iptc4xmpCore="{space}">{contact}</rdf:Description>'
    rdf = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{about}</rdf:RDF>'
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf.pages("Laporan"))) as document:
        document.Root.Metadata = document.make_stream(f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'.encode())
        document.save(written)
    assert authors(file(written.getvalue()), "application/pdf") == ["author"]
    content, taken = clean_file(file(written.getvalue()), "application/pdf")
    assert taken == ["author"]
    assert authors(file(content), "application/pdf") == []


def test_without_consent_the_bytes_stay_as_they_were_sent():
    case, data = make.publication(at="preparing"), authored_pdf()
    document = add_document(case, sent(data), title="A", actor=make.demo("dinsos"))
    assert make.kept(document) == data
    assert not DocumentCleaning.objects.exists()
    assert read_document(document).findings.filter(kind="author").exists()


def test_a_signed_file_is_stored_as_it_is_and_says_so():
    case, data = make.publication(at="preparing"), signed_pdf()
    document = add_document(case, sent(data), title="A", actor=make.demo("dinsos"), cleans=True)
    assert make.kept(document) == data
    assert "bertanda tangan" in document.cleaning.words


def test_each_way_in_cleans_with_consent():
    case, dinsos = make.publication(at="preparing"), make.demo("dinsos")
    first = add_document(case, make.pdf(), title="A", actor=dinsos)
    newer = replace_document(case, first, sent(authored_pdf()), title="A", actor=dinsos, cleans=True)
    opened = open_new(
        "publication",
        unit=make.unit("dinsos"),
        actor=make.demo("bidang"),
        title="Baru",
        uploads=[sent(authored_docx(), "laporan.docx")],
        cleans=True,
    )
    assert newer.cleaning.taken == ["author"]
    assert opened.content[0].cleaning.taken == ["author", "location"]


def test_the_database_keeps_what_was_cleaned():
    case = make.publication(at="preparing")
    document = add_document(case, sent(authored_pdf()), title="A", actor=make.demo("dinsos"), cleans=True)
    with pytest.raises(DatabaseError), make.savepoint(), connection.cursor() as cursor:
        cursor.execute("UPDATE information_documentcleaning SET kept_because = kept_because")
    plain = add_document(case, make.pdf(), title="B", actor=make.demo("dinsos"))
    with pytest.raises(DatabaseError, match="has the bytes that were sent"), make.savepoint():
        make.twin(document.cleaning, document=plain, original_sha256=plain.sha256)
    with pytest.raises(DatabaseError, match="has the bytes that were sent"), make.savepoint():
        make.twin(document.cleaning, document=plain, taken=[])
