"""The acts on a case: open it, and move it. ``take_step`` is the only mover."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from ppid.flows import fulfilling, shelving, states, telling
from ppid.flows.afterwards import ExclusionOpening
from ppid.flows.billing import bill
from ppid.flows.knowing import would_know
from ppid.flows.ledger import Confirmation, Evidence, StepRecord
from ppid.flows.locks import hold_to_open, hold_to_open_at
from ppid.flows.models import FOLLOWS_WITHIN, Case
from ppid.flows.permissions import appointment_for, forbidden_because
from ppid.flows.scanned import refuse_unscanned
from ppid.flows.steps import MEASURED, PLAIN_ROW, Act, Kind, Move, Requirement, StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.examining import read_now
from ppid.information.models import Document, Exclusion, Information
from ppid.information.numbering import next_number
from ppid.organisation.models import Appointment, Unit, User
from ppid.worktime.calendar import MINUTES, WorkingCalendar, calendar
from ppid.worktime.durations import Duration
from sop.models import SopVersion
from sop.versions.followed import hold_bindings

_MOVED = ["state", "step", "moves", "received_at", "due_at", "ended_at", "worked_days"]
_MOVED += ["is_urgent", "urgent_because", "urgent_since", "published_first_at"]

NOT_AMONG_THEM = (
    "Pengecualian dibuka dan hanya dilihat oleh yang bertugas di dalamnya menurut lembar SOP-nya, PPID Utama, dan "
    "Atasan PPID. Serahkan usulan Anda kepada mereka."
)
# Told instead of what runs or is excluded to whoever doesn't know of it.
_NOT_FREE = "Untuk informasi ini belum dapat dibuka proses baru. Tanyakan kepada PPID Utama."

_PREFIX = {"publication": "P-", "exclusion": "K-"}


@transaction.atomic
def open_publication(
    information: Information, *, actor: User, at: datetime | None = None, urgent_because: str = ""
) -> Case:
    """Open a publication of ``information``; it then waits for step 1, at once if it is urgent for that reason.

    Raises StepForbidden when the actor acts for another unit, StepUnmet when a case is already running for the item,
    when the item is excluded, or when no SOP version is in force.
    """
    return _open("publication", information, actor=actor, at=at or timezone.now(), urgent_because=urgent_because)


@transaction.atomic
def open_exclusion(
    information: Information, *, actor: User, at: datetime | None = None, diverted_from: Case | None = None
) -> Case:
    """Open an exclusion of ``information``; it then waits for step 1. Raises as ``open_publication`` does."""
    return _open("exclusion", information, actor=actor, at=at or timezone.now(), diverted_from=diverted_from)


@transaction.atomic
def register_information(
    *, unit: Unit, actor: User, title: str, at: datetime | None = None, **fields: Any
) -> Information:
    """Write a new item of information into the register, with the next number of the year.

    Raises StepForbidden when the actor acts for another unit.
    """
    at = at or timezone.now()
    unit = hold_to_open_at(unit)
    _require_appointment(actor, unit, at)
    number = next_number("", timezone.localdate(at).year)
    information = Information(number=number, unit=unit, created_by=actor, created_at=at)
    information.tell(title=title, **fields)
    information.save(force_insert=True)
    return information


def take_step(
    case: Case,
    key: str,
    *,
    actor: User,
    note: str = "",
    evidence: Mapping[str, Document] | None = None,
    seen: int | None = None,
    at: datetime | None = None,
    **inputs: Any,
) -> StepRecord:
    """Take one row of the sheet (or return, withdraw, …) and write its ledger, both or neither; return its last row.

    ``key`` is the first lawful step that the row carries, and taking it takes all of them, each with its ledger row;
    "row" is a row that carries none. The case is locked and read again first, so ``case`` itself is left unchanged;
    the row's ``case`` stands as after the move.
    ``evidence`` maps "requirement" and "output" to documents of the item; ``inputs`` are what the move decides (step 4:
    ``category``; a decision with two ways onward: ``exit``, "yes" or "no"; ``send_back``: ``to``, the row's number).
    ``seen`` is the ``moves`` of the case as the actor saw it: what happened since is out of order, so nobody decides on
    a stale page. Raises StepOutOfOrder, StepForbidden or StepUnmet (with sentences), in that order; KeyError for an
    unknown key.
    """
    move = case.move_called(key)
    if {key, *(each.key for each in moves_of(case, move))} & states.MAKES_READY:
        # Before anything is locked, of the documents as they are now; what a worker has read already costs nothing.
        read_now(Document.objects.in_case(case).current().content())
    return _take_step(case, move, actor=actor, note=note, evidence=evidence, seen=seen, at=at, **inputs)


@transaction.atomic
def _take_step(
    case: Case,
    move: Move,
    *,
    actor: User,
    note: str,
    evidence: Mapping[str, Document] | None,
    seen: int | None,
    at: datetime | None,
    **inputs: Any,
) -> StepRecord:
    if move.kind == Kind.DIVERSION or _may_free_what_was_reopened(case, move):
        hold_to_open()
    locked = case.locked()
    if move.kind == Kind.DIVERSION:
        # The item before the shelf, as everywhere: this may take it off, and opens an exclusion of it.
        Information.objects.select_for_update(of=("self",)).get(pk=locked.information_id)
    # A clock that was set back never makes a step end before it began.
    moment = max(at or timezone.now(), locked.received_at)
    act = Act(actor, moment, note.strip(), dict(evidence or {}), inputs, seen)
    appointment = refuse_unless_allowed(locked, move, act)
    hold(appointment, act)
    act.carried.extend(moves_of(locked, move))
    locked.act = act
    refuse_unmet(locked, act.carried)
    if {each.key for each in act.carried} & states.MAKES_READY:
        refuse_unscanned(locked.content)
    if move.kind == Kind.STEP and len(locked.awaited.columns) > 1:
        _confirm(locked, appointment)
    onward = _leads_to(locked, move)
    reckoning = calendar(since=_reckons_from(locked, onward))
    for each in act.carried:
        last = each is act.carried[-1]
        record = _write_ledger(locked, each, onward if last else locked.step, appointment, reckoning)
        if each is act.carried[0] and each.kind in MEASURED:
            bill(record, locked, reckoning)
        if each is not PLAIN_ROW:
            getattr(locked, each.key)()
        _await(locked, onward if last else locked.step, reckoning, same_row=not last)
        locked.save(update_fields=_MOVED)
    if locked.rows_follow:
        shelving.follow(locked)
    if move is PLAIN_ROW and locked.state == states.P.PUBLISHED:
        shelving.tell(locked)
    if move.kind == Kind.DIVERSION:
        open_exclusion(locked.information, actor=actor, at=act.at, diverted_from=locked)
    if locked.flow == "publication" and (move.kind == Kind.FIRST_PUBLICATION or _is_through(locked)):
        fulfilling.moved(locked)
    telling.moved(locked, act.carried, record)
    if _may_free_what_was_reopened(locked, move):
        open_what_was_reopened([locked.information], at=act.at)
    return record


@transaction.atomic
def confirm_row(
    case: Case, *, actor: User, note: str = "", seen: int | None = None, at: datetime | None = None
) -> list[Confirmation]:
    """Confirm the person's columns of a joint row, while others are still missing; the last one takes the row.

    Raises StepOutOfOrder when nobody awaits that, StepForbidden, or StepUnmet when the others have all confirmed.
    """
    locked = case.locked()
    if locked.next_step is None or len(locked.awaited.columns) < 2:
        raise StepOutOfOrder("Langkah yang ditunggu proses ini tidak dikerjakan bersama.")
    locked.act = Act(actor, max(at or timezone.now(), locked.received_at), note.strip(), seen=seen)
    appointment = refuse_unless_allowed(locked, locked.next_step, locked.act)
    if not locked.columns_still_missing(actor):
        raise StepUnmet("Bagian yang lain sudah dikonfirmasi. Anda yang terakhir: selesaikan langkah ini.")
    if not (confirmed := _confirm(locked, appointment)):
        raise StepOutOfOrder("Bagian Anda sudah dikonfirmasi. Proses ini menunggu kolom yang lain.")
    return confirmed


def refuse_unless_allowed(case: Case, move: Move, act: Act) -> Appointment:
    """Return the appointment under which the act is done.

    Raises StepOutOfOrder when the case doesn't await this move, StepForbidden when it isn't this person's.
    """
    if not case.is_open(move):
        raise StepOutOfOrder(_out_of_order(case, move))
    appointment = appointment_for(case, move, act.actor, on=act.day)
    sentence = forbidden_because(case, move, act.actor, appointment, on=act.day)
    if sentence or appointment is None:
        raise StepForbidden(sentence)
    if act.seen is not None and act.seen != case.moves:
        raise StepOutOfOrder(
            "Proses ini sudah bergerak sejak Anda membukanya. Periksa keadaannya yang sekarang, lalu kirim lagi."
        )
    return appointment


def hold(appointment: Appointment, act: Act) -> None:
    """Hold the appointment until the step stands. Raises StepForbidden when it was ended or annulled meanwhile."""
    if not Appointment.objects.still_hold(appointment, on=act.day):
        raise StepForbidden(
            f"Penugasan Anda sebagai {appointment} baru saja berakhir atau dinyatakan keliru, jadi langkah ini bukan "
            "wewenang Anda lagi. Tidak ada yang berubah."
        )


def moves_of(case: Case, move: Move) -> list[Move]:
    """Return what the move takes one after the other: the lawful steps of the row, or the move alone."""
    return case.carried or [move] if move.kind == Kind.STEP else [move]


def unmet_requirements(case: Case, move: Move) -> list[Requirement]:
    """Return the requirements of the move, and of what it takes along, that the act (``case.act``) does not meet."""
    case.act.carried[:] = moves_of(case, move)
    return _unmet(case, case.act.carried)


def deadline(
    case: Case, number: int | None, received: datetime, reckoning: WorkingCalendar | None = None
) -> datetime | None:
    """Return when row ``number`` of the case is due; None when the sheet sets no time.

    What is urgent is due at once; what follows an announcement made first, all together by the next working day.
    """
    if number is not None and case.rows_follow and case.published_first_at:
        announced = case.published_first_at
        return (reckoning or calendar(since=announced)).due(announced, FOLLOWS_WITHIN)
    if number is not None and case.due_at_once and case.urgent_since:
        return max(received, case.urgent_since)
    activity = None if number is None else case.activities.get(number)
    if activity is None or activity.duration_value is None:
        return None
    return (reckoning or calendar(since=received)).due(
        received, Duration(activity.duration_value, activity.duration_unit)
    )


def _open(
    flow: str,
    information: Information,
    *,
    actor: User,
    at: datetime,
    diverted_from: Case | None = None,
    urgent_because: str = "",
) -> Case:
    hold_to_open()
    # The unit as it is now: it may have passed on since this item was read.
    held = Information.objects.select_for_update(of=("self",)).select_related("unit").get(pk=information.pk)
    information.unit = held.unit
    if diverted_from is None:
        _require_appointment(actor, information.unit, at)
    day = timezone.localdate(at)
    closed = Case.objects.secret(on=day).filter(information=information)
    knows = actor is None or not closed.exists() or closed.visible_to(actor, on=day).exists()
    if running := information.cases.running().first():
        said = f"Informasi ini sudah berjalan dalam proses {running.number} yang belum berakhir."
        raise StepUnmet(said if knows else _NOT_FREE)
    # After the look for running cases: an exclusion that is adopted meanwhile is seen here or there.
    if flow == "publication" and information.exclusions.in_force(on=day).exists():
        said = "Informasi ini dikecualikan dan tidak boleh diumumkan selama pengecualiannya berlaku."
        raise StepUnmet(said if knows else _NOT_FREE)
    version = sheet_of(flow, information.unit, day)
    if version is None:
        raise StepUnmet("Belum ada SOP yang berlaku untuk alur ini. Mintalah PPID Utama menyetujui lembar SOP-nya.")
    if flow == "exclusion" and diverted_from is None and actor is not None:
        _require_knowing(actor, version, information.unit, day)
    case = new_case(
        flow,
        information,
        version,
        at=at,
        exclusion=Exclusion.objects.create(information=information) if flow == "exclusion" else None,
        diverted_from=diverted_from,
        opened_by=actor,
        is_urgent=bool(urgent_because),
        urgent_because=urgent_because,
        urgent_since=at if urgent_because else None,
    )
    case.due_at = deadline(case, case.step, at)
    case.save(force_insert=True)
    if flow == "publication":
        fulfilling.begun([information])
    telling.arrived(case)
    return case


def waiting_for_publication(*, on: date) -> QuerySet[Information]:
    """Return the items that were excluded, are open again, and still wait for their publication to begin.

    One does not begin while another case of the item runs, or when the item is excluded anew by then.
    """
    begun = Case.objects.filter(
        flow="publication",
        information=OuterRef("exclusion__information"),
        opened_at__gte=OuterRef("recorded_at"),
    )
    openings = ExclusionOpening.objects.filter(~Exists(begun), exclusion__information=OuterRef("pk"))
    return Information.objects.filter(
        Exists(openings),
        ~Exists(Case.objects.running().filter(information=OuterRef("pk"))),
        ~Exists(Exclusion.objects.in_force(on=on).filter(information=OuterRef("pk"))),
    )


def open_what_was_reopened(items: Collection[Information], *, at: datetime) -> list[Case]:
    """Open the publications of those items that were opened again and wait for it; nobody's act opens them.

    The items are locked and the calendar is held. An item for whose unit no sheet is in force goes on waiting.
    """
    day = timezone.localdate(at)
    waiting = waiting_for_publication(on=day).filter(pk__in=[item.pk for item in items]).select_related("unit")
    reasons = {
        opening.exclusion.information_id: opening
        for opening in ExclusionOpening.objects.filter(exclusion__information__in=[item.pk for item in items])
        .select_related("exclusion__case", "amendment")
        .order_by("recorded_at", "pk")
    }
    sheets: dict[int, SopVersion | None] = {}
    cases = []
    for item in waiting:
        if item.unit_id not in sheets:
            sheets[item.unit_id] = sheet_of("publication", item.unit, day)
        if (version := sheets[item.unit_id]) is not None:
            opening = reasons[item.pk]
            because = (
                f"Pengecualian {opening.exclusion.case.number} terbuka sejak {date_format(opening.opened_on)}: "
                f"{opening.because}."
            )
            cases.append(new_case("publication", item, version, at=at, opened_because=because))
    if cases:
        reckoning = calendar(since=at)
        for case in cases:
            case.due_at = deadline(case, case.step, at, reckoning)
    opened = Case.objects.bulk_create(cases)
    fulfilling.begun([case.information for case in opened])
    telling.all_opened(opened)
    return opened


def _is_through(case: Case) -> bool:
    """Whether nothing of the publication is being prepared any more."""
    return not case.is_running or case.state == states.P.PUBLISHED


def _may_free_what_was_reopened(case: Case, move: Move) -> bool:
    """Whether this ends an exclusion case without a new exclusion: what was opened meanwhile waited for that."""
    return case.flow == "exclusion" and move.kind in (Kind.WITHDRAWAL, Kind.CONCLUSION)


def sheet_of(flow: str, unit: Unit, day: date) -> SopVersion | None:
    """Return the version that a case of the unit follows; no act of binding changes it until the case is there."""
    hold_bindings()
    return SopVersion.objects.in_force(on=day).for_flow(flow, unit).first()


def new_case(flow: str, information: Information, version: SopVersion, *, at: datetime, **fields: Any) -> Case:
    """Return a case at the first row of the sheet, not saved and without its due date."""
    case = Case.flows[flow](
        flow=flow,
        number=next_number(_PREFIX[flow], timezone.localdate(at).year),
        information=information,
        unit=information.unit,
        sop_version=version,
        opened_at=at,
        state=states.INITIAL[flow],
        received_at=at,
        **fields,
    )
    case.step = min(case.activities)
    return case


def _require_knowing(actor: User, version: SopVersion, unit: Unit, day: date) -> None:
    if not would_know(actor, version, unit, on=day):
        raise StepForbidden(NOT_AMONG_THEM)


def _require_appointment(actor: User, unit: Unit, at: datetime) -> None:
    held = Appointment.objects.of(actor, on=timezone.localdate(at))
    if not held.for_unit(unit).exists():
        raise StepForbidden(f"Anda tidak punya penugasan yang berlaku untuk {unit.name}.")


def _out_of_order(case: Case, move: Move) -> str:
    carried = case.row_of(move.key).number if move.kind == Kind.STEP and move is not PLAIN_ROW else None
    if carried is not None:
        done = case.records.standing().filter(kind=Kind.STEP, key=move.key).order_by("-sequence").first()
        if done is not None and (case.step is None or case.step > carried):
            when = timezone.localtime(done.done_at)
            return (
                f"Langkah ini sudah selesai: langkah {carried} dikerjakan oleh {done.actor_name} "
                f"pada {when:%d/%m/%Y} pukul {when:%H.%M}."
            )
    if not case.is_running:
        return f"Proses ini sudah berakhir: {case.state_label}."
    if carried not in (None, case.step):
        return f"Langkah {carried} belum dapat dikerjakan: proses ini sedang menunggu langkah {case.step}."
    return f"Ini tidak dapat dilakukan sekarang: proses ini sedang menunggu langkah {case.step}."


def _unmet(case: Case, moves: Sequence[Move]) -> list[Requirement]:
    required = dict.fromkeys(requirement for move in moves for requirement in move.requires)
    return [requirement for requirement in required if not requirement(case)]


def refuse_unmet(case: Case, moves: Sequence[Move]) -> None:
    if unmet := _unmet(case, moves):
        raise StepUnmet(*[each.sentence(case) for each in unmet], fields=[each.field for each in unmet])


def _leads_to(case: Case, move: Move) -> int | None:
    """Return the row that the case awaits after the move; None when it ends. Raises StepUnmet without an answer."""
    if move.kind == Kind.STEP:
        onward, answer = case.onward, case.act.inputs.get("exit")
        if len(onward) == 1:
            return next(iter(onward.values()))
        if answer not in onward:
            raise StepUnmet("Pilih jawaban keputusan ini: ya atau tidak.", fields=["exit"])
        return onward[answer]
    if move.kind == Kind.RETURN:
        return case.act.inputs["to"] if move.names_its_row else case.rows_back(move)[0]
    if move.kind == Kind.REOPENING:
        return case.row_of(states.PREPARES[case.flow]).number
    return case.step if move.kind == Kind.FIRST_PUBLICATION else None


def _confirm(case: Case, appointment: Appointment) -> list[Confirmation]:
    """Write down that the person confirms their columns of the joint row; return those not yet confirmed before."""
    act, before = case.act, {confirmation.column for confirmation in case.confirmations}
    made = [
        Confirmation(
            case=case,
            moves=case.moves,
            step=case.awaited.number,
            column=column.position,
            label=column.label.strip(),
            actor=act.actor,
            actor_name=act.actor.name,
            appointment=appointment,
            acting_as=appointment.acting_as,
            note=act.note,
            digest=case.digest,
            confirmed_at=act.at,
        )
        for column in case.columns_of(act.actor, on=act.day)
        if column.position not in before
    ]
    return Confirmation.objects.bulk_create(made)


def _write_ledger(
    case: Case, move: Move, to_step: int | None, appointment: Appointment, reckoning: WorkingCalendar
) -> StepRecord:
    act, approves = case.act, move.key == states.DECIDES[case.flow] or move.kind == Kind.FIRST_PUBLICATION
    is_first = move is act.carried[0]
    record = StepRecord.objects.create(
        case=case,
        sequence=case.moves + 1,
        kind=move.kind,
        key=move.key,
        step=case.step,
        to_step=to_step,
        from_state=case.state,
        to_state=case.state_after(move, to_step),
        actor=act.actor,
        actor_name=act.actor.name,
        appointment=appointment,
        acting_as=appointment.acting_as,
        unit_id=case.unit_id,
        received_at=case.received_at,
        done_at=act.at,
        due_at=case.due_at,
        is_urgent=case.due_at_once,
        note=act.note,
        **(_time_used(case, act.at, reckoning) if is_first else {}),
        approved=case.words_to_approve() if approves or move.kind == Kind.CONCLUSION else None,
        stood=case.what_stands(move),
    )
    bound = case.recorded(act.evidence) if is_first and move.kind == Kind.STEP else []
    if approves:
        bound += [(Evidence.Part.APPROVED, document, "item", True) for document in case.content]
    if bound:
        Evidence.objects.bulk_create(
            Evidence(record=record, part=part, document=document, sha256=document.sha256, means=means, by_portal=own)
            for part, document, means, own in bound
        )
    return record


def _reckons_from(case: Case, onward: int | None) -> datetime:
    """Return the earliest moment that the move reckons with: the opening when it ends the case."""
    if onward is None and case.is_running:
        return case.opened_at
    return min(case.received_at, case.published_first_at or case.received_at)


def _time_used(case: Case, done: datetime, reckoning: WorkingCalendar) -> dict[str, int | None]:
    """Return the times that the ledger row keeps, by the calendar of its day; no later change of it rewrites them."""
    number = case.step
    if number is None:
        return {}
    received, unit = timezone.localdate(case.received_at), case.activities[number].duration_unit
    days = reckoning.working_days_between(received, timezone.localdate(done))
    in_minutes = unit in MINUTES or not unit and days == 0
    due = case.due_at and timezone.localdate(case.due_at)
    return {
        "used_days": days,
        "used_minutes": reckoning.minutes_between(case.received_at, done) if in_minutes else None,
        "allowed_days": reckoning.working_days_between(received, due) if due else None,
    }


def _await(case: Case, number: int | None, reckoning: WorkingCalendar, *, same_row: bool) -> None:
    """Start the clock of the row that the case now waits at, or stop it; within a row none runs any more."""
    waits_on = case.act.carried[0].kind == Kind.FIRST_PUBLICATION
    case.step = number
    case.moves += 1
    case.received_at = case.received_at if waits_on else case.act.at
    case.due_at = None if same_row else deadline(case, number, case.received_at, reckoning)
    if number is None:
        if case.ended_at is None:
            opened, ended = timezone.localdate(case.opened_at), timezone.localdate(case.received_at)
            case.worked_days = reckoning.working_days_between(opened, ended)
        case.ended_at = case.received_at
