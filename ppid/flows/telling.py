"""Who is told of what happens to a case, and what they are told: here alone, and in the transaction of the act.

Whoever holds the role at the unit is told of what waits for them; whoever had a hand in a case of what becomes of it.
Never the actor, and of what is excluded nobody who need not know of it. Each act costs two queries: who, and the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from ppid.flows import states
from ppid.flows.afterwards import Amendment
from ppid.flows.head_approval import HEAD
from ppid.flows.knowing import KNOW_ALL
from ppid.flows.ledger import Confirmation, StepRecord
from ppid.flows.models import Case
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.steps import Kind, Move
from ppid.information.models import Document
from ppid.notices.telling import News, tell, tell_all
from ppid.organisation.models import Appointment, AppointmentQuerySet, User
from ppid.web.fixed_queries import FixedQuery
from sop.models import PerformerRole

BACK = (Kind.RETURN, Kind.REOPENING)
_NOBODY = Q(pk__in=[])


class Told(NamedTuple):
    """To whom something is told, whether it is of what is excluded, and for the how-many-th time the row waits."""

    people: list[int]
    is_secret: bool
    nth: int


def moved(case: Case, moves: Sequence[Move], record: StepRecord) -> None:
    """Tell of the move that the case, locked, just made; ``record`` is its last row of the ledger."""
    kind, number, on = moves[-1].kind, case.step, timezone.localdate(record.done_at)
    if kind == Kind.TAKEOVER:
        return
    if kind in BACK:
        told = _people(case, _at(case, number, on=on) | hands(case), record=record)
        _tell(case, told, "returned", record, [("Alasan", record.note), ("Kembali ke", _where(case))])
        return
    published = kind == Kind.FIRST_PUBLICATION or any(move.key == "publish" for move in moves)
    if published:
        told = _people(case, _prepared(case), record=record)
        _tell(case, told, "published", record, [], suffix=":published")
    if kind == Kind.FIRST_PUBLICATION:
        return
    if number is not None:
        arrived(case, record)
    elif not published and case.state != states.P.PUBLISHED:
        waited = _at(case, record.step, on=on) if kind != Kind.STEP else _NOBODY
        told = _people(case, waited | hands(case), record=record)
        _tell(
            case,
            told,
            "ended",
            record,
            [("Keadaan", states.STATES[case.flow](case.state).label), ("Alasan", record.note)],
        )


def arrived(case: Case, record: StepRecord | None = None) -> None:
    """Tell those whose row it is that the case waits for them; without a ``record`` it was just opened."""
    told = _arrival(case, record)
    tell(_arrived(case, told, record), to=told.people)


def all_opened(cases: Sequence[Case]) -> None:
    """Tell of many cases that nobody's act opened, all at one moment.

    Who it is told to is asked once for all that wait at one row of one unit, and for what is closed each by itself.
    """
    if not cases:
        return
    secret = Case.objects.secret(on=timezone.localdate(cases[0].opened_at))
    closed = set(
        secret.filter(information__in=[case.information_id for case in cases]).values_list("information", flat=True)
    )
    alike: defaultdict[tuple[Any, ...], list[Case]] = defaultdict(list)
    for case in cases:
        by_itself = case.pk if case.flow == "exclusion" or case.information_id in closed else None
        alike[case.sop_version_id, case.step, case.unit_id, by_itself].append(case)
    tell_all(_opened(alike.values()))


def _opened(alike: Iterable[list[Case]]) -> Iterator[tuple[News, list[int]]]:
    for cases in alike:
        told = _arrival(cases[0], None)
        for case in cases:
            yield _arrived(case, told, None), told.people


def _arrival(case: Case, record: StepRecord | None) -> Told:
    """Return to whom it is told that the case waits for them: the one thing that nearly every step asks."""
    came = timezone.localdate(case.received_at)
    roles, head = _offices_at(case, case.step, heads=True)
    on = timezone.localdate(record.done_at if record else case.opened_at)
    but = record.actor_id if record else case.opened_by_id
    # Nobody has the key 0: what the law opened is told to all.
    values = (case.pk, case.information_id, case.unit_id, but or 0)
    return _told(case, _ARRIVALS.rows(*values, roles=roles, head=head, came=came, step=case.step, on=on))


def _arrived(case: Case, told: Told, record: StepRecord | None) -> News:
    lines = [("Yang diminta", f"{_where(case).capitalize()}: {case.asks}")]
    return _of_move(case, told, "arrived", record, lines)


def became_urgent(case: Case, *, actor: User, at: datetime) -> None:
    """Tell those whose row it is that the case must not be delayed from now on."""
    told = _people(case, _at(case, case.step, on=timezone.localdate(at)), actor=actor, at=at)
    lines = [("Sebab", case.urgent_because), ("Ditandai oleh", actor.name), ("Yang diminta", case.asks)]
    tell(_news(case, told, "urgent", f"{_key(case)}:urgent", at, lines), to=told.people)


def approved_by_head(case: Case, *, actor: User, approval: int, at: datetime) -> None:
    """Tell those who adopt the exclusion that its head has approved it."""
    told = _people(case, _at(case, case.step, on=timezone.localdate(at), heads=False), actor=actor, at=at)
    tell(_news(case, told, "decided", f"{_key(case)}:approved:{approval}", at, []), to=told.people)


def test_to_confirm(case: Case, people: Collection[int], *, words: str, actor: User, at: datetime) -> None:
    """Tell those participants, once for these ``words``, that the test waits for their confirmation."""
    if people:
        url = reverse("desk:test-sheet", args=[case.number])
        tell_of_case(case, "confirm_test", f"confirm:{words}", Q(pk__in=people), at=at, actor=actor, url=url)


def undone(case: Case, record: StepRecord) -> None:
    """Tell those who were told of a decision that it was taken back: whose row it had come to, who had a hand in it."""
    on = timezone.localdate(record.done_at)
    told = _people(case, _at(case, record.step, on=on) | hands(case), record=record)
    _tell(case, told, "undone", record, [("Sekarang", f"menunggu lagi di {_where(case)}")])


def undone_by_head(case: Case, *, actor: User, approval: int, at: datetime) -> None:
    """Tell those who adopt the exclusion that its head took the approval back."""
    told = _people(case, _at(case, case.step, on=timezone.localdate(at), heads=False), actor=actor, at=at)
    tell(_news(case, told, "undone", f"{_key(case)}:head:{approval}", at, []), to=told.people)


def proposed(amendment: Amendment, deciders: Collection[int], *, at: datetime) -> None:
    """Tell those who decide on it that a change was proposed."""
    case, proposer = amendment.case, amendment.proposed_by
    told = _people(case, Q(pk__in=list(deciders)), actor=proposer, at=at)
    lines = [("Usul", amendment.title), ("Dari", proposer.name), ("Alasan", amendment.reason)]
    _of_amendment(amendment, told, "arrived", "proposed", at, lines)


def decided(amendment: Amendment, *, at: datetime) -> None:
    """Tell whoever proposed a change what was decided."""
    told = _people(amendment.case, Q(pk=amendment.proposed_by_id), actor=amendment.decided_by, at=at)
    lines = [
        ("Usul", amendment.title),
        ("Putusan", f"{amendment.get_decision_display()}, {amendment.decided_name}"),
        ("Catatan", amendment.decided_note),
    ]
    _of_amendment(amendment, told, "decided", "decided", at, lines)


def tell_of_case(
    case: Case,
    kind: str,
    what: str,
    people: Q,
    *,
    at: datetime,
    actor: User | None = None,
    lines: Collection[tuple[str, str]] = (),
    url: str = "",
) -> None:
    """Tell the people of ``people`` (of ``User``) who may know of the case; ``what`` names the event beside the case.

    The way for other acts on a case (a question, an undone step) and for what the clock tells.
    """
    told = _people(case, people, actor=actor, at=at)
    news = _news(case, told, kind, f"case:{case.pk}:{what}", at, lines, url=url)
    tell(news, to=told.people)


def performers(case: Case, *, on: date) -> Q:
    """Return who may take the present row, as a condition on ``User``."""
    return _at(case, case.step, on=on)


def performers_of(case: Case, number: int, *, on: date) -> Q:
    """Return who may take row ``number``, as a condition on ``User``."""
    return _at(case, number, on=on, heads=False)


def holders(code: str, *, on: date) -> Q:
    """Return who holds the role, as a condition on ``User``."""
    return Q(Exists(_held(on=on).filter(role__code=code)))


def _held(*, on: date) -> AppointmentQuerySet:
    return Appointment.objects.in_force(on=on).filter(user=OuterRef("pk"))


def _at(case: Case, number: int | None, *, on: date, heads: bool = True) -> Q:
    """Return who performs the row at the case's unit; while an exclusion waits to be adopted, the head approves it."""
    return _perform(case.unit_id, *_offices_at(case, number, heads=heads), on=on)


