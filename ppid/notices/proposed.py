"""Who is told of what one person hands in and another decides: those who decide that it waits, its writer the end."""

from datetime import datetime

from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment, User
from ppid.organisation.proposed import Proposed


def tell_deciders(proposal: Proposed, role: str, *, key: str, title: str, url: str, at: datetime) -> None:
    """Tell those who hold the role that it waits, never the writer; ``key`` names the proposal («page:7»)."""
    held = Appointment.objects.in_force(on=timezone.localdate(at)).filter(role__code=role)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True, must_change_password=False)
    people = people.exclude(pk=proposal.written_by_id)
    lines = (("Ditulis oleh", f"{proposal.written_name} ({proposal.written_as})"),)
    news = News("arrived", f"{key}:waiting", url, title=title, lines=lines, at=at)
    tell(news, to=list(people.values_list("pk", flat=True)))


def tell_writer(proposal: Proposed, *, key: str, title: str, url: str, at: datetime) -> None:
    """Tell the writer how it was decided."""
    kind = "returned" if proposal.came_back else "decided"
    by = ("Diputuskan oleh", f"{proposal.decided_name} ({proposal.decided_as})")
    lines = ((proposal.get_decision_display(), ""), by, ("Alasan", proposal.reason))
    news = News(kind, f"{key}:{proposal.decision}", url, title=title, lines=lines, at=at)
    tell(news, to=[proposal.written_by_id])
