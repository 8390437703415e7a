"""What the demo tells: its items, the tables that they publish, and where the case of each one stands. Plain data."""

from dataclasses import dataclass, field

from ppid.desk.demo_exclusions import FOR_GOOD, Fate


@dataclass
class Story:
    """An item of the demo: what it is, when its case was opened (working days ago), and where it stands now.

    ``row`` is where a case of an office with a sheet of its own stands; 0 when it has ended. An urgent one is announced
    before its rows for the reason ``announced_first``, and was opened shortly before now. What was ``returned`` may be
    ``mended``: these words rewritten, the document replaced, and each point ``answered``.
    """

    title: str
    summary: str
    unit: str
    days_ago: int
    stands_at: str
    category: str = "periodic"
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    slow: dict[str, int] = field(default_factory=dict)
    returned: str = ""
    mended: dict[str, str] = field(default_factory=dict)
    answered: str = ""
    flow: str = "publication"
    public_description: str = ""
    ground: str = "h"
    statute: str = ""
    same_item_as: str = ""
    row: int | None = None
    fate: Fate = FOR_GOOD
    made_when: str = ""
    forms: tuple[str, ...] = ()
    rhythm: int = 6
    urgent_because: str = ""
    announced_first: str = ""


# Of the unit that closed since: what it published, and what it left under way to its successor.
BEFORE_CLOSING = [
    Story(
        "Daftar lembaga pelatihan kerja terdaftar 2026",
        "Nama, alamat, kejuruan, dan izin setiap lembaga pelatihan kerja di Kota Pontianak.",
        "disnaker",
        52,
        "published",
        category="on_demand",
        tables={
            "Lembaga pelatihan kerja": [
                ["Nama", "Kecamatan", "Kejuruan"],
                ["LPK Khatulistiwa", "Pontianak Kota", "Menjahit"],
                ["LPK Bina Terampil", "Pontianak Barat", "Las"],
                ["LPK Kapuas Komputer", "Pontianak Selatan", "Aplikasi perkantoran"],
            ]
        },
    ),
    Story(
        "Rekapitulasi penempatan tenaga kerja semester I 2026",
        "Pencari kerja yang terdaftar dan yang ditempatkan, menurut bulan, pendidikan, dan jenis kelamin.",
        "disnaker",
        46,
        "preparing",
    ),
]

