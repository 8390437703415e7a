"""Documents that begin as HTML: LibreOffice makes Word tables and worksheets with merged cells of it."""

HEAD = '<html><head><meta charset="utf-8"><style>@page { size: landscape }</style></head><body>'
PORTRAIT = '<html><head><meta charset="utf-8"></head><body>'
END = "</body></html>"

IDENTITY = """
<table border="1" width="100%">
<tr><td rowspan="6" align="center"><p>PEMERINTAH KOTA PONTIANAK</p><p>DINAS SOSIAL</p></td>
  <td>Nomor SOP</td><td>{number}</td></tr>
<tr><td>Tanggal Pembuatan</td><td>12 Januari 2026</td></tr>
<tr><td>Tanggal Revisi</td><td>-</td></tr>
<tr><td>Tanggal Efektif</td><td>1 Februari 2026</td></tr>
<tr><td>Disahkan oleh</td><td><p>Kepala Dinas Sosial</p><p><br></p><p>drg. TRIAN WATI, M.M.</p></td></tr>
<tr><td>Nama SOP</td><td>{title}</td></tr>
<tr><td><b>Dasar Hukum</b></td><td colspan="2"><b>Kualifikasi Pelaksana</b></td></tr>
<tr><td><ol><li>Undang-Undang Nomor 14 Tahun 2008</li><li>Peraturan Pemerintah Nomor 61 Tahun 2010</li></ol></td>
  <td colspan="2"><ol><li>Memahami pelayanan publik</li><li>Mampu mengoperasikan komputer</li></ol></td></tr>
<tr><td><b>Keterkaitan</b></td><td colspan="2"><b>Peralatan/Perlengkapan</b></td></tr>
<tr><td>SOP Surat Masuk</td><td colspan="2"><ol><li>Komputer</li><li>Printer</li></ol></td></tr>
<tr><td><b>Peringatan</b></td><td colspan="2"><b>Pencatatan dan Pendataan</b></td></tr>
<tr><td>Bila terlambat, pemohon dirugikan.</td><td colspan="2">Buku register</td></tr>
</table>
"""


def heading(text: str) -> str:
    return f'<p align="center"><b>{text}</b></p>'


def table(*rows: list[str], head: str) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1" width="100%">{head}{body}</table>'


HEAD_OF_TWO = """
<tr><th rowspan="2">No</th><th rowspan="2">Kegiatan</th><th colspan="2">Pelaksana</th><th colspan="3">Mutu Baku</th>
  <th rowspan="2">Ket</th></tr>
<tr><th>Petugas Loket</th><th>Kepala Seksi</th><th>Kelengkapan</th><th>Waktu</th><th>Output</th></tr>
"""

_STEPS = [
    ["1.", "Menerima berkas permohonan", "X", "", "Surat permohonan", "10 menit", "Berkas diterima", ""],
    [
        "2.",
        "Memeriksa kelengkapan berkas",
        "",
        "X",
        "Berkas diterima",
        "1 hari",
        "Berkas lengkap",
        "Bila kurang, kembali",
    ],
    ["3.", "Mengarsipkan berkas", "X", "", "Berkas lengkap", "15 menit", "Arsip", ""],
]

_MERGED = (
    HEAD
    + heading("STANDAR OPERASIONAL PROSEDUR")
    + IDENTITY.format(number="065/12/SOP.DINSOS/2026", title="PELAYANAN PERMOHONAN BANTUAN")
    + "<p></p>"
    + heading("PELAYANAN PERMOHONAN BANTUAN")
    + table(*_STEPS, head=HEAD_OF_TWO)
    + END
)

_SPLIT = (
    HEAD
    + IDENTITY.format(number="065/13", title="PENGELOLAAN ARSIP")
    + table(*_STEPS[:2], head=HEAD_OF_TWO)
    + "<p>Lanjutan</p>"
    + table(*_STEPS[2:], ["4.", "Melaporkan arsip", "", "X", "Arsip", "2 hari kerja", "Laporan", ""], head=HEAD_OF_TWO)
    + END
)

_PORTRAIT = (
    PORTRAIT
    + IDENTITY.format(number="065/14", title="Penerimaan Tamu Dinas")
    + table(
        ["1", "Menyambut tamu", "●", "", "Buku tamu", "5 menit", "Tamu tercatat", ""],
        ["2", "Menerima tamu", "", "●", "-", "± 30 menit", "Tamu dilayani", "Sesuai jadwal"],
        head=HEAD_OF_TWO,
    )
    + "<p>Ditetapkan di Pontianak pada hari kerja pertama.</p>"
    + END
)

