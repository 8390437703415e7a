"""What is read in office files, pictures and archives: every cell and paragraph with its place, and all that hides."""

import io

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import Image

from ppid.web.reading import Unreadable, find_personal, read_text
from tests import make_pdf
from tests.compound_files import compound_file, word
from tests.office_packages import archive, office, open_document

OOXML = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OOXML}.wordprocessingml.document", f"{OOXML}.spreadsheetml.sheet"
PPTX = f"{OOXML}.presentationml.presentation"
ODF = "application/vnd.oasis.opendocument"
NIK = "6171034510900001"


@pytest.fixture
def file(tmp_path):
    def written(data: bytes):
        path = tmp_path / "berkas"
        path.write_bytes(data)
        return path

    return written


@pytest.fixture
def pieces(file):
    def of(data: bytes, media_type: str):
        return [(each.what, each.place, each.text.strip()) for each in read_text(file(data), media_type).pieces]

    return of


@pytest.fixture
def found(file):
    def of(data: bytes, media_type: str, **how):
        told = find_personal(file(data), media_type, **how)
        return {each.kind: [where for where, _ in each.places] for each in told.found}

    return of


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.properties.creator = "Siti Aminah"
    sheet = book.active
    sheet.title = "Data"
    sheet.append(["Nama", "NIK", "Jumlah", "No HP"])
    sheet.append(["Budi", int(NIK), 3, 81234567890])
    sheet.append(["Ani", "6171034510900002", 12, "0812-3456-7891"])
    sheet["A2"].comment = Comment("periksa lagi", "Budi")
    return book


