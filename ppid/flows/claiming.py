"""«Sedang saya kerjakan»: taking a waiting row up so that colleagues see it, letting it go, taking it over.

It keeps nobody from taking the row, as the sheet allows: it warns. It lapses when the case moves, and at the end of the
next working day.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ppid.flows import telling
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


def refuse_unless_free(
    case: Case, *, actor: User, at: datetime, over: int | None = None, seen: int | None = None
) -> tuple[Performer, Appointment, Claim | None]:
    """Return the column that the actor may take up, by which appointment, and the newest claim that bears on it.

    Raises StepOutOfOrder or StepForbidden as taking the row would, and StepOutOfOrder when a colleague is at it whose
    claim is not the one to be taken ``over``.
    """
    if case.next_step is None:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {case.state_label}.")
    refuse_unless_allowed(case, case.next_step, Act(actor, at, seen=seen))
    column, appointment = _column_of(case, actor, at)
    newest = Claim.objects.filter(case=case, moves=case.moves, column=column.position).order_by("-pk").first()
    if newest is None or newest.kind != Claim.Kind.TAKEN or newest.until <= at:
        return column, appointment, None
    if newest.actor_id != actor.pk and newest.pk != over and newest in standing(case, at=at):
        raise StepOutOfOrder(
            f"{newest.actor_name} sedang mengerjakannya sejak {_when(newest.at)}. Hubungi dahulu, atau ambil alih."
        )
    return column, appointment, newest


@transaction.atomic
def claim(
    case: Case, *, actor: User, over: int | None = None, seen: int | None = None, at: datetime | None = None
) -> Claim:
    """Take the waiting row up. ``over`` is the key of a colleague's claim that is taken over, as the actor saw it.

    Raises as ``refuse_unless_free``. Taking up what is one's own already changes nothing.
    """
    locked = case.locked()
    moment = max(at or timezone.now(), locked.received_at)
    column, appointment, newest = refuse_unless_free(locked, actor=actor, at=moment, over=over, seen=seen)
    if newest is not None and newest.actor_id == actor.pk and newest in standing(locked, at=moment):
        return newest
    taken = Claim.objects.create(
        kind=Claim.Kind.TAKEN,
        over=newest if newest is not None and newest.actor_id != actor.pk else None,
        at=moment,
        until=calendar(since=moment).due(moment, LASTS),
        **_row(locked, column, appointment),
    )
    if taken.over is not None:
        lines = [("Oleh", f"{actor.name} ({taken.acting_as})")]
        had = Q(pk=taken.over.actor_id)
        telling.tell_of_case(locked, "taken_over", f"claim:{taken.pk}", had, at=moment, actor=actor, lines=lines)
    return taken


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
