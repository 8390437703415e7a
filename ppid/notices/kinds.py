"""The kinds of news, as data: what each is called, how a mail of it begins, and how it is sent unless switched."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How a person is told of a kind besides the desk, which always tells."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    BOTH = "both"
    NONE = "none"


HOW_LABELS = {
    How.AT_ONCE: "langsung",
    How.DIGEST: "ringkasan pagi",
    How.BOTH: "langsung dan ringkasan pagi",
    How.NONE: "hanya di meja",
}


@dataclass(frozen=True, slots=True)
class NewsKind:
    """A kind of news.

    ``label`` is what its switch is called, ``opens`` how a notice of it begins, ``act`` what the button of its mail
    says, ``icon`` what the desk draws. ``how`` holds until the person says otherwise, which they can't of what is not
    ``is_switched``: it is about their own account or all that the office has, and is sent also when somebody has read
    it at the desk.
    """

    key: str
    label: str
    opens: str
    act: str = "Buka di meja"
    icon: str = "bell"
    how: How = How.AT_ONCE
    is_switched: bool = True


_ALL = (
    NewsKind("arrived", "Pekerjaan datang", "Menunggu Anda", "Baca dan kerjakan", "inbox-arrow-down", How.BOTH),
    NewsKind("returned", "Dikembalikan", "Dikembalikan", "Baca alasannya", "arrow-uturn-left", How.BOTH),
    NewsKind("undone", "Langkah diurungkan", "Langkah diurungkan", icon="arrow-uturn-left"),
    NewsKind("ended", "Proses berakhir tanpa diumumkan", "Proses berakhir", icon="archive-box", how=How.DIGEST),
    NewsKind("published", "Informasi yang Anda siapkan diumumkan", "Sudah diumumkan", "Lihat", "megaphone"),
    NewsKind("urgent", "Dinyatakan serta merta", "Serta merta, jangan ditunda", "Kerjakan sekarang", "bolt"),
    NewsKind("decided", "Putusan dan persetujuan", "Sudah diputuskan", "Baca putusannya", "scale"),
    NewsKind(
        "due_tomorrow",
        "Tenggat hari kerja berikutnya",
        "Tenggat hari kerja berikutnya",
        "Kerjakan",
        "clock",
        How.DIGEST,
    ),
    NewsKind("due_today", "Tenggat hari ini", "Tenggat hari ini", "Kerjakan", "clock", How.DIGEST),
    NewsKind("due_soon", "Tenggat beberapa menit lagi", "Tenggat beberapa menit lagi", "Kerjakan sekarang", "clock"),
    NewsKind("overdue", "Terlambat", "Terlambat", "Kerjakan", "exclamation-circle", How.BOTH),
    NewsKind("overdue_others", "Terlambat pada orang lain (tembusan)", "Terlambat pada orang lain", "Lihat", "users"),
    NewsKind("sheet_to_approve", "Lembar SOP untuk disahkan", "Lembar SOP menunggu Anda", "Baca lembarnya"),
    NewsKind("sheet_sent_back", "Lembar SOP dikembalikan", "Lembar SOP dikembalikan", "Baca alasannya"),
    NewsKind("exclusion_ending", "Pengecualian akan berakhir", "Pengecualian akan berakhir", "Putuskan", "lock-open"),
    NewsKind("item_to_renew", "Informasi berkala perlu diperbarui", "Perlu diperbarui", "Perbarui", "arrow-path"),
    NewsKind("appointment_ending", "Penugasan akan berakhir", "Penugasan akan berakhir", icon="identification"),
    NewsKind("asked", "Pertanyaan untuk Anda", "Pertanyaan untuk Anda", "Jawab", "chat-bubble-left-right"),
    NewsKind("answered", "Pertanyaan Anda dijawab", "Pertanyaan Anda dijawab", "Baca jawabannya", "chat-bubble-left"),
    NewsKind("problem", "Publik melaporkan data pribadi", "Publik melaporkan masalah", "Baca laporannya", "flag"),
    NewsKind("infected", "Pemindai virus menahan berkas", "Berkas ditahan", "Lihat", "shield-exclamation"),
    NewsKind("reminded", "Anda diingatkan tentang yang menunggu", "Anda diingatkan", "Kerjakan", "bell-alert"),
    NewsKind(
        "confirm_test",
        "Uji konsekuensi menunggu konfirmasi Anda",
        "Uji konsekuensi menunggu konfirmasi Anda",
        "Baca lembarnya",
        "document-check",
    ),
    NewsKind("taken_over", "Rekan mengambil alih yang Anda kerjakan", "Diambil alih", "Lihat", "hand-raised", How.NONE),
    NewsKind("trouble", "Gangguan pada portal", "Portal perlu dibenahi", "Lihat keadaannya", "wrench-screwdriver"),
    NewsKind(
        "office_moved",
        "Seluruh data kantor diekspor atau dibawa masuk",
        "Seluruh data kantor",
        "Lihat catatannya",
        "arrow-up-tray",
        is_switched=False,
    ),
    NewsKind(
        "new_device",
        "Akun Anda dipakai di perangkat baru",
        "Masuk dari perangkat yang belum dikenal",
        "Lihat sesi Anda",
        "shield-exclamation",
        is_switched=False,
    ),
    NewsKind(
        "session_moved",
        "Sesi Anda diakhiri",
        "Sesi diakhiri demi keamanan",
        "Lihat sesi Anda",
        "shield-exclamation",
        is_switched=False,
    ),
    NewsKind("account", "Keamanan akun", "Keamanan akun Anda", "Baca", "shield-check", is_switched=False),
    NewsKind("digest", "Ringkasan pagi", "Ringkasan pagi", "Buka Menunggu Anda", "sun"),
)
KINDS = {kind.key: kind for kind in _ALL}
DIGEST = "digest"
# What a person may switch; the digest follows from what is left to it.
SWITCHED = tuple(kind for kind in _ALL if kind.is_switched and kind.key != DIGEST)
