"""Who reads a report and who handles it: in one place, for the page and for the inbox."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from ppid.flows.knowing import Held
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.reports.models import Problem, ProblemQuerySet

CHIEF, SERVICE, UNIT = "ppid_utama", "bidang_layanan", "ppid_pelaksana"


def with_secrecy(on: date) -> ProblemQuerySet:
    """Return all reports, each with ``is_secret``: whether its item is closed on that day."""
    secret = Case.objects.secret(on=on).filter(information__number=OuterRef("number"))
    return Problem.objects.annotate(is_secret=Exists(secret))


def handled_by(held: Collection[Held], *, on: date) -> ProblemQuerySet:
    """Keep what waits for whoever holds these offices, or waited.

    What may hold personal data, or is of what is closed, is PPID Utama's alone; the rest is the service's, and that of
    the unit which holds the item.
    """
    found = Q(pk__in=[])
    closed = Q(kind=Problem.Kind.PERSONAL) | Q(is_secret=True)
    if any(each.code == CHIEF for each in held):
        found |= closed
    if any(each.code == SERVICE for each in held):
        found |= ~closed
    if units := {each.unit for each in held if each.code == UNIT}:
        of_unit = Information.objects.filter(number=OuterRef("number"), unit__in=units)
        found |= ~closed & Q(Exists(of_unit))
    return with_secrecy(on).filter(found)


def readable_by(held: Collection[Held], *, on: date) -> ProblemQuerySet:
    """Keep what whoever holds these offices may read: PPID Utama reads every report."""
    if any(each.code == CHIEF for each in held):
        return with_secrecy(on)
    return handled_by(held, on=on)
