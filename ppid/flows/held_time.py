"""Whose time a stay at a step was, kept with its ledger row: who is billed for which part of it, and what was late."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained
from ppid.flows.undone import undoing
from ppid.organisation.models import Appointment, User
from ppid.triggers import kept, never_emptied, refuses


class HeldTimeQuerySet(models.QuerySet["HeldTime"]):
    def counted(self, user: User, *, since: datetime) -> "HeldTimeQuerySet":
        """Keep what counts for the person: what they did with a due date, and what they had too long, since then."""
        counts = Q(took_it=True, is_late__isnull=False) | Q(is_late=True)
        goes_on = models.Exists(undoing("record__"))  # what ended the stay was taken back
        return self.filter(counts, ~goes_on, person=user, until__gte=since)

    def for_list(self) -> "HeldTimeQuerySet":
        """Fetch along what a list of them prints, the newest first."""
        found = self.select_related("record__case__information", "record__unit")
        return found.order_by("-until", "-pk")


class HeldTime(models.Model):
    """A part of a stay that was one person's: from when it came to them until they took the step, or left it.

    ``minutes`` and ``days`` are working time; ``due_at`` is when it was due from them, None where no time is set.
    """

    record = models.ForeignKey("flows.StepRecord", models.PROTECT, related_name="held")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="di meja")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    since = models.DateTimeField("sejak")
    until = models.DateTimeField("sampai")
    due_at = models.DateTimeField("tenggatnya", null=True)
    minutes = models.PositiveIntegerField("menit kerja")
    days = models.PositiveIntegerField("hari kerja")
    took_it = models.BooleanField("mengerjakannya")
    is_late = models.GeneratedField(
        expression=models.Case(models.When(due_at__isnull=True, then=None), default=Q(until__gt=F("due_at"))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    objects = HeldTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "waktu di meja"
        ordering = ["record", "pk"]
        indexes = [models.Index(fields=["person", "-until"], name="held_by_whom")]
        constraints = [
            models.CheckConstraint(name="held_from_to", condition=Q(until__gte=F("since"))),
            models.UniqueConstraint(fields=["record"], condition=Q(took_it=True), name="taken_by_one"),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "parts_lie_within_the_stay",
                "the parts of a stay lie within it, beside each other, and come with its row",
                """
                    NOT EXISTS (
                        SELECT 1 FROM flows_steprecord record
                        JOIN flows_case c ON c.id = record.case_id
                        JOIN organisation_appointment held ON held.id = NEW.appointment_id
                        WHERE record.id = NEW.record_id AND record.sequence = c.moves + 1
                          AND held.user_id = NEW.person_id
                          AND NEW.since >= record.received_at AND NEW.until <= record.done_at
                          AND (NOT NEW.took_it OR NEW.until = record.done_at AND NEW.person_id = record.actor_id)
                          AND NEW.days + (SELECT coalesce(sum(days), 0) FROM flows_heldtime
                                          WHERE record_id = record.id) <= record.used_days
                    ) OR EXISTS (
                        SELECT 1 FROM flows_heldtime
                        WHERE record_id = NEW.record_id AND since < NEW.until AND NEW.since < until
                    )
                """,
            ),
        ]

    def __str__(self):
        return f"{self.record}: {self.person}"
