"""The words by which the columns of an office's DIP and DIK are known, and what each of them is called here."""

DIP, DIK = "dip", "dik"
LEFT_OUT = ""  # a column that is not taken

# What a table may hold, with the words under which a person chooses it.
TARGETS: dict[str, dict[str, str]] = {
    DIP: {
        "number": "Nomor dalam daftar",
        "title": "Judul informasi",
        "summary": "Ringkasan isi informasi",
        "unit": "Unit yang menguasai",
        "responsible": "Penanggung jawab pembuatan atau penerbitan",
        "made": "Waktu dan tempat pembuatan (satu kolom)",
        "made_when": "Waktu pembuatan",
        "made_place": "Tempat pembuatan",
        "form": "Bentuk informasi yang tersedia",
        "softcopy": "Softcopy (bertanda)",
        "hardcopy": "Hardcopy (bertanda)",
        "retention": "Jangka waktu penyimpanan atau retensi arsip",
        "category": "Jenis informasi",
        "periodic": "Berkala (bertanda)",
        "immediate": "Serta merta (bertanda)",
        "on_demand": "Setiap saat (bertanda)",
        "link": "Tautan",
        "file": "Nama berkas",
    },
    DIK: {
        "number": "Nomor dalam daftar",
        "title": "Informasi yang dikecualikan",
        "unit": "Unit yang menguasai",
        "legal_basis": "Dasar hukum pengecualian",
        "if_open": "Konsekuensi bila dibuka",
        "if_closed": "Konsekuensi atau manfaat bila ditutup",
        "scope": "Seluruhnya atau sebagian",
        "term": "Jangka waktu pengecualian",
        "decree": "Nomor dan tanggal surat penetapan (satu kolom)",
        "decree_number": "Nomor surat penetapan",
        "decree_date": "Tanggal surat penetapan",
    },
}
# Of which a table holds one at least: without it a row says nothing.
NEEDED: dict[str, tuple[str, ...]] = {DIP: ("title", "summary"), DIK: ("title",)}
# Columns that tell which register a table is, when two of them are headed for certain.
TELLING: dict[str, set[str]] = {
    DIP: set(TARGETS[DIP]) - {"number", "title", "unit", "link", "file"},
    DIK: set(TARGETS[DIK]) - {"number", "title", "unit"},
}
MISSING = {
    DIP: "Kolom judul atau ringkasan isi tidak ditemukan. Tunjukkan kolomnya.",
    DIK: "Kolom informasi yang dikecualikan tidak ditemukan. Tunjukkan kolomnya.",
}
UNCHOSEN = {
    DIP: "Pilih kolom judul informasi atau ringkasan isinya; tanpa itu tidak ada yang dapat diambil.",
    DIK: "Pilih kolom informasi yang dikecualikan; tanpa itu tidak ada yang dapat diambil.",
}
# Of each, headings as they are printed that leave no doubt, and words of which one is a likely guess.
_CERTAIN: dict[str, dict[str, str]] = {
    DIP: {
        "number": "no|nomor|no urut|nomor urut|nomor informasi",
        "title": "judul|judul informasi|nama informasi|nama informasi publik|judul dokumen|nama dokumen",
        "summary": "ringkasan|ringkasan isi|ringkasan isi informasi|ringkasan informasi|isi informasi|uraian informasi",
        "unit": "unit|opd|skpd|perangkat daerah|unit kerja|satuan kerja|unit satuan kerja|unit yang menguasai|"
        "unit yang menguasai informasi|pejabat unit satuan kerja yang menguasai informasi|"
        "pejabat unit satker yang menguasai informasi|pejabat unit satuan kerja yang menguasai|"
        "organisasi perangkat daerah",
        "responsible": "penanggung jawab|penanggungjawab|penanggung jawab pembuatan|penanggung jawab penerbitan|"
        "penanggung jawab pembuatan atau penerbitan informasi|penanggungjawab pembuatan atau penerbitan informasi|"
        "penanggung jawab pembuatan penerbitan informasi|penanggung jawab informasi|"
        "penanggung jawab pembuatan atau penerbitan",
        "made": "waktu dan tempat pembuatan informasi|waktu dan tempat pembuatan|waktu tempat pembuatan|"
        "tempat dan waktu pembuatan informasi|tempat dan waktu pembuatan|waktu dan tempat",
        "made_when": "waktu|waktu pembuatan|waktu pembuatan informasi|tanggal pembuatan|tahun pembuatan|tahun",
        "made_place": "tempat|tempat pembuatan|tempat pembuatan informasi",
        "form": "bentuk|bentuk informasi|bentuk informasi yang tersedia|format informasi|"
        "format informasi yang tersedia",
        "softcopy": "softcopy|soft copy|softfile|soft file|elektronik|digital|rekaman",
        "hardcopy": "hardcopy|hard copy|cetak|tercetak|fisik",
        "retention": "retensi|retensi arsip|jangka waktu penyimpanan|jangka waktu penyimpanan atau retensi arsip|"
        "jangka waktu penyimpanan retensi arsip|jangka simpan|masa simpan|masa retensi",
        "category": "jenis informasi|kategori|kategori informasi|klasifikasi informasi|jenis",
        "periodic": "berkala|secara berkala|wajib berkala|informasi berkala",
        "immediate": "serta merta|sertamerta|informasi serta merta",
        "on_demand": "setiap saat|tersedia setiap saat|informasi setiap saat",
        "link": "tautan|link|url|link tautan|tautan link|alamat tautan",
        "file": "nama berkas|nama file|berkas|file",
    },
    DIK: {
        "number": "no|nomor|no urut|nomor urut",
        "title": "informasi|informasi yang dikecualikan|informasi dikecualikan|nama informasi|jenis informasi|"
        "informasi publik yang dikecualikan|jenis informasi yang dikecualikan|judul informasi|uraian informasi|"
        "nama informasi yang dikecualikan|informasi publik",
        "unit": "unit|opd|skpd|perangkat daerah|unit kerja|satuan kerja|unit yang menguasai|unit satuan kerja|"
        "unit yang menguasai informasi|unit penguasa informasi|organisasi perangkat daerah",
        "legal_basis": "dasar hukum|dasar hukum pengecualian|dasar hukum pengecualian informasi|dasar pengecualian",
        "if_open": "bila dibuka|jika dibuka|apabila dibuka|dibuka|konsekuensi bila dibuka|konsekuensi jika dibuka|"
        "konsekuensi apabila dibuka|akibat bila dibuka|akibat jika dibuka|akibat apabila dibuka",
        "if_closed": "bila ditutup|jika ditutup|apabila ditutup|ditutup|konsekuensi bila ditutup|manfaat bila ditutup|"
        "konsekuensi jika ditutup|konsekuensi apabila ditutup|manfaat jika ditutup|manfaat apabila ditutup",
        "scope": "lingkup|cakupan|seluruhnya atau sebagian|dikecualikan seluruhnya atau sebagian",
        "term": "jangka waktu|jangka waktu pengecualian|batas waktu|batas waktu pengecualian|masa pengecualian|"
        "jangka waktu dikecualikan",
        "decree": "nomor dan tanggal surat penetapan|nomor tanggal surat penetapan|surat penetapan|"
        "nomor dan tanggal penetapan|no dan tanggal surat penetapan|nomor dan tanggal sk|sk penetapan",
        "decree_number": "nomor surat penetapan|no surat penetapan|nomor sk|no sk|nomor penetapan|nomor sk penetapan",
        "decree_date": "tanggal surat penetapan|tanggal penetapan|tanggal sk|tgl penetapan|tanggal sk penetapan",
    },
}
LIKELY: dict[str, list[tuple[str, str]]] = {
    DIP: [
        ("made", r"(waktu|tanggal)\b.*\btempat|tempat\b.*\b(waktu|tanggal)"),
        ("responsible", r"penanggung ?jawab|penerbit"),
        ("unit", r"menguasai|\bunit\b|perangkat daerah|satuan kerja|\bopd\b|\bskpd\b|satker"),
        ("retention", r"retensi|simpan"),
        ("category", r"jenis informasi|kategori|klasifikasi|sifat informasi"),
        ("form", r"bentuk|format"),
        ("summary", r"ringkasan|uraian|deskripsi|keterangan isi"),
        ("made_when", r"tahun|tanggal|waktu"),
        ("made_place", r"tempat|lokasi"),
        ("link", r"tautan|link|url|https?"),
        ("file", r"berkas|\bfile\b"),
        ("softcopy", r"soft"),
        ("hardcopy", r"hard|cetak"),
        ("title", r"judul|nama (informasi|dokumen)|informasi publik|\binformasi\b|dokumen"),
        ("number", r"^n(o|omor)\b"),
    ],
    DIK: [
        ("if_open", r"\bdi ?buka\b|terbuka"),
        ("if_closed", r"\bdi ?tutup\b|tertutup|manfaat"),
        ("decree", r"(nomor|no)\b.*\b(tanggal|tgl)\b.*\b(penetapan|sk)\b"),
        ("decree_date", r"(tanggal|tgl)\b.*\b(penetapan|sk)\b"),
        ("decree_number", r"\b(penetapan|sk)\b"),
        ("legal_basis", r"dasar|hukum|pasal|alasan"),
        ("term", r"jangka|batas waktu|masa|berlaku"),
        ("unit", r"menguasai|\bunit\b|perangkat daerah|satuan kerja|\bopd\b|\bskpd\b|satker"),
        ("scope", r"lingkup|cakupan|sebagian"),
        ("title", r"informasi|dokumen|judul"),
        ("number", r"^n(o|omor)\b"),
    ],
}
EXACT = {
    register: {heading: target for target, headings in columns.items() for heading in headings.split("|")}
    for register, columns in _CERTAIN.items()
}
