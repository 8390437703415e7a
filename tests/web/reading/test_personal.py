"""What is taken for personal data, and what is not: lines from offices' papers, each with what it holds."""

import time

import pytest

from ppid.web.reading.personal import Found, find, masked, scrubbed
from ppid.web.reading.pieces import Piece, Pieces, ReadText

HOLDS = [
    ("NIK 6171034510900001", "nik", "6171••••••••0001"),
    ("NIK: 6171 0345 1090 0001", "nik", "6171••••••••0001"),
    ("6501024507850003 Nunukan", "nik", "6501••••••••0003"),
    ("NIK.6171034510900001/1", "nik", "6171••••••••0001"),
    ("No. KK 6171031208150003", "kk", "6171••••••••0003"),
    ("NPWP 09.254.294.3-407.000", "npwp", "09••••••••••000"),
    ("HP 0812-3456-7890", "phone", "081•••••••90"),
    ("WA +62 812 3456 7890", "phone", "628••••••••90"),
    ("hubungi 081234567890 setelah pukul 9", "phone", "081•••••••90"),
    ("budi.santoso@gmail.com", "email", "b•••@gmail.com"),
    ("siti@keluarga-siti.id", "email", "s•••@•••.id"),
    ("Rekening Bank Kalbar 1025 3412 77 a.n. Budi", "account", "••••••••77"),
]
HOLDS_NOTHING = [
    "Keputusan Wali Kota Nomor 188.45/1234/ORG/2025",
    "Kode rekening belanja 5.1.02.01.01.0024",
    "ISBN 978-602-8519-93-9",
    "Rp 12.345.678.901,00",
    "Nomor 800/1/2026 tanggal 5 November 2026",
    "1.02.01.2.06.0001 Penyediaan komponen instalasi listrik",
    "Peraturan Menteri Nomor 35 Tahun 2012",
    "Pagu 1234567890123456",
    "Kelurahan Siantan Hulu: 12 orang",
    "Triwulan 3, 4 kegiatan selesai",
    "SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
]


def kinds(*pieces: Piece, **how) -> dict[str, list[tuple[str, str]]]:
    return {each.kind: [tuple(place) for place in each.places] for each in find(ReadText(pieces), **how)}


def text(said: str) -> Piece:
    return Piece("text", "Halaman 4", said)


@pytest.mark.parametrize(("line", "kind", "mask"), HOLDS, ids=[line for line, _, _ in HOLDS])
def test_a_line_that_holds_somebodys_data_is_found_and_masked(line, kind, mask):
    assert kinds(text(line)) == {kind: [("Halaman 4", mask)]}


@pytest.mark.parametrize("line", HOLDS_NOTHING)
def test_a_line_that_holds_none_is_left_alone(line):
    assert kinds(text(line)) == {}


def test_the_office_itself_is_no_alarm():
    own = ["(0561) 733041", "ppid@pontianak.go.id", "0812 3456 7890"]
    page = text("Hubungi PPID: (0561) 733041, +62812 3456 7890 atau PPID@pontianak.go.id.")
    assert set(kinds(page)) == {"phone", "email"}
    assert kinds(page, allowed=own) == {}


@pytest.mark.parametrize(
    ("author", "is_somebody"),
    [
        ("Budi Santoso", True),
        ("Dinas Sosial Kota Pontianak", False),
        ("Microsoft Office User", False),
        ("openpyxl", False),
        ("PPID Kota Pontianak", False),
    ],
)
def test_an_author_is_somebody_unless_it_is_a_program_or_the_office(author, is_somebody):
    found = kinds(Piece("author", "Sifat berkas", author))
    assert ("author" in found) == is_somebody
    assert author not in str(found)


def test_a_count_below_five_is_found_beside_the_name_of_a_place():
    assert "small_count" in kinds(text("Kelurahan Siantan Hulu: 3 orang penerima"))
    assert "small_count" not in kinds(text("Kelurahan Siantan Hulu: 13 orang penerima"))
    assert "small_count" not in kinds(text("Pasal 3 orang tua wali"))


def grid(*rows: tuple[str, ...]) -> Piece:
    said, cells = "", []
    for number, row in enumerate(rows, start=1):
        for column, value in zip("ABCD", row, strict=False):
            cells.append((len(said), f"Data!{column}{number}", f"Data!{column}"))
            said += f"{value} | "
        said += "\n"
    return Piece("text", "Data", said, cells)


def test_what_stands_above_a_column_says_what_its_numbers_are():
    found = kinds(
        grid(
            ("Nama", "No. Rekening", "No HP", "Jumlah anak"),
            ("A", "1025341277", "81234567890", "2"),
            ("B", "1025341288", "81234567891", "7"),
        )
    )
    assert found["account"] == [("Data!B2", "••••••••77"), ("Data!B3", "••••••••88")]
    assert [place for place, _ in found["phone"]] == ["Data!C2", "Data!C3"]
    assert found["small_count"] == [("Data!D2", "angka 1 sampai 4")]


def test_numbers_of_rows_and_of_a_budget_are_no_counts_of_people():
    found = kinds(grid(("No", "Uraian", "Pagu"), ("1", "Belanja", "3"), ("2", "Barang", "12000000")))
    assert found == {}


def test_many_places_are_counted_and_the_first_ones_told():
    lines = "\n".join(f"NIK 61710345109{n:05}" for n in range(1, 301))
    [nik] = find(ReadText([text(lines)]))
    assert (nik.kind, nik.count, len(nik.places)) == ("nik", 300, 40)


def test_the_names_under_which_a_file_is_shown_are_looked_through_too():
    assert kinds(names=["KTP_6171034510900001.pdf"]) == {"nik": [("Nama berkas", "6171••••••••0001")]}


def test_a_place_tells_nothing_of_somebody_either():
    assert scrubbed("Lembar «6171034510900001»!B2") == "Lembar «•••••»!B2"
    assert scrubbed("surat budi@gmail.com.pdf") == "surat •••"
    assert scrubbed("Halaman 12, baris 1204") == "Halaman 12, baris 1204"


@pytest.mark.parametrize("kind", ["nik", "kk", "npwp", "phone", "account"])
@pytest.mark.parametrize("value", ["6171034510900001", "0812345", "12", "1"])
def test_a_mask_always_hides_at_least_half(kind, value):
    shown = masked(kind, value)
    assert len(shown) == len(value)
    assert shown.count("•") * 2 >= len(value)


def test_no_value_is_in_what_is_told():
    page = text("Budi, NIK 6171034510900001, HP 081234567890, budi.santoso@gmail.com, rekening 1025341277")
    said = str([(each.kind, each.count, each.places) for each in find(ReadText([page]))])
    for value in ("6171034510900001", "081234567890", "budi.santoso", "1025341277"):
        assert value not in said


@pytest.mark.parametrize("filling", [" ", "\t", "\u00a0", "1 ", "0 0-"], ids=repr)
def test_a_hundred_thousand_blanks_take_no_longer_than_words(filling):
    pieces, began = Pieces(), time.process_time()
    pieces.add("text", "Halaman 1", "NIK" + filling * 100_000 + "6171034510900001")
    find(ReadText(pieces.found))
    assert time.process_time() - began < 10


def test_found_counts_a_place_once():
    found = Found("nik")
    found.at("Halaman 1", "a", "•")
    found.at("Halaman 1", "a", "•")
    assert found.count == 1
