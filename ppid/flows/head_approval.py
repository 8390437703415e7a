"""The head's approval of an exclusion (PP 61/2010 article 3): the head's own act at the desk, or a signed scan of it.

It approves this test as it stands while the case waits to be adopted: once the case goes back, it is void.
"""

import pgtrigger
from django.db import models

from ppid.chain.triggers import chained
from ppid.flows.models import Case
from ppid.flows.own_work import own_work
from ppid.flows.undone import UNDO_WITHIN
from ppid.information.models import Document
from ppid.organisation.models import Appointment, User
from ppid.organisation.people_ledger import hands_of
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

HEAD = "atasan_ppid"
# SQL for the person whose approval a row is.
_WHO = "(SELECT user_id FROM organisation_appointment WHERE id = NEW.appointment_id)"


class HeadApprovalQuerySet(models.QuerySet["HeadApproval"]):
    def standing(self) -> "HeadApprovalQuerySet":
        """Leave out what its head took back."""
        return self.filter(undone=None)


class HeadApproval(models.Model):
    """The approval of the head: whose it is, on which day, of the test of which case.

    ``test_digest`` is that of the test which it approves, ``moves`` says at which of its moves the case stood. Without
    ``document`` the head gave it at the desk; with it, ``recorded_by`` uploaded the scan that the head had signed.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="head_approvals")
    moves = models.PositiveIntegerField("jumlah gerak")
    test_digest = models.CharField("SHA-256 lembar uji", max_length=64)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    name = models.CharField("nama", max_length=150)
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    approved_on = models.DateField("disetujui pada")
    note = models.TextField("catatan", max_length=4000, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    recorded_by_name = models.CharField("nama pencatat", max_length=150)
    recorded_at = models.DateTimeField("dicatat pada")

    objects = HeadApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "persetujuan pimpinan"
        ordering = ["case", "pk"]
        triggers = [
            acts_with_own_password("recorded_by_id"),
            kept(),
            chained(),
            never_emptied(),
            pgtrigger.Trigger(
                name="head_approves_what_waits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id
                        WHERE c.id = NEW.case_id AND c.state = 'adopting' AND c.moves = NEW.moves
                          AND test.digest = NEW.test_digest AND test.conclusion <> 'open'
                          AND test.tested_on <= NEW.approved_on
                          AND NEW.approved_on <= {local_day("NEW.recorded_at")}
                    ) THEN
                        RAISE EXCEPTION 'the head approves a test that waits to be adopted, on a day since it was made';
                    END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM organisation_appointment held
                        JOIN organisation_role role ON role.id = held.role_id
                        WHERE held.id = NEW.appointment_id AND role.code = '{HEAD}'
                          AND held.starts_on <= NEW.approved_on
                          AND (held.ends_on IS NULL OR NEW.approved_on <= held.ends_on)
                          AND (NEW.document_id IS NOT NULL OR held.user_id = NEW.recorded_by_id)
                    ) THEN
                        RAISE EXCEPTION 'the head approves in person, or by a scan that the head signed';
                    END IF;
                    IF EXISTS (
                        SELECT 1 FROM flows_steprecord record
                        WHERE record.case_id = NEW.case_id AND record.kind = 'step'
                          AND record.actor_id IN {hands_of(_WHO)}
                    ) OR {own_work("NEW.case_id", _WHO)} THEN
                        RAISE EXCEPTION 'nobody approves their own work';
                    END IF;
                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN information_document document ON document.information_id = c.information_id
                        WHERE c.id = NEW.case_id AND document.id = NEW.document_id AND document.purpose = 'evidence'
                    ) THEN
                        RAISE EXCEPTION 'the scan of an approval is kept with its item';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - a setting and a role of the house
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """Whose approval it is: «name, office»."""
        return f"{self.name}, {self.acting_as}"


class UndoneApproval(models.Model):
    """A line of the ledger: the head took their approval back, within ten minutes and before anything came of it."""

    approval = models.OneToOneField(HeadApproval, models.PROTECT, related_name="undone")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "persetujuan pimpinan yang diurungkan"
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            never_emptied(),
            chained(),
            refuses(
                "head_takes_back_what_nothing_came_of",
                "the head takes an approval back within ten minutes, while nothing has come of it",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM flows_headapproval approval JOIN flows_case c ON c.id = approval.case_id
                        WHERE approval.id = NEW.approval_id AND approval.recorded_by_id = NEW.actor_id
                          AND approval.document_id IS NULL AND c.moves = approval.moves AND c.state = 'adopting'
                          AND NEW.at <= approval.recorded_at
                              + interval '{int(UNDO_WITHIN.total_seconds())} seconds'
                          AND NOT EXISTS (
                              SELECT 1 FROM information_classificationdecree decree
                              WHERE decree.exclusion_id = c.exclusion_id AND decree.recorded_at > approval.recorded_at
                          )
                          AND NOT EXISTS (
                              SELECT 1 FROM information_document document
                              WHERE document.information_id = c.information_id
                                AND (document.uploaded_at > approval.recorded_at
                                     OR document.removed_at > approval.recorded_at)
                          )
                    )
                """,  # noqa: S608 - a number of this house
            ),
        ]

    def __str__(self):
        return f"{self.approval}, diurungkan"
