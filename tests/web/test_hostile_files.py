"""Files that do something by themselves, pose as another kind, or harm who opens them: each with its own sentence."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ppid.information.media_types import UploadRefused, recognise
from tests.compound_files import compound_file, excel, word
from tests.make_pdf import pages, pdf
from tests.office_packages import archive, locked, office, open_document

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SCRIPT_NS = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
TABLE_NS = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
SHOW_NS = "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
EXE = b"MZ\x90\x00" + bytes(80) + b"PE\x00\x00"


def docx(parts=None, content="<x/>"):
    return office("docx", main="word/document.xml", parts=parts, content=content)


def related(kind, target, *, outside=True):
    mode = ' TargetMode="External"' if outside else ""
    return docx(
        {
            "word/_rels/settings.xml.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
        }
    )


def field(*runs):
    said = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    return f'<w:document xmlns:w="{_W}"><w:r><w:fldChar/></w:r>{said}<w:r><w:fldChar/></w:r></w:document>'


def across(tag):
    """Return a part of Word in which the tag's name stands half in the first 64 KB and half behind them."""
    start = f'<w:a xmlns:w="{_W}">'
    return start + " " * ((1 << 16) - len(start) - 6) + tag + "</w:a>"


def image(kind):
    file = io.BytesIO()
    Image.new("RGB", (3, 3)).save(file, kind)
    return file.getvalue()


