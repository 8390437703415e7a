"""What «Surat-surat» shows of a case: each paper of its flow, how it stands, and what this person may do with it."""

from dataclasses import dataclass
from datetime import date

from ppid.desk.status import Status
from ppid.flows.models import Case
from ppid.flows.papers.kinds import PaperKind, kinds_of
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.papers.numbering import keeps_as
from ppid.organisation.models import User


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the case. ``lacks`` is why it can't be written yet; ``cancelled`` are its earlier numbers."""

    kind: PaperKind
    lacks: str
    numbered: PaperNumber | None
    scans: list[SignedPaper]
    cancelled: list[PaperNumber]
    is_out_of_date: bool
    may_number: bool
    may_scan: bool

    @property
    def status(self) -> Status:
        if self.numbered is None:
            return Status("plain", "pencil-square", "Belum dapat ditulis" if self.lacks else "DRAF")
        if self.is_out_of_date:
            return Status("soon", "exclamation-triangle", "Bernomor, isinya sudah berubah")
        if self.scans:
            return Status("ok", "check-circle", "Bertanda tangan")
        return Status("calm", "hashtag", "Bernomor")

    @property
    def is_numbered_by_its_form(self) -> bool:
        """Whether the number comes with what the surat penetapan records."""
        return self.kind.key == "decree"


def paper_lines(case: Case, user: User, *, today: date) -> list[PaperLine]:
    """Return the papers of the case's flow in their order."""
    given: dict[str, list[PaperNumber]] = {}
    for number in case.paper_numbers.select_related("document").prefetch_related("scans__document"):
        given.setdefault(number.kind, []).append(number)
    return [
        _line(case, kind, given.get(kind.key, []), keeps_as(user, case, kind, on=today) is not None)
        for kind in kinds_of(case)
    ]


def _line(case: Case, kind: PaperKind, given: list[PaperNumber], keeps: bool) -> PaperLine:
    numbered = next((each for each in given if each.cancelled_at is None), None)
    lacks = kind.lacks(case)
    return PaperLine(
        kind=kind,
        lacks=lacks,
        numbered=numbered,
        scans=list(numbered.scans.all()) if numbered else [],
        cancelled=[each for each in given if each.cancelled_at is not None],
        is_out_of_date=numbered is not None and _is_out_of_date(case, kind, numbered),
        may_number=keeps and case.is_running and not (lacks and numbered is None),
        may_scan=keeps and numbered is not None,
    )


def _is_out_of_date(case: Case, kind: PaperKind, numbered: PaperNumber) -> bool:
    """Say whether the paper would read otherwise now. What proved an earlier row stays as true as it was then."""
    if case.step is None or numbered.mark == kind.mark(case):
        return False
    kept = {numbered.document_id, *(scan.document_id for scan in numbered.scans.all())}
    earlier = [record for record in case.records.all() if record.step is not None and record.step < case.step]
    return not any(proof.document_id in kept for record in earlier for proof in record.evidence.all())
