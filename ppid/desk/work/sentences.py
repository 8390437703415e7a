"""What happened, and who is next: the sentences that confirm an act."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.steps import Kind


def opened(case: Case) -> str:
    return f"Proses {case.number} dibuka. {waits_for(case)}"


def waits_for(case: Case) -> str:
    return f"Sekarang menunggu {case.awaited_column}, langkah {case.awaited.number}."


def moved(case: Case, record: StepRecord) -> str:
    """Say what the move did. ``case`` stands as after it."""
    return _MOVED[record.kind](case, record)


def _step(case: Case, record: StepRecord) -> str:
    if record.key == "publish":
        words = "Langkah {} selesai: informasi ini sekarang terbuka untuk umum. <a href='{}'>Lihat di portal</a>"
        public = format_html(words, record.step, reverse("portal:item", args=[case.information.number]))
        return format_html("{} {}", public, waits_for(case)) if case.is_running else public
    if record.key == "adopt":
        adopted = (
            f"Langkah {record.step} selesai: informasi ini ditetapkan dikecualikan. Daftarnya (DIK) sudah mencatatnya, "
            "isinya tidak terlihat di luar."
        )
        return f"{adopted} {waits_for(case)}" if case.is_running else adopted
    if not case.is_running:
        return f"Langkah {record.step} selesai. Semua langkah pada lembar SOP sudah dikerjakan."
    return f"Langkah {record.step} selesai: {record.title}. {waits_for(case)}"


def _return(case: Case, record: StepRecord) -> str:
    return f"Proses dikembalikan ke langkah {case.step_number} dengan alasan Anda. {waits_for(case)}"


def _diversion(case: Case, record: StepRecord) -> str:
    other = case.diverted_to
    words = "Pengumuman ini berakhir. Proses pengecualian <a href='{}'>{}</a> dibuka. {}"
    return format_html(words, other.get_absolute_url(), other.number, waits_for(other))


def _conclusion(case: Case, record: StepRecord) -> str:
    return "Proses berakhir: hasil uji menyatakan informasi ini terbuka. Yang dikecualikan sebelumnya dibuka kembali."


def _withdrawal(case: Case, record: StepRecord) -> str:
    return "Proses ditarik. Alasannya tercatat dalam riwayat; informasi ini dapat dimulai lagi dalam proses baru."


def _retraction(case: Case, record: StepRecord) -> str:
    words = "Informasi dicabut dari portal. Alamatnya kini menampilkan alasan Anda: <a href='{}'>lihat di portal</a>"
    return format_html(words, reverse("portal:item", args=[case.information.number]))


def _first(case: Case, record: StepRecord) -> str:
    words = (
        "Informasi ini sekarang terbuka untuk umum. Langkah {} sampai {} menyusul paling lambat {}. {} "
        "<a href='{}'>Lihat di portal</a>"
    )
    by = date_format(timezone.localtime(case.due_at), "l, j F Y, H.i") if case.due_at else ""
    last, public = case.row_of("publish").number, reverse("portal:item", args=[case.information.number])
    return format_html(words, case.step, last, by, waits_for(case), public)


def marked_urgent(case: Case) -> str:
    return f"Proses {case.number} ditandai serta merta: langkahnya berlaku segera. {waits_for(case)}"


_MOVED = {
    Kind.FIRST_PUBLICATION: _first,
    Kind.STEP: _step,
    Kind.RETURN: _return,
    Kind.REOPENING: _return,
    Kind.DIVERSION: _diversion,
    Kind.CONCLUSION: _conclusion,
    Kind.WITHDRAWAL: _withdrawal,
    Kind.RETRACTION: _retraction,
}
