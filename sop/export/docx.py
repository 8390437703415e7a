"""The sheet as a Word document: both tables with their merged cells to edit, the flowchart as pictures behind the rows.

The sheet's data travel inside as a custom XML part, with a digest of what the tables say: ``carried`` gives the sheet
back as it was, unless somebody has changed a table since.
"""

import hashlib
import io
import math
from base64 import b64decode, b64encode
from collections.abc import Iterable

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from lxml import etree

from ppid.web.letters import without_forbidden
from sop.drawing import widths
from sop.export import json, words
from sop.export.package import settled
from sop.export.picture import Flowchart, least_height_mm
from sop.sheet import LISTS, Sheet, SheetRow

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMESPACE = "urn:ppid:sop-sheet"
_PART = "/customXml/item2.xml"
_WIDTH_MM = 273  # A4 landscape between margins of 12 mm
_FONT = "Arial"
_SIZE = 8.5
_PADDING_MM = 1.2


def write(sheet: Sheet) -> bytes:
    """Return the document; the same bytes for the same sheet."""
    document = Document()
    _set_up(document, sheet)
    _heading(document, f"{sheet.heading} {sheet.title}".strip())
    _identity(document, sheet)
    _heading(document, sheet.title, on_new_page=True)
    _procedure(document, sheet)
    _exits(document, sheet)
    if sheet.reading:
        document.add_paragraph(sheet.reading)
    _carry(document, sheet)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def carried(data: bytes) -> Sheet | None:
    """Return the sheet that ``write`` put into the document; None when it holds none or its tables were changed."""
    document = Document(io.BytesIO(data))
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype != RELATIONSHIP_TYPE.CUSTOM_XML:
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag == f"{{{_NAMESPACE}}}sheet" and root.get("digest") == _digest(document):
            return json.read(b64decode(root.text or ""))
    return None


