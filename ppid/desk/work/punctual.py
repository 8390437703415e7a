"""A person's own punctuality, row by row: the figures of the inbox can be looked up here."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ppid.desk.pages import DeskPage
from ppid.flows.held_time import HeldTime
from ppid.flows.punctuality import lying_too_long, punctuality
from ppid.web.paged import PagedList


def month_of(moment):
    """Return the first moment of the month."""
    return timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class Punctual(DeskPage, PagedList):
    template_name = "desk/work/punctual.html"
    section = "punctual"
    context_object_name = "held"
    paginate_by = 25

    def get_queryset(self):
        held = HeldTime.objects.counted(self.request.user, since=month_of(self.now)).for_list()
        # What has come to be excluded since counts on, unnamed.
        return held.annotate(may_see=Exists(self.visible.filter(pk=OuterRef("record__case"))))

    def get_context_data(self, **kwargs):
        now = {"at": self.now, "offices": self.appointments}
        mine = punctuality(self.request.user, since=month_of(self.now), **now)
        lying = lying_too_long(self.request.user, **now).for_list().most_urgent_first()[:50] if mine.late_now else []
        return super().get_context_data(**({"mine": mine, "lying": lying} | kwargs))
