"""How an SOP stands to the flow that it runs: who follows it, what its rows carry, who is missing, its ledger."""

from dataclasses import dataclass
from datetime import date

from ppid.organisation.models import Appointment
from sop.bindings import LawfulStep, lawful_steps
from sop.models import Activity, Binding, Performer, Sop, SopVersion


@dataclass(frozen=True, slots=True)
class Running:
    """``carried`` is empty for a sheet that runs nothing; ``vacant`` are columns in which nobody of the unit acts."""

    is_followed: bool
    master: Sop | None
    carried: list[tuple[LawfulStep, list[Activity]]]
    vacant: list[Performer]
    ledger: list[Binding]


def running(version: SopVersion, *, is_in_force: bool, on: date) -> Running:
    """Return how the version stands on a day. Fetch it ``with_sheet()``."""
    sop, activities = version.sop, list(version.activities.all())
    return Running(
        is_followed=is_in_force and version.runs == sop.flow != "",
        master=sop if sop.is_master else _master(sop.flow),
        carried=[
            (step, [activity for activity in activities if n in activity.carries])
            for n, step in lawful_steps(sop).items()
        ],
        vacant=_vacant(version, on) if sop.flow else [],
        ledger=list(sop.bindings.order_by("-pk")),
    )


def _master(flow: str) -> Sop | None:
    return Sop.objects.filter(flow=flow, is_master=True).select_related("unit").first() if flow else None


def _vacant(version: SopVersion, on: date) -> list[Performer]:
    held = Appointment.objects.in_force(on=on).for_unit(version.sop.unit)
    taken = set(held.values_list("role", flat=True))
    return [
        performer for performer in version.performers.all() if not {role.pk for role in performer.roles.all()} & taken
    ]
