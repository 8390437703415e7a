"""Who is told of what happens to a sheet: who approves it as it is handed in, who worked on it as it is decided."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment, User
from sop.ledgers import DraftEdit, StateChange
from sop.models import SopVersion
from sop.permissions import APPROVER, KEEPER


def handed_in(version: SopVersion, *, actor: User, at: datetime) -> None:
    """Tell PPID Utama (a Plh too) that a sheet waits for them."""
    held = Appointment.objects.in_force(on=timezone.localdate(at)).filter(role__code=APPROVER)
    lines = [("Diajukan", actor.name)]
    url = reverse("desk:sop-approve", args=[version.sop.slug, version.version])
    _tell(version, "sheet_to_approve", _people(Q(pk__in=held.values("user")), actor, at), at, lines, url)


def sent_back(version: SopVersion, *, actor: User, why: str, at: datetime) -> None:
    """Tell everybody who worked on it, and who keeps the unit's sheets, why it came back."""
    held = Appointment.objects.in_force(on=timezone.localdate(at))
    keepers = held.filter(role__code=KEEPER, unit=version.sop.unit_id)
    people = _people(_hands(version) | Q(pk__in=keepers.values("user")), actor, at)
    _tell(version, "sheet_sent_back", people, at, [("Dikembalikan", actor.name), ("Alasan", why)])


def approved(version: SopVersion, *, actor: User, at: datetime) -> None:
    """Tell everybody who worked on it that it was approved."""
    _tell(version, "decided", _people(_hands(version), actor, at), at, [("Putusan", f"Disahkan, {actor.name}")])


def _hands(version: SopVersion) -> Q:
    moved = StateChange.objects.filter(version=version, actor=OuterRef("pk"))
    edited = DraftEdit.objects.filter(version=version, actor=OuterRef("pk"))
    return Q(pk=version.begun_by_id) | Q(Exists(moved)) | Q(Exists(edited))


def _people(asked: Q, actor: User, at: datetime) -> QuerySet[User]:
    held = Appointment.objects.in_force(on=timezone.localdate(at)).filter(user=OuterRef("pk"))
    return User.objects.filter(asked, Exists(held), is_active=True, must_change_password=False).exclude(pk=actor.pk)


def _tell(version: SopVersion, kind: str, people: QuerySet[User], at: datetime, lines: list, url: str = "") -> None:
    news = News(
        kind=kind,
        key=f"sheet:{version.pk}:{version.moves}",
        url=url or version.get_absolute_url(),
        title=f"{version.title}, versi {version.version}",
        lines=(*lines, ("Perangkat daerah", version.sop.unit.name)),
        at=at,
    )
    tell(news, to=list(people.values_list("pk", flat=True)))
