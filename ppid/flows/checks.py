"""What must hold before the portal starts: the sheets in force agree with the flows that they bind."""

from django.core.checks import Error
from django.utils import timezone

from ppid.flows.shape import shape
from ppid.web.examinations import examination
from sop.models import SopVersion


@examination("The sheets in force agree with the flows that they bind")
def sheets_agree_with_flows(databases):
    """Refuse to start when a version in force has other steps or returns than its flow."""
    versions = (
        SopVersion.objects.in_force(on=timezone.localdate()).exclude(sop__flow="").prefetch_related("activities", "sop")
    )
    return [
        Error(f"{version}: its sheet and the flow «{version.sop.flow}» disagree.", id="ppid.E002")
        for version in versions
        if not _agree(version)
    ]


def _agree(version: SopVersion) -> bool:
    flow = shape(version.sop.flow)
    activities = list(version.activities.all())
    returns = {activity.number: activity.if_no for activity in activities if activity.kind == "decision"}
    return [activity.number for activity in activities] == list(range(1, flow.steps + 1)) and returns == flow.returns
