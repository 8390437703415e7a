"""What becomes of a unit's sheets as it closes: they pass to its successor, where one sheet a flow stays bound."""

from dataclasses import dataclass
from datetime import datetime

from ppid.organisation.models import Unit, User
from sop.drafts.binding import record_binding
from sop.models import NumberingPattern, Sop
from sop.passed_on import SopPassedOn
from sop.versions.followed import hold_bindings, is_in_force


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a sheet: it passes on, and where the successor has its own for the flow, one is released.

    ``released`` runs no flow from then on; ``new_master`` becomes the city's sheet in its place.
    """

    sop: Sop
    released: Sop | None = None
    new_master: Sop | None = None

    @property
    def sentence(self) -> str:
        """What people read of it before it is done, and in the ledger afterwards."""
        flow = self.sop.get_flow_display().lower()
        if self.new_master is not None:
            return f"Lembar induk {flow} menjadi «{self.new_master.title}»; lembar ini tidak lagi dijalankan."
        if self.released == self.sop:
            return f"Tidak lagi dijalankan: penerus menjalankan alur {flow} menurut lembarnya sendiri."
        if self.released is not None:
            return f"Tetap dijalankan; lembar penerus «{self.released.title}», yang belum berlaku, dilepas."
        if self.sop.is_master:
            return f"Tetap lembar induk {flow} untuk seluruh kota, sekarang pada penerus."
        return f"Penerus menjalankan alur {flow} menurut lembar ini." if self.sop.flow else ""


def fates(unit: Unit, successor: Unit, *, at: datetime) -> list[Fate]:
    """Return what becomes of each sheet of the unit as it passes to the successor."""
    own = {sop.flow: sop for sop in Sop.objects.filter(unit=successor).exclude(flow="")}
    masters = {sop.flow: sop for sop in Sop.objects.filter(is_master=True)}
    found = []
    for sop in Sop.objects.filter(unit=unit).select_related("unit").order_by("title", "pk"):
        theirs = own.get(sop.flow) if sop.flow else None
        if theirs is None:
            found.append(Fate(sop))
            continue
        master = masters.get(sop.flow)
        needed = is_in_force(sop, sop.flow, at) and (
            sop.is_master or master is None or not is_in_force(master, sop.flow, at)
        )
        if needed and not theirs.is_master and not is_in_force(theirs, theirs.flow, at):
            found.append(Fate(sop, released=theirs))
        else:
            found.append(Fate(sop, released=sop, new_master=theirs if sop.is_master else None))
    return found


def pass_sheets_on(unit: Unit, successor: Unit, *, because: str, actor: User, at: datetime) -> list[Fate]:
    """Pass the sheets of the unit on to its successor, with the pattern of their numbers where it has none.

    The unit has closed in this transaction already; its ledger says so.
    """
    hold_bindings(to_change=True)
    passing = list(Sop.objects.select_for_update().filter(unit__in=[unit, successor]).order_by("pk"))
    found, said = fates(unit, successor, at=at), f"{unit.name} diteruskan oleh {successor.name}: {because}"
    for fate in found:
        if fate.released is not None:
            record_binding(fate.released, "", is_master=False, actor=actor, at=at, why=said)
        if fate.new_master is not None:
            record_binding(fate.new_master, fate.new_master.flow, is_master=True, actor=actor, at=at, why=said)
    SopPassedOn.objects.bulk_create(
        SopPassedOn(
            sop=sop,
            from_unit=unit,
            from_name=unit.name,
            to_unit=successor,
            to_name=successor.name,
            actor=actor,
            actor_name=actor.name,
            at=at,
            because=because,
        )
        for sop in passing
        if sop.unit_id == unit.pk
    )
    Sop.objects.filter(unit=unit).update(unit=successor)
    if not NumberingPattern.objects.filter(unit=successor).exists():
        NumberingPattern.objects.filter(unit=unit).update(unit=successor)
    return found
