"""What must hold before the portal starts: the sheets in force carry the flows that they are bound to."""

from django.core.checks import Error
from django.utils import timezone

from ppid.web.examinations import examination
from sop.check.library import carries_its_flow
from sop.models import SopVersion


@examination("The sheets in force carry the flows that they are bound to")
def sheets_carry_their_flows(databases):
    """Refuse to start when the rows of a version that runs a flow do not carry its lawful steps."""
    versions = SopVersion.objects.in_force(on=timezone.localdate()).exclude(runs="").with_sheet()
    return [
        Error(f"{version}: its rows do not carry the flow «{version.sop.flow}». {finding.sentence}", id="ppid.E002")
        for version in versions
        for finding in carries_its_flow(version)
    ]