_ONE_OFF = (
    HEAD
    + heading("C. PENDAFTARAN PENDUDUK")
    + IDENTITY.format(number="/ DISDUKCAPIL / 2026", title="PENDAFTARAN PENDUDUK")
    + table(
        ["1", "Menerima berkas", "√", "", "", "KTP", "10 menit", "Tanda terima"],
        ["2", "Memverifikasi data", "", "√", "", "Tanda terima", "1 hari", "Data sah"],
        ["3", "Menandatangani akta", "", "", "√", "Data sah", "1 hari", "Akta"],
        head='<tr><th>No.</th><th>Aktivitas</th><th colspan="2">Pelaksana</th><th colspan="4">Mutu Baku</th></tr>'
        "<tr><th></th><th></th><th>Loket</th><th>Operator</th><th>Kepala Bidang</th><th>Kelengkapan</th><th>Waktu</th>"
        "<th>Output</th></tr>",
    )
    + END
)

_NUMBER_IN_CELL = (
    HEAD
    + IDENTITY.format(number="065/15", title="PEMINJAMAN RUANG RAPAT")
    + table(
        ["1. Mengajukan permohonan pinjam", "V", "", "Surat", "1 hari", "Permohonan"],
        ["2. Memeriksa jadwal ruang", "", "V", "Permohonan", "1 jam", "Jadwal"],
        ["3. Menyerahkan kunci", "", "V", "Jadwal", "5 menit", "Kunci diserahkan"],
        head='<tr><th rowspan="2">Uraian Kegiatan</th><th colspan="2">Pelaksana</th><th colspan="3">Mutu Baku</th></tr>'
        "<tr><th>Pemohon</th><th>Bagian Umum</th><th>Persyaratan/Kelengkapan</th><th>Waktu</th><th>Output</th></tr>",
    )
    + END
)

_TIMES = (
    HEAD
    + IDENTITY.format(number="065/16", title="PENANGANAN PENGADUAN")
    + table(
        ["1", "Menerima pengaduan", "X", "", "Formulir", "15 Menit", "Pengaduan tercatat", ""],
        ["2", "Menelaah pengaduan", "", "X", "Pengaduan", "3 (tiga) hari kerja", "Telaahan", ""],
        ["3", "Menindaklanjuti pengaduan", "", "X", "Telaahan", "1-2 minggu", "Tindak lanjut", ""],
        ["4", "Memantau tindak lanjut", "", "X", "Tindak lanjut", "1 bulan", "Laporan", ""],
        ["5", "Menutup pengaduan", "X", "", "Laporan", "2 jam", "Arsip", ""],
        ["", "Jumlah waktu", "", "", "", "35 hari", "", ""],
        head=HEAD_OF_TWO,
    )
    + END
)

_TWO_SHEETS = (
    HEAD
    + heading("A. SURAT MASUK")
    + IDENTITY.format(number="065/17", title="SURAT MASUK")
    + table(
        ["1", "Menerima surat", "X", "", "Surat", "5 menit", "Surat tercatat", ""],
        ["2", "Mendisposisi surat", "", "X", "Surat tercatat", "1 jam", "Disposisi", ""],
        head=HEAD_OF_TWO,
    )
    + heading("B. SURAT KELUAR")
    + IDENTITY.format(number="065/18", title="SURAT KELUAR")
    + table(
        ["1", "Menyusun konsep surat", "X", "", "Disposisi", "1 jam", "Konsep", ""],
        ["2", "Menandatangani surat", "", "X", "Konsep", "1 hari", "Surat", ""],
        ["3", "Mengirim surat", "X", "", "Surat", "1 hari", "Tanda kirim", ""],
        head=HEAD_OF_TWO,
    )
    + END
)

