"""Documents in the shapes offices use, each with what must come out of it written by hand; see tests/sop/documents."""

import io
from pathlib import Path

import pytest

from sop.importing import files
from sop.importing.imported import Imported
from tests.sop import seeds
from tests.sop.seeds import squeeze

FOLDER = Path(__file__).parent / "documents"

# The identity part that most of the documents share.
DINSOS = {
    "letterhead": ("PEMERINTAH KOTA PONTIANAK", "DINAS SOSIAL"),
    "created": "12 Januari 2026",
    "revised": "-",
    "effective": "1 Februari 2026",
    "signatory": ("Kepala Dinas Sosial", "", "drg. TRIAN WATI, M.M."),
    "lists": {
        "legal_bases": ("Undang-Undang Nomor 14 Tahun 2008", "Peraturan Pemerintah Nomor 61 Tahun 2010"),
        "qualifications": ("Memahami pelayanan publik", "Mampu mengoperasikan komputer"),
        "related": ("SOP Surat Masuk",),
        "equipment": ("Komputer", "Printer"),
        "warnings": ("Bila terlambat, pemohon dirugikan.",),
        "records": ("Buku register",),
    },
}
KECAMATAN = {
    "letterhead": ("PEMERINTAH KOTA PONTIANAK", "KECAMATAN PONTIANAK KOTA"),
    "created": "3 Maret 2026",
    "signatory": (),
    "lists": {
        "legal_bases": ("Undang-Undang Nomor 14 Tahun 2008", "Peraturan Wali Kota Nomor 3"),
        "qualifications": ("S1 semua jurusan",),
        "related": (),
        "equipment": (),
        "warnings": ("Berkas dapat hilang.",),
        "records": ("Buku agenda",),
    },
}


def read(name: str) -> list[Imported]:
    path = FOLDER / name
    return files.read(io.BytesIO(path.read_bytes()), name, path.stat().st_size)


def one(name: str) -> Imported:
    [found] = read(name)
    return found


def who(imported: Imported) -> list[tuple]:
    return [(row.number, row.text, row.first, row.last, row.kind) for row in imported.sheet.rows]


def doubted(imported: Imported) -> set[tuple]:
    return {(doubt.field, doubt.row) for doubt in imported.doubts}


def facts(imported: Imported) -> dict:
    names = ("letterhead", "created", "revised", "effective", "signatory", "lists")
    return {name: getattr(imported.sheet, name) for name in names}


# Without a drawing the ends are a reading, and decisions can't be told from processes.
UNDRAWN = {("kind", 1), ("rows", None)}


def test_merged_cells_lists_and_marks():
    found = one("sel-gabung.docx")
    assert (found.sheet.title, found.sheet.number) == ("PELAYANAN PERMOHONAN BANTUAN", "065/12/SOP.DINSOS/2026")
    assert facts(found) == DINSOS
    assert found.sheet.performers == ("Petugas Loket", "Kepala Seksi")
    assert who(found) == [
        (1, "Menerima berkas permohonan", 0, 0, "start"),
        (2, "Memeriksa kelengkapan berkas", 1, 1, "process"),
        (3, "Mengarsipkan berkas", 0, 0, "end"),
    ]
    second = found.sheet.rows[1]
    assert (second.requirement, second.duration) == ("Berkas diterima", "1 hari")
    assert (second.output, second.note) == ("Berkas lengkap", "Bila kurang, kembali")
    assert doubted(found) == {*UNDRAWN, ("kind", 3)}
    assert found.unplaced == ()


def test_a_procedure_in_two_tables_each_with_its_head():
    found = one("dua-tabel.docx")
    assert found.sheet.number == "065/13"
    assert who(found) == [
        (1, "Menerima berkas permohonan", 0, 0, "start"),
        (2, "Memeriksa kelengkapan berkas", 1, 1, "process"),
        (3, "Mengarsipkan berkas", 0, 0, "process"),
        (4, "Melaporkan arsip", 1, 1, "end"),
    ]
    assert found.unplaced == ()


