"""DIP and DIK as the demo's office had them before the portal: taken over from tables, with the SK that set each."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid.editions.acts import approve_as_head, prepare
from ppid.organisation.models import User
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import Register, Takeover, Way

# Each register's table, the number of its SK, and how many days ago it was read.
_TABLES: dict[str, tuple[Path, str, int]] = {
    Register.DIP: (settings.BASE_DIR / "fixtures" / "demo_dip.csv", "188.47/211/PPID/{}", 6),
    Register.DIK: (settings.BASE_DIR / "fixtures" / "demo_dik.csv", "188.47/212/PPID/{}", 4),
}


def take_over(register: str, now: datetime, *, scan: SimpleUploadedFile) -> Takeover:
    """Take last year's list over: read by Bidang, proposed with its decree, approved as a whole by PPID Utama."""
    table, number, days = _TABLES[register]
    bidang, utama, at = _person("bidang"), _person("utama"), now - timedelta(days=days)
    upload = SimpleUploadedFile(f"{register.upper()} Kota Pontianak.csv", table.read_bytes(), "text/csv")
    begun = preparing.upload(upload, kind=register, actor=bidang, at=at)
    read = preparing.dry_run(begun, actor=bidang, place=0, way=Way.MOVED, at=at)
    for kind, _, _ in preparing.open_doubts(read):
        preparing.settle(read, kind, actor=bidang, at=at)
    year = timezone.localdate(now).year - 1
    deciding.propose(
        read,
        actor=bidang,
        sk_number=number.format(year),
        sk_date=date(year, 12, 15),
        scan=scan,
        at=at + timedelta(hours=1),
    )
    approved = deciding.approve(read, actor=utama, at=at + timedelta(days=1))
    while working.carry_on(approved.pk):
        pass
    return Takeover.objects.get(pk=approved.pk)


def prepare_an_edition(now: datetime) -> None:
    """Let this year's DIP be prepared and approved by the head; it waits for PPID Utama's decree."""
    year = timezone.localdate(now).year
    edition = prepare("dip", actor=_person("bidang"), year=year, note="Edisi tahunan.", at=now)
    approve_as_head(edition, actor=_person("atasan"), at=now)


def _person(key: str) -> User:
    return User.objects.get(email=f"{key}@demo.example")
