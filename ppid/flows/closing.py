"""A unit closes and another one succeeds it: what belongs to it passes on in one act, each with a line in its ledger.

Appointments end on the last day and never pass by themselves. What was done keeps the name of its day.
"""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.models import Case
from ppid.flows.passed_on import PassedOn
from ppid.information.models import Exclusion, Information
from ppid.information.passed_on import ItemPassedOn
from ppid.organisation.actions import one_act_at_a_time
from ppid.organisation.appointment_rules import CHIEF
from ppid.organisation.models import Appointment, AppointmentChange, Unit, User
from ppid.organisation.unit_history import PlannedChange, UnitChange
from ppid.organisation.units import (
    UnitChanged,
    UnitRefused,
    bring_names_into_force,
    give_up,
    hold_units,
    note_change,
    require_manager,
    require_reason,
    write_plan,
)
from ppid.shelf.actions import pass_unit_on
from ppid.web.fixed_queries import FixedQuery
from ppid.web.refusals import Refused
from ppid.worktime.calendar import hold_calendar
from sop.drafts.passing_on import Fate, fates, pass_sheets_on

log = logging.getLogger(__name__)

_AT_A_TIME = 2000


@dataclass(slots=True)
class Passing:
    """What would pass from a unit to its successor, counted, and whose appointments would end."""

    items: int
    running: int
    ended: int
    exclusions: int
    sheets: list[Fate] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers as the unit's ledger keeps them."""
        return {
            "items": self.items,
            "running": self.running,
            "ended": self.ended,
            "exclusions": self.exclusions,
            "sheets": len(self.sheets),
            "appointments": len(self.appointments),
        }


def what_passes(unit: Unit, successor: Unit | None, *, last_day: date, at: datetime) -> Passing:
    """Return what the unit holds, which passes to the successor, and the appointments that end with its last day."""
    cases = Case.objects.filter(unit=unit)
    on = timezone.localdate(at)
    return Passing(
        items=Information.objects.filter(unit=unit).count(),
        running=cases.running().count(),
        ended=cases.filter(ended_at__isnull=False).count(),
        exclusions=Exclusion.objects.in_force(on=on).filter(information__unit=unit).count(),
        sheets=fates(unit, successor, at=at) if successor else [],
        appointments=list(ending_with(unit, last_day).select_related("user", "role").order_by("role__name", "pk")),
    )


def ending_with(unit: Unit, last_day: date) -> "QuerySet[Appointment]":
    """Return the appointments at the unit that would hold after its last day."""
    standing = Appointment.objects.filter(unit=unit, closed_at__isnull=True)
    return standing.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day))


@transaction.atomic
def close_unit(
    unit: Unit, *, successor: Unit, last_day: date, because: str, actor: User, at: datetime | None = None
) -> UnitChange | PlannedChange:
    """Close the unit with this last day, at once or, where the day is to come, once it is over.

    Raises UnitRefused with sentences: into itself, in a circle, into a unit that has closed, and where nobody would
    lead the office afterwards.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    _hold()
    require_manager(actor, at)
    bring_names_into_force(on=today, at=at)
    unit, successor = _read(unit), _read(successor)
    because = require_reason(because)
    refuse_unless_closable(unit, successor, last_day, today=today)
    if unit.plans.open().filter(kind=PlannedChange.Kind.CLOSING).exists():
        raise UnitChanged(f"Penutupan {unit.name} sudah direncanakan. Batalkan rencana itu dahulu bila berubah.")
    if last_day > today:
        plan = PlannedChange(unit=unit, kind=PlannedChange.Kind.CLOSING, day=last_day, successor=successor)
        return write_plan(plan, because=because, actor=actor, at=at)
    return _close(unit, successor, last_day, because=because, actor=actor, actor_name=actor.name, at=at)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A planned closing that can't be brought about, and why."""

    plan: PlannedChange
    why: str


def bring_closings_about(*, on: date, at: datetime | None = None) -> list[Stuck]:
    """Close the units whose last day is over, each in a transaction of its own; return the plans that can't be.

    One that can't be stays as it is, and its page says why: somebody has to decide.
    """
    due = PlannedChange.objects.due(on=on).filter(kind=PlannedChange.Kind.CLOSING).order_by("day", "pk")
    stuck = []
    for key in due.values_list("pk", flat=True):
        try:
            _bring_about(key, at=at or timezone.now())
        except UnitRefused as refusal:
            plan = PlannedChange.objects.select_related("unit").get(pk=key)
            stuck.append(Stuck(plan, " ".join(refusal.sentences)))
            log.warning("The unit %s can't be closed as planned: %s", plan.unit.code, refusal)
    return stuck


