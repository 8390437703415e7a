"""How a list leaves as an OpenDocument spreadsheet (ODS), written while it is sent; every cell is a text."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from ppid.web.columns import Column
from ppid.web.letters import without_forbidden
from ppid.web.outgoing_zip import NO_DAY, OutgoingZip

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ROWS = 500_000  # of a sheet; programs hold some million
_PIECE = 1 << 16
_BLANKS = re.compile(r"^ | {2,}")
_MANIFEST = b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="%s"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>""" % (_MIMETYPE,)
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"\
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"\
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"\
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"\
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">\
<office:automatic-styles>\
<style:style style:name="wide" style:family="table-column">\
<style:table-column-properties style:column-width="8cm"/></style:style>\
<style:style style:name="narrow" style:family="table-column">\
<style:table-column-properties style:column-width="3.5cm"/></style:style>\
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>\
</office:automatic-styles><office:body><office:spreadsheet>"""
_END = "</office:spreadsheet></office:body></office:document-content>"


def ods(sheet: str, title: Iterable[str], columns: Iterable[Column], rows: Iterable) -> Iterator[bytes]:
    """Yield the list as ODS: the lines of ``title``, the headings, and a line for each row."""
    out = OutgoingZip(NO_DAY)
    yield out.first("mimetype", _MIMETYPE)
    yield from out.write("content.xml", _content(sheet, tuple(title), tuple(columns), rows))
    yield out.add("META-INF/manifest.xml", _MANIFEST)
    yield out.end()


def _content(sheet: str, title: tuple[str, ...], columns: tuple[Column, ...], rows: Iterable) -> Iterator[bytes]:
    gathered = [_HEAD, _opened(sheet, title, columns)]
    size = 0
    for n, row in enumerate(rows):
        if n and n % _ROWS == 0:
            gathered += ["</table:table>", _opened(f"{sheet} {n // _ROWS + 1}", title, columns)]
        line = _line([column.text(row) for column in columns])
        gathered.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join([*gathered, "</table:table>", _END]).encode()


def _opened(sheet: str, title: tuple[str, ...], columns: tuple[Column, ...]) -> str:
    widths = ("wide" if column.width == "w-text" else "narrow" for column in columns)
    table = "".join(f'<table:table-column table:style-name="{width}"/>' for width in widths)
    lines = [_line([line], "head") for line in title] + [_line([""])] if title else []
    headings = _line([column.heading for column in columns], "head")
    return f"<table:table table:name={quoteattr(sheet)}>{table}{''.join(lines)}{headings}"


def _line(texts: Iterable[str], style: str = "") -> str:
    look = f' table:style-name="{style}"' if style else ""
    cells = (
        f'<table:table-cell office:value-type="string"{look}>{_paragraphs(text)}</table:table-cell>'
        if text
        else "<table:table-cell/>"
        for text in texts
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _paragraphs(text: str) -> str:
    lines = escape(without_forbidden(text)).split("\n")
    return "".join(f"<text:p>{_BLANKS.sub(_blanks, line)}</text:p>".replace("\t", "<text:tab/>") for line in lines)


def _blanks(found: re.Match) -> str:
    """Write blanks that a reader would take for one, or for none, as what they are."""
    return f'<text:s text:c="{len(found[0])}"/>'
