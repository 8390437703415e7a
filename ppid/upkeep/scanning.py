"""Scanning what is kept: files that waited for the scanner, and all of them again when it knows more."""

from dataclasses import dataclass
from time import monotonic

from django.utils import timezone

from ppid.content_store import BytesMissing
from ppid.information.found_files import keep_found
from ppid.scanning import verdicts
from ppid.scanning.models import FileScan
from ppid.shelf import held
from ppid.upkeep.stores import Store, all_stores

State = FileScan.State
_SOME = 500


@dataclass(frozen=True, slots=True)
class Rescanned:
    """How many files were scanned, in how many something was found, and how many are left for the next time."""

    scanned: int
    found: int
    left: int


def let_nothing_wait() -> int:
    """Where there is no scanner any more, let go what waited for one; return how much it was."""
    if verdicts.is_on():
        return 0
    return FileScan.objects.filter(state=State.WAITING).delete()[0]


def scan_waiting(*, within: float) -> Rescanned:
    """Scan what waits, the oldest first, for so many seconds. Raises ScannerAway."""
    return _scan(FileScan.objects.filter(state=State.WAITING).order_by("since", "pk"), within=within)


def rescan(*, within: float) -> Rescanned:
    """Scan again what was scanned with other definitions than those of now, for so many seconds. Raises ScannerAway.

    What was found by an older one is scanned again too: a scanner may learn that it erred.
    """
    definitions = verdicts.scanner().definitions()
    _take_up_new_ones()
    outdated = FileScan.objects.exclude(definitions=definitions[:200])
    return _scan(outdated.order_by("scanned_at", "pk"), within=within)


def _take_up_new_ones() -> None:
    """Give a row to each file that lay here before there was a scanner."""
    now = timezone.now()
    for store in _private_stores():
        some: list[FileScan] = []
        for sha256, _ in store.promised():
            some.append(FileScan(sha256=sha256, state=State.UNSCANNED, since=now))
            if len(some) == _SOME:
                FileScan.objects.bulk_create(some, ignore_conflicts=True)
                some = []
        FileScan.objects.bulk_create(some, ignore_conflicts=True)


def _scan(scans, *, within: float) -> Rescanned:
    until, stores = monotonic() + within, _private_stores()
    scanned = found = 0
    keys = list(scans.values_list("pk", flat=True))
    for place, key in enumerate(keys):
        if monotonic() > until:
            return Rescanned(scanned, found, len(keys) - place)
        scan = FileScan.objects.filter(pk=key).first()
        if scan is None:
            continue
        before = scan.state
        now = _scan_one(scan, stores)
        if now is None:
            continue
        scanned += 1
        if now.state == State.FOUND:
            found += 1
            keep_found(now)
        elif before == State.FOUND:
            held.release([now.sha256])
    return Rescanned(scanned, found, 0)


def _scan_one(scan: FileScan, stores: tuple[Store, ...]) -> FileScan | None:
    """Scan the file where it lies; one that no row names any more is forgotten, one that is lost stays as it is."""
    for store in stores:
        try:
            file = store.files.open(scan.sha256)
        except BytesMissing:
            continue
        with file:
            return verdicts.scan_kept(file, scan.sha256)
    if not any(store.named_among({scan.sha256}) for store in stores):
        scan.delete()
    return None


def _private_stores() -> tuple[Store, ...]:
    """Return the stores into which files come; what is public is a copy of these, or drawn by the portal."""
    return tuple(store for store in all_stores() if store.name != "public")
