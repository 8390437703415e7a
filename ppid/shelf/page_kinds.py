"""Which pages the office writes about itself, as data: the public lists them, the desk writes them.

``expects`` is what an assessor of openness (E-Monev) looks for on the page, in the words of the desk.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page that the office writes. ``slug`` is its address, for ever; ``lang`` the language that it is written in."""

    slug: str
    title: str
    expects: str
    group: str
    is_required: bool = True
    lang: str = "id"


OFFICE, ASKING, SERVICE = "Tentang kami", "Meminta informasi", "Layanan"

PAGE_KINDS = (
    PageKind(
        "profil",
        "Profil PPID",
        "Kedudukan dan alamat kantor, dasar pembentukan (SK PPID), PPID Utama dan PPID Pelaksana menurut jabatannya.",
        OFFICE,
    ),
    PageKind(
        "tugas-dan-fungsi",
        "Tugas dan fungsi",
        "Tugas, fungsi, dan wewenang PPID menurut SK atau peraturan yang membentuknya.",
        OFFICE,
    ),
    PageKind(
        "struktur",
        "Struktur organisasi",
        "Susunan PPID dari Atasan PPID sampai PPID Pelaksana, tertulis dengan kata, bukan gambar saja.",
        OFFICE,
    ),
    PageKind(
        "maklumat-pelayanan",
        "Maklumat pelayanan",
        "Janji layanan yang ditandatangani pimpinan, dan standar layanan: SOP permintaan, keberatan, dan pengumuman.",
        SERVICE,
    ),
    PageKind(
        "meminta-informasi",
        "Cara meminta informasi",
        "Hak pemohon, syarat, cara mengajukan, formulir, batas waktu jawaban, dan penanggung jawab dengan kontaknya.",
        ASKING,
    ),
    PageKind(
        "mengajukan-keberatan",
        "Cara mengajukan keberatan dan sengketa",
        "Alasan keberatan, batas waktu, kepada siapa, dan jalan selanjutnya ke Komisi Informasi.",
        ASKING,
    ),
    PageKind(
        "biaya",
        "Biaya",
        "Apakah ada biaya, untuk apa, berapa, dan cara membayarnya.",
        SERVICE,
    ),
    PageKind(
        "jam-layanan-dan-kontak",
        "Jam layanan dan kontak",
        "Alamat, telepon, surel, jam layanan, dan cara datang ke kantor.",
        SERVICE,
    ),
    PageKind(
        "aksesibilitas",
        "Pernyataan aksesibilitas",
        "Sarana bagi penyandang disabilitas, hambatan yang masih ada, dan ke mana menyampaikannya.",
        SERVICE,
    ),
    PageKind(
        "english",
        "Public information in English",
        "Ringkasan dalam bahasa Inggris: apa portal ini, cara meminta informasi, batas waktu, dan kontak.",
        OFFICE,
        is_required=False,
        lang="en",
    ),
)
BY_SLUG = {kind.slug: kind for kind in PAGE_KINDS}
GROUPS = (OFFICE, ASKING, SERVICE)
