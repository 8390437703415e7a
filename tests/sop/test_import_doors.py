"""What the importer opens is told by content types and relationships; what it can't read is told truly."""

import io
import logging
import re
import zipfile
from pathlib import Path

import pytest

from ppid.web import reference
from sop.importing import files
from sop.importing.imported import ImportRefused
from sop.importing.reading import sheets

DOCUMENTS = Path(__file__).parent / "documents"
WORD, EXCEL = "bentuk-melayang.docx", "satu-lembar.xlsx"


def read(data, name):
    return [each.sheet for each in files.read(io.BytesIO(data), name, len(data))]


def rewritten(data, *, name=lambda name: name, text=lambda text: text):
    """Return the package with other member names, and other texts in its XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename.endswith((".xml", ".rels")):
                content = text(content.decode()).encode()
            member = zipfile.ZipInfo("x", info.date_time)
            member.filename = name(info.filename)
            new.writestr(member, content)
    return out.getvalue()


def strict(text):
    """Write it as Strict Open XML: other namespaces, and widths in points."""
    kinds = "wordprocessingml|spreadsheetml|drawingml|officeDocument"
    namespaces = rf"http://schemas\.openxmlformats\.org/({kinds})/2006/(\w+)"
    text = re.sub(namespaces, r"http://purl.oclc.org/ooxml/\1/\2", text)
    return re.sub(r'(<w:(?:gridCol|tblInd|tcW)[^>]* w:w=)"(-?\d+)"', lambda m: f'{m[1]}"{int(m[2]) / 20}pt"', text)


@pytest.mark.parametrize("document", [WORD, EXCEL])
def test_strict_open_xml_gives_the_same_sheet(document):
    data = (DOCUMENTS / document).read_bytes()
    changed = rewritten(data, text=strict)
    assert b"purl.oclc.org/ooxml/officeDocument" in zipfile.ZipFile(io.BytesIO(changed)).read("_rels/.rels")
    assert read(changed, document) == read(data, document)


@pytest.mark.parametrize(
    ("document", "part", "renamed"),
    [(WORD, "word/document.xml", "word/document2.xml"), (EXCEL, "xl/workbook.xml", "xl/book7.xml")],
)
def test_the_main_part_may_have_any_name(document, part, renamed):
    data = (DOCUMENTS / document).read_bytes()
    folder, old, new = part.split("/")[0], part.split("/")[1], renamed.split("/")[1]

    def name(member):
        return {part: renamed, f"{folder}/_rels/{old}.rels": f"{folder}/_rels/{new}.rels"}.get(member, member)

    changed = rewritten(data, name=name, text=lambda text: text.replace(part, renamed))
    assert read(changed, document) == read(data, document)


@pytest.mark.parametrize("document", [WORD, EXCEL])
def test_backslashes_in_the_members_names_are_no_difference(document):
    data = (DOCUMENTS / document).read_bytes()
    assert read(rewritten(data, name=lambda name: name.replace("/", "\\")), document) == read(data, document)


def test_a_mistake_of_ours_is_told_as_ours_and_found_in_the_log(monkeypatch, caplog):
    def mistaken(blocks):
        return {}["nothing"]

    monkeypatch.setattr(sheets, "read", mistaken)
    monkeypatch.setattr(reference, "current", lambda: "AB12CD34")
    with caplog.at_level(logging.ERROR, logger="sop"), pytest.raises(ImportRefused) as refusal:
        files.read(io.BytesIO(b"Daftar\n"), "a.txt", 7)
    assert "bukan karena berkas Anda" in str(refusal.value)
    assert "AB12CD34" in str(refusal.value)
    [record] = caplog.records
    assert record.exc_info[0] is KeyError
