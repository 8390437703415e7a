"""What every page of the desk has: the signed-in person's appointments and the counts of the rail."""

from django.utils import timezone
from django.views.generic.base import ContextMixin

from ppid.flows.models import Case
from ppid.organisation.models import Appointment


class DeskPage(ContextMixin):
    """A page of the desk. ``section`` is the rail's entry to mark; see ``templates/desk/base.html``."""

    section = ""

    @property
    def today(self):
        return timezone.localdate()

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        waiting = Case.objects.awaiting(user, on=self.today)
        rail = {
            "section": self.section,
            "waiting": waiting.count(),
            "late": waiting.overdue(at=now).count(),
            "sent_back": waiting.sent_back().count(),
        }
        appointments = Appointment.objects.in_force(on=self.today).filter(user=user).select_related("role", "unit")
        return super().get_context_data(rail=rail, appointments=list(appointments), now=now, **kwargs)
