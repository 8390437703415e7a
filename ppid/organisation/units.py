"""The acts on units that change their names: add one, let it bear another name from a day on, say what people call it.

Closing one passes on what belongs to it, so it stands above, in ``ppid.flows.closing``; what both look at is here.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from ppid.organisation.actions import manages_people, one_act_at_a_time
from ppid.organisation.models import Unit, User
from ppid.organisation.unit_history import TOLD, PlannedChange, UnitChange, UnitName
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

MOST_EVERYDAY_NAMES = 20

NOT_YOURS = "Unit kerja hanya dapat diubah oleh yang mengurus orang dan unit: PPID Utama yang penugasannya berlaku."

log = logging.getLogger(__name__)


class UnitRefused(Refused):
    """An act on a unit was refused."""


class UnitForbidden(Forbidden, UnitRefused):
    """It is not this person's to do."""


class UnitChanged(ChangedMeanwhile, UnitRefused):
    """Somebody else changed the unit since this person looked."""


def hold_units(*, to_close: bool = False) -> None:
    """Let no unit close until the transaction ends; ``to_close`` waits for all that begin something at one.

    After the calendar, before any binding, case or item, always in this order.
    """
    shared = "" if to_close else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtext('ppid.organisation.units'))")


def require_open(unit: Unit) -> Unit:
    """Return the unit as it stands now. Raises UnitRefused when it has closed; call it once ``hold_units`` holds."""
    unit = Unit.objects.select_related("successor").get(pk=unit.pk)
    if not unit.is_active:
        raise UnitRefused(closed_sentence(unit), fields=["unit"])
    return unit


def closed_sentence(unit: Unit) -> str:
    """Say that the unit has closed, and which one to take instead."""
    successor = unit.present
    return f"{unit.name} sudah ditutup dan diteruskan oleh {successor.name}. Pilih {successor.short_name}."


def require_manager(actor: User, at: datetime) -> None:
    """Raise UnitForbidden unless the person keeps the office's people and units."""
    if not manages_people(actor, on=timezone.localdate(at)):
        raise UnitForbidden(NOT_YOURS)


@transaction.atomic
def add_unit(
    *,
    code: str,
    name: str,
    short_name: str,
    everyday_names: Iterable[str] = (),
    opened_on: date | None = None,
    because: str = "",
    actor: User,
    at: datetime | None = None,
) -> Unit:
    """Add a unit. Raises UnitRefused, and ValidationError for a field that doesn't fit."""
    at = at or timezone.now()
    one_act_at_a_time()
    require_manager(actor, at)
    unit = Unit(code=code, opened_on=opened_on, everyday_names=_everyday(everyday_names))
    unit.name, unit.short_name = _names(name, short_name)
    _refuse_taken(unit.name, unit.short_name)
    unit.full_clean()
    unit.save(force_insert=True)
    note_change(
        unit, UnitChange.Kind.ADDED, before={}, actor=actor, at=at, effective_on=opened_on, because=because.strip()
    )
    log.info("Account %s added the unit %s.", actor.pk, unit.code)
    return unit


