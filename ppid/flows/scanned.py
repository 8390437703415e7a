"""What the virus scanner lets go on: a step that hands documents over or publishes them asks here."""

from collections.abc import Iterable

from ppid.flows.steps import StepUnmet
from ppid.information.models import Document
from ppid.scanning import verdicts


def refuse_unscanned(documents: Iterable[Document]) -> None:
    """Raise StepUnmet with a sentence for each document that waits for the scanner, or in which it found something."""
    if said := verdicts.unmet((document.sha256, document.title) for document in documents):
        raise StepUnmet(*said)
