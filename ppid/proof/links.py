"""Auditors' links: to which cases, for whom, until when, given by whom; and each use of them. Ledgers.

Of the secret itself nothing is kept but its SHA-256. ``ppid.proof.giving`` writes all of it.
"""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained, chained_later
from ppid.flows.models import Case
from ppid.organisation.models import Appointment, User
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

LONGEST = timedelta(days=366)
_REVOCATION = ("revoked_at", "revoked_by", "revoked_name")

_CHIEF = """EXISTS (
    SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id
    WHERE held.user_id = {who} AND role.code = 'ppid_utama' AND NOT held.is_void
      AND held.starts_on <= {day} AND (held.ends_on IS NULL OR held.ends_on >= {day})
)"""


class AuditorLinkQuerySet(models.QuerySet["AuditorLink"]):
    def open(self, *, at):
        """Keep those that still lead somewhere at this moment."""
        return self.filter(revoked_at=None, ends_at__gt=at)


class AuditorLink(models.Model):
    """A secret address that shows the dossiers of some cases to somebody outside, read-only, until it ends.

    ``exclusions_because`` says why excluded information is among them; "" when none is.
    """

    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    for_whom = models.CharField("untuk siapa", max_length=200)
    purpose = models.CharField("keperluan", max_length=500)
    exclusions_because = models.TextField("alasan membuka pengecualian", max_length=2000, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dibuat oleh")
    made_name = models.CharField("nama pembuat", max_length=150)
    made_as = models.CharField("bertindak sebagai", max_length=200)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    made_at = models.DateTimeField("dibuat pada")
    ends_at = models.DateTimeField("berakhir pada")
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dicabut oleh")
    revoked_name = models.CharField("nama pencabut", max_length=150, blank=True)

    objects = AuditorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan pemeriksa"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="auditors_link_ends", condition=Q(ends_at__gt=F("made_at"), ends_at__lte=F("made_at") + LONGEST)
            ),
            models.CheckConstraint(
                name="auditors_link_says_for_whom_and_why", condition=~Q(for_whom="") & ~Q(purpose="")
            ),
            models.CheckConstraint(
                name="auditors_link_is_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None, revoked_name="")
                | Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_name=""),
            ),
        ]
        triggers = [
            acts_with_own_password("made_by_id"),
            pgtrigger.ReadOnly(name="auditors_link_stays", exclude=list(_REVOCATION)),
            pgtrigger.Protect(name="auditors_link_is_kept", operation=pgtrigger.Delete),
            never_emptied(),
            chained(leaving=_REVOCATION),
            chained_later("revoked", *_REVOCATION, mark="revoked_at"),
            refuses(
                "given_by_the_chief",
                "an auditor's link is given by PPID Utama",
                f"""
                    NEW.revoked_at IS NOT NULL
                    OR NOT {_CHIEF.format(who="NEW.made_by_id", day=local_day("NEW.made_at"))}
                """,
            ),
            refuses(
                "revoked_once_by_the_chief",
                "an auditor's link is revoked once, by PPID Utama",
                f"""
                    OLD.revoked_at IS NOT NULL
                    OR NOT {_CHIEF.format(who="NEW.revoked_by_id", day=local_day("NEW.revoked_at"))}
                """,
                on=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*_REVOCATION),
            ),
        ]

    def __str__(self):
        return f"Tautan untuk {self.for_whom}"

    def is_open(self, *, at) -> bool:
        """Whether it still leads somewhere at this moment."""
        return self.revoked_at is None and at < self.ends_at


class LinkedCase(models.Model):
    """A case whose dossier a link shows."""

    link = models.ForeignKey(AuditorLink, models.PROTECT, related_name="linked", verbose_name="tautan")
    case = models.ForeignKey(Case, models.PROTECT, related_name="auditor_links", verbose_name="proses")

    class Meta:
        verbose_name = "proses pada tautan pemeriksa"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["link", "case"], name="case_linked_once")]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "what_is_excluded_is_linked_with_a_reason",
                "a link shows what is excluded with a reason of its own only",
                """
                    EXISTS (SELECT 1 FROM proof_auditorlink WHERE id = NEW.link_id AND exclusions_because = '')
                    AND EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN flows_case secret ON secret.information_id = c.information_id
                        WHERE c.id = NEW.case_id AND secret.flow = 'exclusion'
                    )
                """,
            ),
            refuses(
                "no_case_comes_to_a_link_in_use",
                "the cases of a link come with it",
                "EXISTS (SELECT 1 FROM proof_auditoruse WHERE link_id = NEW.link_id)",
            ),
        ]

    def __str__(self):
        return f"{self.link}: {self.case}"


class AuditorUse(models.Model):
    """A row of the ledger: somebody with the secret opened the link, or took the dossier of a case."""

    class What(models.TextChoices):
        OPENED = "opened", "Tautan dibuka"
        PDF = "pdf", "Berkas PDF diunduh"
        ZIP = "zip", "Arsip ZIP diunduh"

    link = models.ForeignKey(AuditorLink, models.PROTECT, related_name="uses", verbose_name="tautan")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="proses")
    what = models.CharField("yang dilakukan", max_length=8, choices=What)
    at = models.DateTimeField("pada")

    class Meta:
        verbose_name = "pemakaian tautan pemeriksa"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_use_is_of_a_case_or_of_the_list",
                condition=Q(what="opened", case=None) | Q(what__in=["pdf", "zip"], case__isnull=False),
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "a_link_that_ended_leads_nowhere",
                "an auditor's link is used while it is open, for its own cases",
                """
                    NOT EXISTS (
                        SELECT 1 FROM proof_auditorlink
                        WHERE id = NEW.link_id AND revoked_at IS NULL AND NEW.at >= made_at AND NEW.at < ends_at
                    ) OR NEW.case_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM proof_linkedcase WHERE link_id = NEW.link_id AND case_id = NEW.case_id
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.link}"
