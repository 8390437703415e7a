"""How offices head, merge, number and draw a procedure, as bare tables; what must come out is written by hand."""

import pytest

from sop.importing.imported import Imported
from sop.importing.reading import sheets
from sop.importing.reading.labels import column_of, unit_of_head
from sop.importing.source import Cell, Line, Shape, Table
from sop.importing.wording import where

HEAD = ["No", "Kegiatan", "Loket", "Kasi", "Kelengkapan", "Waktu", "Output", "Ket"]


def table(*rows: list[str]) -> Table:
    """Make a table of texts; «^» belongs to the cell above, «#» is a cell that Word numbers by itself."""
    cells: dict[tuple[int, int], Cell] = {}
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "^":
                above = cells[n - 1, column]
                above.rowspan, cells[n, column] = n - above.row + 1, above
                continue
            lines = [Line("", is_item=True)] if text == "#" else [Line(part) for part in text.split("\n") if part]
            cells[n, column] = Cell(n, column, lines)
    return Table(list(dict.fromkeys(cells.values())))


def read(*rows: list[str], head=HEAD) -> Imported:
    [found] = sheets.read([table(head, *rows)])
    return found


def rows(found: Imported, *names: str) -> list[tuple]:
    return [tuple(getattr(row, name) for name in names) for row in found.sheet.rows]


def doubts(found: Imported, *fields: str) -> list[tuple[str, str]]:
    return [(where(doubt), doubt.sentence) for doubt in found.doubts if doubt.field in fields]


HEADS = {
    "number": ["No", "No.", "NO. URUT", "Nomor"],
    "text": [
        *("Kegiatan", "Aktivitas", "Aktifitas", "Uraian Kegiatan", "Kegiatan/Tahapan", "Aktivitas/Uraian Kegiatan"),
        *("Uraian Prosedur", "Langkah-langkah Kegiatan", "Tahapan", "Prosedur Kerja", "Kegiatan dan Tahapan"),
        *("Rincian\nKegiatan", "Uraian Kegiatan (Prosedur)"),
    ],
    "performer": ["Pelaksana", "PELAKSANA", "Pelaksana/Penanggung Jawab", "Unit Pelaksana", "Aktor"],
    "quality": ["Mutu Baku", "MUTU BAKU", "Standar Mutu"],
    "requirement": ["Kelengkapan", "Persyaratan/Kelengkapan", "Kelengkapan / Persyaratan", "Syarat", "Input"],
    "duration": [
        *("Waktu", "Waktu (Menit)", "WAKTU\n(MENIT)", "Waktu/Jam", "Waktu Penyelesaian", "Jangka Waktu (Hari Kerja)"),
        *("Lama", "Durasi", "Waktu dalam menit", "Waktu (maks)"),
    ],
    "output": ["Output", "Output/Hasil", "Hasil (Output)", "Out Put", "Keluaran", "Hasil/Output"],
    "note": ["Ket", "Ket.", "Keterangan", "Catatan/Keterangan"],
    "": ["Loket", "Kepala Bidang/Kegiatan", "Risiko", "Menit", "Kepala Dinas (Pengesahan)", "Output dan Risiko", ""],
}


@pytest.mark.parametrize(("head", "field"), [(head, field) for field, heads in HEADS.items() for head in heads])
def test_a_column_is_known_by_the_names_that_offices_give_it(head, field):
    assert column_of(head) == field


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Waktu (Menit)", "minute"),
        ("Waktu Penyelesaian (hari kerja)", "working_day"),
        ("Waktu/jam", "hour"),
        ("Lama dalam hari", "day"),
        ("Waktu [mnt]", "minute"),
        ("Waktu", None),
        ("Waktu (penyelesaian)", None),
        ("Output (Menit)", None),
    ],
)
def test_a_head_says_the_unit_of_its_cells(head, unit):
    assert unit_of_head(head) == unit


