"""Who takes part in a consequence test as a person of the portal, and each one's own confirmation of its words.

Only those who may know of the exclusion anyway are named. Whoever decides on it, or approves it as head, takes no
part; and whoever adopts takes part only while somebody else is left to adopt: nobody is kept from deciding by being
named, and the office never stands still because of it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ppid.flows import participation
from ppid.flows.actions import hold
from ppid.flows.exclusion import ExclusionCase
from ppid.flows.head_approval import HEAD
from ppid.flows.knowing import KNOW_ALL
from ppid.flows.models import Case
from ppid.flows.own_work import everybody_who_tested, everybodys_work
from ppid.flows.participation import ParticipantConfirmation
from ppid.flows.states import DECIDES
from ppid.flows.steps import Act, StepForbidden, StepOutOfOrder, StepUnmet
from ppid.information.classification import ConsequenceTest, Participant
from ppid.organisation.models import Appointment, User
from ppid.organisation.puppets import hands
from ppid.web.refusals import ChangedMeanwhile
from sop.models import PerformerRole

ADOPTS = "adopt"
TESTS = "test_consequences"


@dataclass(frozen=True, slots=True)
class MayTakePart:
    """Somebody who may be named as a participant, by which appointment, and what taking part keeps them from."""

    appointment: Appointment
    keeps_from: str = ""

    @property
    def person(self) -> User:
        return self.appointment.user

    @property
    def in_words(self) -> str:
        """How a list offers them."""
        kept = f" ({self.keeps_from})" if self.keeps_from else ""
        return f"{self.person.name}, {self.appointment.acting_as}{kept}"


def may_take_part(case: Case, *, actor: User, on: date) -> list[MayTakePart]:
    """Return whom ``actor``, who fills in the test, may name as participants, by their names."""
    row, deciding = case.row_of(ADOPTS), _Deciding(case, on=on, actor=actor)
    adopting = {each.user_id for each in case.in_office(on=on) if each.role_id in row.role_ids}
    kept = f"bila ikut menguji, tidak menetapkan pada langkah {row.number}"
    return [
        MayTakePart(each, kept if person in adopting else "")
        for person, each in _knowing(case, on=on).items()
        if not deciding.emptied_by([person])
    ]


def named(case: Case, participants: Iterable[Participant], *, actor: User, on: date) -> list[Participant]:
    """Return the participants with name and position of those who are persons of the portal, as of the day.

    Raises StepUnmet when somebody may not take part, stands there twice, or nobody would be left to decide.
    """
    knowing, rows = _knowing(case, on=on), list(participants)
    chosen = [each.person_id for each in rows if each.person_id is not None]
    for row in rows:
        if row.person_id is None:
            continue
        if row.person_id not in knowing:
            raise StepUnmet(_not_to_choose(case, row, on))
        appointment = knowing[row.person_id]
        row.name, row.position = appointment.user.name, appointment.acting_as
    if twice := _twice(rows):
        raise StepUnmet(f"{twice} tercatat dua kali sebagai peserta. Hapus salah satunya.")
    if chosen and (act := _Deciding(case, on=on, actor=actor).emptied_by(chosen)):
        raise StepUnmet(_nobody_left(act))
    return rows


def refuse_unless_confirmable(
    case: Case, *, actor: User, at: datetime, seen: str | None = None
) -> tuple[ConsequenceTest, Appointment]:
    """Return the test that the actor may confirm, and by which appointment.

    Raises StepOutOfOrder while no test is made or it was confirmed already, StepForbidden when the actor is none of its
    participants, ChangedMeanwhile when it says something else by now than what was ``seen`` (its ``words_digest``).
    """
    row = case.row_of(TESTS) if case.flow == "exclusion" else None
    if row is None or not isinstance(case, ExclusionCase) or TESTS not in [move.key for move in case.carried]:
        where = f" pada langkah {row.number}" if row else ""
        raise StepOutOfOrder(f"Lembar uji dikonfirmasi pesertanya{where}. Proses ini sedang pada: {case.state_label}.")
    if (test := case.test) is None:
        raise StepOutOfOrder("Lembar uji konsekuensi belum diisi, jadi belum ada yang dikonfirmasi.")
    on = timezone.localdate(at)
    appointment = next(iter(_held_knowing(case, actor, on=on)), None)
    if appointment is None or actor.pk not in {each.person_id for each in test.participants.all()}:
        raise StepForbidden(
            "Lembar uji ini dikonfirmasi oleh pesertanya yang tercatat dengan akun portal. Anda tidak tercatat di "
            "sana; minta pengisinya mencatat Anda bila Anda ikut menguji."
        )
    if seen is not None and seen != test.words_digest:
        raise ChangedMeanwhile(
            "Lembar uji ini diisi kembali sejak Anda membukanya. Baca isinya yang sekarang, lalu konfirmasi lagi."
        )
    if mine := participation.confirmed(case, test).get(actor.pk):
        when = timezone.localtime(mine.confirmed_at)
        raise StepOutOfOrder(f"Anda sudah mengonfirmasi lembar ini pada {when:%d/%m/%Y} pukul {when:%H.%M}.")
    if act := _Deciding(case, on=on).emptied_by([actor.pk]):
        raise StepUnmet(
            f"Bila Anda ikut menguji, tidak ada lagi yang dapat {act}: tidak seorang pun memutuskan hasil kerjanya "
            "sendiri. Minta pengisinya menulis nama Anda tanpa akun, atau mengeluarkan Anda dari peserta."
        )
    return test, appointment


@transaction.atomic
def confirm_test(
    case: Case, *, actor: User, seen: str | None = None, at: datetime | None = None
) -> ParticipantConfirmation:
    """Confirm the test in the words that it has now, as its participant. Raises as ``refuse_unless_confirmable``."""
    locked = case.locked()
    test_filled = ConsequenceTest.objects.filter(exclusion=locked.exclusion_id).values_list("filled_at", flat=True)
    at = max(at or timezone.now(), locked.received_at, *test_filled)
    test, appointment = refuse_unless_confirmable(locked, actor=actor, at=at, seen=seen)
    hold(appointment, Act(actor, at))
    return participation.keep(locked, test, actor, appointment, at=at)


class _Deciding:
    """The offices that decide on the test after it, each with whom ``actor``'s filling it in leaves free."""

    def __init__(self, case: Case, *, on: date, actor: User | None = None):
        self._case, self._hands, self._actor = case, hands(), {actor.pk} if actor else set()
        adopts, decides, in_office = case.row_of(ADOPTS), case.row_of(DECIDES[case.flow]), case.in_office(on=on)
        heads = {each.role_id for each in in_office if each.role.code == HEAD}
        self._offices = [
            ({each.user_id for each in in_office if each.role_id in roles}, act, worked)
            for roles, act, worked in (
                (decides.role_ids, f"memutuskan pada langkah {decides.number}", everybodys_work),
                (adopts.role_ids, f"menetapkan pada langkah {adopts.number}", everybody_who_tested),
                (heads, "menyetujui sebagai pimpinan", everybodys_work),
            )
        ]
        self._work: dict[object, dict[int, str]] = {}

    def emptied_by(self, chosen: Collection[int]) -> str:
        """Return what nobody could do any more if these took part; "" when somebody is left for everything."""
        for held, act, worked in self._offices:
            if barred := self._barred(held, set(chosen)):
                free = held - self._barred(held, self._actor) - set(self._done(worked))
                if free and not free - barred:
                    return act
        return ""

    def _barred(self, people: set[int], taking_part: set[int]) -> set[int]:
        """Return who of these takes part, or alone vouches for somebody who does."""
        theirs = {each: {each, *(other.pk for other in self._hands.get(each, []))} for each in people}
        return {each for each, accounts in theirs.items() if accounts & taking_part}

    def _done(self, worked: Callable[[Case], dict[int, str]]) -> dict[int, str]:
        if worked not in self._work:
            self._work[worked] = worked(self._case)
        return self._work[worked]


