"""Scanning what arrives and what lies here, and what is said of it. Without CLAMAV_URL nothing here does anything."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone

from ppid.scanning.clamd import Answer, Clamd, Said, ScannerAway
from ppid.scanning.models import FalseAlarm, FileScan
from ppid.web.refusals import Refused

State = FileScan.State
_PIECE = 1 << 20

INFECTED = (
    "Pemindai virus menemukan «{}» dalam berkas ini, maka tidak diterima. Jangan membukanya; minta petugas TI "
    "memeriksa komputer asalnya."
)
WAITS = (
    "Berkas «{}» belum diperiksa pemindai virus, karena pemindainya tidak menjawab. Portal mencobanya lagi setiap "
    "menit; lanjutkan sesudah itu, atau hubungi petugas TI."
)
HELD = (
    "Berkas «{}» ditahan: pemindai virus menemukan «{}». Ganti berkasnya, atau minta PPID Utama memutuskan pada "
    "halaman «Berkas tertahan»."
)
AWAY = "Pemindai virus tidak menjawab, jadi berkas ini belum dapat diterima. Coba lagi sebentar lagi."


def is_on() -> bool:
    """Say whether this office has a virus scanner."""
    return bool(settings.CLAMAV_URL)


def scanner() -> Clamd:
    return Clamd(settings.CLAMAV_URL)


def scan_arrival(file: BinaryIO, sha256: str, *, refused: Callable[[str], Refused], may_wait: bool = True) -> None:
    """Scan what has arrived and lies in no store yet; note what is said of it.

    Raises what ``refused`` makes of a sentence for what the scanner finds something in. While the scanner is away the
    file waits, or is refused where it may not.
    """
    if not is_on():
        return
    try:
        definitions, answer = _asked(file)
    except ScannerAway as away:
        if not may_wait:
            raise refused(AWAY) from away
        FileScan.objects.get_or_create(sha256=sha256, defaults={"state": State.WAITING, "since": timezone.now()})
        return
    if answer.said == Said.FOUND and not _is_cleared(sha256, answer.signature):
        raise refused(INFECTED.format(answer.signature))
    note(sha256, answer, definitions)


def scan_kept(file: BinaryIO, sha256: str) -> FileScan:
    """Scan what lies in a store, and note what is said of it. Raises ScannerAway."""
    definitions, answer = _asked(file)
    return note(sha256, answer, definitions)


def note(sha256: str, answer: Answer, definitions: str) -> FileScan:
    """Write down what the scanner said of these bytes."""
    now = timezone.now()
    state = State(answer.said)
    if state == State.FOUND and _is_cleared(sha256, answer.signature):
        state = State.CLEARED
    said = {"state": state, "signature": answer.signature, "definitions": definitions[:200], "scanned_at": now}
    scan, _ = FileScan.objects.update_or_create(sha256=sha256, defaults=said, create_defaults=said | {"since": now})
    return scan


def unmet(files: Iterable[tuple[str, str]]) -> list[str]:
    """Return the sentences about those of the files (SHA-256, title) that may not go on: they wait, or are held."""
    titles = dict(files)
    stopped = FileScan.objects.filter(sha256__in=titles, state__in=[State.WAITING, State.FOUND]).order_by("pk")
    return [
        (WAITS if scan.state == State.WAITING else HELD).format(titles[scan.sha256], scan.signature) for scan in stopped
    ]


def any_stopped(hashes: Collection[str]) -> Exists:
    """Return the question whether any of these files may not go on, for a query that is asked anyhow."""
    return Exists(FileScan.objects.filter(sha256__in=hashes, state__in=[State.WAITING, State.FOUND]))


def said_of(hashes: Collection[str]) -> dict[str, FileScan]:
    """Return what is known of these files, by SHA-256."""
    return {scan.sha256: scan for scan in FileScan.objects.filter(sha256__in=hashes)}


def is_held(sha256: str) -> bool:
    return FileScan.objects.filter(sha256=sha256, state=State.FOUND).exists()


@dataclass(frozen=True, slots=True)
class Facts:
    """How the scanner does, for who looks after the portal. ``definitions`` is "" while it is away."""

    is_installed: bool
    is_reachable: bool = False
    definitions: str = ""
    definitions_age: timedelta | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    found: int = 0
    too_large: int = 0


def facts() -> Facts:
    """Return how the scanner does: reachable, with which definitions, how many files wait and are held."""
    if not is_on():
        return Facts(is_installed=False, found=FileScan.objects.filter(state=State.FOUND).count())
    try:
        definitions = scanner().definitions()
    except ScannerAway:
        definitions = ""
    waiting = FileScan.objects.filter(state=State.WAITING).order_by("since")
    first = waiting.first()
    return Facts(
        is_installed=True,
        is_reachable=bool(definitions),
        definitions=definitions,
        definitions_age=_age(definitions),
        waiting=waiting.count(),
        waiting_since=first and first.since,
        found=FileScan.objects.filter(state=State.FOUND).count(),
        too_large=FileScan.objects.filter(state=State.TOO_LARGE).count(),
    )


def _asked(file: BinaryIO) -> tuple[str, Answer]:
    definitions = scanner().definitions()
    file.seek(0)
    return definitions, scanner().scan(iter(lambda: file.read(_PIECE), b""))


def _is_cleared(sha256: str, signature: str) -> bool:
    return FalseAlarm.objects.filter(sha256=sha256, signature=signature).exists()


def _age(definitions: str) -> timedelta | None:
    """Return how old the definitions are: «ClamAV 1.4.6/27890/Fri Nov 27 08:31:09 2026»."""
    try:
        day = datetime.strptime(definitions.split("/")[2].strip(), "%a %b %d %H:%M:%S %Y")
    except (IndexError, ValueError):
        return None
    return timezone.now() - timezone.make_aware(day, timezone.get_fixed_timezone(0))
