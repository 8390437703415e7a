"""Who is told of what happens to an edition: the head, then PPID Utama, and those who worked on it as it is decided."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.editions.models import EditionAct, RegisterEdition
from ppid.editions.permissions import HEAD, UTAMA
from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment, User

# Whose turn it is after an act of this kind.
_NEXT = {EditionAct.Kind.PREPARED: HEAD, EditionAct.Kind.APPROVED: UTAMA}


def acted(edition: RegisterEdition, act: EditionAct, *, at: datetime) -> None:
    """Tell whose turn it is now, or, as it is set or cancelled, who worked on it; never the actor."""
    held = Appointment.objects.in_force(on=timezone.localdate(at))
    role = _NEXT.get(act.kind)
    kind = "arrived" if role else "decided" if act.kind == EditionAct.Kind.SET else "ended"
    asked = Q(pk__in=held.filter(role__code=role).values("user"))
    if role is None:
        asked = Q(pk__in=edition.acts.values("actor")) & Q(pk__in=held.values("user"))
    people = User.objects.filter(asked, is_active=True, must_change_password=False).exclude(pk=act.actor_id)
    news = News(
        kind=kind,
        key=f"edition:{edition.pk}:{act.kind}",
        url=reverse("desk:edition", args=[edition.pk]),
        title=f"{edition.name} {edition.year}, keadaan per {date_format(edition.as_of)}",
        lines=((act.get_kind_display(), f"{act.actor_name} ({act.acting_as})"), ("Catatan", act.note)),
        at=at,
    )
    tell(news, to=list(people.values_list("pk", flat=True)))