def _its_sheet(case: Case) -> set[int]:
    columns = PerformerRole.objects.filter(performer__version=case.sop_version_id)
    return set(columns.values_list("role", flat=True))


def _knowing(case: Case, *, on: date) -> dict[int, Appointment]:
    """Return who may know of the exclusion and neither decides on it nor approves it, by their key and their names."""
    roles, decide = _its_sheet(case), case.row_of(DECIDES[case.flow]).role_ids
    held = [each for each in case.in_office(on=on) if not each.user.must_change_password]
    deciding = {each.user_id for each in held if each.role_id in decide or each.role.code == HEAD}
    found: dict[int, Appointment] = {}
    for each in sorted(held, key=lambda each: each.user.name):
        if (each.role_id in roles or each.role.code in KNOW_ALL) and each.user_id not in deciding:
            found.setdefault(each.user_id, each)
    return found


def _held_knowing(case: Case, user: User, *, on: date) -> list[Appointment]:
    roles = _its_sheet(case)
    return [each for each in case.held_by(user, on=on) if each.role_id in roles or each.role.code in KNOW_ALL]


def _nobody_left(act: str) -> str:
    return (
        f"Bila peserta yang dipilih ikut menguji, tidak ada lagi yang dapat {act}: tidak seorang pun memutuskan hasil "
        "kerjanya sendiri. Pilih orang lain, atau tulis namanya tanpa akun."
    )


def _not_to_choose(case: Case, row: Participant, on: date) -> str:
    name = row.person.name if row.person else row.name
    decides = case.row_of(DECIDES[case.flow])
    deciding = any(
        each.user_id == row.person_id and (each.role_id in decides.role_ids or each.role.code == HEAD)
        for each in case.in_office(on=on)
    )
    if deciding:
        return (
            f"{name} memutuskan atau menyetujui hasil uji ini, jadi tidak menjadi pesertanya dengan akun. Pilih orang "
            "lain, atau tulis namanya tanpa akun."
        )
    return (
        f"{name} tidak dapat dipilih: ia tidak lagi bertugas di dalam pengecualian ini. Pilih orang lain, atau tulis "
        "namanya tanpa akun."
    )


def _twice(rows: Collection[Participant]) -> str:
    """Return the name of somebody who stands there twice; "" when nobody does."""
    persons = {_plain(each.name) for each in rows if each.person_id is not None}
    found: set[object] = set()
    for row in rows:
        key: object = row.person_id or (_plain(row.name), _plain(row.position))
        if key in found or row.person_id is None and _plain(row.name) in persons:
            return row.name
        found.add(key)
    return ""


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
