"""The DIP that the demo's office had before the portal: taken over from a table, with the decree that set it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ppid.editions.acts import approve_as_head, prepare
from ppid.organisation.models import User
from ppid.takeover import deciding, preparing, working
from ppid.takeover.models import Takeover, Way

TABLE = settings.BASE_DIR / "fixtures" / "demo_dip.csv"


def take_over(now: datetime, *, scan: SimpleUploadedFile) -> Takeover:
    """Take last year's DIP over: read by Bidang, proposed with its decree, approved as a whole by PPID Utama."""
    bidang, utama, at = _person("bidang"), _person("utama"), now - timedelta(days=6)
    upload = SimpleUploadedFile("DIP Kota Pontianak.csv", TABLE.read_bytes(), "text/csv")
    begun = preparing.upload(upload, actor=bidang, at=at)
    read = preparing.dry_run(begun, actor=bidang, place=0, way=Way.MOVED, at=at)
    for kind, _, _ in preparing.open_doubts(read):
        preparing.settle(read, kind, actor=bidang, at=at)
    year = timezone.localdate(now).year - 1
    deciding.propose(
        read,
        actor=bidang,
        sk_number=f"188.47/211/PPID/{year}",
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
