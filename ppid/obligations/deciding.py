"""What all that is handed in here has in common: looked at under the shelf's lock, decided by PPID Utama, once.

The shelf's lock, because what is decided is what stands there; whoever holds it waits for no row of these tables.
"""

from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone

from ppid.obligations import permissions, telling
from ppid.obligations.models import DutyText, Fulfilment, Statement
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.organisation.deciding import Deciders
from ppid.organisation.models import Appointment, User
from ppid.organisation.proposed import Proposed, decide, deciders, write_end
from ppid.shelf.lock import one_writer_at_a_time

Given = TypeVar("Given", DutyText, Statement, Fulfilment)
Ended = TypeVar("Ended", Statement, Fulfilment)


def may_decide(proposal: Proposed, *, on: date) -> Deciders:
    """Return who holds the office that decides, each with whether the words are theirs."""
    return deciders(proposal, permissions.DECIDER, "PPID Utama", on=on)


def held_waiting(proposal: Given) -> Given:
    """Return it as it stands under the lock. Raises DutyChanged once it was decided on."""
    one_writer_at_a_time()
    held = type(proposal).objects.get(pk=proposal.pk)
    if not held.is_waiting:
        raise DutyChanged(
            f"Ini sudah {held.get_decision_display().lower()} ({held.decided_name}), jadi tidak ada lagi yang "
            "diputuskan."
        )
    return held


def decider(held: Proposed, actor: User, act: str, at: datetime) -> Appointment:
    """Return the appointment under which the person decides. Raises DutyForbidden."""
    today = timezone.localdate(at)
    appointment = permissions.decides(actor, on=today)
    if appointment is None:
        raise DutyForbidden("Ini disetujui atau dikembalikan oleh PPID Utama.")
    if refusal := may_decide(held, on=today).refusal_of(actor, act):
        raise DutyForbidden(refusal)
    return appointment


def withdrawn(proposal: Given, appointment: Appointment | None, *, actor: User, at: datetime) -> Given:
    """Take one's own words back while they wait. Raises DutyRefused."""
    held = held_waiting(proposal)
    if appointment is None or held.written_by_id != actor.pk:
        raise DutyForbidden("Yang menarik kembali adalah yang mengajukannya.")
    return decide(held, Proposed.Decision.WITHDRAWN, appointment, at=at)


def returned(proposal: Given, *, actor: User, reason: str, at: datetime) -> Given:
    """Send it back to its writer, with the reason. Raises DutyRefused."""
    held = held_waiting(proposal)
    appointment = decider(held, actor, "mengembalikan ini", at)
    if not reason.strip():
        raise DutyRefused("Tulis apa yang perlu diperbaiki.", fields=["reason"])
    sent = decide(held, Proposed.Decision.RETURNED, appointment, at=at, reason=reason.strip())
    telling.decided(sent, at=at)
    return sent


def ended(standing: Ended, *, actor: User, because: str, at: datetime) -> Ended:
    """Write that what was approved holds no longer. Raises DutyRefused."""
    one_writer_at_a_time()
    held = type(standing).objects.get(pk=standing.pk)
    if permissions.ends(actor, held.unit_code, on=timezone.localdate(at)) is None:
        raise DutyForbidden(
            "Yang mengakhirinya adalah PPID Utama, Bidang Pengelolaan dan Layanan Informasi Publik, atau PPID "
            "Pelaksana unit itu."
        )
    if held.ended_at is not None:
        raise DutyChanged(f"{held.ended_name} sudah mengakhirinya.")
    if held.decision != Proposed.Decision.APPROVED:
        raise DutyChanged("Ini tidak sedang berlaku, jadi tidak ada yang diakhiri.")
    if not because.strip():
        raise DutyRefused("Tulis mengapa ini diakhiri.", fields=["reason"])
    write_end(held, actor, because=because.strip(), at=at)
    return held
