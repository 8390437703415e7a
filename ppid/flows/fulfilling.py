"""Which item fills which duty to publish: handed in with its publication or afterwards, ended with a reason.

What is handed in before step 4 is approved by whoever approves the item, as soon as it is public; the rest waits for
PPID Utama. The public reads that something is being prepared while a publication of such an item runs, and never that
it might be excluded.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ppid.flows.models import Case
from ppid.flows.states import P
from ppid.flows.steps import Kind
from ppid.information.models import Information
from ppid.obligations import deciding, permissions, telling
from ppid.obligations.cells import named
from ppid.obligations.models import Fulfilment
from ppid.obligations.refusals import DutyChanged, DutyForbidden, DutyRefused
from ppid.organisation.models import User
from ppid.organisation.proposed import Proposed, decide, next_number, written, wrote
from ppid.shelf.lock import one_writer_at_a_time
from ppid.shelf.models import DutyWord, PublishedItem
from ppid.shelf.obligation_actions import fill_with, say
from ppid.shelf.obligations import CITY, MOST_FILLS

NOT_YOURS = (
    "Informasi dikaitkan dengan kewajiban oleh PPID Pelaksana unit itu atau Bidang Pengelolaan dan Layanan Informasi "
    "Publik."
)


@transaction.atomic
def fulfil(
    information: Information,
    duty: str,
    unit: str,
    period: str,
    *,
    actor: User,
    parts: Collection[int] = (),
    wanted_by: date | None = None,
    at: datetime | None = None,
) -> Fulfilment:
    """Hand in that the item is what the duty asks of the unit for the period. Raises DutyRefused.

    ``parts`` are keys of the duty's parts; none means all of it.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    # The item before the shelf, as opening a case does: so nobody waits for the other.
    information = Information.objects.select_for_update(of=("self",)).select_related("unit").get(pk=information.pk)
    one_writer_at_a_time()
    appointment = permissions.links(actor, unit, on=today)
    if appointment is None:
        raise DutyForbidden(NOT_YOURS)
    cell = named(duty, unit, period, on=today)
    if unit not in (information.unit.code, CITY):
        raise DutyRefused(f"Informasi ini milik {information.unit.name}, jadi memenuhi kewajiban unit itu atau kota.")
    if information.exclusions.in_force(on=today).exists():
        raise DutyRefused("Informasi yang dikecualikan tidak memenuhi kewajiban mengumumkan.")
    chosen = sorted(set(parts))
    if chosen and not set(chosen) <= set(cell.duty.part_keys):
        raise DutyRefused("Pilih bagian dari daftar.", fields=["parts"])
    if wanted_by is not None and wanted_by < today:
        raise DutyRefused("Hari yang diminta sudah lewat. Pilih hari ini atau sesudahnya.", fields=["wanted_by"])
    of_cell = Fulfilment.objects.live().of(*cell.key.values())
    if of_cell.filter(information=information).exists():
        raise DutyChanged("Informasi ini sudah dikaitkan dengan kewajiban itu untuk periode yang sama.")
    if of_cell.count() >= MOST_FILLS:
        raise DutyRefused(
            f"Sudah {MOST_FILLS} informasi dikaitkan di sini. Umumkan satu informasi yang mendaftar semuanya, lalu "
            "kaitkan itu."
        )
    made = Fulfilment.objects.create(
        information=information,
        **cell.key,
        parts=[] if len(chosen) == len(cell.duty.part_keys) else chosen,
        wanted_by=wanted_by,
        **written(appointment, at),
    )
    if not _goes_with_publication(information):
        telling.handed_in(made, at=at)
    _tell_work([made])
    return made


@transaction.atomic
def approve(fulfilment: Fulfilment, *, actor: User, at: datetime | None = None) -> Fulfilment:
    """Approve it: the cell counts the item while it is public. Raises DutyRefused."""
    at = at or timezone.now()
    held = deciding.held_waiting(fulfilment)
    appointment = deciding.decider(held, actor, "menyetujui pemenuhan ini", at)
    named(held.duty_code, held.unit_code, held.period, on=timezone.localdate(at))
    approved = decide(held, Proposed.Decision.APPROVED, appointment, at=at, number=_next(held))
    _fill([approved.information])
    telling.decided(approved, at=at)
    return approved


@transaction.atomic
def send_back(fulfilment: Fulfilment, *, actor: User, reason: str, at: datetime | None = None) -> Fulfilment:
    """Send it back to its writer, with the reason. Raises DutyRefused."""
    sent = deciding.returned(fulfilment, actor=actor, reason=reason, at=at or timezone.now())
    _tell_work([sent])
    return sent


