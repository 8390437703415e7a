"""How each act on a list takes hold of it and moves it: the lock, the look after it, the row of its ledger."""

from datetime import datetime

from django.utils import timezone

from ppid.organisation.models import User
from ppid.takeover import telling
from ppid.takeover.models import Register, State, Takeover, TakeoverMove
from ppid.takeover.permissions import sees
from ppid.web.refusals import ChangedMeanwhile, Forbidden

NOT_YOURS = (
    "Mengambil alih DIP adalah tugas PPID Utama, Bidang Pengelolaan, dan Operator, serta PPID Pelaksana untuk unitnya "
    "sendiri."
)
NOT_YOUR_DIK = (
    "Mengambil alih DIK adalah tugas PPID Utama dan petugas kota yang berkolom pada SOP pendokumentasian informasi "
    "yang dikecualikan."
)


def move(takeover: Takeover, to: State, *, actor: User | None, at: datetime, note: str = "") -> Takeover:
    """Move the list, which is locked, with its row of the ledger; its approval is saved along."""
    line = TakeoverMove.objects.create(
        takeover=takeover,
        sequence=takeover.moves + 1,
        from_state=takeover.state,
        to_state=to,
        actor=actor,
        actor_name=actor.name if actor else "",
        at=at,
        note=note,
    )
    takeover.state, takeover.moves = to, takeover.moves + 1
    takeover.save(update_fields=["state", "moves", "approved_by", "approved_as", "approved_name", "approved_at"])
    telling.moved(takeover, line, at=at)
    return takeover


def draft_of(takeover: Takeover, actor: User, *, at: datetime) -> Takeover:
    """Return the list, locked, as a draft on which the person works. Raises as ``dry_run``."""
    return locked_list(takeover, actor, State.DRAFT, at=at)


def read_again(takeover: Takeover) -> Takeover:
    """Return the list as it stands now, locked."""
    return Takeover.objects.select_for_update(of=("self",)).select_related("table").get(pk=takeover.pk)


def locked_list(takeover: Takeover, actor: User, *states: State, at: datetime) -> Takeover:
    """Return the list, locked, for an act of the person while it is in one of these states. Raises as ``dry_run``."""
    locked = read_again(takeover)
    if not sees(actor, locked, on=timezone.localdate(at)):
        raise Forbidden(not_yours(locked.kind))
    refuse_unless(locked, *states)
    return locked


def refuse_unless(takeover: Takeover, *states: State) -> None:
    """Raise ChangedMeanwhile when the list is in none of these states."""
    if takeover.state not in states:
        raise ChangedMeanwhile(
            f"Ini tidak dapat dilakukan sekarang: ambil alih ini {takeover.get_state_display().lower()}."
        )


def not_yours(kind: str) -> str:
    """Return why somebody does not take lists of this kind over."""
    return NOT_YOUR_DIK if kind == Register.DIK else NOT_YOURS
