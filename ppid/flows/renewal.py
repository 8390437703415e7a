"""A «berkala» item is renewed, or confirmed to be still right, before its day; what can't be late has no day.

The day lies on the shelf (``PublishedItem.renew_by``), so nothing has to be done daily for an item to be late.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ppid.flows.knowing import Held
from ppid.flows.life import StillRight
from ppid.flows.models import Case, columns_at
from ppid.flows.permissions import performs
from ppid.flows.states import PREPARES, STEP_NUMBERS, PublicationState
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.organisation.models import Appointment, User
from ppid.shelf import actions as shelf
from ppid.shelf.models import Category, PublishedItem

# So many days before its day an item is a task of its unit.
ASKED_BEFORE = timedelta(days=30)


def to_renew(offices: Collection[Held], *, on: date) -> "QuerySet[PublishedItem]":
    """Return the items on the shelf that whoever holds these is asked to renew or confirm, the most urgent first.

    They are those that they prepare, by the sheet through which they were published, alone or with others; one
    whose renewal or exclusion runs already is no task any more.
    """
    mine = Q(pk__in=[])
    for held in offices:
        prepares = columns_at(held.role, carries__contains=[STEP_NUMBERS[PublicationState.PREPARING]])
        published = Case.objects.on_the_shelf().filter(Exists(prepares), information__number=OuterRef("number"))
        mine |= Q(Exists(published if held.is_city_wide else published.filter(unit=held.unit)))
    running = Case.objects.running().filter(information__number=OuterRef("number"))
    items = PublishedItem.objects.filter(mine, ~Exists(running), renew_by__lte=on + ASKED_BEFORE)
    return items.order_by("renew_by", "number").defer("passport", "corrections", "summary")


def with_cases(items: "Iterable[PublishedItem]") -> list[tuple[PublishedItem, Case]]:
    """Return the items, each with the case that put it there, in one query more whatever their number."""
    shown = list(items)
    numbers = [item.number for item in shown]
    cases = Case.objects.on_the_shelf().filter(information__number__in=numbers).select_related("information", "unit")
    by_number = {case.information.number: case for case in cases}
    return [(item, by_number[item.number]) for item in shown if item.number in by_number]


def refuse_unless_confirmable(case: Case, *, actor: User, at: datetime) -> tuple[Appointment, PublishedItem]:
    """Return the appointment under which the person confirms that the case's item is still right, and the item.

    Raises StepOutOfOrder when the case put nothing there that stands there still or it was confirmed today already,
    StepForbidden when it isn't this person's to confirm, StepUnmet for what has no day or is being renewed.
    """
    day = timezone.localdate(at)
    item = PublishedItem.objects.filter(number=case.information.number).first()
    if case.state != PublicationState.PUBLISHED or case.followed_by is not None or item is None:
        raise StepOutOfOrder(f"Yang dapat dinyatakan masih sesuai hanyalah yang ada di portal: {case.state_label}.")
    appointment = performs(actor, case, case.row_of(PREPARES[case.flow]).number, on=day)
    if appointment is None:
        raise StepForbidden(
            f"Yang menyatakan informasi ini masih sesuai adalah petugas yang menyiapkannya untuk {case.unit.name}."
        )
    if item.category != Category.PERIODIC:
        raise StepUnmet("Hanya informasi berkala yang perlu dinyatakan masih sesuai; informasi ini tidak pernah lewat.")
    if running := case.information.cases.running().first():
        raise StepUnmet(
            f"Informasi ini sedang diproses dalam {running.number}. Selesaikan atau tarik proses itu dahulu."
        )
    if today := case.looks.filter(confirmed_on=day).first():
        raise StepOutOfOrder(f"{today.actor_name} sudah menyatakannya masih sesuai hari ini.")
    return appointment, item


@transaction.atomic
def confirm_still_right(case: Case, *, actor: User, at: datetime | None = None) -> StillRight:
    """Confirm that the published item is still right: dated, public, and with a new day by which to renew it.

    Raises as ``refuse_unless_confirmable`` does.
    """
    at = at or timezone.now()
    locked = case.locked()
    appointment, item = refuse_unless_confirmable(locked, actor=actor, at=at)
    day = timezone.localdate(at)
    confirmation = StillRight.objects.create(
        case=locked,
        confirmed_on=day,
        renew_by=shelf.renewal_day(day, item.rhythm or 0),
        actor=actor,
        actor_name=actor.name,
        appointment=appointment,
        acting_as=appointment.acting_as,
        confirmed_at=at,
    )
    shelf.confirm(item.number, on=day, renew_by=confirmation.renew_by)
    return confirmation
