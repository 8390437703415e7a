"""What the demo's people ask each other about cases that run, and who is at work on one."""

from datetime import datetime, timedelta

from ppid.flows.claiming import claim
from ppid.flows.models import Case
from ppid.flows.questions import answer, ask, note
from ppid.organisation.models import Role, User


def tell(now: datetime) -> None:
    """Ask and answer since yesterday; a question to Bidang still waits, and the operator has taken a row up."""
    yesterday, morning = now - timedelta(days=1), now - timedelta(hours=3)
    decides = _waiting_at("clarifying", unit="dinsos")
    question = ask(
        decides,
        "Apakah angka penerima di halaman 2 sudah dicocokkan dengan data kelurahan?",
        role=Role.objects.get(code="ppid_pelaksana"),
        actor=_person("utama"),
        at=yesterday,
    )
    answer(
        question,
        "Sudah, dengan rekap 29 kelurahan per akhir bulan lalu. Selisihnya nol.",
        actor=_person("dinsos"),
        at=yesterday + timedelta(hours=2),
    )
    note(
        decides,
        "Kepala dinas minta diumumkan sebelum rapat koordinasi pekan depan.",
        actor=_person("bidang"),
        at=morning,
    )
    ask(
        decides,
        "Perlukah lampiran per kecamatan ikut diumumkan, atau cukup per kota?",
        role=Role.objects.get(code="bidang_layanan"),
        actor=_person("dinsos"),
        at=morning,
    )
    if waits := Case.objects.running().filter(state__in=["renewing", "publishing"]).order_by("pk").first():
        claim(waits, actor=_person("operator"), at=now)


def _waiting_at(state: str, *, unit: str) -> Case:
    return Case.objects.running().filter(state=state, unit__code=unit).earliest("pk")


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
