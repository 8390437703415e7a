"""What a case's page shows, put together from the case: no rule is decided here."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from ppid.desk.status import Status, record_status, time_used
from ppid.flows.actions import unmet_requirements
from ppid.flows.documents import refuse_unless_changeable, refuse_unless_describable
from ppid.flows.models import Case, MovedDeadline, StepRecord
from ppid.flows.permissions import appointment_for, forbidden_because, holders
from ppid.flows.states import STEP_NUMBERS
from ppid.flows.steps import Act, Kind, Move, Requirement
from ppid.information.models import Document
from ppid.organisation.models import User
from ppid.web.refusals import Refused


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that the case's state allows, and why this person may not make it ("" when they may)."""

    move: Move
    why: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row of the ledger as the page prints it: a move, or a due date that the working calendar moved."""

    record: StepRecord | MovedDeadline
    title: str
    status: Status | None = None
    used: str = ""


class CaseView:
    """A case as one person sees it at one moment. Fetch the case with ``for_page()``."""

    def __init__(self, case: Case, user: User, *, now: datetime, today: date):
        self.case, self.user, self.now, self.today = case, user, now, today

    @cached_property
    def documents(self) -> list[Document]:
        """All documents that the item ever had, as far as they belong in this case."""
        found = Document.objects.in_case(self.case)
        return list(found.select_related("replaced_by", "uploaded_by", "removed_by"))

    @property
    def current(self) -> list[Document]:
        return [document for document in self.documents if document.is_current]

    @property
    def content(self) -> list[Document]:
        return [document for document in self.current if document.purpose == Document.Purpose.CONTENT]

    @property
    def evidence(self) -> list[Document]:
        return [document for document in self.current if document.purpose == Document.Purpose.EVIDENCE]

    @property
    def superseded(self) -> list[Document]:
        return [document for document in self.documents if not document.is_current]

    @cached_property
    def records(self) -> list[StepRecord]:
        """The ledger, oldest first, each row with this very case, whose steps have been read."""
        records = list(self.case.records.all())
        for record in records:
            record.case = self.case
        return records

    def ledger(self) -> list[LedgerLine]:
        """Return the ledger, newest first: the moves, and between them the due dates that the calendar moved."""
        moves = [
            ((record.sequence, 0), LedgerLine(record, record.title, record_status(record), time_used(record)))
            for record in self.records
        ]
        moved = [
            ((line.moves, line.pk), LedgerLine(line, "Tenggat bergeser")) for line in self.case.moved_deadlines.all()
        ]
        return [line for _, line in sorted(moves + moved, key=lambda each: each[0], reverse=True)]

    @cached_property
    def moves(self) -> list[OpenMove]:
        """The moves that are open now, the step of the sheet first; reopening comes by itself and is left out."""
        order = [Kind.STEP, Kind.RETURN, Kind.DIVERSION, Kind.WITHDRAWAL, Kind.RETRACTION]
        found = [move for kind in order if (move := self.case.move_open_at(kind))]
        return [OpenMove(move, self._why_not(move)) for move in found]

    def _why_not(self, move: Move) -> str:
        appointment = appointment_for(self.case, move, self.user, on=self.today)
        why = forbidden_because(self.case, move, self.user, appointment)
        if why or move.kind != Kind.RETRACTION:
            return why
        self.case.act = Act(self.user, self.now)
        return " ".join(each.message for each in unmet_requirements(self.case, move) if not each.field)

    @property
    def mine(self) -> list[Move]:
        return [each.move for each in self.moves if not each.why]

    @property
    def why_not_step(self) -> list[str]:
        """Why this person can't take the step, or send it back or elsewhere, each sentence once."""
        return self._whys(Kind.STEP, Kind.RETURN, Kind.DIVERSION)

    @property
    def why_not_end(self) -> list[str]:
        """Why this person can't end the case otherwise."""
        return self._whys(Kind.WITHDRAWAL, Kind.RETRACTION)

    def _whys(self, *kinds: Kind) -> list[str]:
        return list(dict.fromkeys(each.why for each in self.moves if each.why and each.move.kind in kinds))

    @property
    def step(self) -> Move | None:
        """The step of the sheet, if it is this person's to take now."""
        return next((move for move in self.mine if move.kind == Kind.STEP), None)

    @cached_property
    def holders(self):
        return holders(self.case, on=self.today)

    @cached_property
    def proposed(self) -> dict[str, Document]:
        """The documents that are offered first: the last output, or else the newest document of the item."""
        newest = self.content[-1:] or self.current[-1:]
        last = [each.document_id for record in self.records for each in record.evidence.all() if each.part == "output"]
        previous = [document for document in self.current if document.pk in last[-1:]]
        found = {"requirement": previous or newest, "output": newest}
        return {part: documents[0] for part, documents in found.items() if documents}

    @cached_property
    def unmet(self) -> list[Requirement]:
        """What the step still lacks besides what its form asks for."""
        step = self.case.move_open_at(Kind.STEP)
        if step is None:
            return []
        self.case.act = Act(self.user, self.now, evidence=self.proposed)
        return [each for each in unmet_requirements(self.case, step) if not each.field]

    @cached_property
    def why_documents_stay(self) -> str:
        return self._refused(refuse_unless_changeable)

    @cached_property
    def why_description_stays(self) -> str:
        return self._refused(refuse_unless_describable)

    def _refused(self, check) -> str:
        try:
            check(self.case, actor=self.user, at=self.now)
        except Refused as refusal:
            return " ".join(refusal.sentences)
        return ""

    @property
    def stages(self) -> list[dict]:
        """The steps of the sheet as the rail draws them."""
        titles = [move.title for move in self.case.moves_by_key().values() if move.kind == Kind.STEP]
        return [
            {"number": number, "name": title, "status": self._stage(number)} for number, title in enumerate(titles, 1)
        ]

    def _stage(self, number: int) -> str:
        if self.case.is_running:
            here = self.case.step_number
        elif self.case.state in ("published", "adopted", "retracted"):
            return "done"
        else:
            here = STEP_NUMBERS[self.records[-1].from_state]
            return "done" if number < here else "next"
        return "current" if number == here else "done" if number < here else "next"

    @property
    def sheet(self) -> list[dict]:
        """The steps with their own words from the sheet."""
        return [{"activity": self.case.activities[stage["number"]], "status": stage["status"]} for stage in self.stages]