PUBLISHED = [
    Story(
        "Laporan realisasi bantuan sosial triwulan III 2026",
        "Jumlah penerima, nilai, dan realisasi anggaran bantuan sosial per kecamatan, Juli sampai September 2026.",
        "dinsos",
        12,
        "published",
        made_when="triwulan III 2026",
        tables={
            "Penerima per kecamatan": [
                ["Kecamatan", "Penerima", "Realisasi (juta rupiah)"],
                ["Pontianak Barat", "1.412", "846"],
                ["Pontianak Kota", "987", "592"],
                ["Pontianak Selatan", "803", "481"],
                ["Pontianak Tenggara", "655", "393"],
                ["Pontianak Timur", "1.530", "918"],
                ["Pontianak Utara", "1.874", "1.124"],
            ]
        },
    ),
    Story(
        "Standar pelayanan penerbitan kartu keluarga",
        "Syarat, alur, waktu, dan biaya penerbitan kartu keluarga baru maupun perubahan data.",
        "disdukcapil",
        15,
        "published",
        category="on_demand",
        slow={"clarify": 2},
    ),
    Story(
        "Gangguan layanan pencetakan KTP elektronik di Kecamatan Pontianak Utara",
        "Pencetakan dihentikan sementara karena gangguan listrik. Layanan dialihkan ke Mal Pelayanan Publik.",
        "disdukcapil",
        9,
        "published",
        category="immediate",
    ),
    Story(
        "Statistik penerbitan dokumen kependudukan semester I 2026",
        "Banyaknya KTP elektronik, kartu keluarga, dan akta yang terbit setiap bulan, Januari sampai Juni 2026.",
        "disdukcapil",
        20,
        "published",
        slow={"prepare": 4},
        tables={
            "Dokumen terbit per bulan": [
                ["Bulan", "KTP elektronik", "Kartu keluarga", "Akta kelahiran"],
                ["Januari", "4.120", "2.311", "902"],
                ["Februari", "3.874", "2.190", "861"],
                ["Maret", "3.011", "1.742", "699"],
                ["April", "4.356", "2.508", "954"],
                ["Mei", "3.690", "2.087", "848"],
                ["Juni", "4.012", "2.265", "890"],
            ]
        },
    ),
    Story(
        "Daftar aplikasi layanan publik Pemerintah Kota Pontianak 2026",
        "Nama, fungsi, dan pengelola setiap aplikasi layanan publik yang dipakai pada tahun 2026.",
        "diskominfo",
        18,
        "published",
        category="on_demand",
    ),
    Story(
        "Rencana kerja Dinas Sosial tahun 2027",
        "Program, kegiatan, sasaran, dan pagu indikatif Dinas Sosial untuk tahun anggaran 2027.",
        "dinsos",
        25,
        "published",
        returned="Pagu indikatif belum sesuai dengan rancangan KUA-PPAS. Mohon diselaraskan.",
    ),
    # Held on paper alone: on the DIP, and on the portal with how to get it.
    Story(
        "Peraturan Daerah Kota Pontianak tentang Perubahan Kedua atas Peraturan Daerah Nomor 7 Tahun 2016 tentang "
        "Pembentukan dan Susunan Perangkat Daerah beserta penjelasan dan lampiran bagan susunan organisasinya",
        "Salinan naskah asli yang diundangkan dalam lembaran daerah, dengan lampiran berukuran besar.",
        "diskominfo",
        16,
        "published",
        category="on_demand",
        made_when="semester I 2026",
        forms=("hardcopy", "on_request"),
    ),
    # Published again: its first edition stays readable.
    Story(
        "Daftar aplikasi layanan publik Pemerintah Kota Pontianak 2026",
        "Nama, fungsi, dan pengelola setiap aplikasi layanan publik yang dipakai pada tahun 2026.",
        "diskominfo",
        8,
        "published",
        category="on_demand",
        same_item_as="Daftar aplikasi layanan publik Pemerintah Kota Pontianak 2026",
    ),
    # Monthly, and soon to be renewed.
    Story(
        "Agenda pelayanan sosial bulanan",
        "Tempat dan waktu pelayanan sosial yang terbuka bagi warga, diperbarui setiap bulan.",
        "dinsos",
        25,
        "published",
        made_when="setiap bulan",
        rhythm=1,
    ),
    # Later replaced by another item (demo_lives.py).
    Story(
        "Jadwal pelayanan perekaman KTP elektronik semester I 2026",
        "Tempat dan waktu perekaman KTP elektronik, Januari sampai Juni 2026.",
        "disdukcapil",
        30,
        "published",
        made_when="semester I 2026",
    ),
    # Public for a while, then excluded: its number keeps a tombstone.
    Story(
        "Daftar nama dan alamat penerima bantuan sosial tunai",
        "Nama dan alamat penerima bantuan sosial tunai tahap II.",
        "dinsos",
        38,
        "published",
    ),
    Story(
        "Penutupan sementara loket pelayanan akta karena banjir",
        "Loket akta di lantai satu ditutup karena banjir. Pelayanan dialihkan ke Mal Pelayanan Publik.",
        "disdukcapil",
        6,
        "published",
        category="immediate",
        urgent_because="Lantai satu kebanjiran pagi ini; warga sudah berdatangan.",
    ),
]
RUNNING = [
    Story(
        "Profil kesehatan Kota Pontianak 2025",
        "Derajat kesehatan, sumber daya, dan upaya kesehatan setiap kecamatan selama tahun 2025.",
        "dinkes",
        12,
        "preparing",
    ),
    Story(
        "Gangguan distribusi air bersih di Kecamatan Pontianak Timur",
        "Pipa induk di Jalan Tanjung Raya pecah. Air padam di tiga kelurahan; tangki air disiagakan di kantor camat.",
        "dinsos",
        0,
        "coordinating",
        category="immediate",
        urgent_because="Pipa induk pecah, air padam di tiga kelurahan; warga perlu tahu letak tangki air.",
        announced_first="Warga perlu air bersih sekarang; langkah lembar tidak dapat ditunggu.",
    ),
    Story(
        "Laporan kinerja Dinas Sosial semester I 2026",
        "Capaian indikator kinerja utama Dinas Sosial, Januari sampai Juni 2026.",
        "dinsos",
        10,
        "clarifying",
        returned="Ringkasan belum menyebut capaian.\nHalaman 4 memuat nama penerima: ganti dengan jumlahnya.",
        mended={
            "title": "Laporan kinerja Dinas Sosial Kota Pontianak semester I tahun 2026",
            "summary": "Capaian empat indikator kinerja utama Dinas Sosial, Januari sampai Juni 2026: dua melampaui 95 "
            "persen, dua belum mencapai target.",
        },
        answered="1. Ringkasan sekarang menyebut capaian keempat indikator.\n2. Dokumen diganti; nama menjadi jumlah "
        "per kelurahan.",
    ),
    Story(
        "Maklumat pelayanan Dinas Kependudukan dan Pencatatan Sipil",
        "Janji layanan, standar waktu, dan saluran pengaduan tahun 2026.",
        "disdukcapil",
        3,
        "clarifying",
        category="on_demand",
    ),
    Story(
        "Data agregat penyandang disabilitas penerima layanan 2026",
        "Banyaknya penyandang disabilitas yang menerima layanan rehabilitasi, menurut kecamatan dan ragam.",
        "dinsos",
        3,
        "preparing",
        returned="Angka di bawah lima per kelurahan harus disamarkan lebih dahulu.",
    ),
    Story(
        "Jadwal pelayanan keliling administrasi kependudukan Desember 2026",
        "Tempat dan waktu mobil pelayanan keliling di enam kecamatan selama Desember 2026.",
        "disdukcapil",
        1,
        "preparing",
        category="immediate",
    ),
    Story(
        "Profil Dinas Komunikasi dan Informatika 2026",
        "Tugas, fungsi, struktur organisasi, dan profil singkat pejabat.",
        "diskominfo",
        4,
        "renewing",
    ),
    Story("Agenda kegiatan Dinas Sosial Desember 2026", "Kegiatan yang terbuka bagi warga.", "dinsos", 1, "updating"),
]
# By the nine rows of the office's own sheet.
BY_ROWS = [
    Story(
        "Kalender pendidikan tahun ajaran 2026/2027",
        "Hari efektif, hari libur sekolah, dan masa penilaian setiap jenjang.",
        "disdikbud",
        16,
        "published",
        row=0,
    ),
    Story(
        "Daya tampung SMP negeri tahun ajaran 2026/2027",
        "Banyaknya rombongan belajar dan bangku setiap SMP negeri menurut kecamatan.",
        "disdikbud",
        9,
        "published",
        category="on_demand",
        row=9,
    ),
    Story(
        "Hasil akreditasi sekolah dasar 2026",
        "Peringkat akreditasi setiap SD negeri dan swasta.",
        "disdikbud",
        4,
        "clarifying",
        row=4,
    ),
    Story(
        "Jadwal penerimaan peserta didik baru 2027",
        "Tahap, tanggal, dan syarat pendaftaran setiap jalur.",
        "disdikbud",
        2,
        "updating",
        row=2,
    ),
]
EXCLUDED = [
    Story(
        "Data pribadi pemohon akta kelahiran tahun 2026",
        "Nama, NIK, alamat, dan data keluarga pemohon akta kelahiran.",
        "disdukcapil",
        22,
        "adopted",
        flow="exclusion",
        public_description="Data pribadi pemohon akta kelahiran tahun 2026",
        statute="Pasal 84 UU Nomor 24 Tahun 2013 tentang Administrasi Kependudukan",
    ),
    Story(
        "Daftar nama dan alamat penerima bantuan sosial tunai",
        "",
        "dinsos",
        26,
        "adopted",
        flow="exclusion",
        public_description="Nama dan alamat penerima bantuan sosial tunai",
        statute="UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
        same_item_as="Daftar nama dan alamat penerima bantuan sosial tunai",
        fate=Fate(
            redacted="Nama dan alamat penerima",
            open_part="Laporan realisasi bantuan sosial triwulan III 2026",
        ),
    ),
    Story(
        "Berkas pengaduan dan identitas pelapor dugaan penyalahgunaan bantuan sosial 2026",
        "Surat pengaduan, keterangan pelapor, dan berita acara pemeriksaan Inspektorat.",
        "dinsos",
        42,
        "adopted",
        flow="exclusion",
        public_description="Berkas pengaduan dan identitas pelapor dugaan penyalahgunaan bantuan sosial 2026",
        ground="a",
        fate=Fate(
            ends_in=35,
            term="Selama pemeriksaan Inspektorat, paling lama enam bulan",
            redacted="Nama, alamat, dan keterangan yang mengenali pelapor",
            slip="Berkas pengaduan dan identitas pelaporr dugaan penyalahgunaan bantuan sosial 2026",
            if_open="Menghambat pemeriksaan dan membahayakan pelapor.",
            if_closed="Pelapor terlindungi; hasil pemeriksaan tetap diumumkan.",
            because="Pemeriksaan Inspektorat masih berjalan.",
        ),
    ),
    Story(
        "Nota dinas seleksi penerima program rehabilitasi rumah 2025",
        "Nota dinas antarbidang tentang penilaian calon penerima.",
        "dinsos",
        40,
        "adopted",
        flow="exclusion",
        public_description="Nota dinas seleksi penerima program rehabilitasi rumah 2025",
        ground="i",
        fate=Fate(
            term="Lima tahun",
            lifted_ago=3,
            if_open="Mengganggu kebebasan pejabat menilai calon penerima.",
            if_closed="Penilaian berlangsung tanpa tekanan.",
            because="Surat antarbidang yang belum menjadi keputusan.",
        ),
    ),
    Story(
        "Naskah soal seleksi petugas pelayanan keliling 2026",
        "Soal, kunci jawaban, dan pedoman penilaian.",
        "disdukcapil",
        44,
        "adopted",
        flow="exclusion",
        public_description="Naskah soal seleksi petugas pelayanan keliling 2026",
        ground="b",
        fate=Fate(
            ends_in=-6,
            term="Sampai seleksi selesai",
            if_open="Soal diketahui sebelum seleksi, sehingga persaingan tidak sehat.",
            if_closed="Seleksi berlangsung adil.",
            because="Menjaga persaingan yang sehat di antara peserta.",
        ),
    ),
    Story(
        "Identitas anak dalam pendampingan Unit Perlindungan Sosial",
        "Daftar anak yang didampingi dengan riwayat kasusnya.",
        "dinsos",
        6,
        "adopting",
        flow="exclusion",
        public_description="Identitas anak dalam pendampingan perlindungan sosial",
        statute="UU Nomor 35 Tahun 2014 tentang Perlindungan Anak",
    ),
    Story(
        "Hasil verifikasi lapangan penerima bantuan sosial per keluarga",
        "Catatan petugas tentang keadaan ekonomi setiap keluarga.",
        "dinsos",
        4,
        "testing",
        flow="exclusion",
        public_description="Hasil verifikasi lapangan penerima bantuan sosial per keluarga",
    ),
    Story(
        "Rekaman biometrik KTP elektronik",
        "Sidik jari, iris mata, dan foto wajah penduduk.",
        "disdukcapil",
        1,
        "screening",
        flow="exclusion",
        public_description="Rekaman biometrik penduduk",
    ),
]
