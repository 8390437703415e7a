"""«Sedang saya kerjakan»: taking a waiting row up so that colleagues see it, letting it go, taking it over.

It keeps nobody from taking the row, as the sheet allows: it warns. It lapses when the case moves, and at the end of the
next working day.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import refuse_unless_allowed
from ppid.flows.claims import Claim
from ppid.flows.models import Case
from ppid.flows.steps import Act, StepForbidden, StepOutOfOrder
from ppid.organisation.models import Appointment, User
from ppid.worktime.calendar import calendar
from ppid.worktime.durations import Duration
from sop.models import Performer

LASTS = Duration(1, "working_day")


def standing(case: Case, *, at: datetime) -> list[Claim]:
    """Return who is working on the row at which the case waits; several only where the row is joint."""
    return list(Claim.objects.filter(case=case).standing(at=at).order_by("column"))


@transaction.atomic
def claim(
    case: Case, *, actor: User, over: int | None = None, seen: int | None = None, at: datetime | None = None
) -> Claim:
    """Take the waiting row up. ``over`` is the key of a colleague's claim that is taken over, as the actor saw it.

    Raises StepOutOfOrder or StepForbidden as taking the row would, and StepOutOfOrder when a colleague is at it.
    """
    locked, moment = case.locked(), at or timezone.now()
    moment = max(moment, locked.received_at)
    if locked.next_step is None:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {locked.state_label}.")
    refuse_unless_allowed(locked, locked.next_step, Act(actor, moment, seen=seen))
    column, appointment = _column_of(locked, actor, moment)
    newest = Claim.objects.filter(case=locked, moves=locked.moves, column=column.position).order_by("-pk").first()
    taken = newest if newest and newest.kind == Claim.Kind.TAKEN and newest.until > moment else None
    stands = taken is not None and Claim.objects.filter(pk=taken.pk).standing(at=moment).exists()
    if taken is not None and stands and taken.actor_id == actor.pk:
        return taken
    if taken is not None and stands and taken.pk != over:
        raise StepOutOfOrder(
            f"{taken.actor_name} sedang mengerjakannya sejak {_when(taken.at)}. Hubungi dahulu, atau ambil alih."
        )
    return Claim.objects.create(
        kind=Claim.Kind.TAKEN,
        over=taken if taken is not None and taken.actor_id != actor.pk else None,
        at=moment,
        until=calendar(since=moment).due(moment, LASTS),
        **_row(locked, column, appointment),
    )


@transaction.atomic
def let_go(case: Case, *, actor: User, at: datetime | None = None) -> Claim:
    """Let the row go that the actor took up. Raises StepOutOfOrder when it is no longer theirs."""
    locked, moment = case.locked(), at or timezone.now()
    mine = next((each for each in standing(locked, at=moment) if each.actor_id == actor.pk), None)
    if mine is None:
        raise StepOutOfOrder("Anda tidak sedang tercatat mengerjakan langkah ini.")
    moment = max(moment, mine.at)
    same = {name: getattr(mine, name) for name in ("case", "moves", "step", "column", "appointment", "acting_as")}
    return Claim.objects.create(
        kind=Claim.Kind.LET_GO, at=moment, until=moment, actor=actor, actor_name=actor.name, **same
    )


def _column_of(case: Case, actor: User, moment: datetime) -> tuple[Performer, Appointment]:
    """Return the person's column of the row, and the appointment by which it is theirs."""
    held = case.held_by(actor, on=timezone.localdate(moment))
    for column in case.awaited.columns:
        roles = {role.pk for role in column.roles.all()}
        for appointment in held:
            if appointment.role_id in roles:
                return column, appointment
    raise StepForbidden(f"Langkah ini adalah tugas {case.awaited_column}.")


def _row(case: Case, column: Performer, appointment: Appointment) -> dict[str, object]:
    return {
        "case": case,
        "moves": case.moves,
        "step": case.step,
        "column": column.position,
        "actor": appointment.user,
        "actor_name": appointment.user.name,
        "appointment": appointment,
        "acting_as": appointment.acting_as,
    }


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local:%H.%M}" if local.date() == timezone.localdate() else f"{local:%d/%m/%Y} pukul {local:%H.%M}"
