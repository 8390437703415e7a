"""What a case's page shows of questions, notes, and who is at its row: plain data for ``desk/work/questions.html``."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from ppid.flows.claiming import standing
from ppid.flows.claims import Claim
from ppid.flows.models import Case
from ppid.flows.questions import answerers, answers_as, who_know
from ppid.flows.remarks import Remark
from ppid.organisation.models import Appointment, Role, User

SHOWN = 20  # threads on a case's page; the others have a page of their own


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with what closed it, or a note.

    ``waits_for`` names for whom an open question waits now, nobody where none who may know of the case holds the
    office; ``answer`` and ``take_back`` are the addresses at which this person does so, "" where it isn't theirs.
    """

    first: Remark
    closing: Remark | None = None
    waits_for: list[str] = field(default_factory=list)
    answer: str = ""
    take_back: str = ""

    @property
    def is_open(self) -> bool:
        return self.first.kind == Remark.Kind.QUESTION and self.closing is None


@dataclass(frozen=True, slots=True)
class Talk:
    """All that was said, the open questions first; ``more`` threads stand on their own page at ``all``."""

    threads: list[Thread]
    more: int
    all: str
    ask: str
    note: str
    may_speak: bool

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_open]


@dataclass(frozen=True, slots=True)
class AtWork:
    """Who is at the row at which the case waits, as this person sees it.

    ``mine`` is their own claim; ``others`` those of colleagues; ``taken_from_me`` a claim that took theirs over.
    ``may`` says whether the row is theirs to take, and so to take up.
    """

    mine: Claim | None
    others: list[Claim]
    taken_from_me: Claim | None
    may: bool


def talk_of(case: Case, user: User, *, now: datetime, most: int | None = SHOWN) -> Talk:
    """Return what was said about the case, as this person sees it."""
    today = timezone.localdate(now)
    rows = list(Remark.objects.filter(case=case).order_by("pk"))
    closing = {row.question_id: row for row in rows if row.question_id}
    has_open = any(row.kind == Remark.Kind.QUESTION and row.pk not in closing for row in rows)
    known = who_know(case, on=today) if has_open else []
    threads = []
    for row in reversed([row for row in rows if not row.question_id]):
        row.case = case
        threads.append(_thread(row, closing.get(row.pk), user, today, known))
    threads.sort(key=lambda thread: not thread.is_open)
    shown = threads if most is None else threads[:most]
    here = [case.number]
    return Talk(
        threads=shown,
        more=len(threads) - len(shown),
        all=reverse("desk:remarks", args=here),
        ask=reverse("desk:ask", args=here),
        note=reverse("desk:note", args=here),
        # Whoever sees the case under an office for it may speak; the domain asks again.
        may_speak=any(each.role.scope != Role.Scope.OFFICE for each in case.held_by(user, on=today)),
    )


def _thread(row: Remark, closed: Remark | None, user: User, today: date, known: list[Appointment]) -> Thread:
    if row.kind != Remark.Kind.QUESTION or closed is not None:
        return Thread(row, closed)
    args = [row.case.number, row.pk]
    return Thread(
        row,
        waits_for=[person.name for person in answerers(row, on=today, known=known)],
        answer=reverse("desk:answer", args=args) if answers_as(row, user, on=today, known=known) else "",
        take_back=reverse("desk:take-back", args=args) if row.actor_id == user.pk else "",
    )


def at_work_on(case: Case, user: User, *, may: bool, now: datetime) -> AtWork:
    """Return who is at the row at which the case waits."""
    claims = standing(case, at=now) if case.is_running else []
    lost = [each for each in claims if each.over_id and each.actor_id != user.pk]
    mine_before = (
        {each.pk: each for each in Claim.objects.filter(pk__in=[each.over_id for each in lost], actor=user)}
        if lost
        else {}
    )
    return AtWork(
        mine=next((each for each in claims if each.actor_id == user.pk), None),
        others=[each for each in claims if each.actor_id != user.pk],
        taken_from_me=next((each for each in lost if each.over_id in mine_before), None),
        may=may,
    )
