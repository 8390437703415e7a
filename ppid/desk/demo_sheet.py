"""The demo's third office runs a sheet of its own: nine rows, read, mapped, bound and approved as an office does it."""

from datetime import datetime

from ppid.organisation.models import Unit, User
from sop.drafts import editing
from sop.drafts.binding import bind
from sop.importing.drafting import keep
from sop.importing.imported import Imported
from sop.models import SopVersion
from sop.sheet import Sheet, SheetRow
from sop.versions.actions import approve, submit

UNIT = "disdikbud"
# Each column with the roles that act in it.
COLUMNS = {
    "Bidang Pengelolaan dan Layanan Informasi Publik": ["bidang_layanan"],
    "Petugas Informasi/Operator PPID": ["operator"],
    "PPID Pelaksana": ["ppid_pelaksana"],
    "PPID Utama": ["ppid_utama"],
}
_BIDANG, _OPERATOR, _PELAKSANA, _UTAMA = range(4)
# The row that carries each lawful step; rows 1, 4, 8 and 9 carry none.
CARRIED = {1: 2, 2: 2, 3: 3, 4: 5, 5: 6, 6: 7, 7: 7}

_DRAFT, _APPROVED = "Rancangan dokumen informasi publik", "Dokumen informasi publik yang disetujui PPID Utama"
ROWS = (
    SheetRow(
        1,
        "Menginventarisasi informasi publik yang dikuasai bidang dan sekolah",
        _PELAKSANA,
        _PELAKSANA,
        "start",
        output="Daftar usulan informasi publik",
        duration="1 hari kerja",
    ),
    SheetRow(
        2,
        "Memutakhirkan konten dan mengkoordinasikan pengumpulan informasi publik",
        _BIDANG,
        _BIDANG,
        "process",
        requirement="Daftar usulan informasi publik",
        output="Laporan koordinasi",
        duration="1 hari kerja",
    ),
    SheetRow(
        3,
        "Menyiapkan rancangan dokumen informasi publik beserta ringkasannya",
        _PELAKSANA,
        _PELAKSANA,
        "process",
        requirement="Laporan koordinasi",
        output=_DRAFT,
        duration="2 hari kerja",
    ),
    SheetRow(
        4,
        "Memeriksa kelengkapan dan keterbacaan rancangan dokumen",
        _OPERATOR,
        _PELAKSANA,
        "process",
        requirement=_DRAFT,
        output=_DRAFT,
        duration="1 hari kerja",
    ),
    SheetRow(
        5,
        "Mengklarifikasi jenis informasi publik dan menyetujui dokumennya",
        _UTAMA,
        _UTAMA,
        "decision",
        requirement=_DRAFT,
        output=_APPROVED,
        duration="2 hari kerja",
        if_yes=6,
        if_no=3,
    ),
    SheetRow(
        6,
        "Mengkoordinasikan publikasi dan menyerahkan dokumen kepada operator",
        _BIDANG,
        _BIDANG,
        "process",
        requirement=_APPROVED,
        output=_APPROVED,
        duration="1 hari kerja",
    ),
    SheetRow(
        7,
        "Memperbaharui laman dan mempublikasikan informasi publik",
        _OPERATOR,
        _OPERATOR,
        "process",
        requirement=_APPROVED,
        output="Informasi publik pada portal",
        duration="30 menit",
    ),
    SheetRow(
        8,
        "Memeriksa tampilan informasi publik pada portal",
        _OPERATOR,
        _OPERATOR,
        "process",
        duration="15 menit",
    ),
    SheetRow(
        9,
        "Menyebarluaskan pengumuman kepada sekolah dan papan pengumuman",
        _PELAKSANA,
        _PELAKSANA,
        "end",
        duration="1 hari kerja",
    ),
)
SHEET = Sheet(
    title="PENGUMUMAN INFORMASI PUBLIK DINAS PENDIDIKAN DAN KEBUDAYAAN",
    heading="",
    letterhead=("PEMERINTAH KOTA PONTIANAK", "DINAS PENDIDIKAN DAN KEBUDAYAAN"),
    number="065/12/SOP.DISDIKBUD/2026",
    created="05/01/2026",
    revised="-",
    effective="12/01/2026",
    signatory=(
        "",
        "",
        "",
        "Dr. H. SYAHDAN LUBIS, M.Pd.",
        "Kepala Dinas Pendidikan dan Kebudayaan",
        "NIP 197105121998021003",
    ),
    performers=tuple(COLUMNS),
    rows=ROWS,
    lists={
        "legal_bases": (
            "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
            "Peraturan Pemerintah Nomor 61 Tahun 2010 tentang Pelaksanaan Undang-Undang Nomor 14 Tahun 2008",
            "Peraturan Komisi Informasi Nomor 1 Tahun 2021 tentang Standar Layanan Informasi Publik",
        ),
        "qualifications": (
            "Memahami peraturan tentang keterbukaan informasi publik",
            "Menguasai penggunaan portal PPID",
        ),
        "related": ("SOP Pengumuman Informasi Publik",),
        "equipment": ("Komputer dan jaringan internet",),
        "warnings": ("Bila SOP ini tidak dilaksanakan, informasi publik terlambat sampai kepada warga dan sekolah",),
        "records": ("Riwayat proses pada portal PPID",),
    },
)


def bring_into_force(*, keeper: User, chief: User, at: datetime) -> SopVersion:
    """Take the office's sheet from the file to its approval; from then on the office's cases follow it."""
    unit = Unit.objects.get(code=UNIT)
    draft = keep(Imported(SHEET), unit=unit, actor=keeper, title="Pengumuman Informasi Publik Disdikbud", at=at)
    bind(draft.sop, "publication", actor=keeper, why="Kantor kami bekerja dalam sembilan langkah.", at=at)
    rows = {activity.number: activity.pk for activity in draft.activities.all()}
    typed = {f"carries.{step}": rows[number] for step, number in CARRIED.items()}
    for performer in draft.performers.all():
        typed[f"performer.{performer.pk}.roles"] = COLUMNS[performer.label]
    saved = editing.save(draft, typed, actor=keeper, seen=0, at=at)
    editing.confirm_interpretation(draft, actor=keeper, seen=saved.revision, at=at)
    submit(draft, actor=keeper, at=at)
    return approve(draft, actor=chief, at=at, why="Sesuai naskah kantor.")
