"""What must hold before officers work: the days that deadlines are reckoned by."""

from django.core.checks import Warning
from django.utils import timezone

from ppid.web.examinations import examination
from ppid.worktime.confirming import warning


@examination("The holidays that deadlines are reckoned by are confirmed")
def holidays_are_confirmed(databases):
    """Warn while a year whose deadlines are reckoned rests on predictions alone; from December on, the next one."""
    found = warning(timezone.localdate())
    return (
        [Warning(found, hint="Import the decree's days, or mark them as confirmed.", id="ppid.W007")] if found else []
    )
