"""A participant of a consequence test reads the whole lembar uji and confirms it, with one click."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ppid.desk.acts import OneClick
from ppid.desk.work.cases import OfExclusion
from ppid.flows.exclusion import ExclusionCase
from ppid.flows.participants import confirm_test, refuse_unless_confirmable
from ppid.flows.participation import TakesPart
from ppid.organisation.models import User
from ppid.web.parameters import text
from ppid.web.refusals import Refused


@dataclass(frozen=True, slots=True)
class Confirming:
    """What the page of a lembar uji asks of a participant: to confirm these words (``seen``), or why they can't."""

    mine: TakesPart
    seen: str
    why_not: tuple[str, ...] = ()


def confirming(case: ExclusionCase, user: User, *, now: datetime) -> Confirming | None:
    """Return what is asked of the reader; None of somebody whose word isn't awaited."""
    mine = next((each for each in case.taking_part if each.participant.person_id == user.pk), None)
    if mine is None or case.test is None or not mine.is_awaited:
        return None
    try:
        refuse_unless_confirmable(case, actor=user, at=now)
    except Refused as refusal:
        return Confirming(mine, case.test.words_digest, refusal.sentences)
    return Confirming(mine, case.test.words_digest)


class ConfirmTest(OfExclusion, OneClick):
    """«Saya ikut menguji dan membenarkan isinya»."""

    @property
    def back(self):
        return reverse("desk:test-sheet", args=[self.case.number])

    def act(self):
        confirm_test(self.case, actor=self.request.user, seen=text(self.request.POST, "seen"))
        return "Tercatat: Anda ikut menguji dan membenarkan isi lembar ini."
