"""What a case's page shows, put together from the case: no rule is decided here."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from itertools import pairwise

from django.db.models import QuerySet

from ppid.desk.status import Status, record_status, time_used
from ppid.flows.actions import unmet_requirements
from ppid.flows.amendments import refuse_unless_proposable
from ppid.flows.documents import refuse_unless_changeable, refuse_unless_describable
from ppid.flows.item_correction import CORRECTION
from ppid.flows.ledger import Confirmation, MovedDeadline, StepRecord
from ppid.flows.models import Case
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.passed_on import PassedOn
from ppid.flows.permissions import appointment_for, deciders, forbidden_because, holders
from ppid.flows.proving import Proof
from ppid.flows.renewal import refuse_unless_confirmable
from ppid.flows.states import CHANGES_THE_SHELF, DECIDED, STEP_NUMBERS
from ppid.flows.steps import PLAIN_ROW, Act, Kind, Move, Requirement
from ppid.flows.urgency import can_become_urgent, may_mark_because
from ppid.flows.walking import column_of
from ppid.information.classification import VoidedDecree
from ppid.information.descriptions import DescriptionChange
from ppid.information.models import Document
from ppid.organisation.deciding import Deciders
from ppid.organisation.models import Appointment, User
from ppid.scanning import verdicts
from ppid.web.fixed_queries import FixedQuery
from ppid.web.refusals import Refused


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that the case's state allows, and why this person may not make it ("" when they may)."""

    move: Move
    why: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a joint row: who confirmed it, None as long as nobody has; and those who may."""

    label: str
    confirmation: Confirmation | None
    holders: list[Appointment]


@dataclass(frozen=True, slots=True)
class SentBack:
    """The return that is being worked off: its row of the ledger, and what of the item changed since."""

    record: StepRecord
    added: list[Document]
    removed: list[Document]
    described: list[DescriptionChange]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row of the ledger as the page prints it: a move, or what happened between two of them."""

    record: StepRecord | MovedDeadline | VoidedDecree | PassedOn | Confirmation | ParticipantConfirmation
    title: str
    status: Status | None = None
    used: str = ""


UNDONE = Status("plain", "arrow-uturn-left", "Diurungkan, tidak dihitung")


def _documents(item: int, exclusion: int) -> QuerySet[Document]:
    its_own = Document.objects.of_item(item, exclusion)
    return its_own.select_related("replaced_by", "uploaded_by", "removed_by")


_DOCUMENTS = FixedQuery(_documents)


