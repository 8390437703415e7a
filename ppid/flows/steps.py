"""What a flow is made of: moves, requirements, and the refusals that people read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.utils import timezone
from django_fsm import GET_STATE, transition

from ppid.information.models import Document
from ppid.organisation.models import User
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused
from sop.models import Activity


class Kind(StrEnum):
    """What a move is; the stored value in the ledger."""

    STEP = "step"
    RETURN = "return"
    REOPENING = "reopening"
    DIVERSION = "diversion"
    CONCLUSION = "conclusion"
    WITHDRAWAL = "withdrawal"
    RETRACTION = "retraction"
    FIRST_PUBLICATION = "first"
    TAKEOVER = "takeover"
    UNDO = "undo"


# The moves whose time is measured against the sheet: whoever sends a case back had it on their desk like any other.
MEASURED = (Kind.STEP, Kind.RETURN)


class StepOutOfOrder(ChangedMeanwhile):
    """The case awaits another step, has ended, or this step was already taken."""


class StepForbidden(Forbidden):
    """It is not this person's to do."""


class StepUnmet(Refused):
    """Something that the step requires is missing."""


@dataclass(frozen=True, slots=True)
class Act:
    """Someone's attempt at a move: what the requirements look at besides the case.

    ``evidence`` maps "requirement" and "output" to documents of the case; ``inputs`` are what a step decides;
    ``seen`` is how far the case had moved when the person looked at it (``Case.moves``), None when they did not;
    ``carried`` are the moves that it takes one after the other: the lawful steps of the row.
    """

    actor: User
    at: datetime
    note: str = ""
    evidence: dict[str, Document] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    seen: int | None = None
    judged: dict["Requirement[Any]", bool] = field(default_factory=dict, repr=False)
    carried: list["Move"] = field(default_factory=list, repr=False)

    @property
    def day(self) -> date:
        """The day of the act, local time."""
        return timezone.localdate(self.at)


class Movable(Protocol):
    """What a move's own requirements look at in a case."""

    act: Act

    @property
    def awaited(self) -> Activity: ...

    @property
    def documents(self) -> Sequence[Document]: ...

    @property
    def rows_in_words(self) -> Mapping[str, int]: ...

    def columns_still_missing(self, user: User) -> Sequence[object]: ...

    def is_proven(self, part: str) -> bool: ...

    def proves_what_it_says(self, part: str) -> bool: ...

    @property
    def earlier_rows(self) -> Sequence[int]: ...


C = TypeVar("C", bound=Movable, contravariant=True)