def linked(name, target):
    """Return a ZIP whose one member is a symbolic link, as Unix writes one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        opened.writestr(info, target)
    return file.getvalue()


def overlapping():
    """Return a ZIP of two members whose bytes are the same ones."""
    whole = bytearray(archive({"a.txt": "x" * 100, "b.txt": "x" * 100}))
    second = whole.rfind(b"PK\x01\x02")
    whole[second + 42 : second + 46] = bytes(4)
    return bytes(whole)


def nested(depth):
    content = archive(["a.csv"])
    for _ in range(depth):
        content = archive({"dalam.zip": content})
    return content


def quine():
    """Return a ZIP that holds a ZIP that holds a ZIP…, each the same as far as anybody looks."""
    return nested(12)


HIDDEN = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /X (obj) /Filter /FlateDecode >>\nstream\r\n%s\nendstream\nendobj"
FAR = b"9 0 obj\n<< /Type /ObjStm /N 1 %s /First 4 /Filter /FlateDecode >>\nstream\r\n%s\nendstream\nendobj"
RUNS = zlib.compress(b"<< /S /JavaScript >>")
ATTACHED = b"9 0 obj << /Type /EmbeddedFile /Filter /FlateDecode >>\nstream\r\n%s\nendstream endobj"
PLAIN = b"9 0 obj << /Type /EmbeddedFile >>\nstream\r\n%s\nendstream endobj"
MACRO_SHEET = struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHLBBBB", 0x85, 8, 0, 0, 1, 0, 0)

HOSTILE = [
    # Office documents: code by relationship, content and kind of container, whatever the members are called.
    ("code by relationship.docx", related("vbaProject", "media/gambar.png", outside=False), "makro"),
    ("sheet of macros.docx", related("xlMacrosheet", "a.xml", outside=False), "makro"),
    ("project called a picture.docx", docx({"word/media/1.png": word(Macros__VBA__dir=b"x")}), "makro"),
    ("macros one deeper.docx", docx({"word/embeddings/1.bin": docx({"a": word(Macros__x=b"x")})}), "makro"),
    ("control.docx", related("control", "activeX1.xml", outside=False), "objek"),
    ("by type.docx", docx({"a.ax": "x"}) and office(
        "docx", main="word/document.xml", parts={"a.ax": "x"}, ax="application/vnd.ms-office.activeX+xml"
    ), "objek"),
    ("packager.docx", docx({"word/embeddings/o.bin": compound_file({"\x01Ole10Native": EXE})}), "objek"),
    ("program.docx", docx({"word/media/1.png": EXE}), "program"),
    ("template.docx", related("attachedTemplate", "https://contoh.invalid/a.dotm"), "alamat lain"),
    ("template by share.docx", related("attachedTemplate", r"\\contoh.invalid\a.dotm"), "alamat lain"),
    ("template by file.docx", related("attachedTemplate", "file://contoh.invalid/a.dotm"), "alamat lain"),
    ("follina.docx", related("oleObject", "mhtml:https://contoh.invalid/a.html!x"), "alamat lain"),
    ("dde.docx", docx(content=field("DDEAUTO c:\\windows\\system32\\cmd.exe")), "DDE"),
    ("dde in runs.docx", docx(content=field("D", "D", "EAU", "TO cmd")), "DDE"),
    ("dde by number.docx", docx(content=field("&#68;DE cmd")), "DDE"),
    ("dde in UTF-16.docx", docx(content=field("DDE cmd").encode("utf-16")), "DDE"),
    ("dde simple.docx", docx(content=f'<w:a xmlns:w="{_W}"><w:fldSimple w:instr="DDE cmd"/></w:a>'), "DDE"),
    ("dde that was deleted.docx", docx(
        content=f'<w:a xmlns:w="{_W}"><w:delInstrText>DDE cmd</w:delInstrText><w:fldChar/></w:a>'
    ), "DDE"),
    ("dde across two pieces.docx", docx(content=across('<w:fldSimple w:instr="DDE cmd"/>')), "DDE"),
    ("sheet of macros by type.xlsx", office(
        "xlsx", main="xl/workbook.xml", parts={"xl/a.png": "x"}, png="application/vnd.ms-excel.macrosheet+xml"
    ), "makro"),
    ("dde.xlsx", office(
        "xlsx", main="xl/workbook.xml", parts={"xl/a.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}
    ), "DDE"),
    ("endless relationships.docx", docx({"word/_rels/a.rels": "<a>" + " " * 4_500_000 + "</a>"}), "membengkak"),
    ("odd letters.docx", docx(content='<?xml version="1.0" encoding="utf-7"?><x/>'), "rusak"),
    ("entities.docx", docx(content='<!DOCTYPE a [<!ENTITY b "x">]><a><instrText/></a>'), "rusak"),
    ("listener.odt", open_document("text", **{
        "styles.xml": f'<a xmlns:q="{SCRIPT_NS}"><q:event-listener/></a>'
    }), "makro"),
    ("event.odt", open_document("text", **{"styles.xml": f'<a xmlns:q="{SCRIPT_NS}"><q:event/></a>'}), "makro"),
    ("scripts.odt", open_document("text", **{"Scripts/python/a.py": "x"}), "makro"),
    ("script.odt", open_document("text", **{
        "content.xml": '<a xmlns:office="o"><office:script>alert(1)</office:script></a>'
    }), "makro"),
    ("runs a program.odp", open_document("presentation", **{
        "content.xml": f'<a xmlns:p="{SHOW_NS}"><p:event-listener p:action="execute"/></a>'
    }), "makro"),
    ("dde.ods", open_document("spreadsheet", **{
        "content.xml": f'<a xmlns:t="{TABLE_NS}"><t:dde-link/></a>'
    }), "DDE"),
    ("macros in other letters.odt", open_document("text", **{"bAsIc/Standard/m.xml": "x"}), "makro"),
    ("object.odt", open_document("text", **{"Object 1": compound_file({"\x01Ole10Native": EXE})}), "objek"),
    # Word and Excel until 2003.
    ("sheet of macros.xls", compound_file({"Workbook": MACRO_SHEET}), "makro"),
    ("packager.doc", word(**{"ObjectPool___1__\x01Ole10Native": EXE}), "objek"),
    ("dde.doc", word(**{"1Table": b"\x13 DDEAUTO cmd.exe \x14"}), "DDE"),
    ("dde in UTF-16.doc", word(**{"1Table": "\x13 DDE cmd".encode("utf-16-le")}), "DDE"),
    # PDF.
    ("a.pdf", pdf(b"<< /S /SubmitForm /F (https://contoh.invalid) >>"), "formulir"),
    ("a.pdf", pdf(b"<< /AcroForm << /XFA 4 0 R >> >>"), "formulir"),
    ("a.pdf", pdf(b"<< /S /ImportDat#61 >>"), "formulir"),
    ("a.pdf", pdf(b"<< /Subtype /RichMedia >>"), "RichMedia"),
    ("a.pdf", pdf(b"<< /S /Rendition /JS (app.alert(1)) >>"), "JavaScript"),
    ("a.pdf", pdf(b"<< /S /#4aavaScript >>"), "JavaScript"),
    ("added later.pdf", pages("x") + b"7 0 obj << /S /JavaScript >> endobj\ntrailer << >>\n%%EOF\n", "JavaScript"),
    ("decoy.pdf", pages("x") + HIDDEN % RUNS + b"\n%%EOF\n", "tidak dapat diperiksa"),
    ("far.pdf", pages("x") + FAR % (b"%" + b"x" * 9000 + b"\n", RUNS) + b"\n%%EOF\n", "JavaScript"),
    ("too far.pdf", pages("x") + FAR % (b"%" + b"x" * 90_000 + b"\n", RUNS) + b"\n%%EOF\n", "tidak dapat diperiksa"),
    ("program.pdf", pages("x") + ATTACHED % zlib.compress(EXE) + b"\n%%EOF\n", "lampiran"),
    ("program as it is.pdf", pages("x") + PLAIN % EXE + b"\n%%EOF\n", "lampiran"),
    ("locked in place.pdf", pdf(trailer=b"/Encrypt << /Filter /Standard >>"), "kata sandi"),
    ("and a ZIP.pdf", pages("x") + archive(["a"])[:-2] + b"\x07\x00\n%%EOF\n", "arsip ZIP"),
    # Pictures.
    ("and a ZIP.png", image("PNG") + archive(["a"]), "jenis lain"),
    ("and a ZIP.jpg", image("JPEG") + archive(["a"]), "jenis lain"),
    ("cropped.png", image("PNG") + b"IDAT of what was cut away", "Sesudah akhir"),
    ("cut off.png", image("PNG")[:-6], "terpotong"),
    ("phar.jpg", image("JPEG") + b"<?php __HALT_COMPILER(); ?>", "jenis lain"),
    ("across two pieces.jpg", (image("JPEG") + bytes(1 << 20))[: (1 << 20) - 2] + b"<?php ", "jenis lain"),
    ("script.gif", image("GIF")[:6] + b"/*" + image("GIF")[8:] , "jenis lain|terpotong"),
    ("script behind.gif", image("GIF") + b"*/=1;alert(1)//", "Sesudah akhir"),
    ("page.gif", image("GIF")[:-1] + b"!\xfe\x08<script>\x00;", "jenis lain"),
    ("cut off.webp", image("WEBP")[:-3], "terpotong"),
    ("foto.jpg.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG tidak diterima"),
    ("foto.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "tidak diterima"),
    ("laporan.pdf.exe", EXE, "Program tidak diterima"),
    ("laporan.pdf", EXE, "tidak diterima"),
    # Texts that are opened as something else. A formula is data, and taken below.
    ("a.csv", b"<html><script>alert(1)</script>", "halaman web"),
    ("a.csv", "\ufeff<svg onload='x'/>".encode(), "halaman web"),
    ("a.csv", b"ID;PWXL;N;E\nO;E\nNN;NAuto_open;ER1C1\nC;X1;Y1;EEXEC(\"calc\")\nE\n", "SYLK"),
    ("a.csv", b"#!/bin/sh\nrm -rf ~\n", "skrip"),
    # Archives.
    ("link.zip", linked("a.txt", "/etc/passwd"), "tautan"),
    ("absolute.zip", archive(["/etc/passwd"]), "keluar dari foldernya"),
    ("climbing.zip", archive(["a\\..\\..\\b"]), "keluar dari foldernya"),
    ("twins.zip", archive({"a.txt": "1", "A.TXT": "2"}), "nama yang sama"),
    ("twins in two forms.zip", archive({"caf\u00e9.txt": "1", "cafe\u0301.txt": "2"}), "nama yang sama"),
    ("turned.zip", archive(["laporan\u202efdp.exe"]), "menyesatkan"),
    ("line.zip", archive(["a\nb.txt"]), "menyesatkan"),
    ("overlapping.zip", overlapping(), "membengkak"),
    ("nested.zip", nested(3), "arsip di dalam arsip"),
    ("quine.zip", quine(), "arsip di dalam arsip"),
    ("program.zip", archive({"gambar.png": EXE}), "program"),
    ("script.zip", archive({"a.js": "alert(1)"}), "program"),
    ("shortcut.zip", archive({"a.dat": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60)}), "program"),
    ("elf.zip", archive({"a": b"\x7fELF" + bytes(60)}), "program"),
    ("macros.zip", archive({"a.docx": docx({"x": word(Macros__x=b"x")})}), "makro"),
    ("old macros.zip", archive({"a.doc": word(Macros__x=b"x")}), "makro"),
    ("active PDF.zip", archive({"a.pdf": pdf(b"<< /S /JavaScript >>")}), "JavaScript"),
    ("strongly locked.zip", locked(archive(["a"]), flag=0x40), "kata sandi"),
    ("locked names.zip", locked(archive(["a"]), flag=0x2000), "kata sandi"),
    ("packager.zip", archive({"a.bin": compound_file({"\x01Ole10Native": EXE})}), "program"),
    ("macros by type inside.zip", archive({"a.docx": office(
        "docx", main="word/document.xml", parts={"a.png": "x"}, png="application/vnd.ms-office.vbaProject"
    )}), "makro"),
    ("macros of LibreOffice inside.zip", archive({"a.odt": open_document("text", Basic__S__m_xml="x")}), "makro"),
    ("locked inside.zip", archive({"a.zip": locked(archive(["a"]))}), "kata sandi"),
    ("bomb inside.zip", archive({"a.zip": archive({"nol": bytes(30_000_000)}, packed=True)}), "membengkak"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE, ids=[f"{n}-{each[0]}" for n, each in enumerate(HOSTILE)])
def test_what_does_something_by_itself_or_poses_as_another_kind_is_refused(name, content, said):
    with pytest.raises(UploadRefused, match=said) as refusal:
        recognise(io.BytesIO(content), name)
    assert str(refusal.value).endswith(".")


# Each of its kind, written out: a list in the code from which one is lost shows here.
OPENED = ["attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "package"]
CODE = ["vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet"]
CONTROLS = ["control", "activeXControlBinary"]
DDE_PARTS = ["dde-source", "dde-link", "dde-connection", "dde-connection-decl"]
MACRO_STORAGES = ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"]
TURNING = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x7f\x85"


def sheet_of(kind: int) -> bytes:
    """Return the records of a workbook with one sheet of this kind (MS-XLS 2.4.28: 1 is Excel 4's, 6 is VBA's)."""
    return struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHLBBBB", 0x85, 8, 0, 0, kind, 0, 0)


def says(content: bytes, name: str) -> str:
    with pytest.raises(UploadRefused) as refusal:
        recognise(io.BytesIO(content), name)
    return str(refusal.value)


@pytest.mark.parametrize("kind", OPENED)
def test_what_is_opened_with_a_document_lies_in_it(kind):
    assert "alamat lain" in says(related(kind, "https://contoh.invalid/a"), "a.docx")
    assert "alamat lain" in says(related(kind, r"\\contoh.invalid\a"), "a.docx")


@pytest.mark.parametrize(
    ("kind", "said"), [*((each, "makro") for each in CODE), *((each, "objek") for each in CONTROLS)]
)
def test_no_relationship_leads_to_code_or_a_control(kind, said):
    assert said in says(related(kind, "media/gambar.png", outside=False), "a.docx")


@pytest.mark.parametrize("part", DDE_PARTS)
def test_no_part_of_opendocument_asks_another_program(part):
    content = f'<a xmlns:t="{TABLE_NS}"><t:{part}/></a>'
    assert "DDE" in says(open_document("spreadsheet", **{"content.xml": content}), "a.ods")


@pytest.mark.parametrize("storage", MACRO_STORAGES)
def test_each_storage_of_macros_is_known(storage):
    assert "makro" in says(word(**{f"{storage}__x": b"x"}), "a.doc")


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
@pytest.mark.parametrize("kind", [1, 6])
def test_each_kind_of_a_sheet_of_macros_is_known_also_behind_others(stream, kind):
    content = sheet_of(0) + sheet_of(kind)[20:]
    assert "makro" in says(compound_file({stream: content}), "a.xls")


def test_a_workbook_of_excel_5_that_asks_for_a_password_is_locked():
    records = struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HH54x", 0x2F, 54)
    assert "kata sandi" in says(compound_file({"Book": records}), "a.xls")


@pytest.mark.parametrize("letter", TURNING)
def test_each_letter_that_hides_or_turns_a_name_misleads(letter):
    assert "menyesatkan" in says(archive([f"laporan{letter}fdp.txt"]), "a.zip")


HARMLESS = [
    ("formulas.csv", b'nama;rumus\na;=HYPERLINK("https://contoh.invalid")\n@SUM;+1\n'),
    ("provinces.csv", b"ID;PROVINSI;JUMLAH\n61;Kalimantan Barat;3\n"),
    ("own template.docx", related("attachedTemplate", "file:///C:\\Users\\budi\\Normal.dotm")),
    ("link to a page.docx", related("hyperlink", "https://contoh.invalid/")),
    ("fields.docx", docx(content=field("PAGE", " \\* MERGEFORMAT"))),
    ("chart.docx", docx({"word/embeddings/1.xlsx": office("xlsx", main="xl/workbook.xml")})),
    ("old chart.docx", docx({"word/embeddings/1.bin": excel()})),
    ("next page.odp", open_document("presentation", **{
        "content.xml": f'<a xmlns:p="{SHOW_NS}"><p:event-listener p:action="next-page"/></a>'
    })),
    ("no scripts.odt", open_document("text", **{"content.xml": '<a xmlns:office="o"><office:scripts/></a>'})),
    ("documents.zip", archive({"a.pdf": pages("x"), "b.docx": docx(), "c/d.csv": "1;2"})),
    ("a chart in a document.zip", archive(
        {"a.docx": docx({"word/embeddings/1.xlsx": office("xlsx", main="xl/workbook.xml")})}
    )),
    ("one in one.zip", nested(1)),
    ("film behind.jpg", image("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(100)),
    ("padded.png", image("PNG") + bytes(8)),
    ("worksheets.xls", compound_file(
        {"Workbook": struct.pack("<HH16x", 0x0809, 16) + struct.pack("<HHLBBBB", 0x85, 8, 0, 0, 0, 0, 0)}
    )),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), HARMLESS, ids=[each[0] for each in HARMLESS])
def test_what_offices_send_is_taken_beside_it(name, content):
    assert recognise(io.BytesIO(content), name)


_VALID = dict(HARMLESS) | {
    "a.pdf": pages("satu", "dua"),
    "a.png": image("PNG"),
    "a.gif": image("GIF"),
    "a.webp": image("WEBP"),
    "a.jpg": image("JPEG"),
    "a.doc": word(),
}


@settings(max_examples=600, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_in_a_file_it_gets_a_verdict(data):
    name = data.draw(st.sampled_from(sorted(_VALID)))
    content = bytearray(_VALID[name])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1)) if content else 0
        match data.draw(st.sampled_from(["set", "cut", "put", "twice"])):
            case "set":
                content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "cut":
                del content[at : at + data.draw(st.integers(1, 200))]
            case "put":
                content[at:at] = data.draw(st.binary(max_size=12))
            case "twice":
                content += content[at : at + 400]
    try:
        recognise(io.BytesIO(bytes(content)), data.draw(st.sampled_from([name, "x", "a.zip", "a.pdf\n.docx"])))
    except UploadRefused as refusal:
        sentences = refusal.sentences
    else:
        sentences = ()
    assert all(sentence.endswith(".") for sentence in sentences)
