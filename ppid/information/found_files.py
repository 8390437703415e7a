"""What the scanner found in files that are kept: held at once, told to those who decide, and decided by a person."""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ppid.information.models import Document
from ppid.notices.telling import News, tell
from ppid.organisation.appointment_rules import CHIEF
from ppid.organisation.models import Appointment, User
from ppid.scanning.models import MAX_REASON, FalseAlarm, FileScan
from ppid.shelf import held
from ppid.web.refusals import ChangedMeanwhile, Forbidden, Refused

UNIT = "ppid_pelaksana"
SHORTEST = 10


@transaction.atomic
def keep_found(scan: FileScan) -> None:
    """Hold what the scanner found something in, and tell PPID Utama, and the unit whose item it belongs to.

    Nothing is deleted. The notice names no title: it goes to many, and what the file is of may be secret.
    """
    held.hold([scan.sha256])
    on = timezone.localdate()
    people = set(Appointment.objects.in_force(on=on).filter(role__code=CHIEF).values_list("user", flat=True))
    units = Document.objects.content().filter(sha256=scan.sha256).values("information__unit")
    of_units = Appointment.objects.in_force(on=on).filter(role__code=UNIT, unit__in=units)
    news = News(
        kind="infected",
        key=f"infected:{scan.sha256[:24]}:{scan.signature[:80]}",
        url=reverse("desk:found-files"),
        title="Sebuah berkas ditahan",
        lines=(("Ditemukan", scan.signature),),
        is_urgent=True,
    )
    tell(news, to=people | set(of_units.values_list("user", flat=True)))


def decides_as(actor: User) -> Appointment | None:
    """Return the appointment by which the person decides on what is held, None for whoever does not."""
    if actor.must_change_password:
        return None
    mine = Appointment.objects.of(actor, on=timezone.localdate()).select_related("role", "unit")
    return mine.filter(role__code=CHIEF).definitive_first().first()


@transaction.atomic
def declare_false_alarm(scan: FileScan, reason: str, *, actor: User) -> FalseAlarm:
    """Let the file go on as it is, because the scanner errs. Raises Forbidden, ChangedMeanwhile or Refused."""
    if (office := decides_as(actor)) is None:
        raise Forbidden("Berkas yang tertahan diputuskan PPID Utama.")
    locked = FileScan.objects.select_for_update(no_key=True).get(pk=scan.pk)
    if locked.state != FileScan.State.FOUND or locked.signature != scan.signature:
        raise ChangedMeanwhile("Berkas ini tidak tertahan lagi, atau pemindainya menemukan hal lain. Baca sekali lagi.")
    reason = reason.strip()
    if not SHORTEST <= len(reason) <= MAX_REASON:
        raise Refused(f"Tulis alasannya, {SHORTEST} sampai {MAX_REASON} huruf.", fields=["reason"])
    alarm = FalseAlarm.objects.create(
        sha256=locked.sha256,
        signature=locked.signature,
        reason=reason,
        actor=actor,
        actor_name=actor.name,
        acting_as=str(office)[:200],
        at=timezone.now(),
    )
    locked.state = FileScan.State.CLEARED
    locked.save(update_fields=["state"])
    held.release([locked.sha256])
    return alarm


def documents_of(hashes: Collection[str]) -> dict[str, list[Document]]:
    """Return the documents of these bytes, by SHA-256."""
    found: dict[str, list[Document]] = {}
    for document in Document.objects.filter(sha256__in=hashes).select_related("information__unit").order_by("pk"):
        found.setdefault(document.sha256, []).append(document)
    return found