def _carry(document, sheet: Sheet) -> None:
    root = etree.Element(f"{{{_NAMESPACE}}}sheet", nsmap={None: _NAMESPACE}, digest=_digest(document))
    root.text = b64encode(json.write(sheet)).decode()
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    part = Part(PackURI(_PART), "application/xml", blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _digest(document) -> str:
    """Return a digest of what the tables say: every cell's text, and where columns are joined."""
    seen = [
        [[tc.grid_span, _Cell(tc, table).text] for tc in row.tc_lst]
        for table in document.tables
        for row in table._tbl.tr_lst
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _set_up(document, sheet: Sheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    section.header_distance = section.footer_distance = Mm(6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    style.element.get_or_add_rPr().append(language)
    document.core_properties.title = without_forbidden(f"SOP {sheet.title}")[:255]
    document.core_properties.author = without_forbidden(" ".join(sheet.letterhead))[:255]
    document.core_properties.comments = ""
    document.core_properties.language = "id-ID"


def _heading(document, text: str, *, on_new_page: bool = False) -> None:
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = on_new_page
    heading.paragraph_format.space_after = Pt(6)
    run = heading.add_run(without_forbidden(text))
    run.bold, run.font.size = True, Pt(11)


def _identity(document, sheet: Sheet) -> None:
    names = list(LISTS)
    table = _table(document, [0.5, 0.16, 0.34], rows=len(words.FACTS) + len(names))
    cells = _cells(table.rows)
    letterhead = cells[0][0].merge(cells[len(words.FACTS) - 1][0])
    _fill(letterhead, "\n".join(sheet.letterhead), bold=True, centred=True)
    letterhead.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for n, (name, caption) in enumerate(words.FACTS.items()):
        _fill(cells[n][1], caption)
        _fill(cells[n][2], words.fact(sheet, name), bold=name == "title")
    for n, name in enumerate(names):
        at = len(words.FACTS) + n // 2 * 2
        for line, text in enumerate([words.caption(sheet, name), None]):
            cell = cells[at + line][0]
            if n % 2:
                cell = cells[at + line][1].merge(cells[at + line][2])
            if text is None:
                _list(cell, sheet.lists.get(name, ()))
            else:
                _fill(cell, text, bold=True)


def _list(cell, items) -> None:
    """Write a list with printed numbers, one paragraph an item; a list of one has none, as in the sheet."""
    for n, item in enumerate(items, start=1):
        paragraph = cell.paragraphs[0] if n == 1 else cell.add_paragraph()
        text = without_forbidden(item)
        if len(items) > 1:
            paragraph.paragraph_format.left_indent = Mm(6)
            paragraph.paragraph_format.first_line_indent = Mm(-6)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))
            text = f"{n}.\t{text}"
        paragraph.add_run(text)


def _procedure(document, sheet: Sheet) -> None:
    columns = max(len(sheet.performers), 1)
    shares = widths.columns(columns)
    table = _table(document, shares, rows=2 + len(sheet.rows))
    top, second = table.rows[0], table.rows[1]
    upper, lower = _cells([top, second])
    for n, caption in enumerate(words.BEFORE):
        _fill(upper[n].merge(lower[n]), caption, bold=True, centred=True)
    performers = upper[2].merge(upper[1 + columns])
    _fill(performers, words.PERFORMERS, bold=True, centred=True)
    for n, performer in enumerate(sheet.performers):
        _fill(lower[2 + n], performer, bold=True, centred=True, size=7 if columns < 8 else 5.5)
    standard = 2 + columns
    _fill(upper[standard].merge(upper[standard + 2]), words.STANDARD, bold=True, centred=True)
    for n, caption in enumerate(words.AFTER[:3]):
        _fill(lower[standard + n], caption, bold=True, centred=True)
    note = standard + 3
    _fill(upper[note].merge(lower[note]), words.AFTER[3], bold=True, centred=True)
    for row in (top, second):
        _repeat(row)
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    chart = Flowchart.of(sheet)
    for n, row in enumerate(sheet.rows):
        _row(table, n, row, chart, shares)


def _row(table, n: int, row: SheetRow, chart: Flowchart, shares: list[float]) -> None:
    line = table.rows[2 + n]
    cells = line.cells
    height = _height_mm(row, shares)
    line.height, line.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    _keep_whole(line)
    columns = len(chart.sheet.performers)
    texts = {0: str(row.number), 1: row.text}
    texts |= dict(enumerate((row.requirement, row.duration, row.output, row.note), start=2 + max(columns, 1)))
    for column, text in texts.items():
        _fill(cells[column], text, centred=column == 0)
        cells[column].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if not columns:
        return
    if row.first is not None:
        cell = cells[2 + row.first]
        if row.last > row.first:
            cell = cell.merge(cells[2 + row.last])
        _fill(cell, words.symbol(row), centred=True, size=6 if columns < 6 else 4)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    # The picture hangs in a cell without a symbol: a cell that holds one no longer centres its text in LibreOffice.
    free = [at for at in range(columns) if row.first is None or not row.first <= at <= row.last]
    holder = 2 + free[0] if free else 0
    cells[holder].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    left = (sum(shares[:2]) - sum(shares[:holder])) * _WIDTH_MM - _PADDING_MM
    width = shares[2] * _WIDTH_MM
    picture = chart.strip(n, column_mm=width, height_mm=height)
    _put_behind(cells[holder], picture, (left, width * columns, height), n, row)


def _put_behind(cell, picture: bytes, place: tuple[float, float, float], n: int, row: SheetRow) -> None:
    """Anchor a picture behind the row's text; ``place`` is its left side, from the cell's text, and its size in mm."""
    left, width, height = place
    run = cell.paragraphs[0].add_run()
    shape = run.add_picture(io.BytesIO(picture), Mm(width), Mm(height))
    inline = shape._inline
    told = without_forbidden(f"Diagram alir, langkah {row.number}: {words.symbol(row)}")
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{n + 1}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{Mm(left)}</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{Mm(width)}" cy="{Mm(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{n + 1}" name="Diagram {n + 1}" descr=""/><wp:cNvGraphicFramePr/></wp:anchor>'
    )
    anchor.find(qn("wp:docPr")).set("descr", told)
    anchor.append(inline.graphic)
    inline.getparent().replace(inline, anchor)


def _exits(document, sheet: Sheet) -> None:
    exits = words.exits(sheet)
    if not exits:
        return
    _heading(document, "")
    table = _table(document, [0.08, 0.2, 0.2, 0.2], rows=1 + len(exits))
    for n, line in enumerate([words.EXITS, *exits]):
        for cell, text in zip(table.rows[n].cells, line, strict=True):
            _fill(cell, text, bold=n == 0, centred=True)
        _keep_whole(table.rows[n])
    _repeat(table.rows[0])


def _table(document, shares: list[float], *, rows: int):
    table = document.add_table(rows, len(shares))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(share * _WIDTH_MM)
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{Mm(_PADDING_MM).twips}" w:type="dxa"/>'
        f'<w:right w:w="{Mm(_PADDING_MM).twips}" w:type="dxa"/></w:tblCellMar>'
    )
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(share * _WIDTH_MM)
    return table


def _cells(rows: Iterable) -> list[tuple[_Cell, ...]]:
    """Return the cells of rows before any are joined; ``table.cell`` looks through the whole table for each."""
    return [row.cells for row in rows]


def _fill(cell, text: str, *, bold: bool = False, centred: bool = False, size: float | None = None) -> None:
    """Write the text into a cell, one paragraph a line."""
    for n, line in enumerate(without_forbidden(text).split("\n")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)


def _repeat(row) -> None:
    """Make it a head of the table: repeated on each page, and told as such to screen readers."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _keep_whole(row)


def _keep_whole(row) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _height_mm(row: SheetRow, shares: list[float]) -> float:
    """Return a row's height in which its texts have room, reckoned a little generously so that the picture fills it."""
    texts = {1: row.text, -4: row.requirement, -3: row.duration, -2: row.output, -1: row.note}
    lines = 1
    for column, text in texts.items():
        letters = max(1, int((shares[column] * _WIDTH_MM - 2 * _PADDING_MM) / (_SIZE * 0.3528 * 0.53)))
        lines = max(lines, words.lines(text, letters))
    return max(least_height_mm(row), math.ceil(lines * _SIZE * 0.3528 * 1.2 + 2))
