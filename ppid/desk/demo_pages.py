"""The demo's own pages: the drafts that come with the portal, filled in for the demo's office, handed in and approved.

One page is left to be approved, and one announcement stands on top.
"""

import re
from datetime import datetime, timedelta

from django.utils import timezone

from ppid.organisation.models import User
from ppid.pages import acts
from ppid.pages.first_texts import first_text
from ppid.shelf.page_kinds import PAGE_KINDS

# What the drafts leave to the office, by the words that stand in them; what is not here is dropped with its line.
_FILLED = {
    "nomor, tanggal, dan judul SK pembentukan PPID": "Keputusan Wali Kota Nomor 000/PERAGAAN/2026 (peragaan)",
    "jabatan yang menjadi PPID Utama menurut SK": "Kepala Dinas Komunikasi dan Informatika",
    "jabatan yang menjadi PPID Pelaksana di setiap perangkat daerah": "sekretaris setiap perangkat daerah",
    "nomor dan tanggal SK atau peraturan yang menetapkan tugas PPID": "Keputusan Wali Kota yang sama (peragaan)",
    "wewenang PPID menurut SK": "Meminta dokumen kepada unit, memutuskan jenisnya, dan mengumumkannya (peragaan).",
    "jabatan": "Kepala Dinas Komunikasi dan Informatika",
    "jabatan atau bidang": "Bidang Pengelolaan Informasi dan Komunikasi Publik",
    "jabatan atau seksi": "Seksi Layanan Informasi",
    "jabatan di setiap perangkat daerah": "Sekretaris",
    "syarat identitas pemohon menurut SOP kantor": "salinan tanda pengenal",
    "jabatan yang bertanggung jawab atas layanan informasi": "Kepala Bidang Layanan Informasi",
    "nama, alamat, dan kontak Komisi Informasi provinsi": "Komisi Informasi Provinsi Kalimantan Barat",
    "tempat dan tanggal penandatanganan maklumat, serta jabatan yang menandatangani": (
        "Pontianak, 5 Januari 2026, Kepala Dinas Komunikasi dan Informatika (peragaan)"
    ),
    "letak loket, angkutan, tempat parkir, dan jalan masuk bagi pengguna kursi roda": (
        "Loket ada di lantai dasar; jalan masuk kursi roda di sisi kiri gedung (peragaan)."
    ),
    "sarana bagi penyandang disabilitas di kantor layanan, atau bahwa belum tersedia": (
        "Jalan masuk kursi roda dan kursi prioritas tersedia di loket (peragaan)."
    ),
}
_LEFT_WAITING = "biaya"
_BEFORE = timedelta(days=40)


def write_pages(now: datetime) -> None:
    """Let the demo's people publish the pages of the office, all but one, which waits."""
    bidang, utama = _person("bidang"), _person("utama")
    at = now - _BEFORE
    for kind in PAGE_KINDS:
        body = _filled(first_text(kind.slug))
        if kind.slug == _LEFT_WAITING:
            body = "Membaca dan mengunduh di portal ini tidak dipungut biaya, dan tidak perlu mendaftar."
            acts.hand_in(kind.slug, body, actor=bidang, seen=None, at=now - timedelta(hours=3))
            continue
        text = acts.hand_in(kind.slug, body, actor=bidang, seen=None, at=at)
        acts.approve(text, actor=utama, at=at + timedelta(hours=2))
    _move_on(bidang, utama, now)
    day = timezone.localdate(now) + timedelta(days=30)
    words = "Ini peragaan: semua isi, nama, dan nomor pada portal ini rekaan."
    first = acts.announce(words, ends_on=day, link="/halaman/", actor=bidang, at=now - timedelta(days=2))
    acts.approve(first, actor=utama, at=now - timedelta(days=2) + timedelta(minutes=20))


def _move_on(bidang: User, utama: User, now: datetime) -> None:
    """Let one page have a second edition."""
    last = acts.newest("jam-layanan-dan-kontak")
    body = f"{last.body}\n\nAntrean dibuka sampai satu jam sebelum kantor tutup."
    at = now - timedelta(days=9)
    note = "Menyebut kapan antrean ditutup."
    text = acts.hand_in(last.slug, body, actor=bidang, note=note, seen=last.pk, at=at)
    acts.approve(text, actor=utama, at=at + timedelta(hours=1))


def _filled(text: str) -> str:
    """Fill in what the draft leaves open; a line of which the demo knows nothing goes."""
    for words, answer in _FILLED.items():
        text = text.replace(f"[[isi: {words}]]", answer)
    return re.sub(r"^.*\[\[.*\]\].*\n?", "", text, flags=re.MULTILINE)


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
