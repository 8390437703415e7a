"""What step 4 approved, byte for byte, and whether it still stands."""

from ppid.flows.models import Case, Evidence
from ppid.flows.steps import Kind
from ppid.information.models import Document


def approved_documents(case: Case) -> list[Document]:
    """Return the item's documents as the last step 4 approved them; none when nothing was approved yet."""
    record = case.records.filter(kind=Kind.STEP, step=Case.APPROVING_STEP).order_by("-sequence").first()
    if record is None:
        return []
    approved = record.evidence.filter(part=Evidence.Part.APPROVED).select_related("document")
    return [evidence.document for evidence in approved]


def approved_documents_unchanged(case: Case) -> bool:
    """Whether the item's documents are still exactly those that step 4 approved."""
    current = case.information.documents.current().content()
    return {document.pk for document in current} == {document.pk for document in approved_documents(case)}
