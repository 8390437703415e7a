"""Who is told: those who decide that a text waits, its writer how it was decided."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment, User
from ppid.pages.models import PageText
from ppid.pages.permissions import DECIDER
from ppid.pages.proposed import Proposed


def handed_in(proposal: Proposed, *, at: datetime) -> None:
    """Tell those who decide, never the writer."""
    held = Appointment.objects.in_force(on=timezone.localdate(at)).filter(role__code=DECIDER)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True, must_change_password=False)
    people = people.exclude(pk=proposal.written_by_id)
    lines = (("Ditulis oleh", f"{proposal.written_name} ({proposal.written_as})"),)
    tell(_news("arrived", proposal, lines, at), to=list(people.values_list("pk", flat=True)))


def decided(proposal: Proposed, *, at: datetime) -> None:
    """Tell the writer."""
    kind = "returned" if proposal.came_back else "decided"
    by = ("Diputuskan oleh", f"{proposal.decided_name} ({proposal.decided_as})")
    lines = ((proposal.get_decision_display(), ""), by, ("Alasan", proposal.reason))
    tell(_news(kind, proposal, lines, at), to=[proposal.written_by_id])


def _news(kind: str, proposal: Proposed, lines, at: datetime) -> News:
    is_page = isinstance(proposal, PageText)
    name, what = ("page", "Halaman") if is_page else ("announcement", "Pengumuman di atas halaman")
    return News(
        kind=kind,
        key=f"{name}:{proposal.pk}:{proposal.decision or 'waiting'}",
        url=reverse("desk:page", args=[proposal.slug]) if is_page else reverse("desk:announcements"),
        title=f"{what}: {proposal}",
        lines=lines,
        at=at,
    )
