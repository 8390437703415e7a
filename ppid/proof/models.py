"""The readings of the ledgers: when, by whose wish, how far they came, and what they found."""

from django.db import models

from ppid.proof.links import AuditorLink as AuditorLink
from ppid.proof.links import AuditorUse as AuditorUse
from ppid.proof.links import LinkedCase as LinkedCase
from ppid.proof.moves import OfficeMove as OfficeMove

TOLD = 200  # sentences that are kept of a reading; the command prints all


class ExaminationQuerySet(models.QuerySet["Examination"]):
    def under_way(self):
        return self.filter(ended_at=None)

    def ended(self):
        return self.exclude(ended_at=None)


class Examination(models.Model):
    """One reading of the whole chain and of every case by its ledger.

    ``read`` of ``links`` are done; ``faults`` counts what was found, of which ``told`` holds the first sentences.
    ``asked_by`` is empty for the daily one.
    """

    asked_by = models.CharField("diminta oleh", max_length=150, blank=True)
    started_at = models.DateTimeField("dimulai")
    ended_at = models.DateTimeField("selesai", null=True)
    read = models.PositiveBigIntegerField("catatan dibaca", default=0)
    links = models.PositiveBigIntegerField("jumlah catatan", default=0)
    cases = models.PositiveIntegerField("proses ditelusuri", default=0)
    faults = models.PositiveIntegerField("temuan", default=0)
    told = models.JSONField("kalimat", default=list)

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = "pemeriksaan buku besar"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.started_at}: {self.faults}"

    @property
    def percent(self) -> int:
        """How far the reading of the links has come."""
        return 100 * self.read // self.links if self.links else 100