def _offices_at(case: Case, number: int | None, *, heads: bool) -> tuple[tuple[int, ...], str]:
    """Return the roles that perform the row, and the code of the one that approves it there, if any do."""
    if number is None or (row := case.activities.get(number)) is None:
        return (), ""
    return tuple(sorted(row.role_ids)), HEAD if heads and case.state == states.X.ADOPTING else ""


def _perform(unit: int, roles: Collection[int], head: str, *, on: date) -> Q:
    if not roles and not head:
        return _NOBODY
    here = Q(role__in=roles) | Q(role__code=head) if head else Q(role__in=roles)
    return Q(Exists(_held(on=on).for_unit(unit).filter(here)))


def hands(case: Case) -> Q:
    """Return, as a condition on ``User``, who had a hand in it.

    They took or confirmed a row, opened it, uploaded to it, or confirmed its test as a participant.
    """
    of_them = {"case": case.pk, "actor": OuterRef("pk")}
    written = (StepRecord, Confirmation, ParticipantConfirmation)
    found = Q(pk=case.opened_by_id) | Q(Exists(_uploads(case)))
    for ledger in written:
        found |= Q(Exists(ledger._default_manager.filter(**of_them)))
    return found


def _prepared(case: Case) -> Q:
    """Return who prepared what the case publishes."""
    prepares = states.PREPARES[case.flow]
    records = StepRecord.objects.filter(case=case.pk, key=prepares, actor=OuterRef("pk"))
    confirmed = Confirmation.objects.filter(case=case.pk, step=case.row_of(prepares).number, actor=OuterRef("pk"))
    return Q(pk=case.opened_by_id) | Q(Exists(records)) | Q(Exists(confirmed)) | Q(Exists(_uploads(case)))