def bring_units_about(*, on: date, at: datetime | None = None) -> list[Stuck]:
    """Bring about what was planned for units up to this day; return the closings that can't be."""
    bring_names_into_force(on=on, at=at)
    return bring_closings_about(on=on, at=at)


def _due(*, on: date) -> QuerySet[PlannedChange]:
    return PlannedChange.objects.due(on=on).select_related("unit__successor", "successor")


_DUE = FixedQuery(_due)


def bring_due_units_about(*, on: date) -> None:
    """Bring about what is due, where something is and nothing keeps it: one query where nothing is.

    For the first act on its day, which neither waits for the daily jobs nor fails by what is not its own.
    """
    try:
        if any(not what_keeps(plan) for plan in _DUE.rows(on=on)):
            bring_units_about(on=on)
    except (Refused, DatabaseError):
        log.exception("What was planned for units could not be brought about; the daily jobs try again.")


def what_keeps(plan: PlannedChange) -> str:
    """Return why the plan can't be brought about as things stand, "" where it can."""
    if plan.successor is None:
        return ""
    try:
        refuse_unless_closable(plan.unit, plan.successor, plan.day, today=plan.day)
    except UnitRefused as refusal:
        return " ".join(refusal.sentences)
    return ""


def refuse_unless_closable(unit: Unit, successor: Unit, last_day: date, *, today: date) -> None:
    """Raise UnitRefused, or UnitChanged, unless the unit may close with this last day and this successor."""
    if not unit.is_active:
        raise UnitChanged(f"{unit.name} sudah ditutup dan diteruskan oleh {unit.present.name}.")
    if not Unit.objects.open().exclude(pk=unit.pk).exists():
        raise UnitRefused("Ini satu-satunya unit yang masih ada. Tambahkan dahulu unit yang meneruskannya.")
    if successor.pk == unit.pk:
        raise UnitRefused("Unit tidak dapat meneruskan dirinya sendiri. Pilih unit lain.", fields=["successor"])
    if not successor.is_active:
        present = successor.present
        said = f"{successor.name} sendiri sudah ditutup dan diteruskan oleh {present.name}. "
        raise UnitRefused(
            said + (f"Pilih {present.short_name}." if present.pk != unit.pk else "Pilih unit yang masih ada."),
            fields=["successor"],
        )
    if last_day < today:
        raise UnitRefused(
            "Hari terakhir paling awal hari ini. Sebutkan pada dasar hukumnya bila peraturannya berlaku lebih dahulu.",
            fields=["last_day"],
        )
    if unit.opened_on and last_day < unit.opened_on:
        raise UnitRefused(f"{unit.name} baru berdiri {date_format(unit.opened_on)}.", fields=["last_day"])
    _refuse_circles(unit, successor, last_day)
    to_come = Appointment.objects.filter(unit=unit, starts_on__gt=last_day, closed_at__isnull=True)
    late = to_come.select_related("user", "role").first()
    if late is not None:
        raise UnitRefused(
            f"Penugasan {late.user.name} sebagai {late.acting_as} baru mulai {date_format(late.starts_on)}, sesudah "
            "hari terakhir unit ini. Batalkan penugasan itu dahulu, atau beri penugasan pada penerusnya.",
            fields=["last_day"],
        )
    others = Appointment.objects.in_force(on=last_day + timedelta(days=1)).exclude(unit=unit)
    if not others.filter(role__code=CHIEF).exists():
        raise UnitRefused(
            "Sesudah hari itu tidak ada lagi PPID Utama yang bertugas, karena penugasannya di unit ini berakhir. Beri "
            f"penugasan PPID Utama pada {successor.short_name} dahulu.",
            fields=["last_day"],
        )