def test_the_unit_in_the_head_is_written_beside_the_times_that_have_none():
    head = [*HEAD[:5], "Waktu (Menit)", *HEAD[6:]]
    found = read(
        ["1", "Menerima berkas", "X", "", "Surat", "10", "Berkas", ""],
        ["2", "Memeriksa berkas", "", "X", "Berkas", "2 jam", "Telaah", ""],
        ["3", "Membahas berkas", "", "X", "Telaah", "5-10", "Hasil", ""],
        ["4", "Mengirim hasil", "X", "", "Hasil", "-", "Surat", ""],
        head=head,
    )
    assert rows(found, "duration") == [("10 menit",), ("2 jam",), ("5-10 menit",), ("-",)]
    said = "Satuan «menit» pada judul kolom waktu ditulis pada setiap waktu yang belum bersatuan; periksa."
    assert ("Prosedur", said) in doubts(found, "rows")
    assert [name for name, _ in doubts(found, "duration")] == ["Langkah 3, waktu", "Langkah 4, waktu"]


def test_a_time_in_two_cells_is_one_time():
    head = ["No", "Kegiatan", "Loket", "Waktu", "Waktu", "Output"]
    found = read(["1", "Menerima berkas", "X", "10", "menit", "Berkas"], head=head)
    assert rows(found, "duration") == [("10 menit",)]
    assert doubts(found, "duration") == []


def test_a_cell_shared_by_two_steps_belongs_to_the_first_and_the_others_say_so():
    found = read(
        ["1", "Menerima berkas", "X", "", "Surat", "2 hari", "Berkas", ""],
        ["2", "Memeriksa berkas", "", "X", "^", "^", "Telaah", ""],
        ["3", "Mengirim hasil", "X", "", "Telaah", "^", "Surat", ""],
    )
    assert rows(found, "requirement", "duration") == [("Surat", "2 hari"), ("", ""), ("Telaah", "")]
    said = "Di naskah waktu («2 hari») satu sel dengan langkah 1, maka hanya ditulis di sana. "
    said += "Isi di sini bila langkah ini punya bagiannya sendiri."
    assert doubts(found, "duration") == [("Langkah 2, waktu", said), ("Langkah 3, waktu", said)]
    assert [name for name, _ in doubts(found, "requirement")] == ["Langkah 2, kelengkapan"]
    assert found.unplaced == ()


def test_a_row_under_an_empty_number_continues_its_step():
    found = read(
        ["1", "Menerima berkas", "X", "", "Surat", "1 jam", "Berkas", ""],
        ["2", "Memeriksa berkas dan", "", "X", "Berkas", "1 hari", "Telaah", ""],
        ["", "meneruskannya ke arsip", "", "", "Telaah", "", "Tanda terima", ""],
        ["3", "Mengirim hasil", "X", "", "Hasil", "1 jam", "Surat", ""],
    )
    assert rows(found, "number", "text", "first", "requirement", "duration") == [
        (1, "Menerima berkas", 0, "Surat", "1 jam"),
        (2, "Memeriksa berkas dan meneruskannya ke arsip", 1, "Berkas\nTelaah", "1 hari"),
        (3, "Mengirim hasil", 0, "Hasil", "1 jam"),
    ]
    assert doubts(found, "text") == [
        (
            "Langkah 2, aktivitas",
            "Baris tanpa nomor di bawahnya («meneruskannya ke arsip») digabung ke langkah ini; "
            "jadikan langkah tersendiri bila memang demikian.",
        )
    ]


