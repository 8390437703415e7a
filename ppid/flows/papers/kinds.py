"""Which papers the portal writes: for which flow, by whom, and what each needs before it can be written."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ppid.flows.models import Case
from ppid.flows.papers import coordination, exclusion_papers, people
from ppid.flows.papers.description import Paper
from ppid.information.classification import ConsequenceTest


def _its_documents(case: Any) -> object:
    return case.information.title, sorted(document.sha256 for document in case.content)


def _its_test(case: Any) -> object:
    return case.test and case.test.digest


def _its_test_and_who_confirmed(case: Any) -> object:
    """Whoever signs by taking the step does so after the paper was signed: that changes nothing of it."""
    clicked = [each.participant.person_id for each in case.taking_part if each.said and not each.said.by_step]
    return (_its_test(case), clicked) if clicked else _its_test(case)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper of a flow. ``slug`` is its part of an address; ``signs`` that only its signed scan proves anything.

    ``write`` gives its description as of a day; ``lacks`` why it can't be written yet, as a sentence ("" when it can).
    ``short`` is what stands in a number that the portal proposes; ``basis`` is what of the case it is written from.
    """

    key: str
    slug: str
    title: str
    short: str
    flows: tuple[str, ...]
    roles: tuple[str, ...]
    write: Callable[[Any, date], Paper]
    lacks: Callable[[Any], str] = lambda case: ""
    signs: bool = False
    basis: Callable[[Any], object] = _its_documents
    do_not_call_in_templates: ClassVar[bool] = True

    def mark(self, case: Case) -> str:
        """Return a mark of what the paper is written from, to notice that it has changed since."""
        return hashlib.sha256(repr(self.basis(case)).encode()).hexdigest()


_BOTH = ("publication", "exclusion")


def _lacks_test(case: Any) -> str:
    if case.test is None or not case.test.participants.all():
        return "Surat ini ditulis dari lembar uji konsekuensi, yang belum diisi."
    return ""


def _lacks_exclusion(case: Any) -> str:
    if sentence := _lacks_test(case):
        return sentence
    if case.test.conclusion == ConsequenceTest.Conclusion.OPEN:
        return "Hasil uji menyatakan informasi terbuka, jadi tidak ada yang ditetapkan dikecualikan."
    return ""


# In the order in which a case's page lists them. Keys are stored and never renamed.
KINDS: dict[str, PaperKind] = {
    kind.key: kind
    for kind in (
        PaperKind(
            "coordination_letter",
            "surat-koordinasi",
            "Surat koordinasi",
            "SK",
            _BOTH,
            people.BIDANG,
            coordination.letter,
        ),
        PaperKind(
            "coordination_report",
            "laporan-koordinasi",
            "Laporan koordinasi",
            "LK",
            _BOTH,
            people.BIDANG,
            coordination.report,
        ),
        PaperKind(
            "exclusion_list",
            "daftar-usulan",
            "Daftar informasi yang akan dikecualikan",
            "DIU",
            ("exclusion",),
            people.BIDANG,
            coordination.exclusion_list,
        ),
        PaperKind(
            "test_sheet",
            "lembar-uji",
            "Lembar uji konsekuensi",
            "LU",
            ("exclusion",),
            people.TESTERS,
            exclusion_papers.test_sheet,
            _lacks_test,
            signs=True,
            basis=_its_test_and_who_confirmed,
        ),
        PaperKind(
            "minutes",
            "berita-acara",
            "Berita acara uji konsekuensi",
            "BA",
            ("exclusion",),
            people.TESTERS,
            exclusion_papers.minutes,
            _lacks_test,
            signs=True,
            basis=_its_test_and_who_confirmed,
        ),
        PaperKind(
            "decree",
            "surat-penetapan",
            "Surat penetapan klasifikasi",
            "SP",
            ("exclusion",),
            people.BIDANG,
            exclusion_papers.decree,
            _lacks_exclusion,
            signs=True,
            basis=_its_test,
        ),
        PaperKind(
            "receipt",
            "tanda-terima",
            "Tanda terima",
            "TT",
            _BOTH,
            (*people.BIDANG, *people.TESTERS),
            coordination.receipt,
        ),
    )
}
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}
CHOICES = [(kind.key, kind.title) for kind in KINDS.values()]


def kinds_of(case: Case) -> list[PaperKind]:
    """Return the papers of the case's flow; none of what was taken over, whose papers were written elsewhere."""
    if case.taken_over_because:
        return []
    return [kind for kind in KINDS.values() if case.flow in kind.flows]
