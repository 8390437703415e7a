"""What step 4 approved, the words and the bytes, and whether both still stand."""

from ppid.flows.models import Case


def is_as_approved(case: Case) -> bool:
    """Whether the item's words and documents are still exactly those that step 4 approved."""
    return (
        case.approval is not None
        and case.approval.approved == case.words_to_approve()
        and {document.pk for document in case.content} == {document.pk for document in case.approved_documents}
    )
