"""The counts of each day, and which letters of the portal they come from, so that none counts twice."""

from django.db import models
from django.db.models import Q

from ppid.shelf.downloads import KINDS


class DownloadTally(models.Model):
    """How often something of a kind was downloaded on a day."""

    day = models.DateField("hari")
    kind = models.CharField("jenis", max_length=10)
    n = models.PositiveBigIntegerField("unduhan")

    class Meta:
        verbose_name = "unduhan"
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="downloads_of_a_day_once"),
            models.CheckConstraint(name="download_is_of_a_kind", condition=Q(kind__in=list(KINDS))),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.n}"


class TakenLetter(models.Model):
    """A letter of the portal that was counted; kept for as long as it could come again."""

    name = models.CharField("nama", max_length=40, unique=True)
    taken_at = models.DateTimeField("diterima pada", db_index=True)

    class Meta:
        verbose_name = "surat unduhan"

    def __str__(self) -> str:
        return self.name
