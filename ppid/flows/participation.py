"""The ledger of whoever took part in a consequence test: each confirms these very words with their own sign-in.

A row counts while the lembar uji says what was confirmed and names its person; once it says something else the row
stays, and the person is asked anew.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef

from ppid.chain.triggers import chained
from ppid.flows.knowing import in_force_in_sql, knows_in_sql
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case, CaseQuerySet
from ppid.flows.states import PREPARES, STEP_NUMBERS, ExclusionState
from ppid.information.classification import ConsequenceTest, Participant
from ppid.organisation.models import Appointment, User
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses
from ppid.web.moments import in_words

_DAY = local_day("NEW.confirmed_at")
_TESTS = PREPARES["exclusion"]


class ParticipantConfirmation(models.Model):
    """A participant's own word for the lembar uji, while the case stood at ``moves``.

    ``digest`` is what was confirmed (``ConsequenceTest.words_digest``). Whoever takes the step that tests signs by
    taking it: that row is ``by_step``.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="participant_confirmations")
    moves = models.PositiveIntegerField("jumlah gerak")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="penugasan")
    acting_as = models.CharField("bertindak sebagai", max_length=200)
    digest = models.CharField("SHA-256 kata-katanya", max_length=64)
    by_step = models.BooleanField("dengan mengerjakan langkahnya", default=False)
    confirmed_at = models.DateTimeField("dikonfirmasi pada")

    class Meta:
        verbose_name = "konfirmasi peserta uji"
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "actor", "digest"], name="words_confirmed_once_by_each")]
        triggers = [
            acts_with_own_password("actor_id"),
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "confirmed_by_who_takes_part",
                "a test is confirmed in its words, while it is made, by whom it names and who may know of it",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM flows_case c
                        JOIN sop_activity here ON here.version_id = c.sop_version_id AND here.number = c.step
                         AND {STEP_NUMBERS[ExclusionState.TESTING]} = ANY (here.carries)
                        JOIN information_consequencetest test ON test.exclusion_id = c.exclusion_id
                        JOIN information_participant named ON named.test_id = test.id AND named.person_id = NEW.actor_id
                        JOIN organisation_appointment held ON held.id = NEW.appointment_id
                         AND held.user_id = NEW.actor_id
                        JOIN organisation_role role ON role.id = held.role_id
                        WHERE c.id = NEW.case_id AND c.state = '{ExclusionState.TESTING}' AND c.moves = NEW.moves
                          AND test.words_digest = NEW.digest AND NEW.confirmed_at >= test.filled_at
                          AND (role.scope = 'city' OR held.unit_id = c.unit_id)
                          AND {in_force_in_sql("held", _DAY)} AND {knows_in_sql("role", _DAY)}
                    )
                """,  # noqa: S608 - names of this house
            ),
            refuses(
                "by_step_with_its_step",
                "whoever takes the step confirms by it, and nobody else",
                f"""
                    NEW.by_step <> EXISTS (
                        SELECT 1 FROM flows_steprecord
                        WHERE case_id = NEW.case_id AND sequence = NEW.moves + 1 AND kind = 'step'
                          AND key = '{_TESTS}' AND actor_id = NEW.actor_id AND done_at = NEW.confirmed_at
                    )
                """,  # noqa: S608 - a key of this house
            ),
        ]

    def __str__(self):
        return f"{self.case.number}: {self.actor_name}"

    @property
    def in_words(self) -> str:
        """How it was confirmed and when, as the lembar uji prints it; it is no electronic signature."""
        when = in_words(self.confirmed_at)
        by_step = f" saat mengerjakan langkah {self.case.row_of(_TESTS).number}" if self.by_step else ""
        return f"dikonfirmasi dengan akun portal{by_step}, {when}"


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A participant of a test as it stands, with their own word for it."""

    participant: Participant
    said: ParticipantConfirmation | None

    @property
    def is_awaited(self) -> bool:
        """Whether the person's confirmation is missing."""
        return self.participant.person_id is not None and self.said is None

    @property
    def how(self) -> str:
        """How they sign the sheet, in words."""
        if self.said:
            return self.said.in_words
        return "belum dikonfirmasi dengan akun portal" if self.is_awaited else "menandatangani di atas kertas"


def confirmed(case: Case, test: ConsequenceTest) -> dict[int, ParticipantConfirmation]:
    """Return who has confirmed the test as it stands, by their key."""
    rows = ParticipantConfirmation.objects.filter(case=case, digest=test.reckon_words_digest())
    return {row.actor_id: row for row in rows}


def taking_part(case: Case, test: ConsequenceTest | None) -> list[TakesPart]:
    """Return the participants of the test as it stands, each with their own word for it."""
    named = list(test.participants.all()) if test else []
    said = confirmed(case, test) if test and any(each.person_id for each in named) else {}
    for each in said.values():
        each.case = case  # its sheet is read already
    return [TakesPart(each, said.get(each.person_id or 0)) for each in named]


def awaited(case: Case, test: ConsequenceTest | None) -> list[Participant]:
    """Return the participants with an account who have not confirmed the test as it stands."""
    return [each.participant for each in taking_part(case, test) if each.is_awaited]


def awaiting_confirmation(user: User) -> CaseQuerySet:
    """Keep the exclusions whose test waits for the person's confirmation; who may see them is asked besides."""
    mine = Participant.objects.filter(test__exclusion=OuterRef("exclusion"), person=user)
    said = ParticipantConfirmation.objects.filter(
        case=OuterRef("pk"), actor=user, digest=OuterRef("exclusion__test__words_digest")
    )
    return Case.objects.running().filter(Exists(mine), ~Exists(said), state=ExclusionState.TESTING)


def sign_by_step(case: Case, test: ConsequenceTest | None) -> None:
    """Write down that whoever takes the step that tests confirms by it, if the test names them.

    Runs inside the step, once its ledger row is written.
    """
    actor = case.act.actor
    if actor.pk not in {each.person_id for each in awaited(case, test)} or test is None:
        return
    record = StepRecord.objects.get(case=case, sequence=case.moves + 1, key=_TESTS)
    keep(case, test, actor, record.appointment, by_step=True, at=record.done_at)


def keep(
    case: Case, test: ConsequenceTest, actor: User, appointment: Appointment, *, at: datetime, by_step: bool = False
) -> ParticipantConfirmation:
    """Write the row of the ledger. The case is locked, and whether it may be written was asked."""
    return ParticipantConfirmation.objects.create(
        case=case,
        moves=case.moves,
        actor=actor,
        actor_name=actor.name,
        appointment=appointment,
        acting_as=appointment.acting_as,
        digest=test.words_digest,
        by_step=by_step,
        confirmed_at=at,
    )