class CaseView:
    """A case as one person sees it at one moment. Fetch the case with ``for_page()``."""

    def __init__(self, case: Case, user: User, *, now: datetime, today: date):
        self.case, self.user, self.now, self.today = case, user, now, today

    @cached_property
    def documents(self) -> list[Document]:
        """All documents that the item ever had, as far as they belong in this case, which takes its own from them."""
        # Nothing has the key 0.
        found = _DOCUMENTS.rows(self.case.information_id, self.case.exclusion_id or 0)
        self.case.documents = [document for document in found if document.is_current]
        if verdicts.is_on():
            scans = verdicts.said_of({document.sha256 for document in found})
            for document in found:
                document.scan = scans.get(document.sha256)
        return found

    @cached_property
    def description_changes(self) -> list[DescriptionChange]:
        """What was changed in the description, the newest first."""
        lines = list(self.case.information.description_changes.order_by("-pk"))
        for line in lines:
            line.information = self.case.information
        return lines

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
        """The ledger, oldest first, each row with this very case, whose steps and unit have been read."""
        records = list(self.case.records.all())
        for record in records:
            record.case = self.case
        return records

    @cached_property
    def standing(self) -> list[StepRecord]:
        """The ledger without what was undone and without the undoing itself, oldest first."""
        undone = {
            number for each in self.records if each.kind == Kind.UNDO for number in range(each.back_to, each.sequence)
        }
        return [each for each in self.records if each.kind != Kind.UNDO and each.sequence - 1 not in undone]

    def ledger(self) -> list[LedgerLine]:
        """Return the ledger, newest first: the moves, and between them the due dates that the calendar moved."""
        moves = [
            ((record.sequence, 0), _ledger_line(record, before, is_undone=record not in self.standing))
            for before, record in pairwise([None, *self.records])
            if record is not None
        ]
        moved = [
            ((line.moves, line.pk), LedgerLine(line, line.get_kind_display()))
            for line in self.case.moved_deadlines.all()
        ]
        voided = [
            ((self._moves_before(row.voided_at), -row.pk), LedgerLine(row, "Surat penetapan tidak berlaku lagi"))
            for row in (self.case.exclusion.voided_decrees.all() if self.case.exclusion else [])
        ]
        confirmed = [((each.moves, each.pk), LedgerLine(each, "Bagian dikonfirmasi")) for each in self._confirmations()]
        passed = [
            ((line.moves, line.pk), LedgerLine(line, "Diteruskan ke unit lain"))
            for line in (self.case.passed_on.all() if self.case.passed_on_at else [])
        ]
        took_part = [
            ((each.moves, each.pk), LedgerLine(each, "Peserta mengonfirmasi lembar uji"))
            for each in self._participants_words()
        ]
        lines = moves + moved + voided + confirmed + took_part + passed
        return [line for _, line in sorted(lines, key=lambda each: each[0], reverse=True)]

    def _confirmations(self) -> list[Confirmation]:
        """Return who confirmed which part of the joint rows, the last ones of a row aside: those took it."""
        if all(len(row.columns) < 2 for row in self.case.activities.values()):
            return []
        took = {(record.sequence - 1, record.actor_id) for record in self.records}
        made = self.case.all_confirmations.all()
        return [each for each in made if (each.moves, each.actor_id) not in took]

    def _participants_words(self) -> list[ParticipantConfirmation]:
        """Return which participants confirmed the test, whoever took the step aside: its line says so."""
        if self.case.exclusion is None or not hasattr(self.case.exclusion, "test"):
            return []
        return list(self.case.participant_confirmations.filter(by_step=False))

    def _moves_before(self, at: datetime) -> int:
        return sum(record.done_at < at for record in self.records)

    @cached_property
    def moves(self) -> list[OpenMove]:
        """The moves that are open now, the step of the sheet first; reopening comes by itself and is left out."""
        first = [Kind.FIRST_PUBLICATION] if self.case.is_urgent else []
        order = [Kind.STEP, *first, Kind.RETURN, Kind.DIVERSION, Kind.CONCLUSION, Kind.WITHDRAWAL, Kind.RETRACTION]
        moves = [*self.case.moves_by_key().values(), PLAIN_ROW]
        found = [move for kind in order for move in moves if move.kind == kind and self._is_offered(move)]
        return [OpenMove(move, self._why_not(move)) for move in found]

    def _is_offered(self, move: Move) -> bool:
        """Whether the case awaits the move; ending with an open result is offered once the test says so."""
        says_open = move.kind != Kind.CONCLUSION or self.case.test and self.case.test.conclusion == "open"
        return bool(says_open) and self.case.is_open(move)

    @property
    def other_returns(self) -> list[int]:
        """The earlier rows to which no return of the flow itself leads, the sheet's own exits first."""
        named = [m for m in self.case.moves_by_key().values() if m.kind == Kind.RETURN and not m.names_its_row]
        covered = {number for move in named if self.case.is_open(move) for number in self.case.rows_back(move)}
        return [number for number in self.case.earlier_rows if number not in covered]

    def _why_not(self, move: Move) -> str:
        appointment = appointment_for(self.case, move, self.user, on=self.today)
        why = forbidden_because(self.case, move, self.user, appointment, on=self.today)
        if why or move.kind not in (Kind.RETRACTION, Kind.FIRST_PUBLICATION):
            return why
        self.case.act = Act(self.user, self.now)
        return " ".join(
            each.sentence(self.case)
            for each in unmet_requirements(self.case, move)
            if not (each.field or each.by_the_act)
        )

    @property
    def mine(self) -> list[Move]:
        return [each.move for each in self.moves if not each.why]

    @property
    def why_not_step(self) -> list[str]:
        """Why this person can't take the step, or send it back or elsewhere, each sentence once."""
        return self._whys(Kind.STEP, Kind.RETURN, Kind.DIVERSION, Kind.CONCLUSION)

    @property
    def why_not_end(self) -> list[str]:
        """Why this person can't end the case otherwise."""
        return self._whys(Kind.WITHDRAWAL, Kind.RETRACTION)

    @property
    def why_not_first(self) -> list[str]:
        """Why this person can't announce it before its rows are taken."""
        return self._whys(Kind.FIRST_PUBLICATION)

    @property
    def announces_first(self) -> bool:
        """Whether this person may announce it now, before its rows are taken."""
        return any(move.kind == Kind.FIRST_PUBLICATION for move in self.mine)

    @property
    def marks_urgent(self) -> bool:
        """Whether this person may mark the case as urgent now."""
        return can_become_urgent(self.case) and not may_mark_because(self.case, self.user, at=self.now)

    def _whys(self, *kinds: Kind) -> list[str]:
        return list(dict.fromkeys(each.why for each in self.moves if each.why and each.move.kind in kinds))

    @property
    def step(self) -> Move | None:
        """The step of the sheet, if it is this person's to take now."""
        return next((move for move in self.mine if move.kind == Kind.STEP), None)

    @property
    def decides_here(self) -> bool:
        """Whether this person takes, or sends back, a row that has its decision screen."""
        return self.case.is_running and self.case.has_decision and self.step is not None and not self.confirms

    @property
    def works_here(self) -> bool:
        """Whether this person takes the row that prepares, which has its working screen."""
        return self.case.is_running and self.case.has_work and self.step is not None

    @property
    def step_here(self) -> Move | None:
        """The step whose form stands on the case's own page; None where it has a screen, or is confirmed together."""
        return None if self.decides_here or self.works_here or self.confirms else self.step

    @cached_property
    def holders(self):
        return holders(self.case, on=self.today)

    @cached_property
    def deciders(self) -> Deciders | None:
        """Who could decide on this case, and who of them worked on it; None once it is decided."""
        if not self.case.is_running or self.case.state in DECIDED or self.case.state not in STEP_NUMBERS:
            return None
        return deciders(self.case, on=self.today)

    @property
    def is_a_decider(self) -> bool:
        """Whether this person holds the office that decides on this case."""
        return self.deciders is not None and any(each.user_id == self.user.pk for each, _ in self.deciders.held)

    @property
    def decided_by_others(self) -> str:
        """What somebody who holds that office reads before it comes to them: that their work keeps them from it."""
        if self.deciders is None or self.case.decides:
            return ""
        return self.deciders.refusal_of(self.user, f"mengerjakan langkah {self.case.rows_in_words['decides']}")

    @cached_property
    def joint(self) -> list[Column]:
        """The columns of a row that is performed together; empty for any other."""
        if not self.case.is_running or len(self.case.awaited.columns) < 2:
            return []
        made = {confirmation.column: confirmation for confirmation in self.case.confirmations}
        return [
            Column(
                column.label.strip(),
                made.get(column.position),
                [held for held in self.holders if held.role_id in {role.pk for role in column.roles.all()}],
            )
            for column in self.case.awaited.columns
        ]

    @cached_property
    def confirms(self) -> bool:
        """Whether this person may confirm their part of a joint row now, while others are still missing."""
        if not self.joint or self.step is None:
            return False
        self.case.act = Act(self.user, self.now)
        mine = {column.position for column in self.case.columns_of(self.user, on=self.today)}
        open_columns = mine - {confirmation.column for confirmation in self.case.confirmations}
        return bool(open_columns) and bool(self.case.columns_still_missing(self.user))

    @cached_property
    def sent_back(self) -> SentBack | None:
        """The latest return, until the row from which it came is taken again."""
        back = next((each for each in reversed(self.standing) if each.kind in (Kind.RETURN, Kind.REOPENING)), None)
        if back is None or self.case.step is None or self.case.step > (back.step or 0):
            return None
        since = back.done_at
        content = [each for each in self.documents if each.purpose == Document.Purpose.CONTENT]
        return SentBack(
            back,
            added=[each for each in content if each.uploaded_at > since and each.is_current],
            removed=[each for each in content if each.uploaded_at <= since and _left_since(each, since)],
            described=[each for each in self.description_changes if each.at > since],
        )

    @property
    def prepares(self) -> int:
        """The number of the row that prepares: where a change of the documents leads back."""
        return self.case.rows_in_words["prepares"]

    @property
    def decides(self) -> int:
        """The number of the row that decides on what was prepared."""
        return self.case.rows_in_words["decides"]

    @property
    def test_row(self) -> int:
        """The number of the row at which the lembar uji is filled in."""
        return self.case.row_of("test_consequences").number

    @property
    def decree_row(self) -> int:
        """The number of the row at which the decree is recorded."""
        return self.case.row_of("adopt").number

    @property
    def recorded(self) -> list[Proof]:
        """The parts of the row that the portal records by itself, each with its documents."""
        return [proof for proof in self.case.proofs.values() if proof.is_recorded]

    @property
    def unmet_sentences(self) -> list[tuple[Requirement, str]]:
        """What the step still lacks, each with its sentence."""
        return [(each, each.sentence(self.case)) for each in self.unmet]

    @property
    def newer(self) -> Case | None:
        """The later case of the item that changed what stands on the shelf, if there is one."""
        later = self.case.information.cases.filter(pk__gt=self.case.pk, state__in=CHANGES_THE_SHELF)
        return later.order_by("pk").first() if self.case.left_the_shelf else None

    @cached_property
    def unmet(self) -> list[Requirement]:
        """What the step still lacks besides what its form asks for."""
        step = self.case.next_step
        if step is None:
            return []
        self.case.act = Act(self.user, self.now)
        return [each for each in unmet_requirements(self.case, step) if not (each.field or each.by_the_act)]

    @cached_property
    def why_documents_stay(self) -> str:
        return self._refused(refuse_unless_changeable)

    @cached_property
    def why_description_stays(self) -> str:
        return self._refused(refuse_unless_describable)

    @cached_property
    def why_not_confirm(self) -> str:
        """Why this person can't confirm that the item is still right; "" when they can."""
        return self._refused(refuse_unless_confirmable)

    @cached_property
    def why_not_correct(self) -> str:
        """Why this person can't propose a ralat; "" when they can."""
        return self._refused(partial(refuse_unless_proposable, kind=CORRECTION))

    def _refused(self, check) -> str:
        try:
            check(self.case, actor=self.user, at=self.now)
        except Refused as refusal:
            return " ".join(refusal.sentences)
        return ""

    @property
    def stages(self) -> list[dict]:
        """The rows of the sheet as the rail draws them."""
        rows = self.case.activities.values()
        return [
            {"number": row.number, "name": self.case.called(row), "status": self._stage(row.number)} for row in rows
        ]

    def _stage(self, number: int) -> str:
        if self.case.is_running:
            here = self.case.step_number
        elif self.case.state in ("published", "adopted", "retracted"):
            return "done"
        else:
            here = self.records[-1].step
            return "done" if number < here else "next"
        return "current" if number == here else "done" if number < here else "next"

    @property
    def sheet(self) -> list[dict]:
        """The steps with their own words from the sheet."""
        rows = self.case.activities
        return [
            {"activity": rows[stage["number"]], "column": column_of(rows[stage["number"]]), "status": stage["status"]}
            for stage in self.stages
        ]


def _ledger_line(record: StepRecord, before: StepRecord | None, *, is_undone: bool) -> LedgerLine:
    if record.kind == Kind.UNDO:
        return LedgerLine(record, record.title)
    if is_undone:
        return LedgerLine(record, record.title, UNDONE)
    if record.goes_on(before):
        return LedgerLine(record, record.title, used="dalam langkah yang sama")
    return LedgerLine(record, record.title, record_status(record), time_used(record))


def _left_since(document: Document, since: datetime) -> bool:
    if document.removed_at is not None:
        return document.removed_at > since
    newer = getattr(document, "replaced_by", None)
    return newer is not None and newer.uploaded_at > since