def test_portrait_without_headings_and_with_a_sentence_beneath():
    found = one("tegak.docx")
    assert found.sheet.title == "Penerimaan Tamu Dinas"
    assert who(found) == [(1, "Menyambut tamu", 0, 0, "start"), (2, "Menerima tamu", 1, 1, "end")]
    assert found.sheet.rows[1].duration == "± 30 menit"
    assert ("duration", 2) in doubted(found), "a duration that can't be reckoned keeps its words"
    assert found.unplaced == ("Ditetapkan di Pontianak pada hari kerja pertama.",)


def test_a_head_one_column_off():
    found = one("kolom-geser.docx")
    assert (found.sheet.heading, found.sheet.title) == ("C.", "PENDAFTARAN PENDUDUK")
    assert found.sheet.number == "/ DISDUKCAPIL / 2026"
    assert found.sheet.performers == ("Loket", "Operator", "Kepala Bidang")
    assert who(found) == [
        (1, "Menerima berkas", 0, 0, "start"),
        (2, "Memverifikasi data", 1, 1, "process"),
        (3, "Menandatangani akta", 2, 2, "end"),
    ]
    assert ("performers", None) in doubted(found)


def test_numbers_inside_the_activity():
    found = one("nomor-dalam-sel.docx")
    assert found.sheet.performers == ("Pemohon", "Bagian Umum")
    assert who(found) == [
        (1, "Mengajukan permohonan pinjam", 0, 0, "start"),
        (2, "Memeriksa jadwal ruang", 1, 1, "process"),
        (3, "Menyerahkan kunci", 1, 1, "end"),
    ]
    assert found.sheet.rows[0].requirement == "Surat"


def test_times_in_mixed_units_and_a_line_of_totals():
    found = one("waktu-campuran.docx")
    assert [row.duration for row in found.sheet.rows] == [
        "15 Menit",
        "3 (tiga) hari kerja",
        "1-2 minggu",
        "1 bulan",
        "2 jam",
    ]
    assert {field for field in doubted(found) if field[0] == "duration"} == {("duration", 3)}
    assert [text.partition(": ")[2] for text in found.unplaced] == ["Jumlah waktu", "35 hari"]


def test_two_sops_in_one_file():
    first, second = read("dua-sop.docx")
    assert (first.sheet.heading, first.sheet.title, first.sheet.number) == ("A.", "SURAT MASUK", "065/17")
    assert (second.sheet.heading, second.sheet.title, second.sheet.number) == ("B.", "SURAT KELUAR", "065/18")
    assert facts(first) == facts(second) == DINSOS
    assert [row.text for row in first.sheet.rows] == ["Menerima surat", "Mendisposisi surat"]
    assert [row.text for row in second.sheet.rows] == [
        "Menyusun konsep surat",
        "Menandatangani surat",
        "Mengirim surat",
    ]
    assert first.unplaced == second.unplaced == ()


def test_identity_as_paragraphs_and_performers_by_name():
    found = one("identitas-paragraf.docx")
    sheet = found.sheet
    assert (sheet.title, sheet.number) == ("Pemeliharaan Jaringan", "555/01/KOMINFO")
    assert (sheet.created, sheet.effective) == ("2025", "2 Januari 2026")
    assert sheet.letterhead == ("PEMERINTAH KOTA PONTIANAK", "DINAS KOMUNIKASI DAN INFORMATIKA")
    assert sheet.signatory == ("Kepala Dinas",)
    assert sheet.lists["legal_bases"] == (
        "Peraturan Presiden Nomor 95 Tahun 2018",
        "Peraturan Wali Kota Nomor 3 Tahun 2021",
    )
    assert sheet.lists["qualifications"] == ("Menguasai jaringan", "Teliti")
    assert sheet.lists["warnings"] == ("Jaringan dapat terputus.",)
    assert sheet.performers == ("Teknisi", "Kepala Seksi Infrastruktur")
    assert [row.first for row in sheet.rows] == [0, 0, 1]
    assert {("letterhead", None), ("equipment", None), ("records", None)} <= doubted(found)
    assert found.unplaced == ()


