"""The sheet as PDF: what an archive and a screen reader need, and every word of the source."""

import io
import re

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from sop.models import SopVersion
from sop.paper import pdf, press
from tests.sop import seeds
from tests.sop.seeds import squeeze


@pytest.fixture(scope="module")
def sheets(loaded):
    """Both sheets, read once."""
    return {version.sop.slug: version.sheet() for version in SopVersion.objects.with_sheet()}


@pytest.fixture(scope="module")
def files(sheets):
    return {slug: pdf.render(sheet, address="PPID Kota Pontianak") for slug, sheet in sheets.items()}


def read(data):
    return PdfReader(io.BytesIO(data))


def text_of(data):
    return squeeze(" ".join(page.extract_text() for page in read(data).pages))


def elements(node, tag):
    """Yield the structure elements of one type, in order."""
    node = node.get_object()
    if node.get("/S") == tag:
        yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid, "get_object") and hasattr(kid.get_object(), "get"):
            yield from elements(kid, tag)


@pytest.mark.parametrize("slug", seeds.FILES)
def test_every_text_of_the_source_is_in_the_pdf(files, slug):
    printed = re.sub(r"\s", "", text_of(files[slug]))
    source = seeds.read(slug)
    for text in source.texts:
        if text.startswith("PEMERINTAH KOTA") or " " not in text:
            continue
        assert re.sub(r"\s", "", text) in _without_numbers(text, printed), text


def _without_numbers(text, printed):
    """Drop the numbers of list items, which the source's markup has and its text hasn't."""
    return printed if text[:1].isdigit() else re.sub(r"(?<=[a-z.)])[1-9]\.(?=[A-Z])", "", printed)


@pytest.mark.parametrize("slug", seeds.FILES)
def test_it_is_tagged_as_pdf_ua(files, slug):
    reader = read(files[slug])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.startswith("SOP P")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    tree = root["/StructTreeRoot"]
    assert len(list(elements(tree, "/H1"))) == 1
    assert len(list(elements(tree, "/H2"))) == 7


@pytest.mark.parametrize("slug", seeds.FILES)
def test_every_cell_of_the_procedure_knows_its_headers(files, sheets, slug):
    tree = read(files[slug]).trailer["/Root"]["/StructTreeRoot"]
    table = list(elements(tree, "/Table"))[-1]
    columns = len(sheets[slug].performers)
    rows = list(elements(table, "/TR"))[2:]
    assert len(rows) == len(sheets[slug].rows)
    for row in rows:
        cells = list(elements(row, "/TD"))
        assert len(cells) == 1 + columns + 4
        # Each has its row's number and its column's name.
        assert all(len(cell["/A"]["/Headers"]) >= 2 for cell in cells)


@pytest.mark.parametrize("slug", seeds.FILES)
def test_its_fonts_are_embedded(files, slug):
    fonts = [
        descendant.get_object()
        for page in read(files[slug]).pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] or "/FontFile3" in font["/FontDescriptor"] for font in fonts)


@pytest.mark.parametrize("slug", seeds.FILES)
def test_it_is_landscape_a4_with_identity_and_procedure_on_a_page_each(files, slug):
    pages = read(files[slug]).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]
        text = squeeze(page.extract_text())
        assert f"Halaman {number} dari 2" in text
        assert "PPID Kota Pontianak" in text
    assert "Dasar Hukum" in pages[0].extract_text()
    assert "Mutu Baku" in pages[1].extract_text()


def test_the_same_sheet_gives_the_same_bytes(sheets, files):
    slug, sheet = next(iter(sheets.items()))
    assert pdf.render(sheet, address="PPID Kota Pontianak") == files[slug]


def test_a_draft_says_so_on_every_page(sheets, files):
    slug, sheet = next(iter(sheets.items()))
    for page in read(pdf.render(sheet, watermark="DRAF")).pages:
        assert "DRAF" in page.extract_text()
    assert "DRAF" not in text_of(files[slug]).split()


@pytest.mark.parametrize("slug", seeds.FILES)
def test_our_reading_and_our_returns_are_marked(files, slug):
    text = text_of(files[slug])
    assert "Pembagian langkah kepada pelaksana adalah penafsiran portal dan belum dikonfirmasi." in text
    assert "tambahan, tidak ada pada lembar asli" in text


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "http://127.0.0.1:8000/",
        "file:///etc/passwd",
        "static://sheet/../settings.py",
        "static://sheet/css/missing.css",
        "data:text/html,hello",
    ],
)
def test_nothing_but_static_files_is_fetched(url):
    with pytest.raises(FatalURLFetchingError):
        press.StaticOnly().fetch(url)


def test_a_static_file_is_fetched():
    assert b".sheet" in press.StaticOnly().fetch("static://sheet/css/sheet.css").read()
