"""Takes in what the portal counted, each letter once, and puts the sums of the months on the shelf, once a day."""

import logging
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from ppid.downloads.models import DownloadTally, TakenLetter
from ppid.shelf.downloads import KINDS, put_downloads
from ppid.web.letterbox import take_in

LATEST = timedelta(days=31)  # that a letter may lie before it is taken in
_KEPT = 2 * LATEST
_MOST = 1_000_000  # downloads of a kind in one letter: more is no count

logger = logging.getLogger(__name__)


def take_all_in() -> int:
    """Count the letters that wait; return how many there were."""
    return take_in("downloads", take)


def take(name: str, letter: dict[str, Any], *, at: datetime | None = None) -> None:
    """Count a letter, unless it was counted. What in it is no count is left out, with a line in the log."""
    at = at or timezone.now()
    _, is_new = TakenLetter.objects.get_or_create(name=name[:40], defaults={"taken_at": at})
    if not is_new:
        return
    found: Counter[tuple[date, str]] = Counter()
    counts = letter.get("counts")
    for each in counts if isinstance(counts, list) else [None]:
        if (counted := _read(each, timezone.localdate(at))) is None:
            logger.warning("Not a count of downloads, in the letter %s", name)
            continue
        day, kind, n = counted
        found[day, kind] += n
    for (day, kind), n in sorted(found.items()):
        tally, is_first = DownloadTally.objects.get_or_create(day=day, kind=kind, defaults={"n": n})
        if not is_first:
            DownloadTally.objects.filter(pk=tally.pk).update(n=F("n") + n)


def _read(each: Any, today: date) -> tuple[date, str, int] | None:
    match each:
        case [str(day), str(kind), int(n)] if kind in KINDS and not isinstance(n, bool) and 0 < n <= _MOST:
            try:
                on = date.fromisoformat(day)
            except ValueError:
                return None
            return (on, kind, n) if today - LATEST <= on <= today else None
    return None


def tell_the_public(*, at: datetime | None = None) -> int:
    """Put the sums of all months on the shelf, where they changed; forget old letters. Return how many changed."""
    at = at or timezone.now()
    TakenLetter.objects.filter(taken_at__lt=at - _KEPT).delete()
    rows = DownloadTally.objects.order_by().values("kind", month=TruncMonth("day")).annotate(total=Sum("n"))
    return put_downloads({(row["month"], row["kind"]): row["total"] for row in rows})
