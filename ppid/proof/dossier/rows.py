"""Which rows of which ledgers belong to a case, and their links in the chain."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from ppid.chain.models import Link
from ppid.flows.afterwards import Amendment, ExclusionOpening
from ppid.flows.claims import Claim
from ppid.flows.head_approval import HeadApproval, UndoneApproval
from ppid.flows.ledger import Confirmation, Evidence, MovedDeadline, StepRecord
from ppid.flows.life import StillRight, Withdrawal
from ppid.flows.models import Case, HeldTime
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.passed_on import PassedOn
from ppid.flows.remarks import Remark
from ppid.information.classification import FillingOfTest, VoidedDecree
from ppid.information.cleaned import DocumentCleaning
from ppid.information.descriptions import DescriptionChange
from ppid.information.findings import DocumentReading, Finding, FindingAnswer
from ppid.information.models import Document, Exclusion, Information

# How the rows of each ledger lead to their case.
OF_A_CASE: dict[type[Model], str] = {
    StepRecord: "case",
    Evidence: "record__case",
    HeldTime: "record__case",
    Withdrawal: "record__case",
    Confirmation: "case",
    MovedDeadline: "case",
    PassedOn: "case",
    HeadApproval: "case",
    UndoneApproval: "approval__case",
    ParticipantConfirmation: "case",
    PaperNumber: "case",
    SignedPaper: "paper__case",
    Amendment: "case",
    StillRight: "case",
    Remark: "case",
    Claim: "case",
}

# How those of what documents were read to hold lead to their document.
OF_A_DOCUMENT: dict[type[Model], str] = {
    DocumentCleaning: "document",
    DocumentReading: "document",
    Finding: "reading__document",
    FindingAnswer: "finding__reading__document",
}


def rows_of(case: Case) -> Iterator[QuerySet]:
    """Yield the rows of each ledger that belong to the case: its own, its item's, and those of its exclusion."""
    yield Case.objects.filter(pk=case.pk)
    yield Information.objects.filter(pk=case.information_id)
    yield DescriptionChange.objects.filter(information=case.information_id)
    documents = Document.objects.in_case(case)
    yield documents
    for model, path in OF_A_DOCUMENT.items():
        yield model.objects.filter(**{f"{path}__in": documents.order_by().values("pk")})
    if case.exclusion_id:
        yield Exclusion.objects.filter(pk=case.exclusion_id)
        for model in (FillingOfTest, VoidedDecree, ExclusionOpening):
            yield model.objects.filter(exclusion=case.exclusion_id)
    for model, path in OF_A_CASE.items():
        yield model.objects.filter(**{path: case.pk})


def links_of(case: Case) -> list[Link]:
    """Return the links of the case's rows, in the order of the chain."""
    found: list[Link] = []
    for rows in rows_of(case):
        keys = rows.order_by().values("pk")
        found += Link.objects.filter(ledger=rows.model._meta.db_table, row_id__in=keys)
    return sorted(found, key=lambda link: link.position)
