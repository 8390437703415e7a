"""Files that are not read: each gets its sentence within seconds, and nothing is left behind."""

import io
import time
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from ppid.web import archives
from sop.importing import files
from sop.importing.formats import door
from sop.importing.imported import ImportRefused
from tests.compound_files import compound_file
from tests.office_packages import locked, office

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Huge(io.RawIOBase):
    """200 MB that nobody should read."""

    def readable(self):
        return True

    def read(self, size=-1):
        raise AssertionError("a file that is too large was opened")


def package(**members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def word(xml: str, **members) -> bytes:
    return package(**{"word__document.xml": xml, **members})


def many_rows_word() -> bytes:
    row = "<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    return word(f"<w:document {W}><w:body><w:tbl>{row * 10_000}</w:tbl></w:body></w:document>")


def many_rows_excel() -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for n in range(10_000):
        page.append([n, "Menerima berkas"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def many_ranges() -> bytes:
    ranges = "".join(f'<mergeCell ref="A1:GR{1000 + n % 1000}"/>' for n in range(5000))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office_relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    page = f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    relation = f'<Relationship Id="r1" Type="{office_relations}/worksheet" Target="worksheets/sheet1.xml"/>'
    return office(
        "xlsx",
        main="xl/workbook.xml",
        content=f'<workbook xmlns="{main}" xmlns:r="{office_relations}"><sheets><sheet name="a" r:id="r1"/></sheets>'
        "</workbook>",
        parts={
            "xl/_rels/workbook.xml.rels": "<Relationships xmlns="
            f'"http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
            "xl/worksheets/sheet1.xml": f"{page}<mergeCells>{ranges}</mergeCells></worksheet>",
        },
    )


def lying_bomb() -> bytes:
    """Declare 1 kB for a member that unpacks to 60 MB."""
    data = bytearray(word("<a>" + "0" * 60_000_000 + "</a>"))
    name = b"word/document.xml"
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.find(signature)
        while at >= 0:
            if data[at + name_at : at + name_at + len(name)] == name:
                data[at + size_at : at + size_at + 4] = (1000).to_bytes(4, "little")
            at = data.find(signature, at + 4)
    return bytes(data)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = (
    '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f"<w:document {W}><w:body><w:p>&a;</w:p></w:body></w:document>"
)
DEEP = f"<w:document {W}><w:body>" + "<w:sdt>" * 5000 + "</w:sdt>" * 5000 + "</w:body></w:document>"

CASES = {
    "password (Office 2007 and later)": (
        "a.docx",
        compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
        archives.LOCKED,
    ),
    "password (zip)": ("a.docx", locked(word(f"<w:document {W}/>")), archives.LOCKED),
    "Word up to 2003": ("a.doc", OLE + b"\0" * 500, door.OLD),
    "old Word under a new name": ("a.docx", OLE + b"\0" * 500, door.OLD),
    "no zip at all": ("a.docx", b"halo", archives.BROKEN),
    "cut off": ("a.docx", saved(Document())[:9000], archives.BROKEN),
    "XML that ends early": ("a.docx", word(f"<w:document {W}><w:body>"), archives.BROKEN),
    "entities": ("a.docx", word(ENTITIES), archives.BROKEN),
    "a file of the server": ("a.docx", word(OUTSIDE), archives.BROKEN),
    "nested 5,000 deep": ("a.docx", word(DEEP), archives.BROKEN),
    "10,000 rows in Word": ("a.docx", many_rows_word(), door.TOO_MANY_ROWS),
    "10,000 rows in Excel": ("a.xlsx", many_rows_excel(), door.TOO_MANY_ROWS),
    "10,000 rows in HTML": ("a.html", b"<table>" + b"<tr><td>x</td></tr>" * 10_000 + b"</table>", door.TOO_MANY_ROWS),
    "10,000 rows in a text": ("a.txt", b"1\tx\n" * 10_000, door.TOO_MANY_ROWS),
    "macros": (
        "a.docm",
        office(
            "docx", main="word/document.xml", parts={"word/vba.bin": "x"}, bin="application/vnd.ms-office.vbaProject"
        ),
        archives.MACROS,
    ),
    "zip bomb": ("a.docx", word("0" * 99_000_000), archives.BLOATED),
    "zip bomb that lies": ("a.docx", lying_bomb(), archives.BROKEN),
    "3,000 members": ("a.docx", word("<a/>", **{f"m{n}": "" for n in range(3000)}), archives.BLOATED),
    "a cell over 2,000 rows and 100 columns, again and again": (
        "a.html",
        b"<table>" + b"<tr><td rowspan=2000 colspan=100>x</td><td>y</td></tr>" * 1900 + b"</table>",
        None,
    ),
    "5,000 joined ranges over each other": ("a.xlsx", many_ranges(), door.TOO_MANY_ROWS),
    "1,900 activities": ("a.txt", b"No\tAktivitas\tWaktu\n" + b"1\tMenerima\t1 hari\n" * 1900, None),
    "600 SOPs": ("a.txt", b"No\tAktivitas\tWaktu\n1\tx\t1 hari\nNomor SOP\t1\t\nTanggal Efektif\t2\t\n" * 450, None),
    "another zip": ("a.zip", package(**{"halo.txt": "x"}), door.UNKNOWN),
    "a PDF": ("a.pdf", b"%PDF-1.7\n", door.UNKNOWN),
    "a picture called a text": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", archives.BROKEN),
    "empty": ("a.txt", b"", "Berkas ini kosong."),
    "nothing of an SOP": ("a.txt", b"Daftar belanja\n", files.NOTHING),
    "an empty document": ("a.docx", saved(Document()), files.NOTHING),
    "JSON of something else": ("a.json", b'{"a": 1}', None),
    "JSON that nests 100,000 deep": ("a.json", b"[" * 100_000, None),
}


@pytest.mark.parametrize("case", CASES)
def test_each_gets_its_sentence_within_seconds(case):
    name, data, sentence = CASES[case]
    begun = time.monotonic()
    with pytest.raises(ImportRefused) as refusal:
        files.read(io.BytesIO(data), name, len(data))
    assert time.monotonic() - begun < 3
    assert str(refusal.value).endswith(".")
    if sentence:
        assert str(refusal.value) == sentence


def test_a_name_under_the_head_of_the_activities_does_not_hide_them():
    data = b"Aktivitas\tPelaksana\tWaktu\nKet\tLoket\tWaktu\nMenerima\tX\t1 hari\n"
    [found] = files.read(io.BytesIO(data), "a.txt", len(data))
    assert [(row.text, row.first, row.duration) for row in found.sheet.rows] == [("Menerima", 0, "1 hari")]


def test_200_mb_are_not_even_opened():
    with pytest.raises(ImportRefused, match="lebih besar dari 20 MB"):
        files.read(Huge(), "a.docx", 200 * 1024 * 1024)


def test_a_macro_type_without_macros_is_a_macro_file():
    data = package(**{"word__document.xml": "<a/>"})
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        new.writestr("[Content_Types].xml", TYPES.replace("openxmlformats-officedocument", "ms-word.macroEnabled"))
        new.writestr("word/document.xml", old.read("word/document.xml"))
    with pytest.raises(ImportRefused) as refusal:
        files.read(changed, "a.docx", 1000)
    assert str(refusal.value) == archives.MACROS
