"""How much was downloaded, by month and kind: sums alone, put here once a day. They know of no item and no person."""

from collections.abc import Mapping
from datetime import date

from django.db import models, transaction
from django.db.models import Q

KINDS = {"item": "Dokumen informasi", "sop": "Lembar SOP", "register": "Daftar (DIP, DIK)"}


class MonthlyDownloads(models.Model):
    """How often something of a kind was downloaded in the month that begins on ``month``."""

    month = models.DateField()
    kind = models.CharField(max_length=10)
    n = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["-month", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["month", "kind"], name="downloads_of_a_month_once"),
            models.CheckConstraint(name="downloads_begin_with_their_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.n}"


@transaction.atomic
def put_downloads(totals: Mapping[tuple[date, str], int]) -> int:
    """Show these sums; return how many changed. What stays is not written, so that no page is drawn anew for it."""
    shown = {(each.month, each.kind): each.n for each in MonthlyDownloads.objects.all()}
    changed = {key: n for key, n in totals.items() if shown.get(key) != n}
    for (month, kind), n in changed.items():
        MonthlyDownloads.objects.update_or_create(month=month, kind=kind, defaults={"n": n})
    return len(changed)