def _refuse_circles(unit: Unit, successor: Unit, last_day: date) -> None:
    """Refuse a successor that would itself be gone by then, or would lead back to the unit."""
    planned = PlannedChange.objects.open().filter(kind=PlannedChange.Kind.CLOSING).select_related("unit", "successor")
    plans = {plan.unit_id: plan for plan in planned}
    plan = plans.get(successor.pk)
    while plan is not None and plan.successor is not None:
        if plan.successor_id == unit.pk:
            raise UnitRefused(
                f"{plan.unit.name} direncanakan ditutup dan diteruskan oleh {unit.name}: keduanya saling meneruskan. "
                "Pilih penerus yang tetap ada, atau batalkan rencana itu.",
                fields=["successor"],
            )
        plan = plans.get(plan.successor_id)
    if (plan := plans.get(successor.pk)) is not None and plan.day < last_day and plan.successor is not None:
        raise UnitRefused(
            f"{successor.name} ditutup lebih dahulu, pada {date_format(plan.day)}. Pilih {plan.successor.name}.",
            fields=["successor"],
        )
    waiting = next((each for each in plans.values() if each.successor_id == unit.pk and each.day > last_day), None)
    if waiting is not None:
        raise UnitRefused(
            f"{waiting.unit.name} direncanakan diteruskan oleh unit ini sesudah {date_format(waiting.day)}. Ubah "
            "rencana itu dahulu.",
            fields=["last_day"],
        )


def _hold() -> None:
    """Hold what others hold who begin something at a unit, in the order of this house: people, calendar, units."""
    one_act_at_a_time()
    hold_calendar()
    hold_units(to_close=True)


def _read(unit: Unit) -> Unit:
    return Unit.objects.select_related("successor").get(pk=unit.pk)


@transaction.atomic
def _bring_about(key: int, *, at: datetime) -> None:
    _hold()
    plan = PlannedChange.objects.select_related("unit", "successor", "recorded_by").get(pk=key)
    if plan.done_at or plan.cancelled_at or plan.successor is None:
        return
    unit, successor = _read(plan.unit), _read(plan.successor)
    refuse_unless_closable(unit, successor, plan.day, today=plan.day)
    _close(
        unit,
        successor,
        plan.day,
        because=plan.because,
        actor=plan.recorded_by,
        actor_name=plan.recorded_by_name,
        at=at,
    )
    plan.done_at = at
    plan.save(update_fields=["done_at"])


def _close(
    unit: Unit, successor: Unit, last_day: date, *, because: str, actor: User, actor_name: str, at: datetime
) -> UnitChange:
    passing, before = what_passes(unit, successor, last_day=last_day, at=at), unit.told
    unit.is_active, unit.closed_on, unit.successor = False, last_day, successor
    change = note_change(
        unit,
        UnitChange.Kind.CLOSED,
        before=before,
        actor=actor,
        actor_name=actor_name,
        at=at,
        effective_on=last_day,
        because=because,
        passed=passing.counts,
    )
    for plan in unit.plans.open().filter(kind=PlannedChange.Kind.RENAME):
        give_up(plan, actor=actor, actor_name=actor_name, at=at)
    _end_appointments(unit, last_day, actor=actor, actor_name=actor_name, at=at)
    pass_sheets_on(unit, successor, because=because, actor=actor, at=at)
    line = {
        "from_unit": unit,
        "from_name": unit.name,
        "to_unit": successor,
        "to_name": successor.name,
        "actor": actor,
        "actor_name": actor_name,
        "at": at,
        "because": because,
    }
    # All cases before any item, as everybody who holds a case comes to its item.
    cases = list(Case.objects.select_for_update().filter(unit=unit).order_by("pk").values_list("pk", "moves"))
    items = list(Information.objects.select_for_update().filter(unit=unit).order_by("pk").values_list("pk", flat=True))
    # Nothing was opened meanwhile: who opens a case holds the units.
    PassedOn.objects.bulk_create(
        (PassedOn(case_id=case, moves=moves, **line) for case, moves in cases), batch_size=_AT_A_TIME
    )
    ItemPassedOn.objects.bulk_create((ItemPassedOn(information_id=item, **line) for item in items), _AT_A_TIME)
    Case.objects.filter(unit=unit).update(unit=successor, passed_on_at=at)
    Information.objects.filter(unit=unit).update(unit=successor)
    pass_unit_on(unit.code, to=successor.code)
    log.info("Account %s closed the unit %s; %s succeeds it.", actor.pk, unit.code, successor.code)
    return change


def _end_appointments(unit: Unit, last_day: date, *, actor: User, actor_name: str, at: datetime) -> None:
    ending = ending_with(unit, last_day)
    # The ledger's rows first: the database lets the last day change only together with them.
    AppointmentChange.objects.bulk_create(
        AppointmentChange(
            appointment=each,
            kind=AppointmentChange.Kind.END,
            ends_on_before=each.ends_on,
            ends_on=last_day,
            actor=actor,
            actor_name=actor_name,
            at=at,
        )
        for each in ending.order_by("pk")
    )
    ending.update(ends_on=last_day)
