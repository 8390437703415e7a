"""Changing what a finished case brought about: one person proposes, another decides, the old words stay.

A kind of change is a small class that names itself (``class CorrectDik(AmendmentKind, key="correct_dik")``): it says
who may propose and who may decide, what must hold, and what approval does. ``propose``, ``decide`` and ``withdraw`` are
the same for all: they lock the case with its item, look only then, and write the ledger's row with its effect, both or
neither. A page asks ``refuse_unless_proposable`` and ``refuse_unless_decidable`` beforehand, which say the same.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ppid.flows import telling
from ppid.flows.afterwards import TITLES, Amendment, AmendmentQuerySet
from ppid.flows.evidence_files import keep_evidence
from ppid.flows.locks import hold_to_open
from ppid.flows.models import Case
from ppid.flows.permissions import UTAMA, acts_as
from ppid.flows.steps import StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information import documents
from ppid.information.models import Document
from ppid.organisation.models import Appointment, Role, User
from ppid.web.refusals import ChangedMeanwhile

ATASAN = "atasan_ppid"


class AmendmentKind:
    """A kind of amendment. A subclass names its ``key``, the stored value, when it is written.

    ``title`` is what people read, ``labels`` what each word or value of ``after`` is called; ``effects`` tell
    beforehand what approval brings about, which nobody takes back; ``deciders`` are the roles whose holders decide,
    city-wide or at the case's unit; ``opens_a_case`` says that approval may open another one.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    labels: ClassVar[Mapping[str, str]]
    effects: ClassVar[tuple[str, ...]] = ("Berlaku saat itu juga.",)
    deciders: ClassVar[Collection[str]] = (UTAMA, ATASAN)
    opens_a_case: ClassVar[bool] = False
    kinds: ClassVar[dict[str, "AmendmentKind"]] = {}

    def __init_subclass__(cls, *, key: str, **how: Any):
        super().__init_subclass__(**how)
        cls.key = key
        cls.kinds[key] = cls()
        TITLES[key] = cls.title

    def proposer(self, case: Case, user: User, *, on: date) -> Appointment | None:
        """Return the appointment under which the person may propose: one that performs a row of the case's sheet."""
        roles = {role for activity in case.activities.values() for role in activity.role_ids}
        return next((each for each in case.held_by(user, on=on) if each.role_id in roles), None)

    def decider(self, case: Case, user: User, *, on: date) -> Appointment | None:
        """Return the appointment under which the person may decide."""
        return acts_as(user, case, self.deciders, on=on)

    def before(self, case: Case) -> dict[str, Any]:
        """Return the words or values that the change is about, as they stand now."""
        raise NotImplementedError

    def refuse_unless_open(self, case: Case, *, at: datetime) -> None:
        """Raise Refused when nothing of this kind can be changed now, whatever is proposed."""

    def refuse_unless_fit(self, case: Case, amendment: Amendment, *, at: datetime) -> None:
        """Raise Refused, each sentence at its field, when this proposal can't be approved as it stands."""

    def apply(self, case: Case, amendment: Amendment, *, at: datetime) -> None:
        """Bring about what was approved. Runs in the transaction of the decision, ``case`` and its item locked."""
        raise NotImplementedError


def kind_of(amendment: Amendment) -> AmendmentKind:
    return AmendmentKind.kinds[amendment.kind]


def changes(amendment: Amendment) -> list[tuple[str, str, str]]:
    """Return what the amendment changes: its name, what it was, what it shall be."""
    before, after = amendment.before, amendment.after
    return [
        (label, _said(before.get(name, "")), _said(after[name]))
        for name, label in kind_of(amendment).labels.items()
        if after.get(name, "") != before.get(name, "")
    ]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)


