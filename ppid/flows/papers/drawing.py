"""A paper drawn twice from one description: as tagged PDF through the press, and as DOCX to be worked on."""

import io
from collections.abc import Sequence

from django.template.loader import render_to_string
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from ppid.flows.papers.description import Paper, Part, Signature, Table
from ppid.web.letters import without_forbidden
from sop.export.package import settled
from sop.paper import press

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "DRAF"
_WIDTH_MM = 166  # A4 between margins of 22 mm


def pdf(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1, the same bytes for the same paper; a draft bears its watermark."""
    return press.printed(render_to_string("pdf/paper.html", {"paper": paper, "draft": DRAFT}), "css/paper.css")


def docx(paper: Paper) -> bytes:
    """Return the paper for Word, the same bytes for the same paper; a draft says so in its first line."""
    document = Document()
    _set_up(document, paper)
    if paper.is_draft:
        _line(document, DRAFT, bold=True, centred=True)
    for n, line in enumerate(paper.letterhead):
        _line(document, line, bold=n > 0, centred=True, size=12 if n else 11)
    _line(document, paper.address, centred=True, size=9, after=4)
    _rule(document)
    _head(document, paper)
    for part in paper.parts:
        _part(document, part)
    _sign(document, paper)
    _line(document, paper.foot, size=8)
    _line(document, paper.ledger, size=8)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _set_up(document: DocumentObject, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title = without_forbidden(f"{paper.title} {paper.number}".strip())[:255]
    about.author, about.comments, about.language = without_forbidden(" ".join(paper.letterhead))[:255], "", "id-ID"


def _line(
    document: DocumentObject,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    size: float | None = None,
    after: float = 0,
) -> None:
    if not text:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(after)
    _write(paragraph, text, bold=bold, centred=centred, size=size)


def _write(
    paragraph: Paragraph, text: str, *, bold: bool = False, centred: bool = False, size: float | None = None
) -> None:
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for n, line in enumerate(without_forbidden(text).split("\n")):
        run = paragraph.add_run(line)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        if n < text.count("\n"):
            run.add_break()


def _rule(document: DocumentObject) -> None:
    """Draw the line under the letterhead."""
    paragraph = document.add_paragraph()
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in {"val": "double", "sz": "6", "space": "1", "color": "auto"}.items():
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def _head(document: DocumentObject, paper: Paper) -> None:
    number = paper.number or "……………………"
    if paper.recipient:
        date = f"{paper.place}, {paper.date or '……………………'}"
        facts = (
            ("Nomor", number),
            ("Hal", paper.subject),
            ("Tempat, tanggal", date),
            ("Yth.", "\n".join(paper.recipient)),
        )
        _facts(document, facts)
        document.add_heading(without_forbidden(paper.title), 1).paragraph_format.space_before = Pt(12)
        return
    heading = document.add_heading(without_forbidden(paper.title.upper()), 1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, f"Nomor: {number}", centred=True)
    if paper.subject:
        _line(document, paper.subject, centred=True, bold=True, after=8)


def _part(document: DocumentObject, part: Part) -> None:
    if part.heading:
        document.add_heading(without_forbidden(part.heading), 2)
    for paragraph in part.paragraphs:
        _line(document, paragraph, after=6)
    if part.facts:
        _facts(document, part.facts)
    if part.table:
        _table(document, part.table)


def _facts(document: DocumentObject, facts: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2)
    for name, words in facts:
        cells = table.add_row().cells
        for cell, width in zip(cells, (52, _WIDTH_MM - 52), strict=True):
            cell.width = Mm(width)
        _fill(cells[0], name, bold=True)
        _fill(cells[1], words)


def _table(document: DocumentObject, described: Table) -> None:
    _line(document, described.caption, bold=True, after=3)
    table = document.add_table(rows=1, cols=len(described.heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, described.heads, strict=True):
        _fill(cell, head, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in described.rows:
        added = table.add_row()
        for cell, words in zip(added.cells, row, strict=True):
            _fill(cell, words)
        if described.signs:
            added.height = Mm(14)
    document.add_paragraph()


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    _write(cell.paragraphs[0], text, bold=bold, centred=centred)


def _sign(document: DocumentObject, paper: Paper) -> None:
    if not paper.signatures:
        return
    if not paper.recipient:
        _line(document, f"{paper.place}, {paper.date or '……………………'}", after=6)
    table = document.add_table(rows=1, cols=len(paper.signatures))
    for cell, signature in zip(table.rows[0].cells, paper.signatures, strict=True):
        _fill(cell, _signed_by(signature), centred=True)


def _signed_by(signature: Signature) -> str:
    name = signature.name or "……………………………………"
    nip = f"\nNIP {signature.nip}" if signature.nip else ""
    lead = f"{signature.lead}\n" if signature.lead else ""
    return f"{lead}{signature.position},\n\n\n\n{name}{nip}"
