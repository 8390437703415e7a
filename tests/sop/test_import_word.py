"""Word documents as offices keep them: the program's own numbers, symbols of old fonts, hidden text, room to sign."""

import io

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sop.importing import files
from sop.importing.imported import Imported

HEAD = ["No", "Kegiatan", "Loket", "Kasi", "Waktu (Menit)", "Output/Hasil"]


def document(*rows: list[str]):
    """Return a document whose identity says its name, and whose procedure has these rows."""
    made = Document()
    identity = made.add_table(rows=1, cols=2)
    identity.cell(0, 0).text, identity.cell(0, 1).text = "Nama SOP", ": SURAT MASUK"
    made.add_paragraph("")
    procedure = made.add_table(rows=0, cols=len(HEAD))
    for row in [HEAD, *rows]:
        for cell, text in zip(procedure.add_row().cells, row, strict=True):
            cell.text = text
    return made


def read(made) -> Imported:
    out = io.BytesIO()
    made.save(out)
    [found] = files.read(out, "lembar.docx", out.tell())
    return found


def symbol(cell, font: str, code: str) -> None:
    drawn = OxmlElement("w:sym")
    drawn.set(qn("w:font"), font)
    drawn.set(qn("w:char"), code)
    cell.paragraphs[0].add_run()._r.append(drawn)


def test_numbers_that_word_counts_by_itself_number_the_steps():
    made = document(
        ["", "Menerima surat", "X", "", "5", "Surat"],
        ["", "dan mencatatnya", "", "", "", ""],
        ["", "Mengirim surat", "", "X", "10", "Tanda terima"],
    )
    for row in (1, 3):
        made.tables[1].cell(row, 0).paragraphs[0].style = made.styles["List Number"]
    found = read(made)
    assert found.sheet.title == "SURAT MASUK"
    assert [(row.number, row.text, row.first, row.duration, row.output) for row in found.sheet.rows] == [
        (1, "Menerima surat dan mencatatnya", 0, "5 menit", "Surat"),
        (2, "Mengirim surat", 1, "10 menit", "Tanda terima"),
    ]


def test_symbols_of_the_old_fonts_are_ticks_arrows_and_shapes():
    made = document(*(["", f"Menerima surat {n}", "", "", "", ""] for n in range(4)))
    rows = [("Wingdings", "F0FC", ""), ("Wingdings", "F0E0", "X"), ("Symbol", "F0E0", ""), ("Wingdings", "F0A8", "")]
    for n, (font, code, beside) in enumerate(rows, start=1):
        symbol(made.tables[1].cell(n, 2), font, code)
        made.tables[1].cell(n, 3).text = beside
    found = read(made)
    assert [(row.first, row.last) for row in found.sheet.rows] == [(0, 0), (1, 1), (0, 0), (0, 0)]
    assert found.sheet.rows[2].kind == "decision"
    assert found.unplaced == ()


def test_hidden_text_is_no_part_of_the_sheet_and_is_not_lost():
    made = document(["1", "Menerima surat", "X", "", "5", "Surat"])
    run = made.tables[0].cell(0, 1).paragraphs[0].add_run(" (usulan lama)")
    run.font.hidden = True
    found = read(made)
    assert found.sheet.title == "SURAT MASUK"
    assert found.unplaced == ("Teks tersembunyi: (usulan lama)",)


def test_the_paragraphs_left_empty_above_a_signatory_stay():
    made = document(["1", "Menerima surat", "X", "", "5", "Surat"])
    signed = made.tables[0].add_row().cells
    signed[0].text = "Disahkan oleh"
    signed[1].text = "Kepala Dinas\n\n\n\ndrg. TRIAN WATI"
    assert read(made).sheet.signatory == ("Kepala Dinas", "", "", "", "drg. TRIAN WATI")