def _uploads(case: Case) -> QuerySet[Document]:
    current = Document.objects.filter(information=case.information_id, purpose=Document.Purpose.CONTENT)
    return current.filter(uploaded_by=OuterRef("pk"), removed_at=None)


def _people(
    case: Case,
    asked: Q,
    *,
    record: StepRecord | None = None,
    actor: User | None = None,
    at: datetime | None = None,
) -> Told:
    """Return to whom it is told: who of these still serves the unit, may know of it, and is not the actor."""
    on = timezone.localdate(at or (record.done_at if record else case.opened_at))
    but = actor.pk if actor else record.actor_id if record else case.opened_by_id
    found = _asked_of(asked, case.pk, case.information_id, case.unit_id, but or 0, step=case.step, on=on)
    return _told(case, list(found))


def _asked_of(
    asked: Q, case: int, item: int, unit: int, but: int, *, step: int | None, on: date
) -> QuerySet[User, tuple[int, bool, bool, int]]:
    """Ask who of these serves the unit, whether the item is secret, whether they know of it, how often the row came."""
    held = _held(on=on).for_unit(unit)
    its_own = Q(pk=case, flow="exclusion")
    secret = Case.objects.filter(its_own | Q(pk__in=Case.objects.secret(on=on).values("pk"))).filter(information=item)
    in_its_sheet = PerformerRole.objects.filter(
        performer__version__in=secret.values("sop_version"), role=OuterRef("role")
    )
    knows = Exists(held.filter(Q(role__code__in=KNOW_ALL) | Q(Exists(in_its_sheet))))
    came = StepRecord.objects.standing().filter(case=case, to_step=step).exclude(step=F("to_step"))
    times = came.order_by().values("case").annotate(n=Count("pk")).values("n")
    people = User.objects.filter(asked, Exists(held), is_active=True, must_change_password=False).exclude(pk=but)
    nth = Coalesce(Subquery(times), 0, output_field=IntegerField())
    told = people.annotate(secret=Exists(secret), knows=knows, nth=nth)
    return told.order_by("pk").values_list("pk", "secret", "knows", "nth")


