"""Questions and notes on a case, which stays where it is: asking, answering, taking back, noting, reminding.

Who is asked may know of the case by the office that is asked. That is looked at again whenever the question is read:
it waits for whoever holds the office now, so it follows the office to its next holder and the case to its next unit,
and for nobody who may no longer know of the case.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils import timezone

from ppid.flows import telling
from ppid.flows.knowing import KNOW_ALL
from ppid.flows.models import Case, CaseQuerySet
from ppid.flows.remarks import LONGEST, Remark, RemarkQuerySet
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.organisation.models import Appointment, Role, User
from sop.models import PerformerRole


def who_know(case: Case, *, on: date) -> list[Appointment]:
    """Return who holds an office for the case by which they may know of it, definitive ones first."""
    knowing = _roles_that_know(case, on)
    held = [each for each in case.in_office(on=on) if each.role.scope != Role.Scope.OFFICE]
    return [each for each in held if knowing is None or each.role.code in KNOW_ALL or each.role_id in knowing]


def _roles_that_know(case: Case, on: date) -> Collection[int] | None:
    """Return the roles that may know of the case besides those who know of all; None when every role may."""
    secret = Case.objects.secret(on=on).filter(information=case.information_id)
    own = Q(performer__version=case.sop_version_id) if case.flow == "exclusion" else Q(pk__in=[])
    of_secret = Q(performer__version__in=secret.order_by().values("sop_version"))
    columns = PerformerRole.objects.filter(own | of_secret).values_list(
        "role", "performer__version", models.ExpressionWrapper(of_secret, models.BooleanField())
    )
    found = list(columns)
    known = [{role for role, _, is_secret in found if is_secret}] if any(each[2] for each in found) else []
    if case.flow == "exclusion":
        known.append({role for role, version, _ in found if version == case.sop_version_id})
    return set.intersection(*known) if known else None


def speaks_as(case: Case, user: User, *, on: date) -> Appointment | None:
    """Return the appointment under which the person asks and notes on the case; None when they may not know of it."""
    mine = [each for each in who_know(case, on=on) if each.user_id == user.pk]
    return next((each for each in mine if not each.user.must_change_password), None)


def answers_as(question: Remark, user: User, *, on: date, known: list[Appointment] | None = None) -> Appointment | None:
    """Return the appointment under which the person answers the question: it asks them, or they stand in for whom.

    ``known`` is what ``who_know`` answers, where it was asked already.
    """
    known = who_know(question.case, on=on) if known is None else known
    in_role = [each for each in known if each.role_id == question.asked_role_id]
    mine = [each for each in in_role if each.user_id == user.pk and not each.user.must_change_password]
    if question.actor_id == user.pk:
        return None
    if question.asked_id in (None, user.pk) or question.asked_id not in {each.user_id for each in in_role}:
        return next(iter(mine), None)
    return next((each for each in mine if each.kind == Appointment.Kind.PLH), None)


def answerers(question: Remark, *, on: date, known: list[Appointment] | None = None) -> list[User]:
    """Return for whom the question waits now. ``known`` is what ``who_know`` answers."""
    known = who_know(question.case, on=on) if known is None else known
    people = {each.user_id: each.user for each in known}
    return [person for person in people.values() if answers_as(question, person, on=on, known=known)]


def awaiting_answer(
    user: User, appointments: Iterable[Appointment], visible: CaseQuerySet, *, on: date
) -> RemarkQuerySet:
    """Return the open questions that wait for this person under these appointments, on the cases that they may see."""
    holds = Appointment.objects.in_force(on=on).filter(
        Q(role__scope=Role.Scope.CITY) | Q(unit=OuterRef("case__unit")),
        user=OuterRef("asked"),
        role=OuterRef("asked_role"),
    )
    theirs = Q(asked=None) | Q(asked=user) | ~Exists(holds)
    mine: Q | Combinable = Q(pk__in=[])
    for held in appointments:
        of_role: Q | Combinable = Q(asked_role=held.role_id)
        if held.role.scope != Role.Scope.CITY:
            of_role &= Q(case__unit=held.unit_id)
        mine |= of_role if held.kind == Appointment.Kind.PLH else of_role & theirs
    return Remark.objects.open().filter(mine, case__in=visible.order_by().values("pk")).exclude(actor=user)


@transaction.atomic
def ask(
    case: Case, text: str, *, role: Role, actor: User, person: User | None = None, at: datetime | None = None
) -> Remark:
    """Ask whoever holds the role for the case, or one person in it; the case stays where it is.

    Raises StepForbidden when the actor may not know of the case, StepUnmet when who is asked may not, or there is
    nobody but the actor, or without words.
    """
    locked, moment = _locked(case, at)
    appointment = _speaker(locked, actor, moment)
    words = _words(text, "pertanyaannya")
    held = [each for each in who_know(locked, on=timezone.localdate(moment)) if each.role_id == role.pk]
    if person is not None and person.pk == actor.pk:
        raise StepUnmet("Itu Anda sendiri. Pilih orang lain, atau tulis sebagai catatan.", fields=["to"])
    if not held:
        raise StepUnmet(
            f"Tidak ada {role.name} yang boleh mengetahui proses ini. Pilih peran atau orang lain.", fields=["to"]
        )
    if person is not None and person.pk not in {each.user_id for each in held}:
        raise StepUnmet(
            f"{person.name} tidak bertugas sebagai {role.name} untuk {locked.unit.name}, jadi tidak boleh mengetahui "
            "proses ini. Pilih peran atau orang lain.",
            fields=["to"],
        )
    if all(each.user_id == actor.pk for each in held):
        raise StepUnmet(
            f"Hanya Anda sendiri yang bertugas sebagai {role.name}. Pilih peran lain, atau tulis sebagai catatan.",
            fields=["to"],
        )
    meant = next((each for each in held if person is not None and each.user_id == person.pk), held[0])
    asked = _asked(role, person, meant.acting_as, locked)
    question = _write(locked, Remark.Kind.QUESTION, words, appointment, moment, **asked)
    waits_for = Q(pk__in=[each.pk for each in answerers(question, on=timezone.localdate(moment))])
    url = reverse("desk:answer", args=[locked.number, question.pk])
    _tell(question, "asked", f"question:{question.pk}", waits_for, "Pertanyaan", url)
    return question


@transaction.atomic
def answer(question: Remark, text: str, *, actor: User, at: datetime | None = None) -> Remark:
    """Answer the question, also late: wherever its case stands by now.

    Raises StepOutOfOrder once it is closed, StepForbidden when it is another's to answer, StepUnmet without words.
    """
    locked, moment = _locked(question.case, at)
    open_question = _still_open(question, locked)
    appointment = answers_as(open_question, actor, on=timezone.localdate(moment))
    if appointment is None:
        raise StepForbidden(f"Pertanyaan ini untuk {question.asked_of}. Anda tidak bertugas dalam peran itu sekarang.")
    row = _write(locked, Remark.Kind.ANSWER, _words(text, "jawabannya"), appointment, moment, question=question)
    _tell(row, "answered", f"question:{question.pk}:answered", Q(pk=question.actor_id), "Jawaban")
    return row


@transaction.atomic
def take_back(question: Remark, *, actor: User, text: str = "", at: datetime | None = None) -> Remark:
    """Take the own question back before it is answered. Raises StepOutOfOrder or StepForbidden."""
    locked, moment = _locked(question.case, at)
    _still_open(question, locked)
    if question.actor_id != actor.pk:
        raise StepForbidden(f"Pertanyaan ditarik oleh yang mengajukannya sendiri: {question.actor_name}.")
    words = _words(text, "alasannya", may_be_empty=True)
    return _write(locked, Remark.Kind.TAKEN_BACK, words, _speaker(locked, actor, moment), moment, question=question)


@transaction.atomic
def note(case: Case, text: str, *, actor: User, at: datetime | None = None) -> Remark:
    """Write a note on the case, for every officer who sees it. Raises StepForbidden or StepUnmet."""
    locked, moment = _locked(case, at)
    return _write(locked, Remark.Kind.NOTE, _words(text, "catatannya"), _speaker(locked, actor, moment), moment)


def refuse_unless_remindable(case: Case, *, actor: User, at: datetime) -> tuple[Appointment, Role]:
    """Return the appointment under which the actor reminds, and the role that is reminded: whom the case waits for.

    Raises StepForbidden, StepOutOfOrder or StepUnmet.
    """
    appointment, day = _speaker(case, actor, at), timezone.localdate(at)
    if not case.is_running:
        raise StepOutOfOrder(f"Proses ini sudah berakhir: {case.state_label}. Tidak ada yang perlu diingatkan.")
    if earlier := reminded_on(case, day):
        raise StepOutOfOrder(
            f"Sudah diingatkan hari ini oleh {earlier.actor_name} pukul {timezone.localtime(earlier.at):%H.%M}."
        )
    roles = case.awaited.role_ids
    held = [each for each in who_know(case, on=day) if each.role_id in roles]
    if not held:
        raise StepUnmet(
            f"Tidak ada yang memegang peran {case.awaited_column} untuk {case.unit.name}. "
            "Minta PPID Utama mencatat penugasannya."
        )
    if any(each.user_id == actor.pk for each in held):
        raise StepUnmet("Proses ini menunggu Anda sendiri.")
    return appointment, held[0].role


@transaction.atomic
def remind(case: Case, text: str, *, actor: User, at: datetime | None = None) -> Remark:
    """Remind whoever the case waits for, once a day while it stands there; raises as ``refuse_unless_remindable``."""
    locked, moment = _locked(case, at)
    appointment, role = refuse_unless_remindable(locked, actor=actor, at=moment)
    words = _words(text, "pengingatnya", may_be_empty=True) or "Mohon dikerjakan."
    row = _write(locked, Remark.Kind.REMINDER, words, appointment, moment, **_asked(role, None, role.name, locked))
    waited_for = telling.performers(locked, on=timezone.localdate(moment))
    _tell(row, "reminded", f"reminder:{row.pk}", waited_for, "Pengingat", locked.get_absolute_url())
    return row


def reminded_on(case: Case, day: date) -> Remark | None:
    """Return by which row whoever the case waits for was reminded on this day, where it stands now."""
    return Remark.objects.reminders(on=day).filter(case=case).order_by("-pk").first()


def _locked(case: Case, at: datetime | None) -> tuple[Case, datetime]:
    locked = Case.objects.get(pk=case.pk).locked()
    return locked, max(at or timezone.now(), locked.opened_at)


def _speaker(case: Case, actor: User, moment: datetime) -> Appointment:
    appointment = speaks_as(case, actor, on=timezone.localdate(moment))
    if appointment is None:
        raise StepForbidden(f"Anda tidak bertugas untuk {case.unit.name}, jadi tidak dapat menulis pada proses ini.")
    return appointment


def _still_open(question: Remark, case: Case) -> Remark:
    closing = Remark.objects.filter(question=question).first()
    if closing is not None:
        did = "menjawabnya" if closing.kind == Remark.Kind.ANSWER else "menariknya"
        when = timezone.localtime(closing.at)
        raise StepOutOfOrder(f"{closing.actor_name} sudah {did} pada {when:%d/%m/%Y} pukul {when:%H.%M}.")
    question.case = case
    return question


def _words(text: str, what: str, *, may_be_empty: bool = False) -> str:
    words = text.strip()
    if not words and not may_be_empty:
        raise StepUnmet(f"Tulis {what}.", fields=["text"])
    if len(words) > LONGEST:
        longest, typed = (f"{number:,}".replace(",", ".") for number in (LONGEST, len(words)))
        raise StepUnmet(f"Paling banyak {longest} huruf; yang Anda tulis {typed}. Persingkat dahulu.", fields=["text"])
    return words


def _asked(role: Role, person: User | None, called: str, case: Case) -> dict[str, object]:
    where = "" if role.scope == Role.Scope.CITY else f" {case.unit.short_name}"
    name = person.name if person else ""
    return {
        "asked_role": role,
        "asked": person,
        "asked_name": name,
        "asked_as": f"{called if person else role.name}{where}",
    }


def _write(
    case: Case, kind: Remark.Kind, text: str, appointment: Appointment, moment: datetime, **more: object
) -> Remark:
    if not Appointment.objects.still_hold(appointment, on=timezone.localdate(moment)):
        raise StepForbidden("Penugasan Anda baru saja berakhir, jadi tidak ada yang ditulis.")
    return Remark.objects.create(
        case=case,
        moves=case.moves,
        step=case.step,
        kind=kind,
        text=text,
        actor=appointment.user,
        actor_name=appointment.user.name,
        appointment=appointment,
        acting_as=appointment.acting_as,
        unit=case.unit,
        at=moment,
        **more,
    )


def _tell(row: Remark, kind: str, what: str, people: Q, called: str, url: str = "") -> None:
    """Tell these people, as far as they may know of the case, what was said."""
    lines = [(called, row.text), ("Dari", f"{row.actor_name} ({row.acting_as})")]
    url = url or f"{row.case.get_absolute_url()}#tanya"
    telling.tell_of_case(row.case, kind, what, people, at=row.at, actor=row.actor, lines=lines, url=url)
