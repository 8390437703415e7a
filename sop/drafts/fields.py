"""What may stand in the fields of a draft: texts read plainly, their limits, and what a row must agree on.

A draft may be incomplete; whether the sheet is a good one is the sheet check's matter. Here is only what can't be kept
as it was typed. Keys and values are those of ``sop.drafts.changes``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ppid.organisation.models import Role
from ppid.worktime.durations import MAX_DURATION, DurationUnit
from sop.drafts.changes import Snapshot
from sop.drafts.typed import plain
from sop.durations import read_duration
from sop.models import Activity
from sop.sheet import BLOCKS, LENGTHS, LISTS

# More than any sheet has; a row that is longer than a page is told by the check (W11), which counts lines.
MAX_CELL = 1000
MAX_ITEMS = 40
_LINES = {*BLOCKS, "text", "requirement", "output", "note"}
_LIMITS = {**LENGTHS, "label": LENGTHS["performer"], "duration_text": LENGTHS["duration"]} | dict.fromkeys(BLOCKS, 500)
_CAPTION = 60
_EXIT_WORDS = {"if_yes": "ya", "if_no": "tidak"}


@dataclass(slots=True)
class Reading:
    """What was read: values to keep, faults by key, and what people are to be told."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)


def read(typed: Mapping[str, Any], current: Snapshot) -> Reading:
    """Read what was typed into fields of the draft. A text that was not changed is never refused."""
    reading = Reading()
    for key, raw in typed.items():
        try:
            reading.values[key] = _value(key, raw, current, reading)
        except ValueError as fault:
            reading.faults[key] = str(fault)
    return reading


def agree(reading: Reading, current: Snapshot) -> None:
    """Hold the fields of each row against each other, those that were not typed as they stand."""
    for pk in {key.split(".")[1] for key in reading.values if key.startswith("activity.")}:
        _agree(f"activity.{pk}.", current, reading)


def _value(key: str, raw: Any, current: Snapshot, reading: Reading) -> Any:
    name = key.rpartition(".")[2]
    if key in LISTS:
        return _items(key, raw, current, reading)
    if name == "roles":
        return sorted(Role.objects.filter(code__in=raw).exclude(scope=Role.Scope.OFFICE).values_list("code", flat=True))
    if name == "return_is_addition":
        return bool(raw)
    if name in ("performer", "last_performer"):
        return _reference(raw, {performer.pk for performer in current.performers}, "Kolom pelaksana")
    if key.startswith("carries."):
        return _reference(raw, {activity.pk for activity in current.activities}, "Baris")
    if name in _EXIT_WORDS:
        return _reference(raw, {activity.pk for activity in current.activities}, "Langkah")
    if name == "kind":
        return raw if raw in Activity.Kind.values else Activity.Kind.PROCESS.value
    if name == "duration_unit":
        return raw if raw in set(DurationUnit) else ""
    if name == "duration_value":
        return _amount(raw)
    return _text(key, raw, current, reading)


def _text(key: str, raw: str, current: Snapshot, reading: Reading) -> str:
    name = key.rpartition(".")[2]
    stored = current.fields.get(key, "")
    if raw.replace("\r\n", "\n") == stored:
        return stored
    text, notices = plain(raw)
    for notice in notices:
        reading.tell(notice)
    if name not in _LINES:
        text = " ".join(text.split())
    if name != "signatory":
        text = text.strip()
    limit = _CAPTION if key.startswith("captions.") else _LIMITS.get(name, MAX_CELL)
    if len(text) > limit and text != stored:
        raise ValueError(too_long(len(text), limit))
    if key == "title" and not text:
        raise ValueError("Tulis nama SOP ini.")
    return text


