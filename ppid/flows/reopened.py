"""What opens an exclusion again, and what follows on the shelf: the only door through which an exclusion ends.

The ledger's row says why and by whom; the entry of the DIK goes to the public list «dibuka kembali», the tombstone
says so. ``ppid.flows.lifting`` knows who may lift one, and when a term is over.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from ppid.flows.afterwards import Amendment, ExclusionOpening
from ppid.flows.models import Case
from ppid.information.models import Exclusion
from ppid.shelf import actions as shelf

Ground = ExclusionOpening.Ground


def standing_case(information: int) -> Case | None:
    """Return the case whose exclusion of this item stands: adopted, not continued, its opening not written down."""
    standing = Exclusion.objects.standing().filter(information=information, opened_on__isnull=True)
    return Case.objects.filter(exclusion__in=standing).select_related("information__unit", "exclusion").first()


def decided_openings(information: int, *, since: datetime) -> QuerySet[ExclusionOpening]:
    """Return the openings of this item since then that somebody decided, not the end of a term."""
    found = ExclusionOpening.objects.filter(exclusion__information=information, recorded_at__gte=since)
    return found.exclude(ground=Ground.TERM)


def open_up(
    case: Case, ground: str, *, at: datetime, amendment: Amendment | None = None, by_case: Case | None = None
) -> ExclusionOpening:
    """Open what ``case`` had excluded, from the day of ``at`` on. The case and its item are locked."""
    opening = ExclusionOpening(
        exclusion=_adopted_by(case),
        ground=ground,
        opened_on=timezone.localdate(at),
        amendment=amendment,
        by_case=by_case,
        recorded_at=at,
    )
    opening.save(force_insert=True)
    Exclusion.objects.filter(pk=opening.exclusion_id).update(opened_on=opening.opened_on)
    shelf.reopen([_on_shelf(case, opening)])
    return opening


def lapse(cases: Sequence[Case], *, at: datetime) -> list[ExclusionOpening]:
    """Write down that the terms of these exclusions are over, each open since the day after; the cases are locked."""
    ends: dict[int, date] = dict(
        Exclusion.objects.lapsed(on=timezone.localdate(at))
        .filter(pk__in=[case.exclusion_id for case in cases])
        .values_list("pk", "ends_on")
    )
    found = [case for case in cases if case.exclusion_id in ends]
    openings = ExclusionOpening.objects.bulk_create(
        ExclusionOpening(
            exclusion=_adopted_by(case),
            ground=Ground.TERM,
            opened_on=ends[_adopted_by(case).pk] + timedelta(days=1),
            recorded_at=at,
        )
        for case in found
    )
    Exclusion.objects.filter(pk__in=ends).update(opened_on=F("ends_on") + timedelta(days=1))
    shelf.reopen([_on_shelf(case, opening) for case, opening in zip(found, openings, strict=True)])
    return openings


def _adopted_by(case: Case) -> Exclusion:
    if case.exclusion is None:
        raise ValueError(f"{case.number} adopted no exclusion.")
    return case.exclusion


def _on_shelf(case: Case, opening: ExclusionOpening) -> shelf.Reopened:
    return shelf.Reopened(case.number, case.information.number, opening.opened_on, opening.because)