@transaction.atomic
def rename(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    starts_on: date,
    because: str,
    actor: User,
    at: datetime | None = None,
) -> UnitName | PlannedChange:
    """Let the unit bear the name from a day on: at once, or where the day is to come, on that day.

    Raises UnitRefused, also for a day before the one on which the present name began.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    one_act_at_a_time()
    require_manager(actor, at)
    bring_names_into_force(on=today, at=at)
    unit = still_open(unit)
    name, short_name = _names(name, short_name)
    because = require_reason(because)
    last = unit.names.last()
    if last.starts_on and starts_on < last.starts_on:
        raise UnitRefused(
            f"«{last.name}» baru berlaku sejak {date_format(last.starts_on)}. Nama yang lain mulai paling awal pada "
            "hari itu: yang sudah tercatat pada harinya tidak ditulis ulang.",
            fields=["starts_on"],
        )
    if (name, short_name) == (unit.name, unit.short_name):
        raise UnitRefused("Itu nama yang sekarang dipakai. Tulis nama yang baru.", fields=["name"])
    if closing := unit.plans.open().filter(kind=PlannedChange.Kind.CLOSING, day__lt=starts_on).first():
        raise UnitRefused(
            f"Unit ini ditutup sesudah {date_format(closing.day)}. Batalkan rencana itu dahulu bila ia tetap ada.",
            fields=["starts_on"],
        )
    _refuse_taken(name, short_name, besides=unit)
    if starts_on <= today:
        return _bear(unit, name, short_name, starts_on, because=because, actor=actor, actor_name=actor.name, at=at)
    if unit.plans.open().filter(kind=PlannedChange.Kind.RENAME, day=starts_on).exists():
        raise UnitRefused(
            f"Untuk {date_format(starts_on)} sudah tercatat nama lain. Batalkan rencana itu dahulu.",
            fields=["starts_on"],
        )
    plan = PlannedChange(unit=unit, kind=PlannedChange.Kind.RENAME, day=starts_on, name=name, short_name=short_name)
    return write_plan(plan, because=because, actor=actor, at=at)


@transaction.atomic
def call(
    unit: Unit, *, short_name: str, everyday_names: Iterable[str], actor: User, at: datetime | None = None
) -> Unit:
    """Change the short name, from today on, and what people call the unit. Raises UnitRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    require_manager(actor, at)
    bring_names_into_force(on=timezone.localdate(at), at=at)
    unit = still_open(unit)
    _, short_name = _names(unit.name, short_name)
    everyday = _everyday(everyday_names)
    if (short_name, everyday) == (unit.short_name, unit.everyday_names):
        raise UnitRefused("Tidak ada yang berubah: itu nama yang sekarang dipakai.")
    before = unit.told
    if short_name != unit.short_name:
        _refuse_taken(unit.name, short_name, besides=unit)
        starts_on = max(timezone.localdate(at), unit.names.last().starts_on or date.min)
        _write_name(unit, unit.name, short_name, starts_on, because="", actor=actor, actor_name=actor.name, at=at)
    unit.short_name, unit.everyday_names = short_name, everyday
    note_change(unit, UnitChange.Kind.CALLED, before=before, actor=actor, at=at)
    return unit


@transaction.atomic
def cancel_plan(plan: PlannedChange, *, actor: User, at: datetime | None = None) -> PlannedChange:
    """Give up what was written down for a day to come. Raises UnitRefused once it has come."""
    at = at or timezone.now()
    one_act_at_a_time()
    require_manager(actor, at)
    plan = PlannedChange.objects.select_related("unit").get(pk=plan.pk)
    if plan.done_at or plan.cancelled_at:
        raise UnitChanged("Rencana ini sudah terlaksana atau sudah dibatalkan orang lain.")
    give_up(plan, actor=actor, actor_name=actor.name, at=at)
    log.info("Account %s gave up the plan %s.", actor.pk, plan.pk)
    return plan


def give_up(plan: PlannedChange, *, actor: User, actor_name: str, at: datetime) -> None:
    """Write down that the plan is not to come. Hold the lock of people."""
    plan.cancelled_at, plan.cancelled_by, plan.cancelled_by_name = at, actor, actor_name
    plan.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_by_name"])


@transaction.atomic
def bring_names_into_force(*, on: date, at: datetime | None = None) -> list[UnitName]:
    """Let the units bear the names whose day has come, in the order of their days."""
    due = PlannedChange.objects.due(on=on).filter(kind=PlannedChange.Kind.RENAME)
    if not due.exists():
        return []
    one_act_at_a_time()
    borne, at = [], at or timezone.now()
    for plan in due.select_related("recorded_by").order_by("day", "pk"):
        unit = Unit.objects.get(pk=plan.unit_id)
        last = unit.names.last()
        if unit.is_active and not (last.starts_on and plan.day < last.starts_on):
            borne.append(
                _bear(
                    unit,
                    plan.name,
                    plan.short_name,
                    plan.day,
                    because=plan.because,
                    actor=plan.recorded_by,
                    actor_name=plan.recorded_by_name,
                    at=at,
                )
            )
        plan.done_at = at
        plan.save(update_fields=["done_at"])
    return borne