def test_each_cell_of_a_workbook_is_a_place(found):
    places = found(saved(workbook()), XLSX)
    assert places["nik"] == ["Lembar «Data»!B2", "Lembar «Data»!B3"]
    assert places["phone"] == ["Lembar «Data»!D2", "Lembar «Data»!D3"]
    assert places["small_count"] == ["Lembar «Data»!C2"]
    assert places["comment"] == ["Lembar «Data»"]
    assert places["author"] == ["Sifat berkas"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_found_with_what_it_holds(found, state):
    book = workbook()
    mentah = book.create_sheet("Mentah")
    mentah.append(["6171034510900009"])
    mentah.sheet_state = state
    places = found(saved(book), XLSX)
    assert places["hidden_sheet"] == ["Lembar «Mentah»"]
    assert "Lembar «Mentah»!A1" in places["nik"]


def test_an_empty_hidden_sheet_hides_nothing(found):
    book = workbook()
    book.create_sheet("Kosong").sheet_state = "hidden"
    assert "hidden_sheet" not in found(saved(book), XLSX)


def test_hidden_rows_and_columns_are_found_with_what_they_hold(found):
    book = workbook()
    book["Data"].row_dimensions[3].hidden = True
    book["Data"].column_dimensions["D"].hidden = True
    places = found(saved(book), XLSX)
    [where] = places["hidden_rows"]
    assert "baris 3" in where
    assert "kolom D" in where
    assert places["phone"] == ["Lembar «Data»!D2", "Lembar «Data»!D3"]


def test_what_a_pivot_keeps_for_itself_is_found(found):
    parts = {"xl/pivotCache/pivotCacheDefinition1.xml": f'<x><sharedItems><s v="{NIK}"/></sharedItems></x>'}
    content = "<workbook><sheets/></workbook>"
    places = found(office("xlsx", main="xl/workbook.xml", content=content, parts=parts, xml="application/xml"), XLSX)
    assert places["hidden_text"] == ["Salinan data di balik tabel pivot"]
    assert places["nik"] == ["Salinan data di balik tabel pivot"]


def test_paragraphs_tables_remarks_and_hidden_words_of_word(pieces):
    document = docx.Document()
    document.core_properties.author = "Budi Santoso"
    first = document.add_paragraph("Laporan bantuan")
    table = document.add_table(2, 2)
    for row, values in enumerate((("Kelurahan", "Jumlah penerima"), ("Siantan", "3"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_paragraph("ada ").add_run("tersembunyi").font.hidden = True
    document.sections[0].header.paragraphs[0].text = "Kepala surat"
    document.add_comment(first.runs, text="cek lagi", author="Siti")
    found = pieces(saved(document), DOCX)
    assert ("text", "Paragraf 1", "Laporan bantuan") in found
    assert ("text", "Tabel 1", "Kelurahan | Jumlah penerima | \nSiantan | 3 |") in found
    assert ("hidden_text", "Paragraf 2", "tersembunyi") in found
    assert ("text", "Kepala halaman", "Kepala surat") in found
    assert ("comment", "Komentar", "cek lagi") in found
    assert ("author", "Sifat berkas", "Budi Santoso") in found


def test_tracked_changes_of_word_are_found(pieces):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    content = (
        f"<w:document {w}><w:body><w:p><w:r><w:t>Jumlah </w:t></w:r>"
        f"<w:del><w:r><w:delText>{NIK}</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>empat</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    found = pieces(office("docx", main="word/document.xml", content=content), DOCX)
    assert found == [("text", "Paragraf 1", "Jumlah empat"), ("tracked", "Paragraf 1", f"{NIK} empat")]


def test_slides_hidden_slides_and_speakers_notes(pieces):
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"

    def rels(*targets):
        inside = "".join(
            f'<Relationship Id="r{n}" Type="{relations}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets)
        )
        return f'<Relationships xmlns="{package}">{inside}</Relationships>'

    def slide(said, more=""):
        return f"<sld {a}{more}><a:p><a:r><a:t>{said}</a:t></a:r></a:p></sld>"

    parts = {
        "ppt/_rels/presentation.xml.rels": rels(("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")),
        "ppt/slides/slide1.xml": slide("Terbuka"),
        "ppt/slides/slide2.xml": slide("Tertutup", ' show="0"'),
        "ppt/slides/_rels/slide1.xml.rels": rels(("notesSlide", "../notesSlides/notesSlide1.xml")),
        "ppt/notesSlides/notesSlide1.xml": slide("Jangan sebut nama"),
    }
    found = pieces(office("pptx", main="ppt/presentation.xml", parts=parts, xml="application/xml"), PPTX)
    assert found == [
        ("text", "Salindia 1", "Terbuka"),
        ("comment", "Salindia 1, catatan pembicara", "Jangan sebut nama"),
        ("hidden_sheet", "Salindia 2", "Tertutup"),
    ]


NAMES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:dc="d" xmlns:meta="m" xmlns:draw="r"'


def test_an_open_sheet_with_what_it_hides(found):
    content = f"""<office:document {NAMES}>
      <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
      <table:table table:name="Data">
        <table:table-column/><table:table-column table:visibility="collapse"/>
        <table:table-row><table:table-cell><text:p>Nama</text:p></table:table-cell>
          <table:table-cell><text:p>HP</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell><text:p>{NIK}</text:p>
          <office:annotation><dc:creator>Budi</dc:creator><text:p>cek</text:p></office:annotation></table:table-cell>
        </table:table-row>
      </table:table>
      <table:table table:name="Mentah" table:style-name="ta2"><table:table-row><table:table-cell>
        <text:p>rahasia</text:p></table:table-cell></table:table-row></table:table>
    </office:document>"""
    meta = f"<office:meta {NAMES}><meta:initial-creator>Budi Santoso</meta:initial-creator></office:meta>"
    data = open_document("spreadsheet", **{"content.xml": content, "meta.xml": meta})
    places = found(data, f"{ODF}.spreadsheet")
    assert places["nik"] == ["Lembar «Data»!A5"]
    assert places["hidden_sheet"] == ["Lembar «Mentah»"]
    assert places["hidden_rows"] == ["Lembar «Data»: kolom B, baris 5"]
    assert places["comment"] == ["Lembar «Data»"]
    assert places["author"] == ["Sifat berkas"]


def test_an_open_text_with_tracked_changes_and_remarks(pieces):
    content = f"""<office:document {NAMES}><text:tracked-changes><text:changed-region><text:deletion>
        <dc:creator>Budi</dc:creator><text:p>{NIK}</text:p></text:deletion></text:changed-region></text:tracked-changes>
      <text:p>Laporan<office:annotation><dc:creator>Siti</dc:creator><text:p>periksa</text:p></office:annotation></text:p>
      <table:table><table:table-row><table:table-cell><text:p>sel</text:p></table:table-cell></table:table-row></table:table>
    </office:document>"""
    found = pieces(open_document("text", **{"content.xml": content}), f"{ODF}.text")
    assert ("tracked", "Dokumen", f"Budi {NIK}") in found
    assert ("comment", "Dokumen", "Siti periksa") in found
    assert ("text", "Paragraf 1", "Laporan") in found
    assert ("text", "Tabel 1", "sel |") in found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lines_of_csv_as_offices_write_them(found, encoding):
    places = found(f"Nama;NIK\r\nBudi–;{NIK}\r\n".encode(encoding), "text/csv")
    assert places == {"nik": ["Baris 2, kolom B"]}


def test_old_word_is_read_as_far_as_it_goes_and_says_so(found):
    data = compound_file({"WordDocument": b"\xec\xa5" + bytes(600) + f"NIK {NIK} tertulis".encode("utf-16-le")})
    assert found(data, "application/msword") == {"nik": ["Isi berkas"], "unseen": ["Isi berkas"]}
    assert found(word(), "application/msword") == {"unseen": ["Isi berkas"]}


def photo(**tags) -> bytes:
    exif = Image.Exif()
    exif[315] = "Budi Santoso"  # Artist
    exif.get_ifd(0x8825)[1] = "S"  # GPSLatitudeRef
    written = io.BytesIO()
    Image.new("RGB", (40, 30)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_a_photo_says_where_and_by_whom_and_is_not_read_itself(found):
    assert found(photo(), "image/jpeg") == {
        "location": ["Sifat gambar"],
        "author": ["Sifat gambar"],
        "unseen": ["Gambar"],
    }


def picture(width: int, height: int, kind: str = "PNG") -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(written, kind)
    written.seek(0)
    return written


@pytest.mark.parametrize(
    ("width", "height", "is_told"),
    [
        (1240, 1754, True),  # a scanned page
        (323, 204, True),  # an identity card, as small as Word saves one in its own size
        (200, 200, True),  # the border
        (199, 200, False),
        (173, 208, False),  # an emblem of 2 × 2.4 cm
        (64, 64, False),
        (600, 30, True),  # a line of a table
        (140, 12, True),
        (139, 12, False),
        (1600, 11, False),  # a rule
    ],
)
def test_pictures_that_can_show_somebodys_data_are_told_as_unseen(found, width, height, is_told):
    document = docx.Document()
    assert "unseen" not in found(saved(document), DOCX)  # its thumbnail is none of them
    document.add_picture(picture(width, height))
    assert ("unseen" in found(saved(document), DOCX)) is is_told
    turned = docx.Document()
    turned.add_picture(picture(height, width))
    assert ("unseen" in found(saved(turned), DOCX)) is is_told


def test_what_stands_on_every_page_is_told_only_where_it_stands_elsewhere_too(found):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture(1600, 300))
    document.sections[0].footer.paragraphs[0].add_run().add_picture(picture(900, 900))
    assert "unseen" not in found(saved(document), DOCX)
    document.add_picture(picture(900, 900))
    assert found(saved(document), DOCX)["unseen"] == ["Gambar di dalam berkas"]


def test_a_picture_that_is_drawn_or_damaged_is_told_whatever_its_size(pieces):
    told = [("unseen", "Gambar di dalam berkas", "3 gambar di dalam berkas tidak terbaca portal.")]
    parts = {
        "ppt/media/image1.emf": "x",
        "ppt/media/image2.png": "rusak",
        "ppt/media/image3.jpg": picture(900, 900, "JPEG").getvalue(),
        "ppt/media/image4.bmp": picture(60, 60, "BMP").getvalue(),
        "ppt/media/image5.gif": picture(60, 60, "GIF").getvalue(),
    }
    data = office("pptx", main="ppt/presentation.xml", content="<p/>", parts=parts, xml="application/xml")
    assert [each for each in pieces(data, PPTX) if each[0] == "unseen"] == told


def test_the_emblem_of_a_slides_pattern_is_not_told(found):
    kind = "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    refers = (
        f'<Relationships xmlns="{relations}"><Relationship Id="r1" Target="../media/image1.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    parts = {
        "ppt/media/image1.png": picture(900, 900).getvalue(),
        "ppt/slideMasters/slideMaster1.master": "<p/>",
        "ppt/slideMasters/_rels/slideMaster1.master.rels": refers,
    }
    package = {"main": "ppt/presentation.xml", "content": "<p/>", "parts": parts, "xml": "application/xml"}
    assert "unseen" not in found(office("pptx", **package, master=kind), PPTX)
    assert "unseen" in found(office("pptx", **package, master="application/xml"), PPTX)


def open_text(content: str, styles: str = "", **parts: bytes | str) -> bytes:
    named = f'xmlns:xlink="x" {NAMES}'
    members = {"content.xml": f"<office:document {named}>{content}</office:document>", **parts}
    members["styles.xml"] = f"<office:document {named}>{styles}</office:document>"
    return open_document("text", **members)


def test_pictures_of_an_open_text_are_told_unless_they_stand_on_every_page(found):
    scan = {"Pictures__a.png": picture(900, 1300).getvalue()}
    shown = '<draw:image xmlns:draw="d" xlink:href="Pictures/a.png"/>'
    assert found(open_text(shown, **scan), f"{ODF}.text")["unseen"] == ["Gambar di dalam berkas"]
    assert "unseen" not in found(open_text("", shown, **scan), f"{ODF}.text")
    assert "unseen" in found(open_text(shown, shown, **scan), f"{ODF}.text")
    assert "unseen" in found(open_text("", **scan), f"{ODF}.text")  # it lies there, shown or not


@pytest.mark.parametrize(
    ("kind", "attached"), [("chart", None), ("formula", None), ("spreadsheet", ["Berkas di dalam dokumen"])]
)
def test_objects_of_an_open_text_are_read_and_told_where_they_are_files_of_their_own(found, kind, attached):
    manifest = (
        f'<m:manifest xmlns:m="m"><m:file-entry m:full-path="Object 1/" m:media-type="{ODF}.{kind}"/></m:manifest>'
    )
    object_says = f"<office:document {NAMES}><text:p>NIK {NIK}</text:p></office:document>"
    parts = {
        "META-INF__manifest.xml": manifest,
        "Object 1__content.xml": object_says,
        "ObjectReplacements__Object 1": b"\x89PNG",
    }
    places = found(open_text("", **parts), f"{ODF}.text")
    assert places["nik"] == ["Objek «Object 1» di dalam berkas"]
    assert places.get("attached") == attached


def test_an_object_of_another_program_is_a_file_of_its_own(found):
    assert found(open_text("", **{"Object 2": b"\xd0\xcf"}), f"{ODF}.text")["attached"] == ["Berkas di dalam dokumen"]
    unknown = {"Object 3__content.xml": "<x/>"}  # nothing says what it is
    assert found(open_text("", **unknown), f"{ODF}.text")["attached"] == ["Berkas di dalam dokumen"]


def test_the_writing_of_a_drawing_is_read(found):
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><text>NIK <tspan>{NIK}</tspan></text></svg>'
    parts = {"word/media/image1.svg": drawing}
    data = office("docx", main="word/document.xml", content="<d/>", parts=parts, xml="application/xml")
    assert found(data, DOCX)["nik"] == ["Kotak teks, bagan, atau grafik"]


@pytest.mark.parametrize("part", ["xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/diagrams/data1.xml"])
def test_what_stands_beside_the_cells_is_read(found, part):
    said = f'<x xmlns:a="a"><a:p><a:r><a:t>NIK {NIK}</a:t></a:r></a:p></x>'
    content = "<workbook><sheets/></workbook>"
    data = office("xlsx", main="xl/workbook.xml", content=content, parts={part: said}, xml="application/xml")
    assert found(data, XLSX)["nik"] == ["Kotak teks, bagan, atau grafik"]


def test_a_photo_inside_a_document_says_where_too(found):
    document = docx.Document()
    document.add_picture(io.BytesIO(photo()))
    places = found(saved(document), DOCX)
    [where] = places["location"]
    assert where.startswith("Gambar image")


def test_files_in_an_archive_are_read_each_by_its_kind(found):
    data = archive({"a/laporan.pdf": make_pdf.pages(f"NIK {NIK}"), "b.csv": f"NIK;x\n{NIK};1\n", "c.exe": "x"})
    places = found(data, "application/zip")
    assert places["nik"] == ["a/laporan.pdf › Halaman 1", "b.csv › Baris 2, kolom A"]
    assert places["unseen"] == ["c.exe"]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"PK\x03\x04sampah", DOCX),
        (archive({"x": "y"}), XLSX),
        (office("docx", main="word/document.xml", content="<a><b></a>"), DOCX),
        (b"sampah", "application/msword"),
        (b"sampah", "image/jpeg"),
        (open_document("text", **{"content.xml": "<x>"}), f"{ODF}.text"),
        (b"x", "application/x-unknown"),
    ],
)
def test_what_cannot_be_read_says_so_and_never_hangs(file, data, media_type):
    with pytest.raises(Unreadable):
        read_text(file(data), media_type)


def test_a_swelling_part_is_too_heavy(file):
    data = archive(
        {"mimetype": f"{ODF}.text", "content.xml": b"<x>" + b" " * 300_000_000 + b"</x>"},
        packed=True,
    )
    with pytest.raises(Unreadable, match="terlalu berat"):
        read_text(file(data), f"{ODF}.text")
