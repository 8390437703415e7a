"""The small markup in which the office writes its pages: read into plain parts, drawn with tags of ours alone.

markdown-it-py reads it, with seven of its rules switched on: headings, lists, tables, links, bold and slanted words,
escapes. Nothing of its output is used: what is drawn is drawn here, from a table of tags, each word escaped. A link
leads to where ``is_safe`` lets it; any other is drawn as its words, and ``bad_links`` names it.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

LONGEST = 20_000  # letters of one text

_RULES = ("heading", "list", "table", "link", "emphasis", "newline", "escape")
_DEEPEST = 12  # parts within parts; beyond it the text is drawn as it stands

# What a part is drawn as. A page has its own h1, so the highest heading of a text is an h2.
_TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "td": "td",
    "strong": "strong",
    "em": "em",
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3"}
_SCHEMES = {"https", "http", "mailto", "tel"}
_LINK = re.compile(r"[\x21-\x7e]{1,1000}")


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"maxNesting": _DEEPEST}).enable(list(_RULES))
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # judged by ``is_safe``, and told
    return reader


_READER = _reader()


def is_safe(address: str) -> bool:
    """Say whether a link may lead there: a page of this site, the web, a mail or a telephone number."""
    if not _LINK.fullmatch(address) or "\\" in address:
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc if parts.scheme.startswith("http") else parts.path)


def draw(text: str) -> SafeString:
    """Return the text as HTML that holds no tag and no attribute but those of this module."""
    return _inside(SyntaxTreeNode(_READER.parse(text[:LONGEST])))


def plain(text: str) -> str:
    """Return the words as they are read, a line for each part, to be compared or searched."""
    tree = SyntaxTreeNode(_READER.parse(text[:LONGEST]))
    return "\n".join(_words(node).strip() for node in tree.walk() if node.type == "inline")


def bad_links(text: str) -> list[str]:
    """Return the addresses that no link may lead to, in their order."""
    tree = SyntaxTreeNode(_READER.parse(text[:LONGEST]))
    links = (str(node.attrs.get("href", "")) for node in tree.walk() if node.type == "link")
    return [address for address in links if not is_safe(address)]


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return node.content if node.type == "text" else "".join(_words(child) for child in node.children)


def _inside(node: SyntaxTreeNode) -> SafeString:
    return format_html_join("", "{}", ((part,) for child in node.children for part in _drawn(child)))


def _drawn(node: SyntaxTreeNode) -> Iterator[str]:
    """Give the parts as which the node is drawn; what has no tag of ours is drawn as what is in it."""
    kind = node.type
    if kind == "text":
        yield node.content  # escaped where it is joined
    elif kind in ("softbreak", "hardbreak"):
        yield mark_safe("<br>")
    elif kind == "link":
        address = str(node.attrs.get("href", ""))
        yield format_html('<a href="{}">{}</a>', address, _inside(node)) if is_safe(address) else _inside(node)
    elif kind == "paragraph" and node.hidden:
        yield _inside(node)
    elif kind == "heading":
        yield _tagged(_HEADINGS.get(node.tag, "h4"), _inside(node))
    elif kind == "table":
        yield format_html(
            '<div class="written__scroll" tabindex="0" role="group" aria-label="Tabel"><table>{}</table></div>',
            _inside(node),
        )
    elif kind == "th":
        yield format_html('<th scope="col">{}</th>', _inside(node))
    elif kind == "ordered_list" and str(node.attrs.get("start", "1")) != "1":
        yield format_html('<ol start="{}">{}</ol>', int(node.attrs["start"]), _inside(node))
    elif tag := _TAGS.get(kind):
        yield _tagged(tag, _inside(node))
    else:
        yield _inside(node)


def _tagged(tag: str, inside: SafeString) -> SafeString:
    return format_html("<{}>{}</{}>", tag, inside, tag)