@dataclass(frozen=True, slots=True)
class Requirement(Generic[C]):
    """A precondition of a move, with the sentence people see while it is unmet.

    In the sentence {prepares} and {decides} stand for the numbers of the rows that do so on the case's own sheet.
    ``field`` names the form field at which the sentence belongs, if it is about one; ``place`` names what else of the
    case has to be mended: "documents", "findings", "description", "test", "decree" or "joint". ``advises`` are the keys
    of the moves that the sentence advises, so that a page can lead there. What the act itself brings about where it can
    (``by_the_act``) keeps no page from offering it. ``names`` gives what else stands in braces in the sentence.
    """

    message: str
    test: Callable[[C], object]
    field: str = ""
    place: str = ""
    advises: tuple[str, ...] = ()
    by_the_act: bool = False
    names: Callable[[C], Mapping[str, str]] | None = None
    do_not_call_in_templates: ClassVar[bool] = True

    def sentence(self, case: C) -> str:
        """Return what people read, with the numbers of this case's sheet."""
        named = self.names(case) if self.names else {}
        return self.message.format_map({**case.rows_in_words, **named})

    def __call__(self, case: C) -> bool:  # so it serves as a django-fsm condition
        """Say whether the act in hand meets this; each act is judged once, then django-fsm asks again."""
        judged = case.act.judged
        if self not in judged:
            judged[self] = bool(self.test(case))
        return judged[self]


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a flow as its decorator describes it.

    ``ways`` are its pairs of states, from where and to where; ``names_its_row`` says that the act's input ``to`` names
    the row of the sheet to which it leads, and the state with it. ``asks`` says in plain words what a lawful step wants
    of whoever it waits for.
    """

    key: str
    kind: Kind
    title: str
    requires: tuple[Requirement[Any], ...]
    ways: frozenset[tuple[str, str]]
    names_its_row: bool = False
    asks: str = ""

    @property
    def sources(self) -> set[str]:
        return {source for source, _ in self.ways}

    def target_from(self, state: str) -> str | None:
        """Return where the move leads from ``state``; None when it does not start there or the row decides it."""
        return None if self.names_its_row else dict(self.ways).get(state)


def _keys(documents: Sequence[Document]) -> set[int]:
    return {document.pk for document in documents}


HAS_REASON: Requirement[Movable] = Requirement("Tuliskan alasannya.", lambda case: case.act.note.strip(), field="note")
LEADS_BACK: Requirement[Movable] = Requirement(
    "Pilih langkah yang lebih awal, ke mana proses ini dikembalikan.",
    lambda case: case.act.inputs.get("to") in case.earlier_rows,
    field="to",
)
HAS_REQUIREMENT_EVIDENCE: Requirement[Movable] = Requirement(
    "Lampirkan kelengkapan: unggah berkas atau pilih dokumen yang sudah ada.",
    lambda case: case.is_proven("requirement"),
    field="requirement",
)
HAS_OUTPUT_EVIDENCE: Requirement[Movable] = Requirement(
    "Lampirkan output: unggah berkas atau pilih dokumen yang sudah ada.",
    lambda case: case.is_proven("output"),
    field="output",
)
EVIDENCE_IS_CURRENT: Requirement[Movable] = Requirement(
    "Dokumen yang dipilih bukan dokumen yang berlaku pada proses ini. Pilih lagi.",
    lambda case: not case.act.evidence or {each.pk for each in case.act.evidence.values()} <= _keys(case.documents),
)
_ANOTHER_THING = (
    "Berkas itu bukan yang diminta. Yang lahir pada langkah ini berkas tersendiri: bukan dokumen informasinya, bukan "
    "berkas yang sudah menjadi bukti lain, dan bukan surat yang lain atau yang belum bertanda tangan."
)
REQUIREMENT_IS_WHAT_IT_SAYS: Requirement[Movable] = Requirement(
    f"Kelengkapan: {_ANOTHER_THING}", lambda case: case.proves_what_it_says("requirement"), field="requirement"
)
OUTPUT_IS_WHAT_IT_SAYS: Requirement[Movable] = Requirement(
    f"Output: {_ANOTHER_THING}", lambda case: case.proves_what_it_says("output"), field="output"
)
OTHERS_HAVE_CONFIRMED: Requirement[Movable] = Requirement(
    "Langkah ini dikerjakan bersama. Tunggu sampai setiap kolom yang lain mengonfirmasi bagiannya.",
    lambda case: not case.columns_still_missing(case.act.actor),
    place="joint",
)
OF_A_ROW = (
    HAS_REQUIREMENT_EVIDENCE,
    HAS_OUTPUT_EVIDENCE,
    EVIDENCE_IS_CURRENT,
    REQUIREMENT_IS_WHAT_IT_SAYS,
    OUTPUT_IS_WHAT_IT_SAYS,
    OTHERS_HAVE_CONFIRMED,
)


Requirements = Sequence[Requirement[Any]]
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


# Taking back what the actor decided themselves a moment ago (``ppid.flows.undo``): no move of a flow's own.
UNDO = Move("undo", Kind.UNDO, "Diurungkan", (), frozenset())

# A row of a sheet that carries no lawful step: evidence, time and the ledger, but no change of state.
PLAIN_ROW = Move("row", Kind.STEP, "Langkah lembar", OF_A_ROW, frozenset())


def _move(
    kind: Kind, title: str, source: Sequence[str] | str, target: str, requires: Requirements, *, asks: str = ""
) -> Decorator:
    sources = [source] if isinstance(source, str) else list(source)

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        moved = transition(field="state", source=sources, target=target, conditions=list(requires))(method)
        ways = frozenset((each, target) for each in sources)
        moved.move = Move(method.__name__, kind, title, tuple(requires), ways, asks=asks)
        return moved

    return decorate


def step(title: str, *, asks: str, source: str, target: str, requires: Requirements = ()) -> Decorator:
    """Mark the method that takes a lawful step. Evidence is asked for by the quality standard of the row."""
    return _move(Kind.STEP, title, source, target, (*requires, *OF_A_ROW), asks=asks)


def returning(title: str, *, source: str, target: str) -> Decorator:
    """Mark the method that sends the case back («tidak», «perlu perbaikan»), which needs a reason."""
    return _move(Kind.RETURN, title, source, target, [HAS_REASON])


def sending_back(title: str, *, steps: Sequence[str], achieved: str) -> Decorator:
    """Mark the method that sends the case back to any earlier row, named by the act's input ``to``, with a reason.

    ``steps`` are the states of the flow in their order; the state goes back with the row. What was ``achieved`` stays:
    from there it leads to other rows that follow the last lawful step.
    """
    requires: tuple[Requirement[Any], ...] = (HAS_REASON, LEADS_BACK)
    ways = frozenset(
        [(late, early) for late in steps for early in steps[: steps.index(late) + 1]] + [(achieved, achieved)]
    )

    def earlier(case: Any) -> str:
        return case.state_awaited_at(case.act.inputs["to"])

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        sources = [*steps, achieved]
        target = GET_STATE(earlier, states=sources)
        moved = transition(field="state", source=sources, target=target, conditions=list(requires))(method)
        moved.move = Move(method.__name__, Kind.RETURN, title, requires, ways, names_its_row=True)
        return moved

    return decorate


def reopening(title: str, *, source: Sequence[str], target: str) -> Decorator:
    """Mark the method that sends an approved case back because its documents changed."""
    return _move(Kind.REOPENING, title, source, target, [HAS_REASON])


def announcing_first(title: str, *, source: Sequence[str], requires: Requirements) -> Decorator:
    """Mark the method that makes the item public before its rows are taken, with a reason; the case stays there."""

    def decorate(method: Callable[..., None]) -> Callable[..., None]:
        needs = (HAS_REASON, *requires)
        moved = transition(field="state", source=list(source), target=None, conditions=list(needs))(method)
        ways = frozenset((each, each) for each in source)
        moved.move = Move(method.__name__, Kind.FIRST_PUBLICATION, title, needs, ways)
        return moved

    return decorate


def ending(
    kind: Kind, title: str, *, source: Sequence[str] | str, target: str, requires: Requirements = ()
) -> Decorator:
    """Mark the method that ends the case by another way than its last step, which needs a reason."""
    return _move(kind, title, source, target, (HAS_REASON, *requires))
