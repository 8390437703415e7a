"""Closing an account together with who follows: each seat that is handed over, and the account, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ppid.organisation.actions import PeopleRefused, deactivate, one_act_at_a_time, require_may_deactivate
from ppid.organisation.appointing import replace
from ppid.organisation.models import Appointment, User

_OF_THE_ORDER = ("kind", "starts_on", "ends_on", "order_number", "order_date", "reason")


@dataclass(frozen=True, slots=True)
class Handover:
    """``follower`` takes the seat of ``before``: the same role at the same unit."""

    before: Appointment
    follower: Appointment

    @property
    def field(self) -> str:
        """The form field that names who follows."""
        return field_of(self.before)


def field_of(before: Appointment) -> str:
    """Return the form field that names who follows in the appointment."""
    return f"follower_{before.pk}"


@transaction.atomic
def close_and_hand_over(
    person: User, handovers: Sequence[Handover], *, actor: User, note: str = "", at: datetime | None = None
) -> list[Appointment]:
    """Close the account and let others follow in its appointments, all of it or nothing; return theirs.

    An appointment without a follower stays with the person and holds while the account is open only.
    Raises PeopleRefused with what is wrong of every seat.
    """
    at = at or timezone.now()
    one_act_at_a_time()
    require_may_deactivate(person, actor)
    kept, wrong = [], []
    for handover in handovers:
        try:
            kept.append(_hand_over(person, handover, actor, at))
        except PeopleRefused as refusal:
            wrong += zip(refusal.sentences, refusal.fields, [handover] * len(refusal.sentences), strict=True)
        except ValidationError as error:
            wrong += [(sentence, field, handover) for sentence, field in _told(error)]
    if wrong:
        raise _refusal(wrong, several=len(handovers) > 1)
    deactivate(person, actor=actor, note=note, at=at)
    return kept


@transaction.atomic
def _hand_over(person: User, handover: Handover, actor: User, at: datetime) -> Appointment:
    before = Appointment.objects.select_related("role", "unit").get(pk=handover.before.pk, user=person)
    if not before.holds(on=timezone.localdate(at)):
        raise PeopleRefused("Penugasan ini baru saja berakhir, jadi tidak ada yang diserahkan.")
    if handover.follower.user_id == person.pk:
        raise PeopleRefused("Akun inilah yang ditutup. Pilih orang lain, atau kosongkan.")
    return replace(before, handover.follower, actor=actor, at=at)


def _told(error: ValidationError) -> list[tuple[str, str]]:
    """Return each sentence of what doesn't fit, with the field that it or its constraint names."""
    if not hasattr(error, "error_dict"):
        return [(sentence, "") for sentence in error.messages]
    each = [(name, one) for name, several in error.error_dict.items() for one in several]
    return [(sentence, name if name in _OF_THE_ORDER else one.code or "") for name, one in each for sentence in one]


def _refusal(wrong: Sequence[tuple[str, str, Handover]], *, several: bool) -> PeopleRefused:
    """Return the refusal: what is wrong of the order stands beside the order, all else beside who follows."""
    told: dict[tuple[str, str], None] = {}  # each once, in order
    for sentence, named, handover in wrong:
        is_of_the_order = named in _OF_THE_ORDER
        seat = f"{handover.before}: " if several and is_of_the_order else ""
        told[f"{seat}{sentence}", named if is_of_the_order else handover.field] = None
    return PeopleRefused(*(sentence for sentence, _ in told), fields=[field for _, field in told])
