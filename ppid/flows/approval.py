"""What the deciding step approved, the words and the bytes, and whether both still stand."""

from ppid.flows.models import Case
from ppid.flows.states import DECIDES


def is_as_approved(case: Case) -> bool:
    """Whether the item's words and documents are still exactly those that were approved, or are by the act in hand."""
    if any(move.key == DECIDES[case.flow] for move in case.act.carried):
        return True
    return (
        case.approval is not None
        and case.approval.approved == case.words_to_approve()
        and {document.pk for document in case.content} == {document.pk for document in case.approved_documents}
    )
