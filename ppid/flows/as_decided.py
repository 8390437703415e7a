"""What an exclusion says, compared with what was decided on it: its lembar uji, its term, its decree and its end.

The lembar uji is a draft until it is accepted, so the chain has none of it: the row that accepted it (or ended the case
with its result) holds its words. What the decision wrote on the exclusion is in the chain and compared here too.
"""

from collections.abc import Iterator

from django.db.models import Prefetch

from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.states import ExclusionState
from ppid.information.classification import ConsequenceTest
from ppid.information.models import Exclusion

# Where the lembar uji is no draft any more.
_DECIDED = (ExclusionState.ADOPTING, ExclusionState.ADOPTED, ExclusionState.TESTED_OPEN)


def rows() -> tuple[Prefetch | str, ...]:
    """Return what to prefetch of the cases that ``differences`` is asked of."""
    approved = StepRecord.objects.standing().filter(case__flow="exclusion", approved__isnull=False)
    return (
        Prefetch("records", queryset=approved.only("case_id", "approved").order_by("sequence"), to_attr="judged"),
        "exclusion__test__participants",
        "participant_confirmations",
        "exclusion__decree",
        "exclusion__opening",
    )


def differences(case: Case) -> Iterator[str]:
    """Yield in sentences where the case's exclusion is not what was decided; read the case with ``rows()``."""
    exclusion = case.exclusion
    if exclusion is None:
        return
    test = getattr(exclusion, "test", None)
    if case.state in _DECIDED:
        yield from _of_the_test(case, test)
    yield from _of_the_exclusion(case, exclusion, test)


def _of_the_test(case: Case, test: ConsequenceTest | None) -> Iterator[str]:
    approved = case.judged[-1].approved.get("test") if case.judged else None  # type: ignore[attr-defined]
    if test is None or approved is None:
        yield "lembar uji yang diterimanya tidak ada lagi"
        return
    words = test.words
    # A field that a later version of the portal took away is no difference.
    changed = [name for name, said in approved.items() if name in words and words[name] != said]
    if changed:
        yield f"lembar ujinya bukan lagi yang diterima ({', '.join(_called(name) for name in changed)})"
    said = {(each.actor_id, each.digest) for each in case.participant_confirmations.all()}
    now = test.reckon_words_digest()
    silent = [each.name for each in test.participants.all() if each.person_id and (each.person_id, now) not in said]
    if silent and not changed:
        yield f"peserta uji yang tidak mengonfirmasi lembarnya: {', '.join(silent)}"


def _of_the_exclusion(case: Case, exclusion: Exclusion, test: ConsequenceTest | None) -> Iterator[str]:
    adoptions = [each for each in case.records.all() if each.to_state == ExclusionState.ADOPTED != each.from_state]
    adopted_at = adoptions[-1].done_at if adoptions and case.state == ExclusionState.ADOPTED else None
    if exclusion.adopted_at != adopted_at:
        yield "saat penetapannya bukan yang disebut riwayatnya"
    if adopted_at and test and exclusion.ends_on != test.ends_on:
        yield "akhir jangka waktu pengecualiannya bukan yang disebut lembar ujinya"
    decree = getattr(exclusion, "decree", None)
    if adopted_at and decree is None:
        yield "surat penetapannya tidak ada lagi"
    if decree and test and case.state in _DECIDED and decree.test_digest != test.digest:
        yield "surat penetapannya memutuskan lembar uji yang lain"
    opening = getattr(exclusion, "opening", None)
    if exclusion.opened_on != (opening and opening.opened_on):
        yield "hari pembukaannya kembali bukan yang disebut riwayatnya"


def _called(name: str) -> str:
    names = {field.name: str(field.verbose_name) for field in ConsequenceTest._meta.concrete_fields}
    return names.get(name, "peserta pengujian")
