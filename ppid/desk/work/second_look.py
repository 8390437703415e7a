"""Why a case is here and for the how-many-th time: the last reason point by point, and what changed since it was given.

Read from the ledger: nothing is decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ppid.desk.work.case_view import CaseView
from ppid.flows.ledger import StepRecord
from ppid.flows.points import Point, answered, parts
from ppid.flows.steps import Kind
from ppid.information.classification import ConsequenceTest
from ppid.information.models import Document, Information
from ppid.web.word_changes import Run, word_changes

_TIMES = ("Pertama", "Kedua", "Ketiga", "Keempat", "Kelima", "Keenam", "Ketujuh", "Kedelapan", "Kesembilan")
_BACK = (Kind.RETURN, Kind.REOPENING)
_SAID = {"": "(kosong)", "true": "ya", "false": "tidak", "True": "ya", "False": "tidak", "None": "(kosong)"}
# Chosen by who decides, or no words of the sheet itself.
_NOT_COMPARED = {"category", "test", "filled_by", "filled_at", "unit_name", "taken_over"}


@dataclass(frozen=True, slots=True)
class Return:
    """A return with its points, each with what answered it; ``rest`` of the answer belongs to none of them."""

    record: StepRecord
    points: list[Point]
    parts: list[str]
    rest: str = ""
    answered_by: StepRecord | None = None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A field whose words changed."""

    label: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that came, went, or took another's place."""

    new: Document | None
    old: Document | None

    @property
    def word(self) -> str:
        if self.new and self.old:
            return "diganti"
        return "ditambahkan" if self.new else "dikeluarkan"


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What whoever decides reads first. ``returns`` are all, the latest first; none for a case that came just once."""

    visit: int
    returns: list[Return] = field(default_factory=list)
    texts: list[TextChange] = field(default_factory=list)
    documents: list[DocumentChange] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    @property
    def last(self) -> Return | None:
        return self.returns[0] if self.returns else None

    @property
    def time_word(self) -> str:
        """For the how-many-th time it is here: «Kedua»."""
        return _TIMES[self.visit - 1] if self.visit <= len(_TIMES) else f"Ke-{self.visit}"

    @property
    def changed(self) -> int:
        return len(self.texts) + len(self.documents)


def second_look(view: CaseView) -> SecondLook:
    """Return what the case's decider reads first, from the case's ledger as the view has read it."""
    here, records = view.case.step or 0, view.standing
    back = [each for each in records if each.kind in _BACK and (each.to_step or 0) <= here <= (each.step or 0)]
    if not back:
        return SecondLook(visit=1)
    last = back[-1]
    before, now = _said(last.stood), _said({"words": view.case.words_to_approve()})
    texts = [
        TextChange(label, word_changes(before[name], now[name]))
        for name, label in _labels().items()
        if name in before and name in now and before[name] != now[name]
    ]
    documents = _documents(view, last)
    kept = [each for each in view.content if each not in [change.new for change in documents]]
    same = [label for name, label in _labels().items() if name in now and before.get(name) == now[name]]
    return SecondLook(
        visit=len(back) + 1,
        returns=[_return(each, records) for each in reversed(back)],
        texts=texts,
        documents=documents,
        unchanged=[*[f"«{each.title}»" for each in kept], *(label.lower() for label in same if before)],
    )


def _return(record: StepRecord, records: list[StepRecord]) -> Return:
    """Put the reason's points beside what was written on the way back to here: the first note of a step after it."""
    later = [each for each in records if each.sequence > record.sequence]
    until = next((each.sequence for each in later if each.kind in _BACK), None)
    notes = [each for each in later if each.kind == Kind.STEP and each.note and not (until and each.sequence > until)]
    answer = notes[0] if notes else None
    points, rest = answered(record.note, answer.note if answer else "")
    return Return(record, points, parts(record.note), rest, answer)


def _documents(view: CaseView, last: StepRecord) -> list[DocumentChange]:
    since, found = last.done_at, []
    content = [each for each in view.documents if each.purpose == Document.Purpose.CONTENT]
    by_key = {each.pk: each for each in content}
    for each in content:
        if each.is_current and each.uploaded_at > since:
            old = by_key.get(each.replaces_id)
            while old is not None and old.uploaded_at > since:  # replaced more than once: what stood then
                old = by_key.get(old.replaces_id)
            found.append(DocumentChange(each, old))
        elif each.removed_at is not None and each.removed_at > since and each.uploaded_at <= since:
            found.append(DocumentChange(None, each))
    return found


def _labels() -> dict[str, str]:
    models: tuple[Any, ...] = (Information, ConsequenceTest)
    names: dict[str, str] = {}
    for model in models:
        for each in model._meta.concrete_fields:
            if each.name not in _NOT_COMPARED:
                names.setdefault(each.name, str(each.verbose_name).capitalize())
    return names | {"participants": "Peserta"}


def _said(stood: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the words of the item and of its test by field, as people read them."""
    words = (stood or {}).get("words") or {}
    flat = {**words, **(words.get("test") or {})}
    return {name: _as_read(value) for name, value in flat.items() if name not in _NOT_COMPARED}


def _as_read(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "(kosong)"
    return _SAID.get(str(value), str(value))
