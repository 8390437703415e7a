"""Documents that begin as flat OpenDocument: drawn shapes over the cells, page breaks, several worksheets."""

_SPACES = """xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"
"""
_WIDTHS = [1, 6, 3, 3, 3, 3.5, 2, 3.5]  # cm, 25 together


def _writer(body: str) -> str:
    columns = "".join(
        f'<style:style style:name="c{n}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}cm"/></style:style>'
        for n, width in enumerate(_WIDTHS)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>{columns}
<style:style style:name="t" style:family="table">
 <style:table-properties style:width="25cm" table:align="left"/></style:style>
<style:style style:name="g" style:family="graphic"><style:graphic-properties style:wrap="run-through"
 style:horizontal-pos="from-left" style:horizontal-rel="paragraph" style:vertical-pos="from-top"
 style:vertical-rel="paragraph" draw:fill="none"/></style:style>
<style:page-layout style:name="p"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"
 style:print-orientation="landscape" fo:margin="2cm"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="p"/></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def shape(kind: str, x: float, width: float = 2, text: str = "") -> str:
    """Draw a shape anchored to the paragraph it stands in; ``x`` in cm from the paragraph's left edge."""
    return (
        f'<draw:custom-shape text:anchor-type="paragraph" draw:style-name="g" svg:width="{width}cm" svg:height="0.7cm" '
        f'svg:x="{x}cm" svg:y="0.1cm"><text:p>{text}</text:p><draw:enhanced-geometry svg:viewBox="0 0 21600 21600" '
        f'draw:type="{kind}"/></draw:custom-shape>'
    )


def _cell(content: str = "", *, wide: int = 1, high: int = 1) -> str:
    spans = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
    paragraphs = "".join(f"<text:p>{part}</text:p>" for part in content.split("\n"))
    covered = "<table:covered-table-cell/>" * (wide - 1)
    return f'<table:table-cell office:value-type="string"{spans}>{paragraphs}</table:table-cell>{covered}'


def _row(*cells: str) -> str:
    return (
        "<table:table-row>" + "".join(c if c.startswith("<table:") else _cell(c) for c in cells) + "</table:table-row>"
    )


_COVERED = "<table:covered-table-cell/>"


def _table(*rows: str, columns: int = 8) -> str:
    widths = "".join(f'<table:table-column table:style-name="c{n}"/>' for n in range(columns))
    return f'<table:table table:style-name="t">{widths}{"".join(rows)}</table:table>'


_OFFICE = "PEMERINTAH KOTA PONTIANAK\nKECAMATAN PONTIANAK KOTA"


def _identity(number: str, title: str) -> str:
    return _table(
        _row(_cell(_OFFICE, wide=5, high=3), "Nomor SOP", _cell(number, wide=2)),
        _row(_COVERED, *[_COVERED] * 4, "Tgl. Pembuatan", _cell("3 Maret 2026", wide=2)),
        _row(_COVERED, *[_COVERED] * 4, "Nama SOP", _cell(title, wide=2)),
        _row(
            _cell("Dasar Hukum:\n1. Undang-Undang Nomor 14 Tahun 2008\n2. Peraturan Wali Kota Nomor 3", wide=5),
            _cell("Kualifikasi Pelaksana:\nS1 semua jurusan", wide=3),
        ),
        _row(
            _cell("Peringatan:\nBerkas dapat hilang.", wide=5),
            _cell("Pencatatan dan Pendataan:\nBuku agenda", wide=3),
        ),
    )


_HEAD = [
    _row(_cell("No", high=2), _cell("Aktivitas", high=2), _cell("Pelaksana", wide=3), _cell("Mutu Baku", wide=3)),
    _row(_COVERED, _COVERED, "Pelaksana Umum", "Kasi Pelayanan", "Camat", "Kelengkapan", "Waktu", "Output"),
]

_TERMINATOR, _PROCESS, _DECISION = "flowchart-terminator", "flowchart-process", "flowchart-decision"

# Each shape in the paragraph of its own cell.
_SHAPES = _writer(
    _identity("100/01", "LEGALISASI SURAT")
    + "<text:p/>"
    + _table(
        *_HEAD,
        _row(
            "1", "Menerima surat", shape(_TERMINATOR, 0.4, text="Mulai"), "", "", "Surat", "5 menit", "Surat tercatat"
        ),
        _row("2", "Memeriksa surat", "", shape(_DECISION, 0.4), "", "Surat tercatat", "10 menit", "Surat diperiksa"),
        _row("3", "Menandatangani surat", "", "", shape(_PROCESS, 0.4), "Surat diperiksa", "1 hari", "Surat sah"),
        _row(
            "4",
            "Menyerahkan surat",
            shape(_TERMINATOR, 0.4, text="Selesai"),
            "",
            "",
            "Surat sah",
            "5 menit",
            "Tanda terima",
        ),
    )
)

# All shapes in the paragraph of the number's cell, moved over the grid: columns begin at 7, 10 and 13 cm.
_FLOATING = _writer(
    _identity("100/02", "SURAT KETERANGAN DOMISILI")
    + "<text:p/>"
    + _table(
        *_HEAD,
        _row("1" + shape(_TERMINATOR, 7.4), "Menerima permohonan", "", "", "", "KTP", "5 menit", "Permohonan"),
        _row(
            "2" + shape(_DECISION, 10.4),
            "Memverifikasi permohonan",
            "",
            "",
            "",
            "Permohonan",
            "1 jam",
            "Hasil verifikasi",
        ),
        _row(
            "3" + shape(_PROCESS, 10.2, 5.6),
            "Membahas permohonan",
            "",
            "",
            "",
            "Hasil verifikasi",
            "1 hari",
            "Persetujuan",
        ),
        _row("4" + shape(_PROCESS, 12), "Mencetak surat", "", "", "", "Persetujuan", "10 menit", "Surat"),
        _row("5" + shape(_TERMINATOR, 7.4), "Menyerahkan surat", "", "", "", "Surat", "5 menit", "Tanda terima"),
    )
)


def _calc(*sheets: tuple[str, str]) -> str:
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"""


_WORKSHEETS = _calc(
    (
        "Identitas",
        _row("", _cell("PEMERINTAH KOTA PONTIANAK"), "Nomor SOP", ":", "800/05/BKPSDM")
        + _row("", _cell("BADAN KEPEGAWAIAN"), "Tanggal Revisi", ":", "-")
        + _row("", "", "Nama SOP", ":", "KENAIKAN PANGKAT")
        + _row("", "Dasar Hukum", "", "Kualifikasi Pelaksana", "")
        + _row("", "1. PP Nomor 11 Tahun 2017", "", "1. Teliti", "")
        + _row("", "2. PP Nomor 17 Tahun 2020", "", "2. Menguasai aplikasi", ""),
    ),
    (
        "Prosedur",
        _row("KENAIKAN PANGKAT")
        + _row()
        + _row("No", "Kegiatan", _cell("Pelaksana", wide=3), _cell("Mutu Baku", wide=3), "Keterangan")
        + _row("", "", "Pegawai", "Analis", "Kepala Badan", "Kelengkapan", "Waktu", "Output", "")
        + _row("1", "2", "3", "4", "5", "6", "7", "8", "9")
        + _row("1", "Mengusulkan kenaikan pangkat", "Mulai", "", "", "Berkas", "1 hari", "Usulan", "")
        + _row(
            "2", "Memeriksa usulan", "", "Keputusan", "", "Usulan", "3 hari", "Usulan sah", "Bila tidak, kembali ke 1"
        )
        + _row("3", "Menandatangani keputusan", "", "", "Selesai", "Usulan sah", "1 minggu", "Keputusan", ""),
    ),
)

_ONE_SHEET = _calc(
    (
        "SOP",
        _row("STANDAR OPERASIONAL PROSEDUR")
        + _row("Nomor SOP", "440/7")
        + _row("Nama SOP", "IMUNISASI")
        + _row("Dasar Hukum", "Permenkes Nomor 12 Tahun 2017")
        + _row("Peringatan", "Vaksin rusak bila suhu naik.")
        + _row()
        + _row("No", "Kegiatan", "Perawat", "Dokter", "Waktu", "Output")
        + _row("1", "Mendaftar pasien", "●", "", "5 menit", "Pasien terdaftar")
        + _row("2", "Memeriksa pasien", "", "●", "10 menit", "Pasien layak")
        + _row("3", "Menyuntik vaksin", "●", "", "5 menit", "Pasien divaksin")
        + _row("Catatan: vaksin disimpan pada 2-8 derajat."),
    )
)

DOCUMENTS = {
    "bentuk.docx": _SHAPES,
    "bentuk-melayang.docx": _FLOATING,
    "dua-lembar.xlsx": _WORKSHEETS,
    "satu-lembar.xlsx": _ONE_SHEET,
}
