"""What the DIK says of an adopted exclusion: the words of its lembar uji, as later corrections left them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from ppid.flows.afterwards import Amendment
from ppid.flows.models import Case
from ppid.information.models import ClassificationDecree, ConsequenceTest
from ppid.shelf.models import DikEntry

# The key of the amendments that correct these words.
CORRECTION = "correct_dik"

# The words that may be corrected, and the field of the lembar uji that they come from.
WORDS = {
    "information": "public_description",
    "consequence_if_open": "consequence_if_open",
    "consequence_if_closed": "consequence_if_closed",
}


def dik_words(case: Case, test: ConsequenceTest) -> dict[str, str]:
    """Return the words that the DIK prints now."""
    return _corrected(test, _corrections(case))


def dik_entry(case: Case, test: ConsequenceTest, decree: ClassificationDecree, *, adopted_at: datetime) -> DikEntry:
    """Return the entry of the DIK as it is to be read now."""
    information, corrections = case.information, list(_corrections(case))
    return DikEntry(
        number=case.number,
        unit_code=information.unit.code,
        unit_name=information.unit.name,
        legal_basis=test.legal_basis,
        scope=test.get_conclusion_display(),
        term=test.term,
        ends_on=test.ends_on,
        decree_number=decree.number,
        decree_date=decree.date,
        adopted_at=adopted_at,
        corrections=[_correction(each) for each in corrections],
        **_corrected(test, corrections),
    )


def _corrections(case: Case) -> Iterable[Amendment]:
    return case.amendments.approved().filter(kind=CORRECTION)


def _corrected(test: ConsequenceTest, corrections: Iterable[Amendment]) -> dict[str, str]:
    words = {name: getattr(test, field) for name, field in WORDS.items()}
    for each in corrections:
        words |= {name: each.after[name] for name in WORDS}
    return words


def _correction(amendment: Amendment) -> dict[str, Any]:
    former = [amendment.before[name] for name in WORDS if amendment.before[name] != amendment.after[name]]
    return {
        "on": timezone.localdate(amendment.decided_at).isoformat(),
        "before": [] if amendment.after["hides_former"] else former,
    }
