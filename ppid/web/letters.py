"""The letters that no text may hold, once for all doors: forms, the editor, the importer, what is exported."""

import re

# Control characters but for the tab and the line's end, C1 controls, noncharacters and lone surrogates: not printable,
# not allowed in the XML of DOCX, XLSX and PDF metadata, NUL not in PostgreSQL. The bidirectional embeddings, overrides
# and isolates would show a text other than the one that is stored.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
# What programs write for the end of a line: Windows and old Macs, Word's own line break, a form feed, NEL, LS, PS.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def with_plain_ends(text: str) -> str:
    """Return the text with every line's end as ``\\n``."""
    return _LINE_ENDS.sub("\n", text)


def without_forbidden(text: str) -> str:
    """Return the text without the letters that none may hold; ends of lines that would be among them stay as ends."""
    return FORBIDDEN.sub("", with_plain_ends(text)) if FORBIDDEN.search(text) else text
