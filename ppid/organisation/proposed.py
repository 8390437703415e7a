"""What is handed in by one person and decided by another, once: its rows, and how both are written.

The rows are the history, so nothing of them changes but the decision, and the end of what holds until it is ended.
"""

from datetime import date, datetime
from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained, chained_later
from ppid.organisation.deciding import Deciders
from ppid.organisation.models import Appointment, User
from ppid.organisation.people_ledger import hands_of
from ppid.organisation.puppets import work_of
from ppid.triggers import acts_with_own_password, never_emptied, refuses

DECISION = ("decision", "decided_by", "decided_name", "decided_as", "decided_at", "reason", "number")
ENDED = ("ended_by", "ended_name", "ended_at", "ended_because")

Handed = TypeVar("Handed", bound="Proposed")


class Proposed(models.Model):
    """Part of what is handed in: by whom and when, and what was decided on it.

    ``number`` counts what was approved. ``reason`` says why it was sent back, or is a word with the approval.
    """

    class Decision(models.TextChoices):
        WAITING = "", "Menunggu persetujuan"
        APPROVED = "approved", "Disetujui"
        RETURNED = "returned", "Dikembalikan"
        WITHDRAWN = "withdrawn", "Ditarik penulisnya"

    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    written_name = models.CharField("nama penulis", max_length=150)
    written_as = models.CharField("bertindak sebagai", max_length=200)
    written_at = models.DateTimeField("diajukan pada")
    decision = models.CharField("putusan", max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diputuskan oleh")
    decided_name = models.CharField("nama yang memutuskan", max_length=150, blank=True)
    decided_as = models.CharField("memutuskan sebagai", max_length=200, blank=True)
    decided_at = models.DateTimeField("diputuskan pada", null=True)
    reason = models.TextField("alasan", max_length=4000, blank=True)
    number = models.PositiveIntegerField("nomor", null=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return not self.decision

    @property
    def came_back(self) -> bool:
        """Whether it was sent back to its writer, with a reason."""
        return self.decision == self.Decision.RETURNED


class Endable(Proposed):
    """Part of what was approved and holds until somebody ends it, with the reason: one person, because it is urgent."""

    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="diakhiri oleh")
    ended_name = models.CharField("nama yang mengakhiri", max_length=150, blank=True)
    ended_at = models.DateTimeField("diakhiri pada", null=True)
    ended_because = models.TextField("alasan diakhiri", max_length=4000, blank=True)

    class Meta:
        abstract = True


def deciders(proposal: Proposed, role: str, office: str, *, on: date) -> Deciders:
    """Return who holds the office that decides, each with whether the words are theirs."""
    held = Appointment.objects.in_force(on=on).filter(role__code=role)
    held = held.select_related("user", "role", "unit").definitive_first()
    return Deciders.among(office, held, lambda person: wrote(person, proposal))


def wrote(user: User, proposal: Proposed) -> str:
    """Return that the words are this person's, or count as theirs, in words that follow their name; "" if not."""
    return work_of(user, lambda each: "menulisnya" if each.pk == proposal.written_by_id else "")


def written(appointment: Appointment, at: datetime) -> dict[str, Any]:
    """Return the fields that say who hands it in, and as what."""
    return {
        "written_by": appointment.user,
        "written_name": appointment.user.name,
        "written_as": appointment.acting_as,
        "written_at": at,
    }


def decide(held: Handed, decision: str, appointment: Appointment, *, at: datetime, **more: Any) -> Handed:
    """Write the decision on what waits; ``more`` are further fields of it."""
    held.decision, held.decided_by, held.decided_at = decision, appointment.user, at
    held.decided_name, held.decided_as = appointment.user.name, appointment.acting_as
    for name, value in more.items():
        setattr(held, name, value)
    held.save()
    return held


def next_number(series: models.QuerySet[Any]) -> int:
    """Return the number of what is approved next among these rows."""
    return (series.aggregate(last=models.Max("number"))["last"] or 0) + 1


def write_end(held: Endable, actor: User, *, because: str, at: datetime) -> None:
    """Write that what was approved holds no longer."""
    held.ended_by, held.ended_name, held.ended_at, held.ended_because = actor, actor.name, at, because
    held.save(update_fields=list(ENDED))


def decided_once(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of proposals: a decision says all of itself, and returns give a reason."""
    return [
        models.CheckConstraint(
            name=f"{name}_is_decided_by_somebody",
            condition=Q(decision="", decided_at=None, decided_by=None, decided_name="", decided_as="", reason="")
            | Q(decision__in=["approved", "returned", "withdrawn"], decided_at__isnull=False, decided_by__isnull=False)
            & ~Q(decided_name="")
            & ~Q(decided_as=""),
        ),
        models.CheckConstraint(
            name=f"{name}_is_numbered_by_its_approval",
            condition=Q(decision="approved", number__isnull=False) | ~Q(decision="approved") & Q(number=None),
        ),
        models.CheckConstraint(name=f"{name}_is_sent_back_for_a_reason", condition=~Q(decision="returned", reason="")),
    ]


def ended_by_somebody(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of what can be ended: an end says all of itself, of what was approved."""
    return [
        models.CheckConstraint(
            name=f"{name}_is_ended_by_somebody",
            condition=Q(ended_at=None, ended_by=None, ended_name="", ended_because="")
            | Q(ended_at__isnull=False, ended_by__isnull=False, decision="approved")
            & ~Q(ended_name="")
            & ~Q(ended_because=""),
        ),
        models.CheckConstraint(
            name=f"{name}_ends_after_its_decision", condition=Q(ended_at=None) | Q(ended_at__gte=F("decided_at"))
        ),
    ]


def stands(table: str, *, series: str = "TRUE", ends: bool = False) -> list[Any]:
    """Return the triggers of a table of proposals, which may be ``Endable``.

    ``series`` is SQL over ``each`` and NEW for the rows that are numbered together.
    """
    later = ENDED if ends else ()
    ended = [
        chained_later("ended", *ENDED, mark="ended_at"),
        pgtrigger.Protect(
            name="ended_once", operation=pgtrigger.Update, condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL")
        ),
    ]
    return [
        *(ended if ends else []),
        acts_with_own_password("written_by_id"),
        pgtrigger.Protect(name="proposal_is_kept", operation=pgtrigger.Delete),
        never_emptied(),
        chained(leaving=[*DECISION, *later]),
        chained_later("decided", *DECISION, mark="decided_at"),
        pgtrigger.ReadOnly(name="proposal_stays_as_handed_in", exclude=[*DECISION, *later]),
        refuses(
            "decision_stands",
            "what was decided stands",
            f"OLD.decided_at IS NOT NULL AND ({_differ()})",
            on=pgtrigger.Update,
        ),
        refuses(
            "nobody_approves_their_own_words",
            "nobody decides on their own work",
            f"""
                (NEW.decision IN ('approved', 'returned') AND NEW.written_by_id IN {hands_of("NEW.decided_by_id")})
                OR (NEW.decision = 'withdrawn' AND NEW.written_by_id <> NEW.decided_by_id)
            """,
            on=pgtrigger.Insert | pgtrigger.Update,
        ),
        refuses(
            "approvals_are_counted",
            "what is approved is counted without a gap",
            f"""
                NEW.decision = 'approved' AND NEW.number <> 1 + (
                    SELECT COALESCE(max(each.number), 0) FROM {table} each WHERE {series} AND each.id <> NEW.id
                )
            """,  # noqa: S608 - words of this house
            on=pgtrigger.Insert | pgtrigger.Update,
        ),
        refuses(
            "first_handed_in_then_decided",
            "what is handed in waits for its decision",
            "NEW.decision <> ''",
        ),
    ]


def _differ() -> str:
    columns = [f"{name}_id" if name == "decided_by" else name for name in DECISION]
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
