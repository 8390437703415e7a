"""What must hold before the portal starts: the sheets in force carry the flows that they are bound to."""

from django.core.checks import Error, Warning
from django.utils import timezone

from ppid.web.examinations import examination
from sop.check.library import carries_its_flow
from sop.models import Sop, SopVersion


@examination("Lembar yang berlaku membawa alurnya")
def sheets_carry_their_flows(databases):
    """Refuse to start when the rows of a version that runs a flow do not carry its lawful steps."""
    versions = SopVersion.objects.in_force(on=timezone.localdate()).exclude(runs="").with_sheet()
    return [
        Error(f"{version}: barisnya tidak membawa alur «{version.sop.flow}». {finding.sentence}", id="ppid.E002")
        for version in versions
        for finding in carries_its_flow(version)
    ]


@examination("Setiap alur punya lembar SOP yang berlaku", at_start=False)
def every_flow_has_its_sheet(databases):
    """Find a flow that nobody could open a case of, since no sheet in force runs it."""
    in_force = SopVersion.objects.in_force(on=timezone.localdate()).filter(sop__is_master=True)
    running = set(in_force.exclude(runs="").values_list("runs", flat=True))
    return [
        Warning(
            f"Tidak ada lembar SOP kota yang berlaku untuk alur «{flow.label}»: prosesnya tidak dapat dibuka.",
            hint="Sahkan lembarnya di meja, «SOP», dan ikat ke alurnya; lembar sumber ada di «Siapkan kantor».",
            id=f"ppid.H040.{flow.value}",
        )
        for flow in Sop.Flow
        if flow.value not in running
    ]