def test_a_column_that_the_form_does_not_have():
    found = one("kolom-tambahan.docx")
    assert found.sheet.performers == ("Pendamping", "Bendahara")
    assert [row.note for row in found.sheet.rows] == ["", "Foto"]
    assert found.unplaced == (
        "Prosedur, baris 1: Risiko",
        "Prosedur, langkah 1, kolom «Risiko»: Data ganda",
        "Prosedur, langkah 2, kolom «Risiko»: Salah sasaran",
    )


def test_shapes_in_their_own_cells():
    found = one("bentuk.docx")
    assert found.sheet.title == "LEGALISASI SURAT"
    assert facts(found) == {"revised": "", "effective": "", **KECAMATAN}
    assert found.sheet.performers == ("Pelaksana Umum", "Kasi Pelayanan", "Camat")
    assert who(found) == [
        (1, "Menerima surat", 0, 0, "start"),
        (2, "Memeriksa surat", 1, 1, "decision"),
        (3, "Menandatangani surat", 2, 2, "process"),
        (4, "Menyerahkan surat", 0, 0, "end"),
    ]
    assert {each for each in doubted(found) if each[1]} == {("if_yes", 2)}, "where a decision leads isn't guessed"
    assert found.unplaced == (), "«Mulai» and «Selesai» are the shapes' own words"


@pytest.mark.parametrize("name", ["bentuk-melayang.docx", "bentuk-vml.docx"])
def test_shapes_that_float_over_the_grid(name):
    found = one(name)
    assert who(found) == [
        (1, "Menerima permohonan", 0, 0, "start"),
        (2, "Memverifikasi permohonan", 1, 1, "decision"),
        (3, "Membahas permohonan", 1, 2, "process"),
        (4, "Mencetak surat", 2, 2, "process"),
        (5, "Menyerahkan surat", 0, 0, "end"),
    ]
    assert ("performer", 4) in doubted(found), "its shape lies between two columns"
    assert not {("performer", n) for n in (1, 2, 3, 5)} & doubted(found)


def test_a_worksheet_with_x_marks():
    found = one("tanda-x.xlsx")
    assert (found.sheet.title, found.sheet.number) == ("PENGADAAN BARANG", "065/20")
    assert facts(found) == DINSOS
    assert found.sheet.performers == ("Petugas Loket", "Kepala Seksi")
    assert who(found) == [
        (1, "Menyusun kebutuhan", 0, 0, "start"),
        (2, "Membahas kebutuhan", 0, 1, "process"),
        (3, "Menetapkan pengadaan", 1, 1, "process"),
        (4, "Mengumumkan pengadaan", None, None, "end"),
    ]
    assert {("performer", 2), ("performer", 4)} <= doubted(found)
    assert [row.duration for row in found.sheet.rows] == ["3 hari", "1 hari", "1 hari", "1 hari"]
    assert found.unplaced == ()


def test_two_worksheets_with_counted_columns_and_words_for_shapes():
    found = one("dua-lembar.xlsx")
    sheet = found.sheet
    assert (sheet.title, sheet.number, sheet.revised) == ("KENAIKAN PANGKAT", "800/05/BKPSDM", "-")
    assert sheet.letterhead == ("PEMERINTAH KOTA PONTIANAK", "BADAN KEPEGAWAIAN")
    assert sheet.lists["legal_bases"] == ("PP Nomor 11 Tahun 2017", "PP Nomor 17 Tahun 2020")
    assert sheet.lists["qualifications"] == ("Teliti", "Menguasai aplikasi")
    assert sheet.performers == ("Pegawai", "Analis", "Kepala Badan")
    assert who(found) == [
        (1, "Mengusulkan kenaikan pangkat", 0, 0, "start"),
        (2, "Memeriksa usulan", 1, 1, "decision"),
        (3, "Menandatangani keputusan", 2, 2, "end"),
    ]
    assert sheet.rows[1].note == "Bila tidak, kembali ke 1"
    assert found.unplaced == ()


