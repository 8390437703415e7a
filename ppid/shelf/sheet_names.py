"""What sheets call each other: the name in a line of «Keterkaitan», to be found again among the titles."""

import re

_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[a-z])[.)]|[-–•*])\s+", re.IGNORECASE)
_KIND = re.compile(r"^(?:SOP(?:[ -]AP)?|standar operasional prosedur|prosedur operasional standar)\b", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:tentang|mengenai)\s+", re.IGNORECASE)
_AROUND = " \t\r\n\"'«»“”‘’:;,.-–"


def sheet_name(text: str) -> str:
    """Return the name without numbering, «SOP», quotes and case: «1. SOP Uji Konsekuensi;» is «uji konsekuensi»."""
    name = _NUMBERING.sub("", text).strip(_AROUND)
    name = _KIND.sub("", name).strip(_AROUND)
    name = _ABOUT.sub("", name).strip(_AROUND)
    return " ".join(name.split()).casefold()[:250]
