"""Marking a running publication as urgent («serta merta»): the law forbids then what the sheet's days allow."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows import telling
from ppid.flows.ledger import MovedDeadline
from ppid.flows.models import Case
from ppid.flows.permissions import UTAMA, acts_as
from ppid.flows.states import RUNNING
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.organisation.models import User
from ppid.shelf.models import Category

MAX_REASON: int = Case._meta.get_field("urgent_because").max_length or 0


def may_mark_because(case: Case, user: User, *, at: datetime) -> str:
    """Return why the person may not mark the case as urgent, as a sentence; empty when they may."""
    day = timezone.localdate(at)
    offices = [] if case.opened_by_id == user.pk else [UTAMA]
    if acts_as(user, case, offices, on=day):
        return ""
    return "Hanya yang membuka proses ini atau PPID Utama yang dapat menandainya serta merta."


def can_become_urgent(case: Case) -> bool:
    """Whether the case is a publication that is not public yet, not urgent, and has no other class by approval."""
    if case.state not in RUNNING["publication"] or case.is_urgent:
        return False
    return case.approval is None or case.is_being_prepared or case.decides


@transaction.atomic
def mark_urgent(
    case: Case, *, because: str, actor: User, seen: int | None = None, at: datetime | None = None
) -> MovedDeadline:
    """Mark a running publication as urgent, with the reason in one line; its present row is then due at once.

    Raises StepOutOfOrder, StepForbidden, or StepUnmet without a reason, in that order.
    """
    locked = case.locked()
    moment = max(at or timezone.now(), locked.received_at)
    if locked.state not in RUNNING["publication"]:
        raise StepOutOfOrder("Hanya pengumuman yang masih berjalan dapat ditandai serta merta.")
    if locked.is_urgent:
        raise StepOutOfOrder("Proses ini sudah ditandai serta merta.")
    if not can_become_urgent(locked):
        chosen = Category(locked.information.category).label.lower()
        raise StepOutOfOrder(
            f"Jenisnya sudah ditetapkan {chosen}. Kembalikan proses ini ke langkah {locked.rows_in_words['decides']} "
            "untuk menetapkannya serta merta."
        )
    if sentence := may_mark_because(locked, actor, at=moment):
        raise StepForbidden(sentence)
    if seen is not None and seen != locked.moves:
        raise StepOutOfOrder("Proses ini sudah bergerak sejak Anda membukanya. Periksa keadaannya yang sekarang.")
    because = " ".join(because.split())
    if not because or len(because) > MAX_REASON:
        raise StepUnmet(
            f"Tulis dalam satu kalimat (paling banyak {MAX_REASON} huruf) mengapa tidak boleh ditunda.",
            fields=["because"],
        )
    line = MovedDeadline.objects.create(
        case=locked,
        kind=MovedDeadline.Kind.URGENT,
        moves=locked.moves,
        due_before=locked.due_at,
        due_after=moment,
        because=because,
        actor=actor,
        actor_name=actor.name,
        moved_at=moment,
    )
    locked.is_urgent, locked.urgent_because, locked.urgent_since, locked.due_at = True, because, moment, moment
    locked.save(update_fields=["is_urgent", "urgent_because", "urgent_since", "due_at"])
    telling.became_urgent(locked, actor=actor, at=moment)
    return line
