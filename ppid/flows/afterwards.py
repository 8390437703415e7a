"""What may still change after a case has ended: the amendments of what it brought about.

They are proposed and decided by ``ppid.flows.amendments`` alone.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ppid.information.models import Document
from ppid.organisation.models import User
from ppid.triggers import local_day, never_emptied

# What a decision writes; everything else of an amendment stays as it was proposed.
_DECISION = ("decision", "decided_by", "decided_name", "decided_as", "decided_at", "decided_note")

# What people call each kind; the kinds note themselves (``ppid.flows.amendments``).
TITLES: dict[str, str] = {}


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def undecided(self):
        return self.filter(decision="")

    def approved(self):
        """Keep those that were approved, in the order in which they took effect."""
        return self.filter(decision=Amendment.Decision.APPROVED).order_by("decided_at", "pk")

    def for_page(self):
        return self.select_related("case__information", "case__unit", "document")


class Amendment(models.Model):
    """A change of what a finished case brought about: proposed by one person, decided by another.

    ``kind`` names the ``ppid.flows.amendments.AmendmentKind`` that knows what ``before`` and ``after`` hold: the words
    or values that the change is about, as they stood when it was proposed and as they shall be. The row is the ledger
    of the change: it is decided once, and stays.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", "Disetujui"
        REFUSED = "refused", "Tidak disetujui"
        WITHDRAWN = "withdrawn", "Ditarik pengusul"

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="amendments")
    kind = models.CharField("jenis", max_length=20)
    before = models.JSONField("semula")
    after = models.JSONField("menjadi")
    reason = models.TextField("alasan", max_length=2000)
    ground = models.CharField("dasar", max_length=20, blank=True)
    letter_number = models.CharField("nomor surat atau putusan", max_length=120, blank=True)
    letter_date = models.DateField("tanggal surat atau putusan", null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name="hasil pindaian")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    proposed_name = models.CharField("nama pengusul", max_length=150)
    proposed_as = models.CharField("mengusulkan sebagai", max_length=200)
    proposed_at = models.DateTimeField("diusulkan pada")
    decision = models.CharField("keputusan", max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    decided_name = models.CharField("nama pemutus", max_length=150, blank=True)
    decided_as = models.CharField("memutuskan sebagai", max_length=200, blank=True)
    decided_at = models.DateTimeField("diputuskan pada", null=True)
    decided_note = models.TextField("catatan keputusan", max_length=2000, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "usul perubahan"
        ordering = ["case", "pk"]
        indexes = [models.Index(fields=["case"], name="amendment_undecided", condition=Q(decision=""))]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(decision=""), name="one_undecided_amendment_of_a_kind"
            ),
            models.CheckConstraint(name="amendment_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="amendment_is_decided_by_somebody",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decision__in=["approved", "refused", "withdrawn"], decided_by__isnull=False)
                & Q(decided_at__gte=F("proposed_at"))
                & ~Q(decided_name=""),
            ),
            models.CheckConstraint(
                name="nobody_decides_their_own_amendment",
                condition=~Q(decision__in=["approved", "refused"]) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="only_its_proposer_withdraws_an_amendment",
                condition=~Q(decision="withdrawn") | Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_refused_amendment_says_why", condition=~Q(decision="refused") | ~Q(decided_note="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="amendment_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            pgtrigger.ReadOnly(name="amendment_stays_as_proposed", exclude=list(_DECISION)),
            pgtrigger.Protect(
                name="amendment_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.decision <> ''"),
            ),
            pgtrigger.Trigger(
                name="amendment_is_of_an_ended_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NEW.decision <> '' OR NOT EXISTS (
                        SELECT 1 FROM flows_case
                        WHERE id = NEW.case_id AND ended_at IS NOT NULL AND ended_at <= NEW.proposed_at
                    ) THEN
                        RAISE EXCEPTION 'an amendment is proposed for an ended case, and decided later';
                    END IF;
                    IF NEW.letter_date > {local_day("NEW.proposed_at")} THEN
                        RAISE EXCEPTION 'an amendment rests on a letter that was written already';
                    END IF;
                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM information_document document
                        JOIN flows_case c ON c.information_id = document.information_id
                        WHERE document.id = NEW.document_id AND c.id = NEW.case_id AND document.purpose = 'evidence'
                    ) THEN
                        RAISE EXCEPTION 'the document of an amendment is evidence of the same item';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a time zone of the settings
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.kind}"

    @property
    def title(self) -> str:
        """What the change is called."""
        return TITLES[self.kind]

    @property
    def is_undecided(self) -> bool:
        return self.decision == ""
