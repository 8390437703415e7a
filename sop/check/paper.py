"""How the sheet comes out on paper: what has no room on a page, and letters that can't be printed."""

from collections.abc import Iterator

from sop.check.rules import At, rule
from sop.drawing import letters, room
from sop.sheet import LISTS, Sheet, SheetRow

_NAMES = {
    "text": "Teks aktivitas",
    "requirement": "Kelengkapan",
    "duration": "Waktu",
    "output": "Output",
    "note": "Keterangan",
}
# The sheet's names for the fields of Activity, where they differ.
_FIELDS = {"duration": "duration_text"}
_IDENTITY = {
    "title": "Nama SOP",
    "heading": "Nomor urut judul",
    "number": "Nomor SOP",
    "created": "Tanggal pembuatan",
    "revised": "Tanggal revisi",
    "effective": "Tanggal efektif",
}


def torn(sheet: Sheet) -> Iterator[tuple[str, SheetRow, str]]:
    """Yield each text that makes its row higher than a page: the field, the row, and a sentence."""
    most = room.most_lines(sheet)
    for row in sheet.rows:
        for name, count in room.text_lines(sheet, row).items():
            if count > most:
                sentence = (
                    f"{_NAMES[name]} aktivitas nomor {row.number} mengisi {count} baris pada kolomnya, padahal satu "
                    f"halaman memuat {most}. Barisnya akan tercetak terputus di dua halaman atau lebih. "
                    "Ringkaskan teksnya, atau bagi aktivitasnya."
                )
                yield name, row, sentence


@rule("W11", "Setiap baris prosedur muat pada satu halaman.")
def rows_fit_on_a_page(sheet: Sheet):
    for name, row, sentence in torn(sheet):
        yield At(sentence, _FIELDS.get(name, name), row.number)


@rule("E9", "Setiap huruf pada lembar dapat dicetak.")
def letters_can_be_printed(sheet: Sheet):
    texts = [(name, label, getattr(sheet, name)) for name, label in _IDENTITY.items()]
    texts += [("letterhead", "Kop", "".join(sheet.letterhead)), ("signatory", "Pengesah", "".join(sheet.signatory))]
    for field, label, text in texts:
        yield from _told(letters.unprintable(text), label, field)
    for label in sheet.performers:
        yield from _told(letters.unprintable(label), f"Pelaksana «{label}»", "performers")
    for name, caption in LISTS.items():
        for item, text in enumerate(sheet.lists.get(name, ())):
            yield from _told(letters.unprintable(text), f"{caption} nomor {item + 1}", name, item=item)
    for row in sheet.rows:
        for name, label in _NAMES.items():
            where = f"{label} aktivitas nomor {row.number}"
            yield from _told(letters.unprintable(getattr(row, name)), where, _FIELDS.get(name, name), row.number)


def _told(found: str, where: str, field: str, number: int | None = None, *, item: int | None = None):
    if found:
        yield At(
            f"{where} memuat huruf yang tidak dapat dicetak: {' '.join(found)}. Hapus, atau ganti dengan kata.",
            field,
            number,
            item,
        )


RULES = [rows_fit_on_a_page, letters_can_be_printed]