@transaction.atomic
def withdraw(fulfilment: Fulfilment, *, actor: User, at: datetime | None = None) -> Fulfilment:
    """Take one's own words back while they wait. Raises DutyRefused."""
    at = at or timezone.now()
    appointment = permissions.links(actor, fulfilment.unit_code, on=timezone.localdate(at))
    gone = deciding.withdrawn(fulfilment, appointment, actor=actor, at=at)
    _tell_work([gone])
    return gone


@transaction.atomic
def end(fulfilment: Fulfilment, *, actor: User, because: str, at: datetime | None = None) -> Fulfilment:
    """End it: the cell counts the item no longer. Raises DutyRefused."""
    gone = deciding.ended(fulfilment, actor=actor, because=because, at=at or timezone.now())
    _fill([gone.information])
    _tell_work([gone])
    return gone


def begun(items: Iterable[Information]) -> None:
    """Tell the public that what the items are to fill is being prepared, where a publication of theirs runs now."""
    if live := list(Fulfilment.objects.live().filter(information__in=items)):
        one_writer_at_a_time()
        _tell_work(live)


def moved(case: Case) -> None:
    """Follow a publication that ended, or went on or off the shelf.

    What was handed in before the item's approval is approved by whoever approved that, once the item is public; what
    the approver wrote, or what came later, goes on waiting.
    """
    live = list(Fulfilment.objects.live().filter(information=case.information_id))
    if not live:
        return
    one_writer_at_a_time()
    if PublishedItem.objects.filter(number=case.information.number).exists():
        _approve_with(case, [each for each in live if each.is_waiting])
        _fill([case.information])
    _tell_work(live)


def being_prepared() -> "QuerySet[Case]":
    """Return the publications that run and are not public yet."""
    return Case.objects.running().filter(flow="publication").exclude(state=P.PUBLISHED)


def to_decide() -> "QuerySet[Fulfilment]":
    """Return what waits for a decision of its own: of items that are public, where no renewal decides along with it."""
    renewed = being_prepared().filter(information=OuterRef("information"))
    public = PublishedItem.objects.filter(number=OuterRef("information__number"))
    return Fulfilment.objects.waiting().filter(Exists(public), ~Exists(renewed))


def _approve_with(case: Case, waiting: Sequence[Fulfilment]) -> None:
    # Whoever announced it first decided on it, too.
    first = case.records.filter(kind=Kind.FIRST_PUBLICATION).order_by("-sequence")
    approval = case.approval or first.first()
    for each in waiting:
        if approval is None or each.written_at > approval.done_at or wrote(approval.actor, each):
            telling.handed_in(each, at=case.act.at)
        else:
            decide(each, Proposed.Decision.APPROVED, approval.appointment, at=approval.done_at, number=_next(each))


def _goes_with_publication(information: Information) -> bool:
    """Whether a running publication of the item still comes to its approval: nothing is decided apart then."""
    case = information.cases.running().filter(flow="publication").first()
    return case is not None and case.approval is None


def _fill(items: Sequence[Information]) -> None:
    """Let each of the items that are public fill what was approved, and nothing else."""
    for item in items:
        if PublishedItem.objects.filter(number=item.number).exists():
            standing = Fulfilment.objects.standing().filter(information=item)
            fill_with(item.number, [(row.duty_code, row.unit_code, row.period, tuple(row.parts)) for row in standing])


def _tell_work(changed: Iterable[Fulfilment]) -> None:
    """Tell of each of these cells since when, and until when, its items are being prepared; the shelf is held."""
    for duty, unit, period in {(row.duty_code, row.unit_code, row.period) for row in changed}:
        live = Fulfilment.objects.live().of(duty, unit, period)
        running = being_prepared().filter(information__in=live.values("information"))
        opened = running.order_by("opened_at").values_list("opened_at", flat=True).first()
        wanted = live.filter(Q(information__in=running.values("information")), wanted_by__isnull=False)
        until = wanted.order_by("wanted_by").values_list("wanted_by", flat=True).first()
        work = DutyWord(since=timezone.localdate(opened), until=until) if opened else None
        say(duty, unit, period, DutyWord.Kind.WORKED_ON, work)


def _next(held: Fulfilment) -> int:
    return next_number(Fulfilment.objects.of(held.duty_code, held.unit_code, held.period))
