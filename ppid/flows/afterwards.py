"""What may still happen after a case has ended: amendments of what it brought about, and the opening of an exclusion.

Amendments are proposed and decided by ``ppid.flows.amendments``, openings written by ``ppid.flows.reopened`` alone.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from ppid.chain.triggers import chained, chained_later
from ppid.information.models import Document, Exclusion
from ppid.organisation.models import User
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

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
                & Q(decided_at__isnull=False, decided_at__gte=F("proposed_at"))
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
            acts_with_own_password("proposed_by_id"),
            pgtrigger.Protect(name="amendment_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            chained(leaving=_DECISION),
            chained_later("decided", *_DECISION, mark="decided_at"),
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
            refuses(
                "what_is_amended_is_in_force",
                "an exclusion that is not in force is not amended",
                f"""
                    EXISTS (
                        SELECT 1 FROM flows_case c JOIN information_exclusion exclusion ON exclusion.id = c.exclusion_id
                        WHERE c.id = NEW.case_id AND (
                            exclusion.adopted_at IS NULL OR exclusion.continued_by_id IS NOT NULL
                            OR exclusion.opened_on IS NOT NULL
                            OR exclusion.ends_on < {local_day("NEW.decided_at")}
                        )
                    )
                """,  # noqa: S608 - a time zone of the settings
                on=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.decision = 'approved' AND OLD.decision = ''"),
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


class ExclusionOpening(models.Model):
    """A row of the ledger: an exclusion was opened, when, why, and by whom.

    ``amendment`` has its two people with letter and document, ``by_case`` the new test that said «terbuka»; with
    neither it was nobody: the law did it (PP 61/2010) when the term was over.
    """

    class Ground(models.TextChoices):
        TERM = "term", "Jangka waktunya berakhir"
        DECLARED = "declared", "Pernyataan PPID: alasannya sudah tidak ada"
        RULING_KI = "ruling_ki", "Putusan Komisi Informasi"
        RULING_COURT = "ruling_court", "Putusan pengadilan"
        CONSENT = "consent", "Persetujuan tertulis pemilik data"
        NEW_TEST = "new_test", "Uji konsekuensi baru menyimpulkan terbuka"

    exclusion = models.OneToOneField(Exclusion, models.PROTECT, related_name="opening")
    ground = models.CharField("dasar", max_length=12, choices=Ground)
    opened_on = models.DateField("terbuka sejak")
    amendment = models.OneToOneField(Amendment, models.PROTECT, null=True, related_name="opening")
    by_case = models.OneToOneField("flows.Case", models.PROTECT, null=True, related_name="opened_exclusion")
    recorded_at = models.DateTimeField("dicatat pada")

    class Meta:
        verbose_name = "pembukaan kembali"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_has_its_ground",
                condition=Q(ground="term", amendment__isnull=True, by_case__isnull=True)
                | Q(ground="new_test", amendment__isnull=True, by_case__isnull=False)
                | Q(ground__in=["declared", "ruling_ki", "ruling_court", "consent"])
                & Q(amendment__isnull=False, by_case__isnull=True),
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            pgtrigger.Trigger(
                name="opening_follows_the_law",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM information_exclusion
                        WHERE id = NEW.exclusion_id AND adopted_at IS NOT NULL AND opened_on IS NULL
                          AND continued_by_id IS NULL AND CASE
                            WHEN NEW.ground = 'term'
                                THEN NEW.opened_on = ends_on + 1 AND NEW.opened_on <= {local_day("NEW.recorded_at")}
                            ELSE NEW.opened_on = {local_day("NEW.recorded_at")}
                             AND (ends_on IS NULL OR ends_on >= NEW.opened_on)
                          END
                    ) THEN
                        RAISE EXCEPTION 'what is in force is opened, from its day on';
                    END IF;
                    IF NEW.amendment_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_amendment amendment
                        JOIN flows_case c ON c.id = amendment.case_id
                        JOIN information_classificationdecree decree ON decree.exclusion_id = c.exclusion_id
                        WHERE amendment.id = NEW.amendment_id AND c.exclusion_id = NEW.exclusion_id
                          AND amendment.kind = 'lift_exclusion' AND amendment.decision = 'approved'
                          AND amendment.ground = NEW.ground AND amendment.letter_number <> ''
                          AND amendment.document_id IS NOT NULL AND amendment.letter_date >= decree.date
                    ) THEN
                        RAISE EXCEPTION 'an exclusion is lifted by an approved amendment with its letter';
                    END IF;
                    IF NEW.ground = 'consent' AND NOT EXISTS (
                        SELECT 1 FROM information_consequencetest
                        WHERE exclusion_id = NEW.exclusion_id AND grounds <@ ARRAY['g', 'h']::varchar[]
                    ) THEN
                        RAISE EXCEPTION 'consent opens what letters g and h exclude';
                    END IF;
                    IF NEW.by_case_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN flows_steprecord record ON record.case_id = c.id AND record.sequence >= c.moves
                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id
                        JOIN information_exclusion opened ON opened.information_id = c.information_id
                        WHERE c.id = NEW.by_case_id AND opened.id = NEW.exclusion_id
                          AND record.to_state = 'tested_open' AND test.conclusion = 'open'
                    ) THEN
                        RAISE EXCEPTION 'a new test opens what it found open';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a time zone of the settings
            ),
            refuses(
                "opening_opens_its_exclusion",
                "a row of the ledger without its opening",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_exclusion
                        WHERE id = NEW.exclusion_id AND opened_on = NEW.opened_on
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.exclusion}: {self.get_ground_display()}"

    @property
    def because(self) -> str:
        """Why it was opened, as the public reads it; a consent's own letter is never told."""
        if self.ground == self.Ground.TERM:
            return "ketentuan PP 61/2010, karena jangka waktunya berakhir"
        if self.ground == self.Ground.CONSENT:
            return "persetujuan tertulis pemilik data"
        if self.amendment is None:
            return "uji konsekuensi baru yang menyimpulkan terbuka"
        words = {
            self.Ground.DECLARED: "pernyataan PPID",
            self.Ground.RULING_KI: "putusan Komisi Informasi",
            self.Ground.RULING_COURT: "putusan pengadilan",
        }[self.Ground(self.ground)]
        number, day = self.amendment.letter_number, self.amendment.letter_date
        return f"{words} nomor {number} tanggal {date_format(day) if day else ''}"
