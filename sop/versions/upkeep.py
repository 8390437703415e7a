"""What is done with a version in force: looking whether it is still right, and who has read it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ppid.organisation.models import Appointment, Unit, User
from sop.guards import SopChanged, SopForbidden, SopRefused, a_year_after, locked, require_keeper
from sop.ledgers import Acknowledgement, SheetReview, SignedSheet
from sop.models import SopVersion


@dataclass(frozen=True, slots=True)
class Reading:
    """A person of the unit, and since when they say that they have read the version; None if they don't."""

    user: User
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a version stands on a day, as ``person`` sees it. ``own`` is their own reading; None when it isn't theirs."""

    is_in_force: bool
    is_due: bool
    readings: list[Reading]
    own: Reading | None
    signed: SignedSheet | None

    @property
    def readers(self) -> int:
        return sum(reading.at is not None for reading in self.readings)


def standing(version: SopVersion, *, person: User, on: date) -> Standing:
    """Return how the version stands."""
    in_force = SopVersion.objects.in_force(on=on).filter(pk=version.pk).exists()
    people = readings(version, on=on) if in_force else []
    return Standing(
        is_in_force=in_force,
        is_due=in_force and version.review_on <= on,
        readings=people,
        own=next((reading for reading in people if reading.user == person), None),
        signed=SignedSheet.objects.filter(version=version).select_related("uploaded_by").first(),
    )


@transaction.atomic
def confirm_still_right(
    version: SopVersion, *, actor: User, note: str = "", review_on: date | None = None, at: datetime | None = None
) -> SopVersion:
    """Record that a version in force was looked at and is still right. Raises SopRefused.

    The next look is due in a year, or on ``review_on``.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    kept = _in_force(version, day)
    require_keeper(actor, kept.sop.unit, at)
    review_on = review_on or a_year_after(day)
    if not day < review_on <= a_year_after(a_year_after(day)):
        raise SopRefused(
            "Tanggal tinjauan berikutnya harus sesudah hari ini dan paling lama dua tahun lagi.", fields=["review_on"]
        )
    last = kept.reviews.last()
    if last and last.review_on == review_on and timezone.localdate(last.at) == day:
        raise SopChanged(f"Tinjauan ini sudah dicatat hari ini oleh {last.actor_name}.")
    SheetReview.objects.create(
        version=kept, actor=actor, actor_name=actor.name, at=at, review_on=review_on, note=note.strip()
    )
    kept.review_on = review_on
    kept.save(update_fields=["review_on"])
    return kept


@transaction.atomic
def acknowledge(version: SopVersion, *, actor: User, at: datetime | None = None) -> Acknowledgement:
    """Record that somebody of the unit has read the version in force, once. Raises SopRefused."""
    at = at or timezone.now()
    day = timezone.localdate(at)
    kept = _in_force(version, day)
    if not reads(actor, kept.sop.unit, on=day):
        raise SopForbidden(f"Tanda sudah membaca hanya untuk petugas {kept.sop.unit.name} yang sedang bertugas.")
    return Acknowledgement.objects.get_or_create(version=kept, user=actor, defaults={"at": at})[0]


def reads(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the person works at the unit, so that its SOPs are theirs to read."""
    return Appointment.objects.of(user, on=on).filter(unit=unit).exists()


def readings(version: SopVersion, *, on: date) -> list[Reading]:
    """Return the unit's people on the day ``on``: first those who haven't read it, by name, then those who have."""
    people = User.objects.filter(
        pk__in=Appointment.objects.in_force(on=on).filter(unit=version.sop.unit_id).values("user")
    )
    read = dict(version.acknowledgements.values_list("user", "at"))
    each = [Reading(user, read.get(user.pk)) for user in people.order_by("name", "pk")]
    return sorted(each, key=lambda reading: reading.at is not None)


def _in_force(version: SopVersion, day: date) -> SopVersion:
    kept = locked(version, SopVersion.State.APPROVED)
    if not SopVersion.objects.in_force(on=day).filter(pk=kept.pk).exists():
        raise SopRefused(f"Versi {kept.version} belum berlaku; ini dilakukan pada versi yang berlaku.")
    return kept
