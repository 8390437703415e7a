"""Which sheet a unit follows through a flow: its own, else the city's; and whether a sheet that runs a flow may end."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from sop.guards import SopRefused
from sop.models import Sop, SopVersion


def hold_bindings(*, to_change: bool = False) -> None:
    """Let nothing change which sheet is followed until the transaction ends: no binding, no version in or out of force.

    ``to_change`` waits for those too who only look. Before the SOP is locked, always in this order.
    """
    shared = "" if to_change else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtext('sop.versions.followed'))")


def takes_effect(sop: Sop, flow: str) -> bool:
    """Whether binding or releasing changes at once which sheet cases follow: a version was approved for the flow."""
    return sop.versions.filter(state=SopVersion.State.APPROVED, runs=flow).exists()


def is_in_force(sop: Sop, flow: str, at: datetime) -> bool:
    """Whether a version of the SOP is in force that was approved for the flow."""
    return SopVersion.objects.in_force(on=timezone.localdate(at)).filter(sop=sop, runs=flow).exists()


def standing_before(version: SopVersion, *, on: date) -> SopVersion | None:
    """Return the version in force beside which this one is read: its SOP's own, else the one that its unit follows."""
    in_force = SopVersion.objects.in_force(on=on).with_sheet().exclude(pk=version.pk)
    own = in_force.filter(sop=version.sop_id).first()
    if own or not version.sop.flow:
        return own
    return in_force.for_flow(version.sop.flow, version.sop.unit_id).first()


def refuse_to_end(sop: Sop, at: datetime) -> None:
    """Raise SopRefused unless the unit can follow the city's sheet when its own ends."""
    if sop.is_master:
        raise SopRefused(
            "Ini lembar induk: unit lain menjalankan alur ini menurut lembar ini. Tandai dahulu lembar lain sebagai "
            "lembar induk, atau setujui versi penggantinya."
        )
    if not any(is_in_force(master, sop.flow, at) for master in Sop.objects.filter(flow=sop.flow, is_master=True)):
        raise SopRefused(
            f"Belum ada lembar induk yang berlaku untuk alur {sop.get_flow_display().lower()}, jadi {sop.unit.name} "
            "tidak dapat menjalankannya tanpa lembar ini."
        )
