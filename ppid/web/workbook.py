"""How lists and figures leave as a workbook (XLSX): no text in it is taken for a formula, so no program runs any."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ppid.web.columns import Column
from ppid.web.letters import without_forbidden
from ppid.web.outgoing_zip import NO_DAY, OutgoingZip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 32_767  # letters that a cell may hold
_ROWS = 500_000  # of a sheet; Excel holds some million
_PIECE = 1 << 16
_WIDE, _NARROW = 44, 18
_PLAIN, _TITLE, _HEADING, _SIGN = range(4)  # places in the styles
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
# What begins with a sign of a formula is marked as text in Excel's own way, for whoever edits the cell.
_STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="3">
<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="12"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def xlsx(sheet: str, title: Iterable[str], columns: Iterable[Column], rows: Iterable) -> Iterator[bytes]:
    """Yield the list as XLSX, written while it is sent, in memory that doesn't grow with it.

    It holds the lines of ``title``, the headings, which stay in sight, and a line for each row; what doesn't fit on a
    sheet goes on on the next.
    """
    out, pages, columns, title = OutgoingZip(NO_DAY), 0, tuple(columns), tuple(title)
    for pages, lines in enumerate(_in_sheets(iter(rows)), start=1):
        yield from out.write(f"xl/worksheets/sheet{pages}.xml", _page(title, columns, lines))
    names = [sheet if n == 1 else f"{sheet} {n}" for n in range(1, pages + 1)]
    for name, content in _frame(names):
        yield out.add(name, content.encode())
    yield out.end()


def _in_sheets(rows: Iterator) -> Iterator[Iterator]:
    """Yield the rows of each sheet; the first may be empty."""
    nothing = object()
    following = next(rows, nothing)

    def some() -> Iterator:
        nonlocal following
        for _ in range(_ROWS):
            if following is nothing:
                return
            yield following
            following = next(rows, nothing)

    yield some()
    while following is not nothing:
        yield some()


def _page(title: tuple[str, ...], columns: tuple[Column, ...], rows: Iterator) -> Iterator[bytes]:
    """Yield a sheet."""
    above = len(title) + 2 if title else 1
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDE if column.width == "w-text" else _NARROW}" customWidth="1"/>'
        for n, column in enumerate(columns, start=1)
    )
    frozen = f'<pane ySplit="{above}" topLeftCell="A{above + 1}" activePane="bottomLeft" state="frozen"/>'
    head = [f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{frozen}</sheetView>']
    head += [f"</sheetViews><cols>{widths}</cols><sheetData>"]
    head += [_line(n, [line], ["A"], style=_TITLE) for n, line in enumerate(title, start=1)]
    letters = [get_column_letter(n) for n in range(1, len(columns) + 1)]
    head.append(_line(above, [column.heading for column in columns], letters, style=_HEADING))
    gathered, size = head, 0
    for n, row in enumerate(rows, start=above + 1):
        line = _line(n, [column.text(row) for column in columns], letters)
        gathered.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join([*gathered, "</sheetData></worksheet>"]).encode()


def _line(n: int, texts: Iterable[str], letters: list[str], *, style: int = _PLAIN) -> str:
    cells = "".join(_cell(f"{letter}{n}", text, style) for letter, text in zip(letters, texts, strict=True) if text)
    return f'<row r="{n}">{cells}</row>'


def _cell(place: str, text: str, style: int) -> str:
    look = style or (_SIGN if text.lstrip()[:1] in ("=", "+", "-", "@", "#") else _PLAIN)
    words = escape(without_forbidden(text)[:_MOST])
    return f'<c r="{place}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _frame(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what holds the sheets together: name and content of each part."""
    places = list(enumerate(names, start=1))
    sheets = "".join(f'<sheet name={quoteattr(name[:31])} sheetId="{n}" r:id="rId{n}"/>' for n, name in places)
    yield "xl/workbook.xml", f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    yield "xl/styles.xml", _STYLES
    related = "".join(_relation(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in places)
    related += _relation("rIdStyles", "styles", "styles.xml")
    yield "xl/_rels/workbook.xml.rels", f'{_XML}<Relationships xmlns="{_RELATIONS}">{related}</Relationships>'
    whole = _relation("rId1", "officeDocument", "xl/workbook.xml")
    yield "_rels/.rels", f'{_XML}<Relationships xmlns="{_RELATIONS}">{whole}</Relationships>'
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n, _ in places]
    parts = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}{kind}+xml"/>' for name, kind in kinds)
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{parts}</Types>',
    )


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def write_line(
    page: Worksheet, row: int, values: Iterable[object], *, font: Font | None = None, wraps: bool = False
) -> None:
    """Write a line in which numbers stay numbers, to two places, and every text is a text."""
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column)
        if isinstance(value, str):
            cell.value = without_forbidden(value)[:_MOST]
            cell.data_type = "s"  # also what starts with «=»
        elif isinstance(value, int | float):
            cell.value = round(value, 2)
        cell.alignment = Alignment(vertical="top", wrap_text=wraps)
        if font:
            cell.font = font
