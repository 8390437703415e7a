"""What a person may open a case for: the units they act for, and the items that no case is running for."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from ppid.flows.actions import open_exclusion, open_publication, register_information
from ppid.flows.knowing import KNOW_ALL
from ppid.flows.models import Case
from ppid.flows.permissions import changes_documents_as
from ppid.flows.steps import StepForbidden
from ppid.information import documents
from ppid.information.models import Document, Exclusion, Information
from ppid.organisation.models import Appointment, Role, Unit, User
from sop.models import PerformerRole, Sop, SopVersion


def units_acted_for(user: User, *, on: date) -> "QuerySet[Unit]":
    """Return the active units that the person acts for: all of them in a city-wide role."""
    held = Appointment.objects.of(user, on=on)
    units = Unit.objects.filter(is_active=True)
    if held.filter(role__scope=Role.Scope.CITY).exists():
        return units
    return units.filter(pk__in=held.filter(role__scope=Role.Scope.UNIT).values("unit"))


def _opens_exclusions(on: date) -> Q:
    """Keep the appointments by which one may open exclusions: nobody opens what they may not see.

    One may who knows of all of them, or has a column in a sheet that excludes.
    """
    sheets = SopVersion.objects.in_force(on=on).filter(sop__flow=Sop.Flow.EXCLUSION)
    columns = PerformerRole.objects.filter(performer__version__in=sheets, role=OuterRef("role"))
    return Q(role__code__in=KNOW_ALL) | Q(Exists(columns))


def with_exclusions(held: "QuerySet[Appointment]", *, on: date) -> "QuerySet[Appointment]":
    """Say of each appointment whether one may open exclusions by it (``opens_exclusions``)."""
    return held.annotate(opens_exclusions=ExpressionWrapper(_opens_exclusions(on), BooleanField()))


def units_to_open(flow: str, user: User, *, on: date) -> "QuerySet[Unit]":
    """Return the units for whose items the person may open a case of ``flow``."""
    units = units_acted_for(user, on=on)
    if flow != Sop.Flow.EXCLUSION:
        return units
    held = Appointment.objects.of(user, on=on).filter(_opens_exclusions(on))
    if held.filter(role__scope=Role.Scope.CITY).exists():
        return units
    return units.filter(pk__in=held.values("unit"))


def items_to_open(flow: str, user: User, *, on: date) -> "QuerySet[Information]":
    """Return the items of those units that are free for a new case: none is running, and they are not excluded."""
    return (
        Information.objects.filter(unit__in=units_to_open(flow, user, on=on))
        .exclude(pk__in=Case.objects.running().values("information"))
        .exclude(pk__in=Exclusion.objects.in_force(on=on).values("information"))
        .select_related("unit")
    )


def open_case(
    flow: str, information: Information, *, actor: User, at: datetime | None = None, urgent_because: str = ""
) -> Case:
    """Open a case of ``flow`` for an item of the register, an urgent publication with the reason why it is.

    Raises StepForbidden or StepUnmet, with sentences.
    """
    if flow == "publication":
        return open_publication(information, actor=actor, at=at, urgent_because=urgent_because)
    return open_exclusion(information, actor=actor, at=at)


def open_new(
    flow: str,
    *,
    unit: Unit,
    actor: User,
    title: str,
    uploads: Sequence[UploadedFile] = (),
    at: datetime | None = None,
    urgent_because: str = "",
    cleans: bool = False,
    **fields: Any,
) -> Case:
    """Write a new item into the register, with its first documents, and open a case of ``flow`` for it: all or nothing.

    The same bytes sent twice are one document; ``cleans`` as in ``documents.received``. Raises as above, and
    UploadRefused.
    """
    at = at or timezone.now()
    with ExitStack() as held:
        # Outside the transaction: when it fails, what has arrived is forgotten again.
        arrived = [held.enter_context(documents.received(upload, cleans=cleans)) for upload in uploads]
        with transaction.atomic():
            information = register_information(unit=unit, actor=actor, title=title, at=at, **fields)
            case = open_case(flow, information, actor=actor, at=at, urgent_because=urgent_because)
            if uploads and changes_documents_as(actor, case, on=timezone.localdate(at)) is None:
                raise StepForbidden("Anda tidak bertugas menambahkan dokumen pada langkah pertama. Buka tanpa dokumen.")
            for each in {each.sha256: each for each in arrived}.values():
                documents.keep(each, information=information, purpose=Document.Purpose.CONTENT, actor=actor, at=at)
    return case
