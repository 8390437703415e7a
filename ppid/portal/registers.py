"""The columns of the two registers as Perki 1/2021 names them, and how they leave the portal as CSV."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: its heading, and what stands there for a row."""

    heading: str
    value: Callable[[object], object]


DIP = (
    Column("Nomor", lambda item: item.number),
    Column("Ringkasan isi informasi", lambda item: f"{item.title}. {item.summary}"),
    Column("Pejabat/unit/satuan kerja yang menguasai informasi", lambda item: item.unit_name),
    Column("Penanggung jawab pembuatan atau penerbitan informasi", lambda item: item.responsible),
    Column("Waktu dan tempat pembuatan informasi", lambda item: f"{item.made_place}, {date_format(item.made_on)}"),
    Column("Bentuk informasi yang tersedia", lambda item: item.form_text),
    Column("Jangka waktu penyimpanan atau retensi arsip", lambda item: item.retention),
    Column("Jenis informasi", lambda item: item.get_category_display()),
)

DIK = (
    Column("Nomor", lambda entry: entry.number),
    Column("Informasi", lambda entry: entry.information),
    Column("Dasar hukum pengecualian", lambda entry: entry.legal_basis),
    Column("Konsekuensi bila dibuka", lambda entry: entry.consequence_if_open),
    Column("Konsekuensi bila ditutup", lambda entry: entry.consequence_if_closed),
    Column("Jangka waktu", lambda entry: entry.term),
    Column("Unit yang menguasai", lambda entry: entry.unit_name),
    Column("Cakupan", lambda entry: entry.scope),
    Column("Nomor surat penetapan", lambda entry: entry.decree_number),
    Column("Tanggal surat penetapan", lambda entry: entry.decree_date.isoformat()),
)

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Iterable[Column], rows: Iterable) -> Iterator[str]:
    """Yield the register line by line. The mark at its head tells spreadsheets that it is UTF-8."""
    columns = tuple(columns)
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow([harmless(column.value(row)) for column in columns])


def harmless(value: object) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line
