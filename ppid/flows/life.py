"""What happens to a published item: it is confirmed to be still right, or taken off the shelf for one of three reasons.

Ledgers; ``ppid.flows.renewal`` and the step that retracts write them.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained
from ppid.flows import states
from ppid.information.models import Information
from ppid.organisation.models import Appointment, User
from ppid.shelf.models import Tombstone
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses

_CHANGES_THE_SHELF = ", ".join(f"'{state}'" for state in states.CHANGES_THE_SHELF)


class StillRight(models.Model):
    """A row of the ledger: a «berkala» item was confirmed to be still right, by whom and when («masih sesuai …»)."""

    case = models.ForeignKey("flows.Case", models.PROTECT, related_name="looks")
    confirmed_on = models.DateField("masih sesuai per")
    renew_by = models.DateField("diperbarui paling lambat")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    confirmed_at = models.DateTimeField("dinyatakan pada")

    class Meta:
        verbose_name = "pernyataan masih sesuai"
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "confirmed_on"], name="confirmed_once_a_day")]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "what_is_confirmed_stands_on_the_shelf",
                "what is confirmed is a periodic item that its case put on the shelf",
                f"""
                    NEW.confirmed_on <> {local_day("NEW.confirmed_at")} OR NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN information_information item ON item.id = c.information_id
                        JOIN shelf_publisheditem shown ON shown.number = item.number
                        WHERE c.id = NEW.case_id AND c.state = '{states.P.PUBLISHED}' AND c.ended_at <= NEW.confirmed_at
                          AND shown.category = 'periodic'
                          AND NEW.renew_by = (NEW.confirmed_on + make_interval(months => shown.rhythm))::date
                          AND NOT EXISTS (
                              SELECT 1 FROM flows_case later
                              WHERE later.information_id = c.information_id AND later.id > c.id
                                AND (later.ended_at IS NULL OR later.state IN ({_CHANGES_THE_SHELF}))
                          )
                    )
                """,  # noqa: S608 - states and a time zone of this house
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.confirmed_on}"


class Withdrawal(models.Model):
    """Why a published item was taken off the shelf, beside the ledger's row that took it off.

    ``successor`` is the published item that replaced it.
    """

    record = models.OneToOneField("flows.StepRecord", models.PROTECT, related_name="withdrawal")
    why = models.CharField("sebab", max_length=20, choices=Tombstone.Why)
    successor = models.ForeignKey(
        Information, models.PROTECT, null=True, related_name="+", verbose_name="digantikan oleh"
    )

    class Meta:
        verbose_name = "sebab pencabutan"
        constraints = [
            models.CheckConstraint(
                name="withdrawal_has_one_of_three_reasons",
                condition=Q(why="replaced", successor__isnull=False)
                | Q(why__in=["wrongly_published", "withdrawn"], successor__isnull=True),
            )
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            pgtrigger.Trigger(
                name="withdrawal_belongs_to_a_retraction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM flows_steprecord record JOIN flows_case c ON c.id = record.case_id
                        WHERE record.id = NEW.record_id AND record.kind = 'retraction'
                          AND record.sequence = c.moves + 1
                          AND NEW.successor_id IS DISTINCT FROM c.information_id
                    ) THEN
                        RAISE EXCEPTION 'a withdrawal comes with the retraction of its item';
                    END IF;
                    IF NEW.successor_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM information_information item
                        JOIN shelf_publisheditem shown ON shown.number = item.number WHERE item.id = NEW.successor_id
                    ) THEN
                        RAISE EXCEPTION 'what replaces an item stands on the shelf';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.record}: {self.get_why_display()}"