def _who_perform(
    case: int,
    item: int,
    unit: int,
    but: int,
    *,
    roles: tuple[int, ...],
    head: str,
    came: date,
    step: int | None,
    on: date,
) -> QuerySet[User, tuple[int, bool, bool, int]]:
    return _asked_of(_perform(unit, roles, head, on=came), case, item, unit, but, step=step, on=on)


_ARRIVALS = FixedQuery(_who_perform, most=48)


def _told(case: Case, found: Sequence[tuple[int, bool, bool, int]]) -> Told:
    """Return to whom it is told, of what ``_asked_of`` found: who may know of it."""
    is_secret = any(secret for _, secret, _, _ in found)
    opened_here = case.step is not None and case.step == min(case.activities)
    nth = max(1, *[nth + opened_here for _, _, _, nth in found]) if found else 1
    return Told([pk for pk, _, knows, _ in found if knows or not is_secret], is_secret, nth)


def _tell(
    case: Case,
    told: Told,
    kind: str,
    record: StepRecord,
    lines: Collection[tuple[str, str]],
    *,
    suffix: str = "",
) -> None:
    tell(_of_move(case, told, kind, record, lines, suffix=suffix), to=told.people)


def _of_move(
    case: Case,
    told: Told,
    kind: str,
    record: StepRecord | None,
    lines: Collection[tuple[str, str]],
    *,
    suffix: str = "",
) -> News:
    by = [("Dari", f"{record.actor_name} ({record.acting_as})")] if record else []
    if record is None and case.opened_by:
        by = [("Dibuka oleh", case.opened_by.name)]
    at = record.done_at if record else case.opened_at
    return _news(case, told, kind, f"{_key(case)}{suffix}", at, [*by, *lines])


def _news(
    case: Case,
    told: Told,
    kind: str,
    key: str,
    at: datetime,
    lines: Collection[tuple[str, str]],
    *,
    url: str = "",
) -> News:
    return News(
        kind=kind,
        key=key,
        url=url or case.worked_on_at,
        title=case.information.title,
        lines=(*lines, ("Untuk", case.unit.name)),
        number=case.number,
        due_at=case.due_at,
        at=at,
        nth=told.nth,
        is_urgent=case.due_at_once and case.is_running,
        is_secret=told.is_secret or case.flow == "exclusion",
        about=f"item:{case.information_id}",
    )


def _of_amendment(amendment: Amendment, told: Told, kind: str, what: str, at: datetime, lines: Any) -> None:
    case = amendment.case
    url = reverse("desk:amendment", args=[case.number, amendment.pk])
    news = _news(case, told, kind, f"amendment:{amendment.pk}:{what}", at, lines, url=url)
    tell_all([(news, told.people)])


def _key(case: Case) -> str:
    return f"case:{case.pk}:{case.moves}"


def _where(case: Case) -> str:
    return f"langkah {case.step_number} dari {len(case.activities)}, {case.awaited_column}"
