"""Handing over what was prepared: what was written is kept and the row that prepares is taken, both or neither."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ppid.flows.actions import refuse_unless_allowed, take_step
from ppid.flows.documents import describe
from ppid.flows.findings import answer_findings
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.flows.states import PREPARES
from ppid.flows.steps import Act
from ppid.information.examining import read_now
from ppid.information.findings import Finding
from ppid.information.models import Document
from ppid.organisation.models import User


def hand_over(
    case: Case,
    *,
    actor: User,
    fields: Mapping[str, Any],
    words_seen: str,
    reasons: Mapping[Finding, str],
    seen: int | None,
    note: str = "",
    evidence: Mapping[str, Document] | None = None,
    at: datetime | None = None,
    **inputs: Any,
) -> StepRecord:
    """Describe the item, give the reasons for what was found in its documents, and take the row that prepares.

    ``fields`` and ``words_seen`` are as in ``documents.describe``, the rest as in ``take_step``. Raises StepOutOfOrder,
    StepForbidden, ChangedMeanwhile (the description is another by now) or StepUnmet, and then nothing of it was done.
    """
    read_now(Document.objects.in_case(case).current().content())  # before anything is locked
    with transaction.atomic():
        locked = case.locked()
        move = locked.next_step if locked.has_work and locked.next_step else locked.move_called(PREPARES[locked.flow])
        refuse_unless_allowed(locked, move, Act(actor, at or timezone.now(), seen=seen))
        describe(case, dict(fields), actor=actor, seen=words_seen, at=at)
        answer_findings(case, reasons, actor=actor, at=at)
        return take_step(case, move.key, actor=actor, note=note, evidence=evidence, seen=seen, at=at, **inputs)