_PARAGRAPHS = (
    PORTRAIT
    + "<p>PEMERINTAH KOTA PONTIANAK</p><p>DINAS KOMUNIKASI DAN INFORMATIKA</p>"
    + "<p>Nama SOP : Pemeliharaan Jaringan</p><p>Nomor SOP : 555/01/KOMINFO</p><p>Tanggal Pembuatan : 2025</p>"
    + "<p>Tanggal Efektif : 2 Januari 2026</p><p>Disahkan oleh : Kepala Dinas</p>"
    + "<p>Dasar Hukum :</p><p>1. Peraturan Presiden Nomor 95 Tahun 2018</p>"
    + "<p>2. Peraturan Wali Kota Nomor 3 Tahun 2021</p>"
    + "<p>Kualifikasi Pelaksana :</p><p>- Menguasai jaringan</p><p>- Teliti</p>"
    + "<p>Peringatan :</p><p>Jaringan dapat terputus.</p>"
    + table(
        ["1", "Memeriksa perangkat", "Teknisi", "Daftar periksa", "1 jam", "Hasil periksa"],
        ["2", "Memperbaiki perangkat", "Teknisi", "Hasil periksa", "4 jam", "Perangkat baik"],
        ["3", "Mengesahkan laporan", "Kepala Seksi Infrastruktur", "Perangkat baik", "1 hari", "Laporan"],
        head="<tr><th>No</th><th>Langkah Kegiatan</th><th>Penanggung Jawab</th><th>Kelengkapan</th><th>Waktu</th>"
        "<th>Hasil</th></tr>",
    )
    + END
)

_EXTRA = (
    HEAD
    + IDENTITY.format(number="065/19", title="PENYALURAN BANTUAN")
    + table(
        ["1", "Mendata penerima", "X", "", "Formulir", "2 hari", "Data", "", "Data ganda"],
        ["2", "Menyalurkan bantuan", "", "X", "Data", "1 hari", "Bantuan diterima", "Foto", "Salah sasaran"],
        head='<tr><th rowspan="2">No</th><th rowspan="2">Kegiatan</th><th colspan="2">Pelaksana</th>'
        '<th colspan="3">Mutu Baku</th><th rowspan="2">Keterangan</th><th rowspan="2">Risiko</th></tr>'
        "<tr><th>Pendamping</th><th>Bendahara</th><th>Kelengkapan</th><th>Waktu</th><th>Output</th></tr>",
    )
    + END
)

_MARKS = (
    HEAD
    + IDENTITY.format(number="065/20", title="PENGADAAN BARANG")
    + table(
        ["1", "Menyusun kebutuhan", "X", "", "RKA", "3 hari", "Daftar kebutuhan", ""],
        ["2", "Membahas kebutuhan", "X", "X", "Daftar kebutuhan", "1 hari", "Berita acara", "Rapat"],
        ["3", "Menetapkan pengadaan", "", "X", "Berita acara", "1 hari", "Penetapan", ""],
        ["4", "Mengumumkan pengadaan", "", "", "Penetapan", "1 hari", "Pengumuman", ""],
        head=HEAD_OF_TWO,
    )
    + END
)

_COLOURS = (
    HEAD
    + "<table><tr><td>Nama SOP</td><td>PEMBUATAN KARTU</td></tr><tr><td>Nomor SOP</td><td>065/21</td></tr></table>"
    + """<table border="1"><tr><th>No</th><th>Aktivitas</th><th>Loket</th><th>Operator</th>
<th>Waktu</th><th>Output</th></tr>
<tr><td>1</td><td>Menerima berkas</td><td bgcolor="#99ccff"></td><td></td><td>5 menit</td><td>Berkas</td></tr>
<tr><td>2</td><td>Mencetak kartu</td><td></td><td bgcolor="#99ccff"></td><td>10 menit</td><td>Kartu</td></tr>
<tr><td>3</td><td>Menyerahkan kartu</td>
<td bgcolor="#99ccff"></td><td></td><td>5 menit</td><td>Kartu diserahkan</td></tr>
</table>"""
    + END
)

DOCUMENTS = {
    "sel-gabung.docx": _MERGED,
    "dua-tabel.docx": _SPLIT,
    "tegak.docx": _PORTRAIT,
    "kolom-geser.docx": _ONE_OFF,
    "nomor-dalam-sel.docx": _NUMBER_IN_CELL,
    "waktu-campuran.docx": _TIMES,
    "dua-sop.docx": _TWO_SHEETS,
    "identitas-paragraf.docx": _PARAGRAPHS,
    "kolom-tambahan.docx": _EXTRA,
    "tanda-x.xlsx": _MARKS,
    "warna.xlsx": _COLOURS,
}
