"""The columns of the two registers as Perki 1/2021 names them."""

from django.utils.formats import date_format

from ppid.web.csv_lines import Column

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