def refuse_unless_proposable(case: Case, kind: str, *, actor: User, at: datetime) -> Appointment:
    """Return the appointment under which the person may propose a change of this kind now.

    Raises StepForbidden when it isn't theirs to propose, StepOutOfOrder when nothing can be changed or one waits.
    """
    rule = AmendmentKind.kinds[kind]
    appointment = rule.proposer(case, actor, on=timezone.localdate(at))
    if appointment is None:
        raise StepForbidden(
            f"{rule.title} diusulkan oleh petugas yang mengerjakan langkah-langkah lembar SOP ini untuk "
            f"{case.unit.name}."
        )
    if case.is_running:
        raise StepOutOfOrder(f"Proses {case.number} belum berakhir, jadi isinya diubah lewat langkah-langkahnya.")
    rule.refuse_unless_open(case, at=at)
    if waiting := case.amendments.undecided().filter(kind=kind).first():
        raise StepOutOfOrder(
            f"{rule.title} sudah diusulkan {waiting.proposed_name} pada "
            f"{timezone.localtime(waiting.proposed_at):%d/%m/%Y} dan masih menunggu keputusan."
        )
    return appointment


def refuse_unless_decidable(amendment: Amendment, *, actor: User, at: datetime) -> Appointment:
    """Return the appointment under which the person may decide. Raises StepOutOfOrder or StepForbidden."""
    if not amendment.is_undecided:
        raise StepOutOfOrder(_already(amendment))
    appointment = kind_of(amendment).decider(amendment.case, actor, on=timezone.localdate(at))
    if appointment is None:
        raise StepForbidden("Usul ini diputuskan PPID Utama atau Atasan PPID. Anda tidak bertugas dalam peran itu.")
    if amendment.proposed_by_id == actor.pk:
        others = [each.user.name for each in deciders(amendment, on=timezone.localdate(at))]
        who = " atau ".join(others) or "PPID Utama atau Atasan PPID yang lain"
        raise StepForbidden(f"Anda sendiri yang mengusulkan ini, jadi orang lain yang memutuskan: {who}.")
    return appointment


def deciders(amendment: Amendment, *, on: date) -> list[Appointment]:
    """Return the appointments whose holders may decide: never the proposer's."""
    case, roles = amendment.case, kind_of(amendment).deciders
    proposer = amendment.proposed_by_id
    return [each for each in case.in_office(on=on) if each.role.code in roles and each.user_id != proposer]


def awaiting_decision(user: User, appointments: Iterable[Appointment]) -> AmendmentQuerySet:
    """Return the undecided amendments that this person may decide under these appointments, the oldest first."""
    mine = Q(pk__in=[])
    for held in appointments:
        kinds = [key for key, rule in AmendmentKind.kinds.items() if held.role.code in rule.deciders]
        of_kind = Q(kind__in=kinds)
        mine |= of_kind if held.role.scope == Role.Scope.CITY else of_kind & Q(case__unit=held.unit_id)
    undecided = Amendment.objects.undecided().filter(mine).exclude(proposed_by=user)
    return undecided.for_page().order_by("proposed_at", "pk")


def propose(
    case: Case,
    kind: str,
    *,
    actor: User,
    after: Mapping[str, Any],
    reason: str,
    ground: str = "",
    letter_number: str = "",
    letter_date: date | None = None,
    document: UploadedFile | None = None,
    at: datetime | None = None,
) -> Amendment:
    """Propose a change of what the ended case brought about; somebody else decides on it.

    ``after`` is what the kind's ``before`` shall be. Raises StepForbidden, StepOutOfOrder, StepUnmet or UploadRefused.
    """
    at = at or timezone.now()
    words = {
        "after": dict(after),
        "reason": reason.strip(),
        "ground": ground,
        "letter_number": letter_number.strip(),
        "letter_date": letter_date,
    }
    if document is None:
        return _propose(case, kind, actor, words, at)
    with documents.received(document) as arrived, transaction.atomic():
        locked = case.locked()
        refuse_unless_proposable(locked, kind, actor=actor, at=at)
        kept = keep_evidence(locked, arrived, actor=actor, at=at)
        return _propose(case, kind, actor, words, at, kept)


