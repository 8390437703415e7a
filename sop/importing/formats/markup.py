"""Web pages, and plain texts whose tables are separated by tabs, as the two source sheets are."""

import re

from lxml import etree, html

from ppid.web.archives import BROKEN
from sop.importing.formats.door import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, TOO_MANY_ROWS, TOO_WIDE
from sop.importing.imported import ImportRefused
from sop.importing.source import Block, Cell, Line, Paragraph, Table

_SKIPPED = {"script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object"}
_PARAGRAPHS = {
    *("p", "div", "li", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer"),
    *("blockquote", "pre", "dl", "dt", "dd", "center", "tr", "td", "th", "table", "tbody", "thead", "caption"),
}
_MAX_SPAN = 100
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)


def read_html(data: bytes) -> list[Block]:
    """Return the page's paragraphs and tables. Raises ImportRefused."""
    text = decoded(data)
    if not text.strip():
        return []
    root = _parsed(text)
    hidden = _taken_out(root)
    blocks: list[Block] = []
    _walk(root, blocks)
    return [*blocks, *hidden]


def read_text(data: bytes) -> list[Block]:
    """Return the text's lines; lines with tabs that follow each other are a table. Raises ImportRefused."""
    text = decoded(data)
    lines = text.splitlines()
    if len(lines) > MAX_ROWS * 5 or sum("\t" in line for line in lines) > MAX_ROWS:
        raise ImportRefused(TOO_MANY_ROWS)
    if re.search(r"<table[\s>]", text, re.IGNORECASE):
        return read_html(data)
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            blocks.append(_tabbed(rows))
            rows = []
        if line.strip():
            blocks.append(Paragraph(_fragment(line)))
    return blocks


def decoded(data: bytes) -> str:
    """Return the text in the encoding that its bytes show. Raises ImportRefused for bytes that are no text."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportRefused(BROKEN)


def _tabbed(rows: list[list[str]]) -> Table:
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        raise ImportRefused(TOO_WIDE)
    cells = []
    for n, row in enumerate(rows):
        cells += [Cell(n, column, _fragment(text)) for column, text in enumerate(row + [""] * (width - len(row)))]
    return Table(cells)


def _taken_out(root) -> list[Block]:
    """Take out what a browser shows to nobody, and return it as such."""
    away = [each for each in root.iter() if isinstance(each.tag, str) and _is_away(each)]
    known = set(away)
    found: list[Block] = []
    for element in away:
        if element is root or any(above in known for above in element.iterancestors()):
            continue
        found.append(Paragraph(_lines(element), origin="Teks tersembunyi", is_hidden=True))
        element.drop_tree()
    return [block for block in found if any(block.lines())]


def _is_away(element) -> bool:
    return element.get("hidden") is not None or bool(_NOT_SHOWN.search(element.get("style") or ""))


def _fragment(text: str) -> list[Line]:
    if "<" not in text:
        return [Line(" ".join(text.split()))] if text.strip() else []
    return _lines(_parsed(f"<div>{text}</div>"))


def _parsed(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused(BROKEN) from error
    if sum(1 for _ in root.iter("tr")) > MAX_ROWS:
        raise ImportRefused(TOO_MANY_ROWS)
    return root


def _walk(element, blocks: list[Block]) -> None:
    """Add the element's paragraphs and tables in their order."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SKIPPED:
            pass
        elif child.tag == "table":
            blocks.append(_table(child))
        elif child.tag in ("body", "html") or child.find(".//table") is not None:
            if child.text and child.text.strip():
                blocks.append(Paragraph([Line(_squeezed(child.text))]))
            _walk(child, blocks)
        elif lines := [line for line in _lines(child) if line]:
            is_inline = child.tag not in _PARAGRAPHS
            if is_inline and blocks and isinstance(blocks[-1], Paragraph) and blocks[-1].origin == "inline":
                blocks[-1].own[-1].text += " " + lines[0].text
            else:
                blocks += [Paragraph([line], origin="inline" if is_inline else "") for line in lines]
        if child.tail and child.tail.strip():
            blocks.append(Paragraph([Line(_squeezed(child.tail))]))


def _table(table) -> Table:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for n, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (n, column) in taken:
                column += 1
            wide = _span(cell, "colspan")
            high = min(_span(cell, "rowspan"), len(rows) - n)
            if column + wide > MAX_COLUMNS:
                raise ImportRefused(TOO_WIDE)
            if len(taken) + high * wide > MAX_PLACES:
                raise ImportRefused(TOO_MANY_ROWS)
            taken |= {(r, c) for r in range(n, n + high) for c in range(column, column + wide)}
            fill = (cell.get("bgcolor") or "").lower().removeprefix("#")
            cells.append(Cell(n, column, _lines(cell), [], high, wide, fill))
            column += wide
    caption = table.find("caption")
    if caption is not None and (lines := _lines(caption)):
        cells = [Cell(0, 0, lines, [], 1, max(Table(cells).width, 1)), *cells]
        for cell in cells[1:]:
            cell.row += 1
    return Table(cells)


def _span(cell, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and int(value) else 1


def _lines(element) -> list[Line]:
    """Return the element's text, a line for each paragraph or list item in it."""
    lines = [Line("")]

    def say(text):
        lines[-1].text += re.sub(r"[ \t\r\n\f]+", " ", text or "")

    def begin(**how):
        if lines[-1].text.strip():
            lines.append(Line("", **how))
        else:
            lines[-1] = Line("", **how)

    def visit(node):
        if not isinstance(node.tag, str) or node.tag in _SKIPPED:
            return
        if node.tag == "br":
            begin(is_soft=True, is_item=False)
        elif node.tag in _PARAGRAPHS and node is not element:
            begin(is_item=node.tag == "li", ran_together=node.tag in ("ol", "ul") and node.find(".//li") is None)
        elif node.tag == "li":
            lines[-1].is_item = True
        say(node.text)
        for child in node:
            visit(child)
            if isinstance(child.tag, str) and child.tag in _PARAGRAPHS:
                begin()
            say(child.tail)

    visit(element)
    return [Line(line.text.strip(), line.is_item, line.is_soft, line.ran_together) for line in lines if line]


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()
