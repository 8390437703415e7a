"""Who is told of what happens to a list taken over: PPID Utama as it is proposed, who worked on it as it is decided."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment, User
from ppid.takeover.models import Register, State, Takeover, TakeoverMove
from ppid.takeover.permissions import UTAMA, own_work_on


def moved(takeover: Takeover, line: TakeoverMove, *, at: datetime) -> None:
    """Tell of a move of the list, by its number alone where it is a DIK: who may see that list is told there."""
    held = Appointment.objects.in_force(on=timezone.localdate(at))
    worked = Q(pk__in=takeover.ledger.values("actor")) | Q(pk=takeover.uploaded_by_id) | Q(pk=takeover.proposed_by_id)
    if line.to_state == State.PROPOSED:
        chiefs = User.objects.filter(pk__in=held.filter(role__code=UTAMA).values("user"))
        kind, asked = "arrived", Q(pk__in=[each.pk for each in chiefs if not own_work_on(takeover, each)])
    elif line.from_state == State.PROPOSED:
        kind, asked = ("returned" if line.to_state == State.DRAFT else "decided"), worked
    else:
        return
    people = User.objects.filter(asked, pk__in=held.values("user"), is_active=True, must_change_password=False)
    news = News(
        kind=kind,
        key=f"takeover:{takeover.pk}:{line.sequence}",
        url=takeover.get_absolute_url(),
        title=f"Pindahan {takeover.register}: {takeover.table.filename}",
        number=f"Pindahan {takeover.pk}",
        lines=(("Dari", line.actor_name), ("Alasan", line.note)),
        at=at,
        is_secret=takeover.kind == Register.DIK,
    )
    tell(news, to=list(people.exclude(pk=line.actor_id).values_list("pk", flat=True)))
