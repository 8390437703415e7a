"""«Keadaan sistem»: what «manage.py doctor» tells, and the jobs of the clock with their last run."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.views.generic import TemplateView

from ppid.desk.pages import AppointedPage
from ppid.health.jobs_known import Job, daily_jobs, worker_jobs
from ppid.health.models import Trouble
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.web.examinations import examine_all

NOT_YOURS = "Keadaan sistem dibuka PPID Utama dan Admin PPID. Di terminal server: manage.py doctor."
_PAST = 20  # troubles that are over, the newest


@dataclass(frozen=True, slots=True)
class Schedule:
    """Jobs that one clock begins; shown open where one of them wants to be looked at."""

    title: str
    jobs: list[Job]

    @property
    def well(self) -> int:
        return sum(job.is_well for job in self.jobs)

    @property
    def is_open(self) -> bool:
        return any(job.run is not None and not job.is_well for job in self.jobs)


class Health(AppointedPage, TemplateView):
    """Examined as it is opened; only for those who keep the office, because it tells how the machine is built."""

    template_name = "desk/health/health.html"
    section = "health"

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.reader.holds(CHIEF, ADMIN):
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        examined = list(examine_all())
        return super().get_context_data(
            bad=[each for each in examined if each.is_bad],
            doubtful=[each for each in examined if each.is_doubtful],
            good=[each for each in examined if each.is_good],
            schedules=[
                Schedule("Setiap hari sesudah tengah malam", daily_jobs(self.now)),
                Schedule("Oleh pekerja latar belakang", worker_jobs(self.now)),
            ],
            past=Trouble.objects.filter(over_at__isnull=False).order_by("-over_at")[:_PAST],
            **kwargs,
        )
