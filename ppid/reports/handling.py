"""A report answered by a person: once, with what was done."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ppid.flows.knowing import Held
from ppid.organisation.models import Appointment, User
from ppid.reports.models import KEPT_DAYS, Handling, Problem, SenderContact
from ppid.reports.permissions import readable_by
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

SHORTEST, LONGEST = 5, 2000


@transaction.atomic
def handle(problem: Problem, note: str, *, actor: User) -> Handling:
    """Write down what was done about the report. Raises Refused, Forbidden, or ChangedMeanwhile for a second time."""
    Problem.objects.select_for_update(no_key=True).get(pk=problem.pk)
    now = timezone.now()
    office = handles_as(problem, actor, now=now)
    if office is None:
        raise Forbidden("Laporan ini ditangani petugas lain.")
    if (done := Handling.objects.filter(problem=problem).first()) is not None:
        raise ChangedMeanwhile(f"Laporan ini sudah ditangani oleh {done.actor_name}.")
    note = note.strip()
    if len(note) < SHORTEST:
        raise Refused("Tulis apa yang sudah dilakukan.", fields=["note"])
    if len(note) > LONGEST:
        raise Refused(f"Paling banyak {LONGEST} huruf; ini {len(note)}.", fields=["note"])
    return Handling.objects.create(
        problem=problem, note=note, actor=actor, actor_name=actor.name, acting_as=str(office)[:200], at=now
    )


def handles_as(problem: Problem, actor: User, *, now: datetime) -> Appointment | None:
    """Return the appointment by which the person handles the report, None for whoever does not."""
    on = timezone.localdate(now)
    if actor.must_change_password:
        return None
    for held in Appointment.objects.of(actor, on=on).select_related("role", "unit").definitive_first():
        if readable_by([Held.by(held)], on=on).filter(pk=problem.pk).exists():
            return held
    return None


def forget_contacts(*, at: datetime) -> int:
    """Delete how senders are reached, of reports taken in more than 90 days ago; return how many there were."""
    old = SenderContact.objects.filter(problem__taken_in_at__lt=at - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
