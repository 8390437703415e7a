"""What an edition of the DIP or the DIK holds of each row: named words, read off the shelf as it stands.

The names are stored with every edition for ever; the headings are those of Perki 1/2021 (``ppid.shelf.registers``).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format

from ppid.shelf.registers import made
from ppid.web.columns import Column
from ppid.web.dates import with_last_day

DIP, DIK = "dip", "dik"
NAMES = {DIP: "Daftar Informasi Publik", DIK: "Daftar Informasi yang Dikecualikan"}


@dataclass(frozen=True, slots=True)
class Field:
    """A named word of a row. ``heading`` is what prints over it, ``label`` the same in short."""

    key: str
    heading: str
    label: str
    width: str = ""

    def column(self) -> Column:
        """Return it as a column of a list whose rows have ``values``."""
        order = "nomor" if self.key == "number" else ""
        return Column(self.heading, lambda row: row.values.get(self.key, ""), self.label, self.width, order=order)


FIELDS: dict[str, tuple[Field, ...]] = {
    DIP: (
        Field("number", "Nomor", "Nomor", "w-number"),
        Field("title", "Informasi", "Informasi", "w-text"),
        Field("summary", "Ringkasan isi informasi", "Ringkasan isi", "w-text"),
        Field("unit", "Pejabat/unit/satuan kerja yang menguasai informasi", "Unit yang menguasai"),
        Field("responsible", "Penanggung jawab pembuatan atau penerbitan informasi", "Penanggung jawab"),
        Field("made", "Waktu dan tempat pembuatan informasi", "Waktu dan tempat"),
        Field("form", "Bentuk informasi yang tersedia", "Bentuk"),
        Field("retention", "Jangka waktu penyimpanan atau retensi arsip", "Penyimpanan"),
        Field("category", "Jenis informasi", "Jenis"),
    ),
    DIK: (
        Field("number", "Nomor", "Nomor", "w-number"),
        Field("information", "Informasi", "Informasi", "w-text"),
        Field("unit", "Unit yang menguasai", "Unit yang menguasai"),
        Field("legal_basis", "Dasar hukum pengecualian", "Dasar hukum"),
        Field("consequence_if_open", "Konsekuensi bila dibuka", "Bila dibuka", "w-text"),
        Field("consequence_if_closed", "Konsekuensi bila ditutup", "Bila ditutup", "w-text"),
        Field("scope", "Cakupan", "Cakupan"),
        Field("term", "Jangka waktu", "Jangka waktu"),
        Field("decree", "Surat penetapan", "Surat penetapan"),
    ),
}
# The words that say what a row is about: a covered row keeps its place under them.
SUBJECT = {DIP: "title", DIK: "information"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an edition: ``key`` is the number by which it is known in every edition; ``values`` by ``Field.key``.

    ``unit_code`` is its unit's, "" where none is known.
    """

    key: str
    values: dict[str, str] = field(default_factory=dict)
    unit_code: str = ""


def row_of_item(item: Any) -> Row:
    """Return the DIP's row of an item as it is published."""
    values = {
        "number": item.number,
        "title": item.title,
        "summary": item.summary,
        "unit": item.unit_name,
        "responsible": item.responsible,
        "made": made(item),
        "form": item.form_text,
        "retention": item.retention,
        "category": item.get_category_display(),
    }
    return Row(item.number, values, item.unit_code)


def row_of_entry(entry: Any) -> Row:
    """Return the DIK's row of an entry in force."""
    values = {
        "number": entry.number,
        "information": entry.information,
        "unit": entry.unit_name,
        "legal_basis": entry.legal_basis,
        "consequence_if_open": entry.consequence_if_open,
        "consequence_if_closed": entry.consequence_if_closed,
        "scope": entry.scope,
        "term": with_last_day(entry.term, entry.ends_on),
        "decree": f"{entry.decree_number}, {date_format(entry.decree_date)}",
    }
    return Row(entry.number, values, entry.unit_code)


def digest(rows: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the SHA-256 over all rows in their order, each its key and its values."""
    found = hashlib.sha256()
    for key, values in rows:
        found.update(json.dumps([key, values], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        found.update(b"\n")
    return found.hexdigest()
