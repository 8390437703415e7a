"""The mark of the day: the chain's last hash, put on the shelf for everybody to keep."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.chain.models import Link
from ppid.chain.verify import Mark, of_marks
from ppid.shelf.models import LedgerMark
from ppid.web.refusals import Refused


class MarkRefused(Refused):
    """The chain no longer bears out the last mark, so no further one is published."""


@transaction.atomic
def mark_the_day(at: datetime | None = None) -> LedgerMark | None:
    """Publish the mark of the day, unless it is there; None while no ledger has a row.

    Raises MarkRefused when links before the last mark were cut off or written anew.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    last = LedgerMark.objects.select_for_update().first()
    if last is not None and last.day >= day:
        return last
    link = Link.objects.order_by("-position").first()
    if link is None:
        return None
    if last is not None and (broken := list(of_marks([as_mark(last)]))):
        raise MarkRefused(*[fault.sentence for fault in broken])
    return LedgerMark.objects.create(day=day, position=link.position, hash=link.hash, published_at=at)


def as_mark(mark: LedgerMark) -> Mark:
    """Return what the chain is compared with."""
    return Mark(mark.position, mark.hash, f"Tanda {mark.day:%d/%m/%Y} di portal")
