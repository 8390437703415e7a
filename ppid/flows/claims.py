"""The ledger of «sedang saya kerjakan»: who took a waiting row up, let it go, or took it over from a colleague.

A claim warns and never binds. It stands while its case waits where it stood, until its time is over
(``ppid.flows.claiming``), its person no longer holds the office, or a later row of this ledger.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ppid.chain.triggers import chained
from ppid.organisation.models import Appointment, User
from ppid.triggers import acts_with_own_password, kept, never_emptied, refuses


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self, *, at: datetime) -> "ClaimQuerySet":
        """Keep the claims that stand at this moment."""
        later = Claim.objects.filter(
            case=models.OuterRef("case"), moves=models.OuterRef("moves"), column=models.OuterRef("column")
        )
        return self.filter(
            ~models.Exists(later.filter(pk__gt=models.OuterRef("pk"))),
            kind=Claim.Kind.TAKEN,
            moves=F("case__moves"),
            until__gt=at,
            appointment__in=Appointment.objects.in_force(on=timezone.localdate(at)).order_by(),
        )


class Claim(models.Model):
    """A row: a person takes up their column of the row at which the case stands (``moves``), or lets it go.

    ``over`` is the claim of a colleague that this one takes over.
    """

    class Kind(models.TextChoices):
        TAKEN = "taken", "Sedang dikerjakan"
        LET_GO = "let_go", "Dilepaskan"

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="claims")
    moves = models.PositiveIntegerField("jumlah gerak")
    step = models.PositiveSmallIntegerField("langkah")
    column = models.PositiveSmallIntegerField("kolom")
    kind = models.CharField("jenis", max_length=6, choices=Kind)
    over = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="mengambil alih")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    at = models.DateTimeField("pada")
    until = models.DateTimeField("sampai")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "sedang dikerjakan"
        ordering = ["case", "pk"]
        indexes = [models.Index(fields=["case", "moves", "column", "-id"], name="claim_newest")]
        constraints = [
            models.CheckConstraint(
                name="claim_is_taken_for_a_time",
                condition=Q(kind="taken", until__gt=F("at")) | Q(kind="let_go", until=F("at"), over__isnull=True),
            ),
        ]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "claimed_by_who_may_take_the_row",
                "a row is claimed where its case stands, by who holds its column",
                """
                    NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                        JOIN sop_performer first_column ON first_column.id = here.performer_id
                        LEFT JOIN sop_performer last_column ON last_column.id = here.last_performer_id
                        JOIN sop_performer mine ON mine.version_id = c.sop_version_id AND mine.position = NEW.column
                        JOIN sop_performerrole link ON link.performer_id = mine.id
                        JOIN organisation_appointment held ON held.id = NEW.appointment_id
                         AND held.role_id = link.role_id AND held.user_id = NEW.actor_id
                        JOIN organisation_role role ON role.id = held.role_id
                        WHERE c.id = NEW.case_id AND c.moves = NEW.moves AND c.step = NEW.step
                          AND mine.position BETWEEN first_column.position
                              AND COALESCE(last_column.position, first_column.position)
                          AND (role.scope = 'city' OR held.unit_id = c.unit_id)
                    )
                """,
            ),
            refuses(
                "one_person_claims_a_row",
                "one person claims a row; another takes it over by name",
                """
                    EXISTS (
                        SELECT 1 FROM flows_claim newest WHERE newest.id = (
                            SELECT max(id) FROM flows_claim
                            WHERE case_id = NEW.case_id AND moves = NEW.moves AND "column" = NEW."column"
                        ) AND newest.kind = 'taken' AND newest.until > NEW.at AND newest.actor_id <> NEW.actor_id
                          AND (NEW.kind = 'let_go' OR NEW.over_id IS DISTINCT FROM newest.id)
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"{self.case.number} langkah {self.step}: {self.get_kind_display()}, {self.actor_name}"
