"""Texts as people type and paste them: kept as they are, but for what no sheet can print, and that is told."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

from ppid.web.letters import FORBIDDEN, with_plain_ends, without_forbidden

CONTROLS_TAKEN_OUT = "Karakter kendali yang tidak tercetak dihapus dari teks yang disimpan."
MARKUP_TAKEN_OUT = "Kode HTML yang ikut tersalin (misalnya dari Word) dihapus; yang disimpan teksnya saja."
_BLOCKS = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr"}
_INLINE = {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "img", "td", "th"}
_FRAME = {"html", "body", "tbody", "thead", "col", "colgroup", "meta", "link", "center", "input", "iframe", "svg"}
_UNREAD = {"style", "script", "head", "title", "xml"}
_KNOWN = _BLOCKS | _INLINE | _FRAME | _UNREAD
_MARKUP = re.compile(rf"<!--|<!doctype|<!\[|</?(?:{'|'.join(sorted(_KNOWN))}|[ovwmx]:[a-z]+)(?=[\s/>])", re.IGNORECASE)


class PlainText(NamedTuple):
    """A text as it is stored, and what was taken out of it, one sentence each."""

    text: str
    notices: tuple[str, ...] = ()


def plain(raw: str) -> PlainText:
    """Return the text without what can't be printed, without markup that was pasted along, without blank ends."""
    notices = []
    text = with_plain_ends(raw)
    if FORBIDDEN.search(text):
        text = without_forbidden(text)
        notices.append(CONTROLS_TAKEN_OUT)
    if _MARKUP.search(text) and (read := _text_of(text)) is not None:
        text = read
        notices.append(MARKUP_TAKEN_OUT)
    text = text.replace("\t", " ")
    # A blank first line stays: in the signature block it is the room for the signature.
    lines = [line.strip() for line in text.split("\n")]
    return PlainText("\n".join(lines).rstrip(), tuple(notices))


def _text_of(markup: str) -> str | None:
    """Return what a person would read, or None where an element is never closed: its text would be lost."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if reader.unread or markup.count("<!--") > markup.count("-->"):
        return None
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Collects what a person would read. A tag that HTML doesn't know («<nama pemohon>») is text."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag, attrs):
        if tag in _UNREAD:
            self.unread += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag not in _KNOWN and ":" not in tag:
            self.handle_data(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in _BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data):
        if not self.unread:
            self.parts.append(data.replace("\n", " "))
