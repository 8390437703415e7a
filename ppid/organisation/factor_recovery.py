"""Recovery of a second factor: two keepers of people vouch for somebody who lost device and codes. Also its proxy."""

from datetime import timedelta

import pgtrigger
from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import F, Q

from ppid.organisation.appointment_rules import ADMIN, CHIEF
from ppid.organisation.people_ledger import hands_of
from ppid.triggers import acts_with_own_password, local_day, never_emptied, refuses

RECOVERY_WITHIN = timedelta(hours=24)

_NEWEST = """
    SELECT kind FROM organisation_personchange
    WHERE person_id = COALESCE(NEW.user_id, OLD.user_id)
      AND kind IN ('factor_added', 'factor_gone', 'codes', 'rescued')
    ORDER BY id DESC LIMIT 1
"""


def _keeps_people(column: str, at: str) -> str:
    return f"""
        EXISTS (
            SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id
            WHERE held.user_id = NEW.{column} AND held.closed_at IS NULL AND role.code IN ('{CHIEF}', '{ADMIN}')
              AND held.starts_on <= {local_day(f"NEW.{at}")}
              AND (held.ends_on IS NULL OR held.ends_on >= {local_day(f"NEW.{at}")})
        )
    """  # noqa: S608 - words of this house


class FactorRecovery(models.Model):
    """A recovery that one keeper began and another one confirms within a day; how it ended stands in ``end``.

    Each of its moments has its row in the ledger of people too.
    """

    class End(models.TextChoices):
        DONE = "done", "Dilepas"
        CANCELLED = "cancelled", "Dibatalkan"
        LAPSED = "lapsed", "Lewat waktunya"

    person = models.ForeignKey(
        "organisation.User", models.PROTECT, related_name="factor_recoveries", verbose_name="orang"
    )
    why = models.CharField("cara memastikan orangnya", max_length=500)
    asked_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name="dimulai oleh")
    asked_by_name = models.CharField("nama yang memulai", max_length=150)
    asked_at = models.DateTimeField("dimulai pada")
    end = models.CharField("akhir", max_length=10, choices=End, blank=True)
    ended_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, related_name="+", verbose_name="diakhiri oleh"
    )
    ended_by_name = models.CharField("nama yang mengakhiri", max_length=150, blank=True)
    ended_at = models.DateTimeField("diakhiri pada", null=True)

    class Meta:
        verbose_name = "pemulihan langkah kedua"
        ordering = ["person", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(end=""), name="one_recovery_of_a_person_at_a_time"),
            models.CheckConstraint(name="nobody_recovers_themselves", condition=~Q(asked_by=F("person"))),
            models.CheckConstraint(name="a_recovery_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="a_recovery_is_open_or_ended",
                condition=Q(end="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(end="lapsed", ended_at__isnull=False, ended_by__isnull=True)
                | Q(end__in=["done", "cancelled"], ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="two_others_recover_within_a_day",
                condition=~Q(end="done")
                | ~Q(ended_by=F("asked_by"))
                & ~Q(ended_by=F("person"))
                & Q(ended_at__gte=F("asked_at"), ended_at__lte=F("asked_at") + RECOVERY_WITHIN),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="row_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="what_was_asked_stands",
                fields=["person", "why", "asked_by", "asked_by_name", "asked_at"],
            ),
            pgtrigger.Protect(
                name="what_ended_stands", operation=pgtrigger.Update, condition=pgtrigger.Q(old__end__gt="")
            ),
            never_emptied(),
            acts_with_own_password("asked_by_id"),
            refuses(
                "a_recovery_begins_open",
                "a recovery is begun by who keeps people, and ends later",
                f"NEW.\"end\" <> '' OR NOT {_keeps_people('asked_by_id', 'asked_at')}",
            ),
            refuses(
                "a_second_keeper_recovers",
                "a recovery is confirmed by a second keeper, in nobody else's hands",
                f"""
                    NEW."end" = 'done' AND (
                        NOT {_keeps_people("ended_by_id", "ended_at")}
                        OR NEW.ended_by_id IN {hands_of("NEW.asked_by_id")}
                        OR NEW.asked_by_id IN {hands_of("NEW.ended_by_id")}
                    )
                """,
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_end_display() or 'menunggu pengelola kedua'}"

    @property
    def until(self):
        """The moment until which a second keeper may confirm it."""
        return self.asked_at + RECOVERY_WITHIN

    def is_open(self, *, at) -> bool:
        return self.end == "" and at <= self.until


class SecondFactor(Authenticator):
    """allauth's rows of second factors, which come and go with a row of the ledger of people only."""

    class Meta:
        proxy = True
        verbose_name = "langkah kedua"
        triggers = [
            refuses(
                "a_second_factor_comes_with_the_ledger",
                "a second factor comes with a row of the ledger of people only",
                f"COALESCE(({_NEWEST}), '') NOT IN ('factor_added', 'codes')",
            ),
            refuses(
                "a_second_factor_goes_with_the_ledger",
                "a second factor goes with a row of the ledger of people only",
                f"COALESCE(({_NEWEST}), '') NOT IN ('factor_gone', 'rescued')",
                on=pgtrigger.Delete,
            ),
            pgtrigger.ReadOnly(name="a_second_factor_stays_its_persons", fields=["user", "type"]),
            never_emptied(),
        ]
