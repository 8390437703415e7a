"""The one code name of each PPID term, and what it means. Also a public page: the meanings are in Indonesian."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term as officers say it, its name in the code, and its meaning."""

    indonesian: str
    code: str
    meaning: str


GLOSSARY = (
    Term(
        "Aktivitas", "Activity", "Satu baris pada bagian prosedur lembar SOP: apa yang dikerjakan, oleh pelaksana mana."
    ),
    Term(
        "Alamat pendek",
        "ShortAddress",
        "Alamat sepuluh huruf yang tercetak pada lembar dan menunjuk satu edisi untuk selamanya.",
    ),
    Term(
        "Berkala",
        "periodic",
        "Informasi yang wajib disediakan dan diumumkan secara berkala, paling lambat enam bulan sekali "
        "(UU 14/2008 Pasal 9).",
    ),
    Term(
        "Berkas tertahan",
        "FileScan",
        "Berkas yang pemindai virus menemukan sesuatu di dalamnya; tidak dikirim kepada siapa pun sampai diputuskan.",
    ),
    Term(
        "Dibuka kembali",
        "ReopenedEntry",
        "Informasi yang pernah dikecualikan dan kini terbuka, karena putusan, persetujuan, uji baru, atau berakhirnya "
        "jangka waktu.",
    ),
    Term("DIK", "DIK", "Daftar Informasi yang Dikecualikan. Daftarnya terbuka, isinya tidak."),
    Term(
        "DIP", "DIP", "Daftar Informasi Publik: apa saja yang dikuasai badan publik, oleh unit mana, dalam bentuk apa."
    ),
    Term("Dokumen", "Document", "Berkas milik sebuah informasi, dikenali dari SHA-256 isinya."),
    Term(
        "Edisi terdahulu",
        "PublishedEdition",
        "Yang dahulu diumumkan di bawah nomor yang sama. Tetap dapat dibaca di alamatnya sendiri, kecuali informasinya "
        "dikecualikan atau salah terbit.",
    ),
    Term(
        "Ekspor kantor",
        "OfficeMove",
        "Seluruh isi portal sebagai berkas terbuka, yang terbaca tanpa portal ini; tercatat dalam buku besar.",
    ),
    Term("Etalase publik", "shelf", "Segala yang sedang terbuka untuk umum di portal; portal tidak membaca yang lain."),
    Term("Hari kerja", "working day", "Senin sampai Jumat, kecuali hari libur nasional dan cuti bersama."),
    Term("Informasi publik", "Information", "Informasi yang dikuasai badan publik dan menyangkut kepentingan umum."),
    Term("Kelengkapan", "requirement", "Yang harus ada sebelum sebuah langkah dapat dikerjakan."),
    Term(
        "Kewajiban mengumumkan",
        "DutyText",
        "Apa yang menurut hukum wajib diumumkan kota atau sebuah unit tanpa diminta, dan seberapa sering.",
    ),
    Term(
        "Kode pemulihan",
        "recovery code",
        "Delapan angka yang berlaku satu kali sebagai langkah kedua, untuk hari ketika ponsel atau kunci hilang.",
    ),
    Term(
        "Kunci sandi",
        "passkey",
        "Kunci di ponsel, komputer, atau kunci USB yang dibuka dengan sidik jari, wajah, atau PIN, dan menggantikan "
        "kata sandi.",
    ),
    Term("Langkah", "step", "Satu aktivitas SOP yang sedang atau sudah dijalankan untuk sebuah proses."),
    Term(
        "Langkah kedua",
        "second factor",
        "Yang dibuktikan petugas selain kata sandinya saat masuk: kode dari aplikasi di ponsel, atau kunci sandi.",
    ),
    Term(
        "Laporan masalah",
        "Problem",
        "Yang disampaikan publik tentang halaman sebuah informasi tanpa mendaftar; dibaca petugas saja.",
    ),
    Term(
        "Masih sesuai",
        "StillRight",
        "Pernyataan bertanggal bahwa informasi berkala masih benar dan lengkap, sehingga belum perlu diperbarui.",
    ),
    Term("Median", "median", "Nilai tengah: separuh dari semua pengerjaan selesai dalam waktu ini atau kurang."),
    Term("Mutu baku", "QualityStandard", "Ukuran sebuah langkah menurut lembar SOP: kelengkapan, waktu, dan output."),
    Term("Nisan", "Tombstone", "Tanda bahwa sebuah informasi pernah terbuka lalu dicabut, beserta alasannya."),
    Term("Output", "output", "Yang harus ada setelah sebuah langkah selesai."),
    Term("Pelaksana", "Performer", "Kolom pada lembar SOP: siapa yang mengerjakan sebuah aktivitas."),
    Term(
        "Pemenuhan kewajiban",
        "Fulfilment",
        "Bahwa sebuah informasi adalah yang diminta sebuah kewajiban; dihitung hanya selama informasi itu terbuka.",
    ),
    Term(
        "Pengecualian",
        "Exclusion",
        "Keputusan bahwa suatu informasi tidak dibuka, hanya sesudah uji konsekuensi (UU 14/2008 Pasal 17 dan 19).",
    ),
    Term("Pengumuman", "Publication", "Perjalanan sebuah informasi menurut SOP sampai terbuka untuk umum."),
    Term("Penugasan", "Appointment", "Siapa bertugas di unit mana, sejak kapan sampai kapan; termasuk Plt dan Plh."),
    Term("Peran", "Role", "Kedudukan dalam PPID, misalnya PPID Utama, PPID Pelaksana, atau Operator."),
    Term("Perangkat daerah (OPD)", "Unit", "Dinas, badan, atau bagian pada pemerintah kota yang menguasai informasi."),
    Term(
        "Pernyataan nihil, tidak wajib",
        "Statement",
        "Jawaban unit atas sebuah kewajiban selain dokumen: tidak ada isinya, atau bukan kewajiban unit itu; disetujui "
        "PPID Utama dan terbuka beserta alasannya.",
    ),
    Term(
        "Peserta pengujian",
        "Participant",
        "Orang yang ikut menguji konsekuensi. Ia menandatangani lembarnya, atau mengonfirmasi isinya dengan akunnya "
        "sendiri (Perki 1/2021 Pasal 49).",
    ),
    Term(
        "PPID",
        "PPID",
        "Pejabat Pengelola Informasi dan Dokumentasi, yang bertanggung jawab atas penyimpanan dan pelayanan informasi.",
    ),
    Term(
        "Proses",
        "Case",
        "Satu informasi yang berjalan melalui langkah-langkah sebuah SOP, dari dibuka sampai berakhir. Nomornya "
        "berawal P untuk pengumuman, K untuk pengecualian.",
    ),
    Term(
        "Ralat",
        "correction",
        "Perbaikan salah tulis pada keterangan informasi yang sudah diumumkan, diusulkan satu orang dan disetujui "
        "orang lain; kata yang lama tetap terbaca.",
    ),
    Term("Riwayat", "StepRecord", "Catatan tetap dari setiap langkah: oleh siapa, kapan, dengan bukti apa."),
    Term(
        "Serta merta",
        "immediate",
        "Informasi yang dapat mengancam hajat hidup orang banyak dan ketertiban umum, diumumkan tanpa penundaan "
        "(UU 14/2008 Pasal 10).",
    ),
    Term("Sembilan dari sepuluh", "p90", "Waktu yang cukup bagi sembilan dari sepuluh pengerjaan sebuah langkah."),
    Term(
        "Sesi masuk",
        "SignInSession",
        "Keadaan masuk seorang petugas pada satu perangkat, dari masuk sampai keluar, diakhiri, atau habis waktunya.",
    ),
    Term("Setiap saat", "on_demand", "Informasi yang wajib tersedia setiap saat bagi siapa pun (UU 14/2008 Pasal 11)."),
    Term(
        "SHA-256",
        "sha256",
        "Sidik jari sebuah berkas: satu huruf saja yang berubah memberi sidik jari yang lain sama sekali.",
    ),
    Term(
        "SOP",
        "SOP",
        "Standar operasional prosedur: lembar yang ditandatangani pimpinan dan menjadi urutan kerja portal ini.",
    ),
    Term(
        "Surat penetapan",
        "ClassificationDecree",
        "Surat yang menetapkan klasifikasi informasi sebagai dikecualikan (PP 61/2010 Pasal 3).",
    ),
    Term("Tenggat", "due_at", "Saat sebuah langkah harus selesai, dihitung dari waktu pada mutu bakunya."),
    Term(
        "Uji konsekuensi",
        "ConsequenceTest",
        "Penilaian akibat bila informasi dibuka dan manfaat bila ditutup, dengan menimbang kepentingan publik.",
    ),
    Term("Waktu", "duration", "Lama pengerjaan sebuah langkah menurut lembar SOP."),
)
