"""Which flow an SOP runs, and whether it is the city's sheet («lembar induk»); each change with a row of its ledger.

Whoever keeps a unit's sheets binds its own SOP; that has no effect until PPID Utama approves a version that carries the
flow. What takes effect at once is PPID Utama's: binding anew what was approved for the flow, releasing what runs, the
city's sheet. Running cases keep the version that they were opened with.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ppid.organisation.models import User
from ppid.shelf.actions import bind_sop
from sop.bindings import flow_shapes
from sop.drafts.changes import Snapshot
from sop.drafts.edits import edit
from sop.drafts.writing import write
from sop.guards import SopChanged, SopRefused, reason, require_approver, require_keeper
from sop.models import UNDECIDED, Binding, Sop, SopVersion
from sop.versions.followed import hold_bindings, is_in_force, refuse_to_end, takes_effect


@transaction.atomic
def bind(sop: Sop, flow: str, *, actor: User, why: str = "", at: datetime | None = None) -> Sop:
    """Let the SOP run ``flow`` for its unit; the first one of a flow is the city's too. Raises SopRefused.

    It takes effect with the approval of a version that carries the flow; where one is in force already, at once, so
    that it asks for PPID Utama. Rows of an open draft that carried steps of another flow carry none any more.
    """
    at = at or timezone.now()
    sop = _held(sop, flow)
    require_keeper(actor, sop.unit, at)
    if flow not in flow_shapes():
        raise SopRefused("Pilih alur yang dijalankan lembar ini.", fields=["flow"])
    if sop.flow == flow:
        raise SopChanged(f"SOP ini sudah diikat pada alur {sop.get_flow_display().lower()}.")
    if sop.flow:
        raise SopRefused(
            f"SOP ini masih diikat pada alur {sop.get_flow_display().lower()}. Lepaskan dahulu, lalu ikat lagi."
        )
    if other := Sop.objects.filter(flow=flow, unit=sop.unit).first():
        raise SopRefused(
            f"{sop.unit.name} sudah menjalankan alur ini menurut «{other.title}». Lepaskan SOP itu dahulu, atau buat "
            "versi barunya."
        )
    if takes_effect(sop, flow):
        require_approver(actor, at)
    _forget_other_steps(sop, flow, actor=actor, at=at)
    is_master = not Sop.objects.filter(flow=flow, is_master=True).exists()
    return record_binding(sop, flow, is_master=is_master, actor=actor, at=at, why=why.strip())


@transaction.atomic
def release(sop: Sop, *, actor: User, why: str, at: datetime | None = None) -> Sop:
    """Let the SOP run no flow; its unit then follows the city's sheet. Raises SopRefused, also for the city's own."""
    at = at or timezone.now()
    sop = _held(sop, sop.flow)
    require_keeper(actor, sop.unit, at)
    if not sop.flow:
        raise SopChanged("SOP ini tidak diikat pada alur mana pun.")
    if takes_effect(sop, sop.flow):
        require_approver(actor, at)
        refuse_to_end(sop, at)
    return record_binding(sop, "", is_master=False, actor=actor, at=at, why=reason(why))


@transaction.atomic
def make_master(sop: Sop, *, actor: User, why: str, at: datetime | None = None) -> Sop:
    """Mark the SOP as the city's sheet («lembar induk») in place of the one that was. Raises SopRefused."""
    at = at or timezone.now()
    sop = _held(sop, sop.flow)
    require_approver(actor, at)
    if sop.is_master:
        raise SopChanged("SOP ini sudah menjadi lembar induk.")
    if not sop.flow or not is_in_force(sop, sop.flow, at):
        raise SopRefused(
            "Hanya lembar yang berlaku dan membawa seluruh langkah alurnya dapat menjadi lembar induk. Setujui "
            "versinya dahulu."
        )
    why = reason(why)
    for former in Sop.objects.filter(flow=sop.flow, is_master=True):
        said = f"Lembar induk sekarang «{sop.title}»: {why}"
        record_binding(former, former.flow, is_master=False, actor=actor, at=at, why=said)
    return record_binding(sop, sop.flow, is_master=True, actor=actor, at=at, why=why)


def _held(sop: Sop, flow: str) -> Sop:
    """Return the SOP as it stands. No other act of binding passes meanwhile, nor an act on what this one looks at."""
    hold_bindings(to_change=True)
    looked_at = Sop.objects.select_for_update(of=("self",)).filter(Q(pk=sop.pk) | Q(flow=flow) & ~Q(flow=""))
    list(looked_at.order_by("pk"))
    return Sop.objects.select_related("unit").get(pk=sop.pk)


def _forget_other_steps(sop: Sop, flow: str, *, actor: User, at: datetime) -> None:
    """Take the steps of another flow from the rows of an open draft: they would read as steps of this one."""
    before = sop.bindings.exclude(flow="").order_by("pk").last()
    draft = sop.versions.filter(state__in=UNDECIDED).first()
    if draft is None or (before and before.flow == flow):
        return
    carried = {f"carries.{n}": None for n, row in Snapshot(draft).carried.items() if row}
    if not carried:
        return
    if draft.state != SopVersion.State.DRAFT:
        raise SopRefused(f"Versi {draft.version} sedang ditinjau menurut alur lain. Kembalikan dahulu versi itu.")
    with edit(draft, actor=actor, seen=None, at=at, is_typed=False) as edited:
        write(edited.draft, carried, edited.before)


def record_binding(sop: Sop, flow: str, *, is_master: bool, actor: User, at: datetime, why: str) -> Sop:
    """Write down what the SOP runs from now on, and show it. Whoever calls holds the bindings and asked who may."""
    # The ledger's row first: the database lets an SOP be bound only together with it.
    Binding.objects.create(sop=sop, flow=flow, is_master=is_master, actor=actor, actor_name=actor.name, at=at, why=why)
    sop.flow, sop.is_master = flow, is_master
    sop.save(update_fields=["flow", "is_master"])
    shown = flow if is_in_force(sop, flow, at) else ""
    bind_sop(sop.slug, flow=shown, is_master=is_master and bool(shown))
    return sop
