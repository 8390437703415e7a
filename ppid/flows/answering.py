"""A duty that nothing answers yet is answered from its cell: by a publication that begins there, or by a renewal."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.flows.fulfilling import fulfil
from ppid.flows.models import Case
from ppid.flows.opening import open_case, open_new
from ppid.information.models import Information
from ppid.obligations.models import Fulfilment
from ppid.organisation.models import Unit, User


@transaction.atomic
def start(
    duty: str,
    unit: str,
    period: str,
    *,
    of: Unit,
    title: str,
    actor: User,
    wanted_by: date | None = None,
    parts: Collection[int] = (),
    at: datetime | None = None,
    **fields: Any,
) -> Case:
    """Open the publication of a new item of ``of``, which shall fill the cell by the day ``wanted_by``.

    Raises StepForbidden, StepUnmet or DutyRefused, with sentences; then nothing is begun.
    """
    at = at or timezone.now()
    case = open_new("publication", unit=of, actor=actor, title=title, at=at, **fields)
    fulfil(case.information, duty, unit, period, actor=actor, parts=parts, wanted_by=wanted_by, at=at)
    return case


@transaction.atomic
def renew(
    duty: str,
    unit: str,
    period: str,
    *,
    information: Information,
    actor: User,
    wanted_by: date | None = None,
    at: datetime | None = None,
) -> Case:
    """Open a publication of what filled the cell before, so that it does again by the day ``wanted_by``. Raises alike.

    For a period that the item doesn't fill yet this is handed in along with it.
    """
    at = at or timezone.now()
    case = open_case("publication", information, actor=actor, at=at)
    live = Fulfilment.objects.live().of(duty, unit, period)
    if not live.filter(information=information).exists():
        fulfil(information, duty, unit, period, actor=actor, wanted_by=wanted_by, at=at)
    return case
