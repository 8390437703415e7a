"""What must hold before the portal starts: the sheets in force agree with the flows that they bind."""

from django.core.checks import Error, Tags, register
from django.db import DatabaseError
from django.utils import timezone

from ppid.flows.shape import shape


@register(Tags.database)
def sheets_agree_with_flows(app_configs=None, databases=None, **kwargs):
    """Refuse to start when a version in force has other steps or returns than its flow."""
    from sop.models import SopVersion

    if not databases:
        return []
    try:
        versions = list(
            SopVersion.objects.in_force(on=timezone.localdate())
            .exclude(sop__flow="")
            .prefetch_related("activities", "sop")
        )
    except DatabaseError:  # the tables are not there yet: migrations run first
        return []
    return [
        Error(f"{version}: its sheet and the flow «{version.sop.flow}» disagree.", id="ppid.E002")
        for version in versions
        if not _agree(version)
    ]


def _agree(version) -> bool:
    flow = shape(version.sop.flow)
    activities = list(version.activities.all())
    returns = {activity.number: activity.if_no for activity in activities if activity.kind == "decision"}
    return [activity.number for activity in activities] == list(range(1, flow.steps + 1)) and returns == flow.returns
