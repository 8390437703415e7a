"""What proves a row: which documents the portal records itself, and which somebody has to bring.

``Case`` is one of these; it looks at its own ledger and documents alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg

from ppid.flows.sheet_words import NAMES, OUTPUT, REQUIREMENT, SIGNED, Meaning, Row, Source, meaning
from ppid.flows.steps import Kind
from ppid.information.models import Document

PARTS = (REQUIREMENT, OUTPUT)


@dataclass(frozen=True, slots=True)
class Proof:
    """A part of the awaited row. ``documents`` are those that the portal records, when it ``is_recorded`` by itself."""

    part: str
    words: str
    meaning: Meaning
    documents: tuple[Document, ...] = ()
    is_recorded: bool = False

    @property
    def wanted(self) -> str:
        """What has to be brought, in words; "" when the sheet alone says it."""
        return NAMES.get(self.meaning.kind, "")


class Proving:
    """What a case knows of the proof of its rows."""

    act: Any
    activities: Any
    step: Any
    records: Any
    paper_numbers: Any
    information: Any

    if TYPE_CHECKING:

        @property
        def content(self) -> list[Document]: ...

    @cached_property
    def sheet_rows(self) -> Mapping[int, Row]:
        """The rows of the case's sheet as ``sheet_words`` reads them."""
        keys = [move.key for move in self.lawful_steps()]  # type: ignore[attr-defined]  # of Case
        return {
            number: Row(number, row.requirement, row.output, [keys[each - 1] for each in row.carries])
            for number, row in self.activities.items()
        }

    @cached_property
    def proofs(self) -> dict[str, Proof]:
        """The parts of the awaited row that need a proof, by their name."""
        if self.step is None:
            return {}
        found = (self._proof(part) for part in PARTS)
        return {proof.part: proof for proof in found if proof.meaning.source != Source.NOTHING}

    def is_proven(self, part: str) -> bool:
        """Whether the act in hand brings what this part needs, or the portal records it."""
        proof = self.proofs.get(part)
        return proof is None or proof.is_recorded or part in self.act.evidence

    def fits(self, part: str, document: Document) -> bool:
        """Whether the document may prove this part: what is born here is nothing of the item's, and no other proof."""
        proof = self.proofs.get(part)
        if proof is None or proof.meaning.source != Source.BORN:
            return True
        kind = proof.meaning.kind
        if document.purpose == Document.Purpose.CONTENT or document.pk in self._proving_else(kind):
            return False
        if kind in SIGNED and not self._is_signed_since(kind, document):
            return False
        numbered = self._paper_of(document)
        return numbered is None or (
            numbered.kind == kind
            and numbered.cancelled_at is None
            and (kind not in SIGNED or document.purpose == Document.Purpose.EVIDENCE)
        )

    def proves_what_it_says(self, part: str) -> bool:
        """Whether the document that the act in hand brings for this part fits, and is not brought for the other too."""
        document = self.act.evidence.get(part)
        if document is None:
            return True
        other = next((each for name, each in self.act.evidence.items() if name != part), None)
        return self.fits(part, document) and not (document == other and self._both_are_born())

    def recorded(self, evidence: Mapping[str, Document]) -> list[tuple[str, Document, str, bool]]:
        """Return what the ledger row binds: part, document, what it is, and whether the portal recorded it itself."""
        bound: dict[tuple[str, int], tuple[str, Document, str, bool]] = {}
        for part, proof in self.proofs.items():
            for document in proof.documents if proof.is_recorded else ():
                bound[part, document.pk] = (part, document, proof.meaning.key, True)
        for part, document in evidence.items():
            key = self.proofs[part].meaning.key if part in self.proofs else ""
            bound.setdefault((part, document.pk), (part, document, key, False))
        return list(bound.values())

    def _both_are_born(self) -> bool:
        born = [proof.meaning for proof in self.proofs.values() if proof.meaning.source == Source.BORN]
        return len({each.kind for each in born}) > 1

    def _proof(self, part: str) -> Proof:
        said = meaning(self.sheet_rows, self.step, part)
        words = self.sheet_rows[self.step].words(part)
        if said.source == Source.ITEM:
            has_none = not self.content and not self.information.has_softcopy
            return Proof(part, words, said, tuple(self.content), bool(self.content) or has_none)
        if said.source == Source.EARLIER:
            passed = tuple(self._output_of(said.row))
            return Proof(part, words, said, passed, bool(passed))
        return Proof(part, words, said)

    def _output_of(self, row: int) -> Iterable[Document]:
        """Return the documents that the newest taking of ``row`` bound as its output, if they still stand."""
        bound = self.records.standing().filter(kind=Kind.STEP, step=row, evidence__part=OUTPUT)
        record = bound.order_by("-sequence").first()
        if record is None:
            return ()
        proofs = record.evidence.filter(part=OUTPUT).select_related("document__replaced_by")
        documents = [each.document for each in proofs]
        return documents if all(document.is_current for document in documents) else ()

    def _proving_else(self, kind: str) -> set[int]:
        """Return the documents that this case's ledger has bound as something else that is born."""
        return {document for document, means in self._born_before if means != kind}

    @cached_property
    def _born_before(self) -> list[tuple[int, str]]:
        bound = self.records.standing().filter(evidence__means__in=list(NAMES))
        return list(bound.values_list("evidence__document", "evidence__means"))

    def _is_signed_since(self, kind: str, document: Document) -> bool:
        """Whether the document came after what it shows as signed was written."""
        written = getattr(self, "decree", None) if kind == "decree" else getattr(self, "test", None)
        if written is None:
            return True  # its own requirement says so
        return document.uploaded_at >= (written.recorded_at if kind == "decree" else written.filled_at)

    def _paper_of(self, document: Document) -> Any:
        """Return the numbered paper whose file or scan the document is; None for any other."""
        return self._papers_by_document.get(document.pk)

    @cached_property
    def _papers_by_document(self) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for paper in self.paper_numbers.annotate(scanned=ArrayAgg("scans__document")):
            found |= dict.fromkeys([paper.document_id, *paper.scanned], paper)
        return found
