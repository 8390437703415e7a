"""What was found in documents, as plain data for the pages of a case: nothing of it is ever unmasked."""

from dataclasses import dataclass, field
from datetime import datetime

from ppid.desk.work.case_view import CaseView
from ppid.information.findings import DocumentReading, Finding
from ppid.information.models import Document

_FIRST = 5  # places that stand there unfolded


@dataclass(frozen=True, slots=True)
class Answered:
    """The reason that stands, and whose it is."""

    reason: str
    name: str
    acting_as: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A kind of what was found: how often, the first places with their masks, and the reason if there is one."""

    label: str
    count: int
    places: list[tuple[str, str]]
    more_places: list[tuple[str, str]]
    answer: Answered | None


@dataclass(frozen=True, slots=True)
class ShownReading:
    """A document with what was found in it; not read yet when ``is_read`` is false."""

    pk: int
    title: str
    is_read: bool
    cleaned: str = ""
    found: list[ShownFinding] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        return sum(each.answer is None for each in self.found)


def shown_findings(case_view: CaseView) -> list[ShownReading]:
    """Return what was found in the case's documents that will be published, for ``desk/work/findings.html``."""
    content = case_view.content  # first: the case takes its documents from there
    return [shown_reading(document, case_view.case.readings.get(document.pk)) for document in content]


def shown_reading(document: Document, reading: DocumentReading | None) -> ShownReading:
    """Return what was found in one document."""
    if reading is None:
        return ShownReading(document.pk, document.title, is_read=False)
    found = [_finding(each) for each in reading.found]
    cleaning = getattr(reading.document, "cleaning", None)
    return ShownReading(document.pk, document.title, True, cleaning.words if cleaning else "", found)


def _finding(finding: Finding) -> ShownFinding:
    places = [(where, mask) for where, mask in finding.places]
    answer = finding.answer
    said = answer and Answered(answer.reason, answer.actor_name, answer.acting_as, answer.answered_at)
    return ShownFinding(finding.get_kind_display(), finding.count, places[:_FIRST], places[_FIRST:], said)
