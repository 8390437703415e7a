"""How the rows are written: verbs, the quality standard, the units of time, and how output leads to requirement."""

import re

from sop.check.flow import exits
from sop.check.rules import At, numbered, rule
from sop.check.words import actor_at_start, letters, starts_with_verb

_UNITS = re.compile(r"\b(menit|jam|hari\s+kerja|hari|minggu|bulan)\b", re.IGNORECASE)

_STANDARD = {"requirement": "kelengkapan", "duration": "waktu", "output": "output"}
# The sheet's names for the fields of Activity, where they differ.
_FIELDS = {"duration": "duration_text"}


@rule("W1", "Teks aktivitas diawali kata kerja aktif, tanpa menyebut pelakunya.")
def starts_with_a_verb(sheet):
    for row in sheet.rows:
        if not row.text.strip():
            yield At(f"Aktivitas nomor {row.number} belum punya teks. Tuliskan apa yang dilakukan.", "text", row.number)
        elif actor := actor_at_start(row.text, sheet.performers):
            yield At(
                f"Aktivitas nomor {row.number} diawali pelakunya («{actor}»). Mulailah dengan kata kerja aktif; "
                "pelakunya sudah ditunjukkan kolom pelaksana.",
                "text",
                row.number,
            )
        elif not starts_with_verb(row.text):
            yield At(
                f"Aktivitas nomor {row.number} tampaknya tidak diawali kata kerja («{row.text.split()[0]}»). "
                "Mulailah dengan kata kerja aktif, misalnya «Menyusun» atau «Memeriksa».",
                "text",
                row.number,
            )


@rule("W2", "Setiap aktivitas punya mutu baku: kelengkapan, waktu, dan output.")
def has_a_quality_standard(sheet):
    for row in sheet.rows:
        if missing := [name for name in _STANDARD if not getattr(row, name).strip()]:
            words = ", ".join(_STANDARD[name] for name in missing)
            yield At(
                f"Mutu baku aktivitas nomor {row.number} belum lengkap: {words} masih kosong.",
                _FIELDS.get(missing[0], missing[0]),
                row.number,
            )


@rule("W8", "Waktu semua aktivitas ditulis dengan satuan yang sama.")
def has_one_unit_of_time(sheet):
    rows_of = {}
    for row in sheet.rows:
        for unit in _UNITS.findall(row.duration):
            rows_of.setdefault(" ".join(unit.casefold().split()), []).append(row.number)
    if len(rows_of) > 1:
        words = "; ".join(f"{unit} pada {numbered(dict.fromkeys(rows))}" for unit, rows in rows_of.items())
        odd = min(rows_of.values(), key=len)
        yield At(
            f"Satuan waktu bercampur: {words}. Pakai satu satuan, supaya jumlahnya dapat dibaca.",
            "duration_text",
            odd[0],
        )


@rule("I1", "Kelengkapan sebuah aktivitas adalah output aktivitas sebelumnya.")
def requirement_is_the_output_before(sheet):
    outputs = {row.number: letters(row.output) for row in sheet.rows}
    coming_from = {}
    for number, targets in exits(sheet).items():
        for target in targets:
            if number < target:
                coming_from.setdefault(target, []).append(number)
    for row in sheet.rows:
        before = [number for number in coming_from.get(row.number, []) if outputs[number]]
        needed = letters(row.requirement)
        if needed and before and not any(outputs[number] in needed for number in before):
            yield At(
                f"Kelengkapan aktivitas nomor {row.number} berbeda dari output aktivitas {numbered(before)}. "
                "Periksa apakah keduanya memang dokumen yang berlainan.",
                "requirement",
                row.number,
            )


RULES = [starts_with_a_verb, has_a_quality_standard, has_one_unit_of_time, requirement_is_the_output_before]