def test_a_row_whose_number_was_forgotten_is_a_step():
    found = read(
        ["1", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["", "Memeriksa berkas", "", "X", "", "1 hari", "", ""],
        ["3", "Mengirim hasil", "X", "", "", "1 jam", "", ""],
        ["", "Mengarsipkan surat", "X", "", "", "5 menit", "", ""],
    )
    assert [text for (text,) in rows(found, "text")] == [
        "Menerima berkas",
        "Memeriksa berkas",
        "Mengirim hasil",
        "Mengarsipkan surat",
    ]
    assert ("Langkah 2, nomor", "Di naskah langkah ini tidak bernomor; nomornya dihitung ulang.") in doubts(
        found, "number"
    )


def test_the_last_row_without_a_number_and_without_anybody_continues():
    found = read(
        ["7", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["8", "Mengirim hasil", "X", "", "", "1 jam", "", ""],
        ["", "Menyimpan tembusan", "", "", "", "", "", ""],
    )
    assert rows(found, "number", "text") == [(7, "Menerima berkas"), (8, "Mengirim hasil\nMenyimpan tembusan")]
    assert [name for name, _ in doubts(found, "text")] == ["Langkah 8, aktivitas"]


def test_a_number_merged_over_two_rows_is_one_step():
    found = read(
        ["1", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["2", "Mengirim hasil", "X", "", "", "1 jam", "", ""],
        ["^", "Mencatat berkas", "X", "", "", "5 menit", "", ""],
    )
    assert rows(found, "number", "text") == [(1, "Menerima berkas"), (2, "Mengirim hasil\nMencatat berkas")]


def test_rows_that_word_numbers_by_itself_are_steps():
    found = read(
        ["#", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["", "dan mencatatnya", "", "", "", "", "", ""],
        ["#", "Mengirim hasil", "X", "", "", "1 jam", "", ""],
    )
    assert rows(found, "number", "text") == [(1, "Menerima berkas dan mencatatnya"), (2, "Mengirim hasil")]
    assert [name for name, _ in doubts(found, "number") if name.startswith("Langkah")] == []


def test_a_number_that_is_none_is_listed_and_the_steps_are_counted():
    found = read(
        ["1", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["1a", "Mencatat berkas", "X", "", "", "1 jam", "", ""],
        ["2", "Mengirim hasil", "X", "", "", "1 jam", "", ""],
    )
    assert rows(found, "number", "text")[1:] == [(2, "Mencatat berkas"), (3, "Mengirim hasil")]
    assert [name for name, _ in doubts(found, "number") if "angkah" in name] == ["Langkah 2, nomor", "Langkah 3, nomor"]
    assert found.unplaced == ("Prosedur, baris 3, kolom «No»: 1a",)


def test_without_any_number_each_row_is_a_step():
    found = read(
        ["", "Menerima berkas", "X", "", "", "1 jam", "", ""],
        ["", "Mengirim hasil", "X", "", "", "", "", ""],
    )
    assert rows(found, "number", "text") == [(1, "Menerima berkas"), (2, "Mengirim hasil")]


def performing(*cells: str) -> Imported:
    return read(*(["", f"Menerima berkas {n}", *each.split("|"), "", "", "", ""] for n, each in enumerate(cells)))


def test_arrows_and_strokes_are_lines_and_no_marks():
    found = performing("X|→", "↓|X", "⇓ ya|X", "X|←", "->|----", "│|┌─")
    assert rows(found, "first", "last")[:3] == [(0, 0), (1, 1), (1, 1)]
    assert rows(found, "first")[4:] == [(None,), (None,)]
    assert not any("kolom tempat teks" in said for _, said in doubts(found, "performer")[:3])
    assert [name for name, said in doubts(found, "performer") if "tidak terbaca" in said] == [
        "Langkah 5, pelaksana",
        "Langkah 6, pelaksana",
    ]


def test_a_dash_says_that_nobody_is_meant():
    found = performing("X|-", "–|X")
    assert rows(found, "first", "last") == [(0, 0), (1, 1)]
    assert found.unplaced == ()


def test_diamonds_and_boxes_in_letters_are_shapes():
    found = performing("⬭|", "□|", "|◊", "◇|", "|▭", "|⬭")
    assert rows(found, "first", "kind") == [
        (0, "start"),
        (0, "process"),
        (1, "decision"),
        (0, "decision"),
        (1, "process"),
        (1, "end"),
    ]
    assert doubts(found, "kind", "performer") == []
    assert found.unplaced == ()


def test_an_empty_box_beside_a_mark_is_not_chosen():
    found = performing("☐|☑", "□|√", "☐|☐")
    assert rows(found, "first", "last") == [(1, 1), (1, 1), (None, None)]
    assert [said for _, said in doubts(found, "performer")] == [
        "Kotak kosong di sampingnya dibaca sebagai kolom yang tidak dipilih; periksa.",
        "Kotak kosong di sampingnya dibaca sebagai kolom yang tidak dipilih; periksa.",
        "Pelaksana langkah ini tidak terbaca dari naskah. Pilih pelaksananya.",
    ]


def deciding(note: str, mark: str = "◊", last: str = "X") -> Imported:
    return read(
        ["1", "Menerima berkas", "X", "", "", "", "", ""],
        ["2", "Menelaah berkas", "X", "", "", "", "", ""],
        ["3", "Memeriksa berkas", "", mark, "", "", "", note],
        ["4", "Menandatangani berkas", "", "X", "", "", "", ""],
        ["5", "Mengirim berkas", last, "", "", "", "", ""],
    )


@pytest.mark.parametrize(
    ("note", "yes", "no"),
    [
        ("kembali ke nomor 1", None, 1),
        ("Bila tidak, kembali ke 1", None, 1),
        ("Bila belum lengkap, dikembalikan ke langkah No. 2", None, 2),
        ("Jika ya lanjut ke langkah 5, jika tidak kembali ke langkah 2", 5, 2),
        ("Ya → 4, Tidak → 1", 4, 1),
        ("ya ke 4; tidak ke 2", 4, 2),
        ("Jika setuju, lanjut ke 4. Jika tidak setuju, kembali ke 1", 4, 1),
        ("Ulangi langkah 2", None, 2),
        ("Mengembalikan ke kegiatan nomor 1", None, 1),
        ("Lanjut ke tahap 4", 4, None),
    ],
)
def test_exits_in_words_are_proposed_and_marked(note, yes, no):
    found = deciding(note)
    row = found.sheet.rows[2]
    assert (row.kind, row.if_yes, row.if_no, row.note) == ("decision", yes, no, note)
    marked = {doubt.field: doubt.sentence for doubt in found.doubts if doubt.row == 3}
    for name, word, target in (("if_yes", "ya", yes), ("if_no", "tidak", no)):
        said = marked[name]
        if target:
            assert said.startswith(f"Tujuan bila {word} diusulkan dari kata-kata naskah («")
        else:
            assert said == f"Ke mana langkah ini menuju bila {word}, tidak terbaca. Isi tujuannya."


@pytest.mark.parametrize(
    "note",
    [
        "",
        "dikembalikan ke pemohon",
        "Dikembalikan paling lambat 3 hari",
        "kembali ke pemohon dalam 2 hari",
        "Sesuai Perwal Nomor 14 Tahun 2008",
        "diteruskan ke Kasi 2 rangkap",
        "Bila tidak, kembali ke 2 orang saksi",
        "Bila tidak, kembali ke: 5 menit istirahat",
    ],
)
def test_words_that_name_no_step_propose_nothing(note):
    row = deciding(note).sheet.rows[2]
    assert (row.kind, row.if_yes, row.if_no) == ("decision", None, None)


def test_a_way_back_in_words_proposes_a_decision_where_no_shape_was_seen():
    found = deciding("Bila tidak, kembali ke 1", mark="X")
    row = found.sheet.rows[2]
    assert (row.kind, row.if_no) == ("decision", 1)
    assert any("diusulkan sebagai Keputusan" in said for _, said in doubts(found, "kind"))


def test_words_do_not_change_a_shape_that_was_drawn():
    found = deciding("Bila tidak, kembali ke 1", mark="□")
    row = found.sheet.rows[2]
    assert (row.kind, row.if_no) == ("process", None)
    assert any("padahal bentuknya bukan keputusan" in said for _, said in doubts(found, "kind"))


def test_a_step_that_is_not_there_or_two_of_them_propose_nothing():
    row, found = deciding("Bila tidak, kembali ke 9").sheet.rows[2], deciding("Tidak ke 1. Belum ya, kembali ke 2")
    assert row.if_no is None
    assert found.sheet.rows[2].if_no is None
    assert ("Langkah 3, tujuan bila tidak", "Naskah menyebut beberapa tujuan bila tidak. Pilih tujuannya.") in doubts(
        found, "if_no"
    )
    assert deciding("kembali ke nomor 3").sheet.rows[2].if_no is None, "a step doesn't lead to itself"


def test_exits_name_the_numbers_that_are_printed():
    found = read(
        ["5", "Menerima berkas", "X", "", "", "", "", ""],
        ["6", "Memeriksa berkas", "", "◊", "", "", "", "Bila tidak, kembali ke 5"],
        ["6", "Mengirim berkas", "X", "", "", "", "", ""],
    )
    assert rows(found, "number", "if_no") == [(1, None), (2, 1), (3, None)]


def identity(*pairs: tuple[str, str]) -> Imported:
    [found] = sheets.read([table(*(list(pair) for pair in pairs))])
    return found


def test_a_typed_colon_is_no_part_of_the_value():
    found = identity(
        ("Nomor SOP", ": 065/12"),
        ("Tanggal Pembuatan", ":12 Nopember 2023"),
        ("Tanggal Efektif", " : 1 Pebruari 2024"),
        ("Disahkan oleh", ": Kepala Dinas\nNIP: 19700101"),
        ("Nama SOP", ":\xa0PEMINJAMAN RUANG RAPAT"),
        ("Dasar Hukum", ": UU 14 Tahun 2008"),
        ("Peringatan", "：Jaga berkas: jangan hilang"),
    )
    sheet = found.sheet
    assert (sheet.number, sheet.created, sheet.effective) == ("065/12", "12 Nopember 2023", "1 Pebruari 2024")
    assert (sheet.title, sheet.signatory) == ("PEMINJAMAN RUANG RAPAT", ("Kepala Dinas", "NIP: 19700101"))
    assert sheet.lists["legal_bases"] == ("UU 14 Tahun 2008",)
    assert sheet.lists["warnings"] == ("Jaga berkas: jangan hilang",)
    assert found.unplaced == ()


def test_the_room_above_a_signatory_survives_line_by_line():
    lines = [Line("Kepala Dinas"), *(Line("") for _ in range(4)), Line("drg. TRIAN WATI"), Line("")]
    caption = Cell(0, 0, [Line("Disahkan oleh")])
    [found] = sheets.read([Table([caption, Cell(0, 1, lines)])])
    assert found.sheet.signatory == ("Kepala Dinas", "", "", "", "", "drg. TRIAN WATI")


def test_rows_left_empty_to_sign_in_are_room_too():
    rows = [["Disahkan oleh", "Kepala Dinas"], ["^", ""], ["^", ""], ["^", "drg. TRIAN WATI"], ["Nama SOP", "TAMU"]]
    [found] = sheets.read([table(*rows)])
    assert found.sheet.signatory == ("Kepala Dinas", "", "", "drg. TRIAN WATI")


def test_a_shape_over_an_arrow_is_read_by_its_shape():
    cells = table(HEAD, ["1", "Menerima berkas", "→", "", "", "", "", ""])
    cells.cells[-5].shapes.append(Shape("process", columns=(3, 3)))
    [found] = sheets.read([cells])
    assert rows(found, "first", "last") == [(1, 1)]
    assert found.unplaced == ()