@transaction.atomic
def _propose(
    case: Case, kind: str, actor: User, words: Mapping[str, Any], at: datetime, document: Document | None = None
) -> Amendment:
    locked = case.locked()
    appointment = refuse_unless_proposable(locked, kind, actor=actor, at=at)
    rule = AmendmentKind.kinds[kind]
    amendment = Amendment(
        case=locked,
        kind=kind,
        before=rule.before(locked),
        document=document,
        proposed_by=actor,
        proposed_name=actor.name,
        proposed_as=appointment.acting_as,
        proposed_at=max(at, locked.ended_at or at),
        **words,
    )
    if not amendment.reason:
        raise StepUnmet("Tuliskan alasannya: pemutus membacanya, dan riwayat menyimpannya.", fields=("reason",))
    if amendment.letter_date and amendment.letter_date > timezone.localdate(at):
        raise StepUnmet("Tanggal surat atau putusan tidak boleh sesudah hari ini.", fields=("letter_date",))
    rule.refuse_unless_fit(locked, amendment, at=at)
    amendment.save(force_insert=True)
    telling.proposed(amendment, [each.user_id for each in deciders(amendment, on=timezone.localdate(at))], at=at)
    return amendment


@transaction.atomic
def decide(
    amendment: Amendment, *, approve: bool, actor: User, note: str = "", at: datetime | None = None
) -> Amendment:
    """Approve the amendment, which brings it about, or refuse it, which needs a note.

    Raises StepOutOfOrder, StepForbidden, StepUnmet, or ChangedMeanwhile when what it would change is another by now.
    """
    at, rule = at or timezone.now(), kind_of(amendment)
    if rule.opens_a_case:
        hold_to_open()
    case = Case.objects.get(pk=amendment.case_id).locked()
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    locked.case = case
    appointment = refuse_unless_decidable(locked, actor=actor, at=at)
    note = note.strip()
    if not approve and not note:
        raise StepUnmet("Tuliskan mengapa usul ini tidak disetujui.", fields=("note",))
    if approve:
        rule.refuse_unless_open(case, at=at)
        if locked.before != rule.before(case):
            raise ChangedMeanwhile(
                "Yang hendak diubah sudah lain sejak usul ini dibuat. Tolak usul ini dengan alasan itu, lalu minta "
                "usul yang baru."
            )
        rule.refuse_unless_fit(case, locked, at=at)
    decision = Amendment.Decision.APPROVED if approve else Amendment.Decision.REFUSED
    _close(locked, decision, actor, appointment, note, at)
    if approve:
        rule.apply(case, locked, at=locked.decided_at or at)
    telling.decided(locked, at=at)
    return locked


@transaction.atomic
def withdraw(amendment: Amendment, *, actor: User, note: str = "", at: datetime | None = None) -> Amendment:
    """Take the own proposal back before it is decided. Raises StepOutOfOrder or StepForbidden."""
    at = at or timezone.now()
    case = Case.objects.get(pk=amendment.case_id).locked()
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    locked.case = case
    if not locked.is_undecided:
        raise StepOutOfOrder(_already(locked))
    if locked.proposed_by_id != actor.pk:
        raise StepForbidden("Usul ditarik oleh pengusulnya sendiri. PPID Utama dapat menolaknya.")
    appointment = kind_of(locked).proposer(case, actor, on=timezone.localdate(at))
    _close(locked, Amendment.Decision.WITHDRAWN, actor, appointment, note.strip(), at)
    return locked


def _close(
    amendment: Amendment, decision: str, actor: User, appointment: Appointment | None, note: str, at: datetime
) -> None:
    amendment.decision, amendment.decided_note = decision, note
    amendment.decided_by, amendment.decided_name = actor, actor.name
    amendment.decided_as = appointment.acting_as if appointment else ""
    amendment.decided_at = max(at, amendment.proposed_at)  # a clock that was set back decides nothing beforehand
    amendment.save(update_fields=["decision", "decided_by", "decided_name", "decided_as", "decided_at", "decided_note"])


def _already(amendment: Amendment) -> str:
    when = timezone.localtime(amendment.decided_at)
    return (
        f"Usul ini sudah diputuskan: {amendment.get_decision_display().lower()} oleh {amendment.decided_name} pada "
        f"{when:%d/%m/%Y} pukul {when:%H.%M}."
    )