def test_one_worksheet_with_both_parts():
    found = one("satu-lembar.xlsx")
    sheet = found.sheet
    assert (sheet.title, sheet.number) == ("IMUNISASI", "440/7")
    assert sheet.lists["legal_bases"] == ("Permenkes Nomor 12 Tahun 2017",)
    assert sheet.lists["warnings"] == ("Vaksin rusak bila suhu naik.",)
    assert sheet.performers == ("Perawat", "Dokter")
    assert [(row.text, row.first, row.duration) for row in sheet.rows] == [
        ("Mendaftar pasien", 0, "5 menit"),
        ("Memeriksa pasien", 1, "10 menit"),
        ("Menyuntik vaksin", 0, "5 menit"),
    ]
    assert [text.partition(": ")[2] for text in found.unplaced] == ["Catatan: vaksin disimpan pada 2-8 derajat."]


def test_colours_for_shapes():
    found = one("warna.xlsx")
    assert found.sheet.title == "PEMBUATAN KARTU"
    assert [row.first for row in found.sheet.rows] == [0, 1, 0]
    assert {("performer", 1), ("performer", 2), ("performer", 3)} <= doubted(found)


def test_what_a_web_page_hides_is_no_part_of_the_sheet_and_is_not_lost():
    rows = "<tr><td>Nama SOP</td><td>SURAT MASUK<span style='display: none'> lama</span></td></tr>"
    page = f"<table>{rows}<tr hidden><td>Nomor SOP</td><td>065/0</td></tr></table>".encode()
    [found] = files.read(io.BytesIO(page), "a.html", len(page))
    assert (found.sheet.title, found.sheet.number) == ("SURAT MASUK", "")
    assert found.unplaced == ("Teks tersembunyi: lama", "Teks tersembunyi: Nomor SOP", "Teks tersembunyi: 065/0")


@pytest.mark.parametrize("slug", list(seeds.FILES))
def test_every_text_of_the_seeds_is_there_word_for_word(slug):
    name = seeds.FILES[slug]
    data = (Path(__file__).parent / "seeds" / name).read_bytes()
    [found] = files.read(io.BytesIO(data), name, len(data))
    sheet, source = found.sheet, seeds.read(slug)
    printed = {
        *sheet.letterhead,
        *("Nomor SOP", sheet.number, "Tanggal Pembuatan", sheet.created, "Tanggal Revisi", sheet.revised),
        *("Tanggal Efektif", sheet.effective, "Disahkan Oleh", *sheet.signatory, "Nama SOP", sheet.title),
        *sheet.captions.values(),
        *(" ".join(items) for items in sheet.lists.values()),
    }
    assert set(source.identity) <= printed
    assert squeeze(f"{sheet.heading} {sheet.title}") == source.heading
    assert set(sheet.performers) <= set(source.header)
    blanks = [""] * len(sheet.performers)
    rows = [[str(r.number), r.text, *blanks, r.requirement, r.duration, r.output] for r in sheet.rows]
    assert rows == [(row + [""] * len(rows[0]))[: len(rows[0])] for row in source.steps]
    assert {row.first for row in sheet.rows} == {None}, "the drawing is lost: nobody is guessed"
    assert {("performer", row.number) for row in sheet.rows} <= doubted(found)
    assert found.unplaced == ()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.*x")), ids=lambda path: path.name)
def test_no_text_of_a_document_is_lost(path):
    """Every text of the source stands in the sheet, is a caption, or is in the list of what found no place."""
    for found in read(path.name):
        texts = [line for block in found.source for line in _lines(block)]
        left = {line["text"] for line in texts if not line["placed"]}
        assert all(any(text in each for each in found.unplaced) for text in left)
        written = str(found.sheet.as_data())
        for line in texts:
            if line["placed"] and len(line["text"]) > 30:
                assert line["text"].split(": ")[-1].removeprefix("1. ").removeprefix("2. ") in written, line["text"]


def _lines(block: dict):
    if "lines" in block:
        yield from block["lines"]
    for row in block.get("rows", ()):
        for cell in row:
            yield from cell["lines"]