def _items(name: str, raw: list[str], current: Snapshot, reading: Reading) -> list[str]:
    stored = current.fields[name]
    items = []
    for each in raw:
        if (kept := each.replace("\r\n", "\n")) in stored:
            items.append(kept)
            continue
        text, notices = plain(each)
        for notice in notices:
            reading.tell(notice)
        lines = [line for line in text.split("\n") if line]
        if len(lines) > 1:
            reading.tell(f"{LISTS[name]}: teks beberapa baris menjadi {len(lines)} butir, satu untuk setiap baris.")
        for line in lines:
            if len(line) > MAX_CELL:
                raise ValueError(too_long(len(line), MAX_CELL))
        items += lines
    if len(items) > MAX_ITEMS and items != stored:
        raise ValueError(
            f"Paling banyak {MAX_ITEMS} butir dalam satu daftar; sekarang {len(items)}. Gabungkan sebagian."
        )
    return items


def too_long(length: int, limit: int) -> str:
    """Say that a text doesn't fit into its place on the sheet."""
    if limit == MAX_CELL:
        return (
            f"Paling banyak {_number(limit)} huruf, supaya satu baris muat pada satu halaman cetak; sekarang "
            f"{_number(length)}. Ringkaskan, atau pindahkan rinciannya ke lampiran."
        )
    return f"Paling banyak {_number(limit)} huruf; sekarang {_number(length)}. Pendekkan."


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _reference(raw: str | int | None, known: set[int], thing: str) -> int | None:
    if raw in ("", None):
        return None
    pk = int(raw) if str(raw).isascii() and str(raw).isdigit() and len(str(raw)) < 19 else 0
    if pk not in known:
        raise ValueError(f"{thing} yang Anda pilih sudah dihapus. Pilih yang lain, atau kosongkan.")
    return pk


def _amount(raw: str | int | None) -> int | None:
    typed = str("" if raw is None else raw).strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()):
        raise ValueError("Tulis lamanya sebagai bilangan bulat, misalnya 5.")
    digits = typed.lstrip("0") or "0"
    if len(digits) > 9 or not 0 < int(digits) <= MAX_DURATION:
        raise ValueError(
            f"Lamanya paling sedikit 1 dan paling banyak {_number(MAX_DURATION)}. "
            "Pakai satuan yang lebih besar, atau kosongkan bila belum diketahui."
        )
    return int(digits)


def _agree(row: str, current: Snapshot, reading: Reading) -> None:
    values = reading.values

    def now(name):
        return values.get(row + name, current.fields.get(row + name))

    def fault(name, sentence):
        if row + name not in reading.faults:
            reading.faults[row + name] = sentence

    _agree_on_performers(row, now, fault, current, values)
    if now("kind") != Activity.Kind.DECISION:
        if any(now(name) for name in _EXIT_WORDS):
            reading.tell("Jalan keluar ya/tidak dikosongkan, karena hanya keputusan yang memilikinya.")
        values |= {row + name: None for name in _EXIT_WORDS if row + name in current.fields or now(name)}
    own = row.split(".")[1]
    for name, word in _EXIT_WORDS.items():
        if now(name) is not None and str(now(name)) == own:
            fault(name, f"Bila {word}, tujuannya harus langkah lain, bukan langkah ini sendiri.")
    if row + "duration_value" in reading.faults:
        return
    if now("duration_value") is None and not now("duration_unit"):
        if proposed := read_duration(now("duration_text") or ""):
            values[row + "duration_value"], values[row + "duration_unit"] = proposed
            reading.tell(f"Waktu tercetak «{now('duration_text')}» dibaca sebagai {proposed}.")
    elif now("duration_value") is None:
        fault("duration_value", "Tulis lamanya, atau kosongkan satuannya.")
    elif not now("duration_unit"):
        fault("duration_unit", "Pilih satuan waktunya, atau kosongkan lamanya.")


def _agree_on_performers(row, now, fault, current: Snapshot, values) -> None:
    order = [performer.pk for performer in current.performers]
    first, last = now("performer"), now("last_performer")
    if last is None:
        return
    if first is None:
        fault("performer", "Pilih kolom pertama dari kegiatan bersama ini.")
    elif first == last:
        values[row + "last_performer"] = None
    elif order.index(last) < order.index(first):
        fault("last_performer", "Kegiatan bersama ditulis dari kiri ke kanan: pilih kolom di sebelah kanan pelaksana.")
