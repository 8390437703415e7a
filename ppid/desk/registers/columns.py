"""The columns of the registers, as they leave the desk as CSV."""

from django.utils import timezone
from django.utils.formats import date_format

from ppid.web.csv_lines import Column


def _moment(value) -> str:
    return date_format(timezone.localtime(value), "Y-m-d H:i") if value else ""


CASES = (
    Column("Nomor perkara", lambda case: case.number),
    Column("Nomor informasi", lambda case: case.information.number),
    Column("Judul", lambda case: case.information.title),
    Column("Perangkat daerah", lambda case: case.unit.name),
    Column("Keadaan", lambda case: case.state_label),
    Column("Dibuka", lambda case: _moment(case.opened_at)),
    Column("Diterima pada langkah ini", lambda case: _moment(case.received_at) if case.is_running else ""),
    Column("Tenggat", lambda case: _moment(case.due_at)),
    Column("Berakhir", lambda case: _moment(case.ended_at)),
    Column("Langkah terlambat", lambda case: case.late_steps),
)

# The columns of the annex (Perki 1/2021).
DIP = (
    Column("Nomor", lambda row: row.number),
    Column("Ringkasan isi informasi", lambda row: f"{row.shown.title}. {row.shown.summary}"),
    Column("Pejabat/unit/satuan kerja yang menguasai informasi", lambda row: row.unit.name),
    Column("Penanggung jawab pembuatan atau penerbitan informasi", lambda row: row.shown.responsible),
    Column("Waktu dan tempat pembuatan informasi", lambda row: row.made),
    Column("Bentuk informasi yang tersedia", lambda row: row.shown.form_text),
    Column("Jangka waktu penyimpanan atau retensi arsip", lambda row: row.shown.retention),
    Column("Jenis informasi", lambda row: row.shown.get_category_display()),
    Column("Keadaan", lambda row: row.state),
)
DIK = (
    Column("Nomor", lambda entry: entry.number),
    Column("Informasi", lambda entry: entry.information),
    Column("Dasar hukum pengecualian", lambda entry: entry.legal_basis),
    Column("Konsekuensi bila dibuka", lambda entry: entry.consequence_if_open),
    Column("Konsekuensi bila ditutup", lambda entry: entry.consequence_if_closed),
    Column("Jangka waktu", lambda entry: entry.term),
    Column("Berakhir pada", lambda entry: entry.ends_on.isoformat() if entry.ends_on else ""),
    Column("Unit yang menguasai", lambda entry: entry.unit_name),
    Column("Cakupan", lambda entry: entry.scope),
    Column("Nomor surat penetapan", lambda entry: entry.decree_number),
    Column("Tanggal surat penetapan", lambda entry: entry.decree_date.isoformat()),
)
