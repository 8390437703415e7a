"""What is read in a PDF: the words of each page by its number, and all that isn't on a page but goes along with it."""

import io

import pikepdf
import pytest
from PIL import Image

from ppid.web.reading import read_text
from tests import make_pdf


@pytest.fixture
def read(tmp_path):
    def reading(data: bytes, media_type: str = "application/pdf"):
        path = tmp_path / "berkas"
        path.write_bytes(data)
        return read_text(path, media_type)

    return reading


def changed(change, **how) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf.pages("Laporan"))) as document:
        change(document)
        document.save(written, **how)
    return written.getvalue()


def what_is_there(read):
    return [(piece.what, piece.place, piece.text) for piece in read.pieces]


def test_the_words_of_each_page_stand_at_its_number(read):
    found = read(make_pdf.pages("Pertama", "Kedua"))
    assert what_is_there(found) == [("text", "Halaman 1", "Pertama"), ("text", "Halaman 2", "Kedua")]
    assert (found.pages, found.is_cut, found.is_signed) == (2, False, False)


def test_pages_that_are_pictures_alone_are_told_as_unseen(read):
    written = io.BytesIO()
    scans = [Image.new("RGB", (100, 140), "grey") for _ in range(3)]
    scans[0].save(written, "PDF", save_all=True, append_images=scans[1:])
    assert ("unseen", "Halaman 1–3", "Hanya gambar atau hasil pindaian, tanpa teks.") in what_is_there(
        read(written.getvalue())
    )


def with_picture(words: str, width: int, height: int) -> bytes:
    """Make a page that says something over a picture of this size."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf.pages(words))) as document:
        picture = document.make_stream(
            b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8
        )
        picture.ColorSpace = pikepdf.Name.DeviceGray
        page = document.pages[0]
        page.obj.Resources.XObject = pikepdf.Dictionary(Im0=picture)
        page.contents_add(b"q %d 0 0 %d 0 0 cm /Im0 Do Q" % (width, height), prepend=True)
        document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("said", "width", "height", "is_scan"),
    [("SALINAN", 595, 842, True), ("SALINAN", 100, 100, False), ("Isi surat nomor satu.\n" * 30, 595, 842, False)],
    ids=["a scan with a stamp", "a page with a logo", "a scan that was read"],
)
def test_a_scan_with_hardly_any_text_is_told_as_unseen(read, said, width, height, is_scan):
    unseen = [piece.place for piece in read(with_picture(said, width, height)).pieces if piece.what == "unseen"]
    assert unseen == (["Halaman 1"] if is_scan else [])


def test_an_empty_page_is_no_picture(read):
    assert what_is_there(read(make_pdf.pages("Laporan", ""))) == [("text", "Halaman 1", "Laporan")]


def test_the_author_is_found_in_both_places(read):
    def name(document):
        document.docinfo["/Author"] = "Budi Santoso"
        with document.open_metadata(update_docinfo=False) as metadata:
            metadata["dc:creator"] = ["Siti Aminah"]

    authors = [piece.text for piece in read(changed(name)).pieces if piece.what == "author"]
    assert authors == ["Budi Santoso", "Siti Aminah"]


def test_remarks_forms_and_attachments_are_found(read):
    def fill(document):
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Cek lagi", T="Budi"
        )
        document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(remark)]))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="nik", V="6171034510900001")
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)])
        document.attachments["daftar.xlsx"] = b"isi"

    found = what_is_there(read(changed(fill)))
    assert ("comment", "Halaman 1", "Cek lagi Budi") in found
    assert ("text", "Isian formulir", "nik 6171034510900001") in found
    assert ("attached", "Lampiran di dalam PDF", "daftar.xlsx") in found


def test_a_signature_is_noticed(read):
    def sign(document):
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3])
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="ttd", V=signature)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)])

    assert read(changed(sign)).is_signed


def test_more_than_is_read_says_so(read):
    assert read(make_pdf.pages(*["a" * 90] * 3)).is_cut is False
    long = "\n".join(["kata " * 18] * 60)
    found = read(make_pdf.pages(*[long] * 1200))
    assert found.is_cut
    assert sum(len(piece.text) for piece in found.pieces) <= 5_000_000
