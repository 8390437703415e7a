"""The columns of the lists, DIP and DIK as Perki 1/2021 names them: for the portal and the desk, pages and files.

An item is a ``PublishedItem`` or has its fields; an entry is a ``DikEntry``, a sheet a ``PublishedSop``.
"""

from datetime import date
from typing import Any

from django.utils.formats import date_format

from ppid.web.columns import Column


def made(item: Any) -> str:
    """Return where and when the item was made, in the words of the office, as far as they are known."""
    return ", ".join(part for part in (item.made_place, item.made_when) if part)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _summary(item: Any) -> str:
    return f"{item.title}. {item.summary}"


DIP = (
    Column("Nomor", lambda item: item.number, width="w-number", order="nomor"),
    Column(
        "Ringkasan isi informasi", _summary, "Ringkasan isi", "w-text", "partials/cells/summary.html", order="judul"
    ),
    Column(
        "Pejabat/unit/satuan kerja yang menguasai informasi",
        lambda item: item.unit_name,
        "Unit yang menguasai",
        order="unit",
    ),
    Column(
        "Penanggung jawab pembuatan atau penerbitan informasi",
        lambda item: item.responsible,
        "Penanggung jawab",
    ),
    Column("Waktu dan tempat pembuatan informasi", made, "Waktu dan tempat"),
    Column("Bentuk informasi yang tersedia", lambda item: item.form_text, "Bentuk"),
    Column("Jangka waktu penyimpanan atau retensi arsip", lambda item: item.retention, "Penyimpanan"),
    Column(
        "Jenis informasi",
        lambda item: item.get_category_display(),
        "Jenis",
        cell="partials/cells/category.html",
        order="jenis",
    ),
)
# What a file to take away has besides, so that a spreadsheet can sort by it; only what is published has the last three.
DIP_DAYS = (
    Column("Dibuat mulai", lambda item: _day(item.made_from)),
    Column("Dibuat sampai", lambda item: _day(item.made_to)),
    Column("Diperbarui paling lambat", lambda item: _day(getattr(item, "renew_by", None))),
    Column("Masih sesuai per", lambda item: _day(getattr(item, "confirmed_on", None))),
    # How fast what must not be delayed became public, by the clock.
    Column("Serta merta", lambda item: getattr(item, "law_words", "")),
)


def _corrected(entry: Any) -> str:
    return "; ".join(
        f"{day.isoformat()}, semula: {' / '.join(former)}" if former else day.isoformat()
        for day, former in entry.corrected
    )


_DIK_NUMBER = Column("Nomor", lambda entry: entry.number, width="w-number", order="nomor")
_DIK_INFORMATION = Column(
    "Informasi", lambda entry: entry.information, "Informasi", "w-text", "partials/cells/dik_information.html"
)
_DIK_REASONS = (
    Column("Dasar hukum pengecualian", lambda entry: entry.legal_basis, "Dasar hukum"),
    Column("Konsekuensi bila dibuka", lambda entry: entry.consequence_if_open, "Bila dibuka", "w-text"),
    Column("Konsekuensi bila ditutup", lambda entry: entry.consequence_if_closed, "Bila ditutup", "w-text"),
)
_DIK_TERM = Column(
    "Jangka waktu", lambda entry: entry.term, "Jangka waktu", cell="partials/cells/dik_term.html", order="berakhir"
)

# On a page what belongs together stands together; as CSV each fact has a column of its own.
DIK_PAGE = (
    _DIK_NUMBER,
    _DIK_INFORMATION,
    *_DIK_REASONS,
    _DIK_TERM,
    Column(
        "Surat penetapan",
        lambda entry: f"{entry.decree_number} {date_format(entry.decree_date)}",
        "Surat penetapan",
        cell="partials/cells/dik_decree.html",
        order="sk",
    ),
)
DIK_CSV = (
    _DIK_NUMBER,
    _DIK_INFORMATION,
    *_DIK_REASONS,
    _DIK_TERM,
    Column("Berakhir pada", lambda entry: entry.ends_on.isoformat() if entry.ends_on else ""),
    Column("Unit yang menguasai", lambda entry: entry.unit_name),
    Column("Cakupan", lambda entry: entry.scope),
    Column("Nomor surat penetapan", lambda entry: entry.decree_number),
    Column("Tanggal surat penetapan", lambda entry: entry.decree_date.isoformat()),
    Column("Diperbaiki", _corrected),
    Column("Melanjutkan", lambda entry: entry.continues),
    Column("Bagian yang terbuka", lambda entry: entry.open_part_to_read),
)

_SINCE = Column("Terbuka sejak", lambda entry: date_format(entry.since))
_BECAUSE = Column("Dibuka oleh", lambda entry: entry.because, "Dibuka oleh", "w-text")
REOPENED_PAGE = (
    _DIK_NUMBER,
    Column("Informasi", lambda entry: entry.information, "Informasi", "w-text", "partials/cells/reopened.html"),
    Column("Dasar pengecualian semula", lambda entry: entry.legal_basis, "Dasar semula"),
    _SINCE,
    _BECAUSE,
)
REOPENED_CSV = (
    _DIK_NUMBER,
    _DIK_INFORMATION,
    Column("Unit yang menguasai", lambda entry: entry.unit_name),
    Column("Dasar pengecualian semula", lambda entry: entry.legal_basis),
    Column("Nomor surat penetapan", lambda entry: entry.decree_number),
    Column("Tanggal surat penetapan", lambda entry: entry.decree_date.isoformat()),
    Column("Terbuka sejak", lambda entry: entry.since.isoformat()),
    _BECAUSE,
    Column("Nomor informasi", lambda entry: entry.item_number),
)

# Of the SOP library, as a list.
SOP = (
    Column("Nomor SOP", lambda sop: sop.number, width="w-number"),
    Column("Nama SOP", lambda sop: sop.title, "Nama SOP", "w-text", "partials/cells/sop_title.html", order="nama"),
    Column("Perangkat daerah", lambda sop: sop.unit_name, order="unit"),
    Column("Tema", lambda sop: sop.theme),
    Column("Versi", lambda sop: sop.version),
    Column("Keadaan", lambda sop: sop.get_status_display()),
    Column("Berlaku sejak", lambda sop: date_format(sop.in_force_from), order="berlaku"),
    Column("Berakhir", lambda sop: date_format(sop.ended_on) if sop.ended_on else ""),
)
SOP_FILE = (
    *SOP[:6],
    Column("Berlaku sejak", lambda sop: _day(sop.in_force_from)),
    Column("Berakhir", lambda sop: _day(sop.ended_on)),
    Column("Berakhir karena", lambda sop: sop.ended_because),
    Column("Sidik PDF (SHA-256)", lambda sop: sop.pdf_sha256),
)
