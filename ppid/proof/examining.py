"""Reading all again: the chain against its rows and the published marks, and every case against its ledger."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from ppid.chain.models import Link
from ppid.chain.verify import Mark, faults
from ppid.flows.models import Case
from ppid.flows.replay import unlike_their_ledger
from ppid.jobs import ask
from ppid.proof.marking import as_mark
from ppid.proof.models import TOLD, Examination
from ppid.shelf.models import LedgerMark


def begin(asked_by: str = "") -> Examination:
    """Write down that a reading begins."""
    return Examination.objects.create(asked_by=asked_by, started_at=timezone.now(), links=Link.objects.count())


def ask_for_one(asked_by: str) -> Examination:
    """Return the reading under way, or begin one that the worker does."""
    from ppid.proof.tasks import examine_all

    if waiting := Examination.objects.under_way().first():
        ask(examine_all, once="ledger", examination=waiting.pk)
        return waiting
    examination = begin(asked_by)
    ask(examine_all, once="ledger", examination=examination.pk)
    return examination


def examine(examination: Examination, *, kept_outside: Iterable[Mark] = ()) -> Iterator[str]:
    """Yield what is wrong, sentence by sentence; the reading notes how far it came and what it found.

    ``kept_outside`` are marks brought along, on paper or in a file, besides those on the portal.
    """
    told: list[str] = []

    def note(done: int, of: int) -> None:
        examination.read, examination.links = done, of
        examination.save(update_fields=["read", "links"])

    for sentence in _all(kept_outside, note):
        examination.faults += 1
        if len(told) < TOLD:
            told.append(sentence)
        yield sentence
    examination.told, examination.ended_at = told, timezone.now()
    examination.cases = Case.objects.count()
    examination.save(update_fields=["told", "ended_at", "faults", "cases"])


def _all(kept_outside: Iterable[Mark], note) -> Iterator[str]:
    def marks() -> Iterator[Mark]:
        yield from kept_outside
        yield from (as_mark(mark) for mark in LedgerMark.objects.iterator(chunk_size=1000))

    yield from (fault.sentence for fault in faults(marks(), progress=note))
    yield from unlike_their_ledger()
