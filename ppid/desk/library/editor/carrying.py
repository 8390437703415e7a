"""The rows of a draft beside the lawful steps of its flow: what is stored, and what is only proposed."""

from typing import Any

from ppid.desk.library.editor.forms import DraftForm
from sop.bindings import flow_shape
from sop.drafts.changes import Snapshot
from sop.drafts.proposing import propose
from sop.drafts.writing import columns
from sop.models import SopVersion


def shown(draft: SopVersion, current: Snapshot, form: DraftForm) -> dict[str, Any]:
    """Return what the page shows: ``steps``, ``rows``, and how many steps are ``open`` with a proposal."""
    stored = current.carried
    if not current.lawful:
        return {"steps": [], "rows": [], "open": 0}
    numbers = {activity.pk: activity.number for activity in current.activities}
    sheet = SopVersion.objects.with_sheet().get(pk=draft.pk).sheet()
    given = {n: numbers[pk] for n, pk in stored.items() if pk}
    proposals = propose(sheet, flow_shape(draft.sop.flow), given)
    by_number = {activity.number: activity for activity in current.activities}
    steps = [
        {
            "key": f"carries.{n}",
            "number": n,
            "field": form[f"carries.{n}"],
            "is_stored": stored[n] is not None,
            "proposed": by_number[proposals[n].row] if n in proposals else None,
            "words": proposals[n].words if n in proposals else (),
        }
        for n in stored
    ]
    order = [performer.pk for performer in current.performers]
    rows = [
        {
            "activity": activity,
            "performers": [current.performer_words(pk) for pk in columns(activity, order)],
            "carried": [current.lawful.get(n, n) for n in activity.carries],
            "proposed": [current.lawful[n] for n, proposal in proposals.items() if proposal.row == activity.number],
        }
        for activity in current.activities
    ]
    return {"steps": steps, "rows": rows, "open": len(proposals)}
