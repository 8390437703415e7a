"""What the demo's documents were read to hold: reasons for what is none, and a list that came by mistake."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ppid.flows.documents import add_document
from ppid.flows.findings import answer_findings
from ppid.flows.models import Case
from ppid.information.examining import read_now
from ppid.information.findings import Finding
from ppid.organisation.models import User

_WHY = {
    Finding.Kind.SMALL_COUNT: "Jumlah lembaga, kegiatan, atau jadwal; tidak menunjuk orang.",
    Finding.Kind.PHONE: "Nomor layanan kantor, bukan nomor pribadi.",
    Finding.Kind.EMAIL: "Alamat surel kantor, bukan milik pribadi.",
}
_OTHERWISE = "Sudah diperiksa halaman demi halaman: tidak ada data pribadi di dalamnya."
_COUNTED = "Data agregat penyandang disabilitas penerima layanan 2026"
_BY_MISTAKE = [
    ["Nama", "NIK", "Kecamatan", "Nomor HP"],
    ["Contoh Satu", "6171034510900001", "Pontianak Barat", "081200000001"],
    ["Contoh Dua", "6171051203850002", "Pontianak Timur", "081200000002"],
]


def answer(case: Case, actor: User, *, at: datetime) -> None:
    """Read what is to be published, and say of each finding why it may go on."""
    read_now(case.content, within=120)
    found = Finding.objects.of(case.content).filter(answers=None).select_related("reading")
    if reasons := {each: _WHY.get(each.kind, _OTHERWISE) for each in found}:
        answer_findings(case, reasons, actor=actor, at=at)


def bring_a_list_along(csv: Callable, now: datetime) -> None:
    """Leave with one case a list that came along by mistake: its step waits until the file is replaced."""
    case = Case.objects.running().filter(information__title=_COUNTED).select_related("information").first()
    if case is None or not case.is_being_prepared:
        return
    preparer, title = User.objects.get(email="dinsos@demo.example"), "Rincian penerima layanan"
    at = max(now - timedelta(hours=2), case.received_at)
    document = add_document(case, csv(title, _BY_MISTAKE), title=title, actor=preparer, at=at)
    read_now([document], within=60)
