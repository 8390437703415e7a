"""Where the decisions lead: from the table that our own exports have, else from words, as a marked proposal."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sop.importing.imported import Doubt
from sop.importing.reading.columns import texts
from sop.importing.reading.labels import ADDED_EXIT, EXITS_HEAD, normal
from sop.importing.source import Table
from sop.sheet import Kind, SheetRow

_THING = r"(?:(?:langkah|nomor|nomer|no\.?|tahap(?:an)?|aktivitas|aktifitas|kegiatan|butir|poin|angka|proses)\s*)"
_BACK = r"(?P<back>\b(?:kembali|(?:di)?kembalikan|mengembalikan|(?:meng|di)?ulang(?:i)?)\b)"
_ON = r"(?P<on>\b(?:lanjut(?:kan)?|dilanjutkan|(?:di)?teruskan|menuju)\b)"
# «bila tidak, kembali ke langkah nomor 1», «ya → 3», «ulangi langkah 2»; no amounts, no numbers of regulations.
_REFERENCE = re.compile(
    rf"(?:{_BACK}|{_ON}|(?P<answer>\b(?:ya|tidak|tdk)\b))(?P<between>[^.;\n0-9]{{0,60}}?)"
    rf"(?:(?:\bke\b(?:\s*-)?|→|⇒|->|=>|:|=)\s*{_THING}{{0,3}}(?:ke\s*-?\s*)?|{_THING}{{1,3}}(?:ke\s*-?\s*)?)"
    r"(?P<number>[0-9]{1,3})\b(?!\s*(?:menit|jam|hari|minggu|bulan|tahun|lembar|rangkap|orang|eksemplar|%|/|tahun))"
)
_CLAUSE = re.compile(r"[.;\n]|,\s*(?=(?:bila|jika|apabila|kalau|ya|tidak)\b)")
_NO = re.compile(r"\b(?:tidak|tdk|belum|kurang|ditolak|menolak|salah|gagal|bukan|tanpa)\b")
_YES = re.compile(r"\b(?:ya|setuju|disetujui|lengkap|sesuai|benar|memenuhi|layak|lolos|sudah|telah|diterima)\b")
_ANSWERS = {"if_yes": "ya", "if_no": "tidak"}
OPEN = "Ke mana langkah ini menuju bila ya dan bila tidak, tidak terbaca. Isi kedua tujuannya."


class _Exit(NamedTuple):
    answer: str
    number: int
    words: str


def read(
    rows: tuple[SheetRow, ...],
    drawn: Sequence[Kind | None],
    printed: dict[int, int],
    tables: Iterable[Table],
    doubts: list[Doubt],
) -> tuple[SheetRow, ...]:
    """Return the rows with what is known of their exits; what is read from words is marked, what isn't plain is open.

    ``drawn`` are the shapes that were seen; ``printed`` gives a row's number by the number that the source prints.
    """
    known = _from_tables(tables)
    found = []
    for n, (row, shape) in enumerate(zip(rows, drawn, strict=True)):
        if row.kind == "decision" and row.number in known:
            yes, no, is_addition = known[row.number]
            row = replace(row, if_yes=yes, if_no=no, return_is_addition=is_addition)
        elif row.kind == "decision" or 0 < n < len(rows) - 1:
            row = _from_words(row, shape, printed, doubts)
        found.append(row)
    return tuple(found)


def _from_tables(tables: Iterable[Table]) -> dict[int, tuple[int | None, int | None, bool]]:
    exits = {}
    for table in tables:
        grid = table.grid()
        if not grid or [normal(text) for text in texts(grid[0])] != EXITS_HEAD:
            continue
        for row in grid:
            number, yes, no, back = [cell.take() if cell is not None else "" for cell in row]
            if number.isdigit():
                exits[int(number)] = (_whole(yes), _whole(no), normal(back) == ADDED_EXIT)
    return exits


def _from_words(row: SheetRow, shape: Kind | None, printed: dict[int, int], doubts: list[Doubt]) -> SheetRow:
    """Propose the exits that the row's own words name. A shape that was seen isn't changed by words."""
    said = [each for text in (row.note, row.output, row.text, row.requirement) for each in _named(text)]
    exits: dict[str, int] = {}
    for name, word in _ANSWERS.items():
        numbers = {each.number for each in said if each.answer == name}
        words = next((each.words for each in said if each.answer == name), "")
        if len(numbers) > 1:
            doubts.append(Doubt(name, row.number, f"Naskah menyebut beberapa tujuan bila {word}. Pilih tujuannya."))
        elif numbers and (target := printed.get(numbers.pop())) and target != row.number:
            exits[name] = target
        elif words:
            doubts.append(
                Doubt(name, row.number, f"Naskah menyebut «{words}», tetapi langkah itu tidak ada. Isi tujuannya.")
            )
    if row.kind != "decision":
        if not exits:
            return row
        words = next(each.words for each in said if each.answer in exits)
        if shape is not None:
            sentence = f"Naskah menyebut «{words}», padahal bentuknya bukan keputusan; tujuannya tidak diisi. Periksa."
            doubts.append(Doubt("kind", row.number, sentence))
            return row
        sentence = (
            f"Naskah menyebut «{words}», maka langkah ini diusulkan sebagai Keputusan; periksa bentuk dan tujuannya."
        )
        doubts.append(Doubt("kind", row.number, sentence))
    for name, word in _ANSWERS.items():
        if name in exits:
            words = next(each.words for each in said if each.answer == name)
            sentence = f"Tujuan bila {word} diusulkan dari kata-kata naskah («{words}»); periksa."
            doubts.append(Doubt(name, row.number, sentence))
    if not exits:
        doubts.append(Doubt("if_yes", row.number, OPEN))
    elif missing := [name for name in _ANSWERS if name not in exits]:
        sentence = f"Ke mana langkah ini menuju bila {_ANSWERS[missing[0]]}, tidak terbaca. Isi tujuannya."
        doubts.append(Doubt(missing[0], row.number, sentence))
    return replace(row, kind="decision", if_yes=exits.get("if_yes"), if_no=exits.get("if_no"))


def _named(text: str) -> Iterator[_Exit]:
    """Yield the exits that a text names, each with its answer and its words."""
    lower = text.lower()
    begin = 0
    for found in _REFERENCE.finditer(lower):
        clause = max((stop.end() for stop in _CLAUSE.finditer(lower, begin, found.start())), default=begin)
        condition = lower[clause : found.start()] + (found["answer"] or "") + found["between"]
        if _NO.search(condition):
            answer = "if_no"
        elif _YES.search(condition):
            answer = "if_yes"
        else:
            answer = "if_no" if found["back"] else "if_yes"
        yield _Exit(answer, int(found["number"]), " ".join(text[clause : found.end()].split()).strip(" ,;"))
        begin = found.end()


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
