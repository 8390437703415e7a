"""Who is told: those who decide that something waits, its writer how it was decided."""

from datetime import datetime

from django.urls import reverse

from ppid.notices.proposed import tell_deciders, tell_writer
from ppid.obligations.models import DutyText, Fulfilment, Statement
from ppid.obligations.permissions import DECIDER

_NAMES = {DutyText: "duty", Statement: "statement", Fulfilment: "fulfilment"}
_TITLES = {DutyText: "Daftar kewajiban", Statement: "Pernyataan unit", Fulfilment: "Pemenuhan kewajiban"}
Handed = DutyText | Statement | Fulfilment


def handed_in(proposal: Handed, *, at: datetime) -> None:
    """Tell those who decide, never the writer."""
    tell_deciders(proposal, DECIDER, **_named(proposal), at=at)


def decided(proposal: Handed, *, at: datetime) -> None:
    """Tell the writer."""
    tell_writer(proposal, **_named(proposal), at=at)


def _named(proposal: Handed) -> dict[str, str]:
    kind = type(proposal)
    if isinstance(proposal, DutyText):
        url = reverse("desk:duty", args=[proposal.code])
    else:
        url = reverse("desk:duty-cell", args=[proposal.duty_code, proposal.unit_code])
    return {"key": f"{_NAMES[kind]}:{proposal.pk}", "title": f"{_TITLES[kind]}: {proposal}", "url": url}
