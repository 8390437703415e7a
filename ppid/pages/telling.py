"""Who is told: those who decide that a text waits, its writer how it was decided."""

from datetime import datetime

from django.urls import reverse

from ppid.notices.proposed import tell_deciders, tell_writer
from ppid.organisation.proposed import Proposed
from ppid.pages.models import PageText
from ppid.pages.permissions import DECIDER


def handed_in(proposal: Proposed, *, at: datetime) -> None:
    """Tell those who decide, never the writer."""
    tell_deciders(proposal, DECIDER, **_named(proposal), at=at)


def decided(proposal: Proposed, *, at: datetime) -> None:
    """Tell the writer."""
    tell_writer(proposal, **_named(proposal), at=at)


def _named(proposal: Proposed) -> dict[str, str]:
    if isinstance(proposal, PageText):
        url, name, what = reverse("desk:page", args=[proposal.slug]), "page", "Halaman"
    else:
        url, name, what = reverse("desk:announcements"), "announcement", "Pengumuman di atas halaman"
    return {"key": f"{name}:{proposal.pk}", "title": f"{what}: {proposal}", "url": url}
