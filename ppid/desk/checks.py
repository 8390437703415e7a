"""What must hold before officers work: the days that deadlines are reckoned by."""

from django.core.checks import Warning
from django.utils import timezone

from ppid.web.examinations import examination
from ppid.worktime.confirming import warning


@examination("Hari libur untuk tenggat sudah dikukuhkan")
def holidays_are_confirmed(databases):
    """Warn while a year whose deadlines are reckoned rests on predictions alone; from December on, the next one."""
    found = warning(timezone.localdate())
    return (
        [Warning(found, hint="Muat hari liburnya dari SKB, atau tandai sebagai dikukuhkan.", id="ppid.W007")]
        if found
        else []
    )