def write_plan(plan: PlannedChange, *, because: str, actor: User, at: datetime) -> PlannedChange:
    """Write down what is to come on its day."""
    plan.because, plan.recorded_by, plan.recorded_by_name, plan.recorded_at = because, actor, actor.name, at
    plan.save(force_insert=True)
    log.info("Account %s made the plan %s.", actor.pk, plan.pk)
    return plan


def still_open(unit: Unit) -> Unit:
    """Return the unit as it stands now. Raises UnitChanged when it has closed."""
    unit = Unit.objects.select_related("successor").get(pk=unit.pk)
    if not unit.is_active:
        raise UnitChanged(f"{unit.name} sudah ditutup dan diteruskan oleh {unit.present.name}.")
    return unit


def _bear(unit: Unit, name: str, short_name: str, starts_on: date, *, because, actor, actor_name, at) -> UnitName:
    before = unit.told
    borne = _write_name(unit, name, short_name, starts_on, because=because, actor=actor, actor_name=actor_name, at=at)
    unit.name, unit.short_name = name, short_name
    note_change(
        unit,
        UnitChange.Kind.RENAMED,
        before=before,
        actor=actor,
        actor_name=actor_name,
        at=at,
        effective_on=starts_on,
        because=because,
    )
    return borne


def _write_name(unit: Unit, name: str, short_name: str, starts_on: date, *, because, actor, actor_name, at) -> UnitName:
    return UnitName.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        starts_on=starts_on,
        legal_basis=because,
        recorded_by=actor,
        recorded_by_name=actor_name,
        recorded_at=at,
    )


def note_change(
    unit: Unit, kind: UnitChange.Kind, *, before: dict, actor: User, at: datetime, actor_name: str = "", **more
) -> UnitChange:
    """Write the unit as it is in memory, with its row of the ledger."""
    # The ledger's row first: the database lets a unit change only together with it.
    change = UnitChange.objects.create(
        unit=unit,
        kind=kind,
        before=before,
        after=unit.told,
        actor=actor,
        actor_name=actor_name or actor.name,
        at=at,
        **more,
    )
    if kind != UnitChange.Kind.ADDED:
        unit.save(update_fields=TOLD)
    return change


def require_reason(because: str) -> str:
    """Return the legal basis as it is kept. Raises UnitRefused when there is none."""
    if not (because := " ".join(because.split())):
        raise UnitRefused("Tulis dasar hukumnya, misalnya «Perwa 71/2026».", fields=["because"])
    return because


def _names(name: str, short_name: str) -> tuple[str, str]:
    name, short_name = " ".join(name.split()), " ".join(short_name.split())
    for value, field, longest in ((name, "name", 200), (short_name, "short_name", 60)):
        if not value:
            raise UnitRefused("Tulis namanya.", fields=[field])
        if len(value) > longest:
            raise UnitRefused(f"Paling panjang {longest} huruf; ini {len(value)}.", fields=[field])
    return name, short_name


def _everyday(names: Iterable[str]) -> list[str]:
    """Return what people call a unit, each once, whatever its case. Raises UnitRefused when it is too much."""
    kept: dict[str, str] = {}
    for name in names:
        if name := " ".join(name.split()):
            kept.setdefault(name.casefold(), name)
    if len(kept) > MOST_EVERYDAY_NAMES:
        raise UnitRefused(f"Paling banyak {MOST_EVERYDAY_NAMES} nama sehari-hari.", fields=["everyday_names"])
    if long := [name for name in kept.values() if len(name) > 60]:
        raise UnitRefused(f"«{long[0][:40]}…» lebih panjang dari 60 huruf.", fields=["everyday_names"])
    return list(kept.values())


def _refuse_taken(name: str, short_name: str, besides: Unit | None = None) -> None:
    """Refuse a name that another open unit bears, or is to bear: nobody could tell the two apart."""
    others = Unit.objects.open().exclude(pk=besides and besides.pk)
    plans = PlannedChange.objects.open().exclude(unit=besides)
    for field, value in (("name", name), ("short_name", short_name)):
        if (
            others.filter(**{f"{field}__iexact": value}).exists()
            or plans.filter(**{f"{field}__iexact": value}).exists()
        ):
            raise UnitRefused(f"«{value}» sudah dipakai unit lain, atau akan dipakainya.", fields=[field])
