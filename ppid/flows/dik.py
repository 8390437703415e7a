"""What the DIK says of an adopted exclusion: the words of its lembar uji, as later corrections left them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows.afterwards import Amendment
from ppid.flows.models import Case
from ppid.flows.states import ExclusionState
from ppid.flows.steps import StepOutOfOrder
from ppid.information.classification import ClassificationDecree, ConsequenceTest
from ppid.information.models import Exclusion
from ppid.shelf.models import DikEntry

# The keys of the amendments that correct these words, and that name the open part.
CORRECTION, OPEN_PART = "correct_dik", "name_open_part"

# The words that may be corrected, and the field of the lembar uji that they come from.
WORDS = {
    "information": "public_description",
    "consequence_if_open": "consequence_if_open",
    "consequence_if_closed": "consequence_if_closed",
}


def refuse_unless_in_force(case: Case, *, at: datetime) -> None:
    """Raise StepOutOfOrder when the case adopted no exclusion, or one that is not in force any more."""
    if case.state != ExclusionState.ADOPTED or case.exclusion is None:
        raise StepOutOfOrder(f"Proses {case.number} tidak menetapkan pengecualian: {case.state_label}.")
    exclusion = Exclusion.objects.select_related("continued_by__case").get(pk=case.exclusion.pk)
    today = timezone.localdate(at)
    if exclusion.continued_by:
        newer = exclusion.continued_by.case.number
        raise StepOutOfOrder(f"Pengecualian ini sudah diperpanjang dengan uji baru. Yang berlaku sekarang: {newer}.")
    opened_on = exclusion.opened_on or (exclusion.ends_on and exclusion.ends_on + timedelta(days=1))
    if opened_on and opened_on <= today:
        raise StepOutOfOrder(
            f"Informasi ini terbuka sejak {date_format(opened_on)}: pengecualiannya tidak berlaku lagi, jadi tidak ada "
            "lagi yang diubah padanya."
        )


def adopted_test(case: Case) -> ConsequenceTest:
    """Return the lembar uji on which the case's exclusion was adopted."""
    return ConsequenceTest.objects.select_related("exclusion").get(exclusion=case.exclusion_id)


def dik_words(case: Case, test: ConsequenceTest) -> dict[str, str]:
    """Return the words that the DIK prints now."""
    return _corrected(test, _corrections(case))


def dik_entry(
    case: Case,
    test: ConsequenceTest,
    decree: ClassificationDecree,
    *,
    adopted_at: datetime,
    continues: str = "",
    amended: Sequence[Amendment] = (),
) -> DikEntry:
    """Return the entry of the DIK as it is to be read now.

    ``continues`` is the number of the exclusion that it extended, ``amended`` what was approved for it since.
    """
    information, corrections = case.information, [each for each in amended if each.kind == CORRECTION]
    return DikEntry(
        number=case.number,
        unit_code=information.unit.code,
        unit_name=decree.unit_name or information.unit.name,
        legal_basis=test.legal_basis,
        scope=test.get_conclusion_display(),
        term=test.term,
        ends_on=test.ends_on,
        decree_number=decree.number,
        decree_date=decree.date,
        adopted_at=adopted_at,
        corrections=[_correction(each) for each in corrections],
        continues=continues,
        open_part=_named([each for each in amended if each.kind == OPEN_PART]),
        **_corrected(test, corrections),
    )


def open_part(case: Case) -> str:
    """Return the number of the item that holds what is not excluded, as officers named it last; "" when none."""
    return _named(case.amendments.approved().filter(kind=OPEN_PART))


def _named(amended: Iterable[Amendment]) -> str:
    return next((each.after["open_part"] for each in reversed(list(amended))), "")


def continues(case: Case) -> str:
    """Return the number of the exclusion that this one extended."""
    earlier = Case.objects.filter(exclusion__continued_by=case.exclusion_id)
    return earlier.values_list("number", flat=True).first() or ""


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
