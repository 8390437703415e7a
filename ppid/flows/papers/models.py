"""A paper's number with its frozen PDF, and the scans of what was signed: ledgers that only grow.

The bytes of both are documents of the item, so that they are bound to steps, verified and swept like any other.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear

from ppid.chain.triggers import chained, chained_later
from ppid.flows.models import Case
from ppid.flows.papers.description import Paper, read
from ppid.information.models import Document
from ppid.organisation.models import User
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

_CANCELLED = ("cancelled_by", "cancelled_by_name", "cancelled_at", "cancelled_because")


class PaperNumber(models.Model):
    """A number given to a paper of a case: since then its PDF is frozen, byte for byte, with what it says.

    ``mark`` is that of what it was written from (``PaperKind.mark``): another one means that the paper is out of date.
    A wrong number is cancelled with a reason; the row stays, and the paper may be numbered anew.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="paper_numbers")
    kind = models.CharField("surat", max_length=20)
    number = models.CharField("nomor", max_length=120)
    date = models.DateField("tanggal")
    says = models.JSONField("isi", editable=False)
    mark = models.CharField(max_length=64, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="paper")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_by_name = models.CharField("nama pencatat", max_length=150)
    recorded_as = models.CharField("bertindak sebagai", max_length=200)
    recorded_at = models.DateTimeField("dicatat pada")
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dibatalkan oleh")
    cancelled_by_name = models.CharField("nama pembatal", max_length=150, blank=True)
    cancelled_at = models.DateTimeField("dibatalkan pada", null=True)
    cancelled_because = models.TextField("alasan pembatalan", max_length=2000, blank=True)

    class Meta:
        verbose_name = "nomor surat"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(cancelled_at=None), name="one_number_a_paper"),
            models.UniqueConstraint(
                "kind",
                "number",
                ExtractYear("date"),
                condition=Q(cancelled_at=None),
                name="a_number_means_one_paper",
            ),
            models.CheckConstraint(name="a_number_is_not_empty", condition=~Q(number="")),
            models.CheckConstraint(
                name="a_number_is_cancelled_with_its_reason",
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_by_name="", cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_by_name="")
                & ~Q(cancelled_because=""),
            ),
        ]
        triggers = [
            acts_with_own_password("recorded_by_id"),
            pgtrigger.ReadOnly(name="a_numbered_paper_stays", exclude=list(_CANCELLED)),
            pgtrigger.Protect(name="paper_number_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            chained(leaving=_CANCELLED),
            chained_later("cancelled", *_CANCELLED, mark="cancelled_at"),
            pgtrigger.Trigger(
                name="paper_is_numbered_in_its_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NEW.cancelled_at IS NOT NULL OR NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN information_document document ON document.information_id = c.information_id
                        WHERE c.id = NEW.case_id AND c.ended_at IS NULL
                          AND document.id = NEW.document_id AND document.purpose = 'paper'
                    ) THEN
                        RAISE EXCEPTION 'a paper is numbered while its case runs, with its file';
                    END IF;
                    IF NEW.date > {local_day("NEW.recorded_at")} THEN
                        RAISE EXCEPTION 'a paper bears no date to come';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a setting of the house
            ),
            refuses(
                "paper_number_is_cancelled_once",
                "a number is cancelled once, and while its case runs",
                """
                    OLD.cancelled_at IS NOT NULL OR NOT EXISTS (
                        SELECT 1 FROM flows_case WHERE id = OLD.case_id AND ended_at IS NULL
                    )
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_CANCELLED),
            ),
        ]

    def __str__(self):
        return f"{self.case.number} {self.kind} {self.number}"

    @property
    def paper(self) -> Paper:
        """What the paper says, as it was numbered."""
        return read(self.says)


class SignedPaper(models.Model):
    """The scan of a numbered paper that was signed outside, kept byte for byte beside it; it never replaces it."""

    paper = models.ForeignKey(PaperNumber, models.PROTECT, related_name="scans")
    document = models.OneToOneField(Document, models.PROTECT, related_name="scan_of")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diunggah oleh")
    uploaded_by_name = models.CharField("nama pengunggah", max_length=150)
    uploaded_at = models.DateTimeField("diunggah pada")

    class Meta:
        verbose_name = "pindaian bertanda tangan"
        ordering = ["paper", "pk"]
        triggers = [
            acts_with_own_password("uploaded_by_id"),
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "scan_lies_beside_its_paper",
                "a scan lies beside a numbered paper of its item",
                """
                    NOT EXISTS (
                        SELECT 1 FROM flows_papernumber paper
                        JOIN flows_case c ON c.id = paper.case_id
                        JOIN information_document document ON document.information_id = c.information_id
                        WHERE paper.id = NEW.paper_id AND paper.cancelled_at IS NULL
                          AND document.id = NEW.document_id AND document.purpose = 'evidence'
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"Pindaian {self.paper}"
