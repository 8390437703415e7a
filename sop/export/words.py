"""The sheet in the words that a table holds, the same in Word and in Excel, so that both can be read back.

A symbol is its word in its performer's column (a joint activity's in columns joined to one); the exits of the decisions
stand in a table of their own.
"""

from ppid.web.letters import without_forbidden
from sop.drawing.drawn import SYMBOLS
from sop.sheet import LISTS, Sheet, SheetRow

FACTS = {
    "number": "Nomor SOP",
    "created": "Tanggal Pembuatan",
    "revised": "Tanggal Revisi",
    "effective": "Tanggal Efektif",
    "signatory": "Disahkan Oleh",
    "title": "Nama SOP",
}
BEFORE, AFTER = ("No.", "Aktivitas"), ("Kelengkapan", "Waktu", "Output", "Keterangan")
PERFORMERS, STANDARD = "Pelaksana", "Mutu Baku"
EXITS = ("No.", "Jika ya, ke langkah", "Jika tidak, ke langkah", "Jalan kembali")
ADDED, PRINTED = "tambahan portal", "pada lembar asli"


def fact(sheet: Sheet, name: str) -> str:
    """Return a line of the identity part; ``signatory`` has several lines.

    The letters that no cell can hold are left out; the sheet's data that travel with the file have them still.
    """
    value = getattr(sheet, name)
    return without_forbidden(value if isinstance(value, str) else "\n".join(value))


def caption(sheet: Sheet, name: str) -> str:
    return without_forbidden(sheet.captions.get(name, LISTS[name]))


def symbol(row: SheetRow) -> str:
    return SYMBOLS[row.kind]


def exits(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    """Return a line for each decision, under the heads of ``EXITS``."""
    return [
        (
            str(row.number),
            "" if row.if_yes is None else str(row.if_yes),
            "" if row.if_no is None else str(row.if_no),
            ADDED if row.return_is_addition else PRINTED if _returns(row) else "",
        )
        for row in sheet.rows
        if row.kind == "decision"
    ]


def lines(text: str, letters: int) -> int:
    """Return into how many lines of so many letters a text breaks, at blanks and within words longer than a line."""
    count = 0
    for line in text.split("\n"):
        count, at = count + 1, 0
        for word in line.split():
            if at and at + 1 + len(word) > letters:
                count, at = count + 1, 0
            at += len(word) + bool(at)
            count, at = count + (at - 1) // letters, (at - 1) % letters + 1
    return count


def _returns(row: SheetRow) -> bool:
    return any(number is not None and number < row.number for number in (row.if_yes, row.if_no))
