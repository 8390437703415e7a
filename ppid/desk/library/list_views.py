"""The officers' list of SOPs: every sheet with its versions, what is due for review, and where a new one begins."""

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from ppid.desk.library.filters import SopFilter
from ppid.desk.library.sop_views import LibraryPage
from ppid.desk.unit_choices import asked_of
from ppid.flows.models import Case
from ppid.web.paged import PagedList
from sop.models import Sop, SopVersion
from sop.versions import library


class Sops(LibraryPage, PagedList):
    template_name = "desk/library/sops.html"
    paginate_by = 20

    @cached_property
    def filter(self):
        asked, told = asked_of(self.request.GET, library.units().with_spoken())
        return SopFilter(asked, **told, themes=library.themes(), today=self.today)

    def get_queryset(self):
        return library.for_list(self.filter.apply(Sop.objects.all(), today=self.today))

    def get_context_data(self, **kwargs):
        due = SopVersion.objects.due_for_review(on=self.today).count()
        return super().get_context_data(
            filter=self.filter,
            due=due,
            evaluated=self.evaluated(),
            **kwargs,
        )

    def evaluated(self) -> set[int]:
        """Return the versions with ended cases: there are as many as flows, times their versions."""
        ended = Case.objects.filter(sop_version=OuterRef("pk"), ended_at__isnull=False)
        run = SopVersion.objects.filter(sop__flow__gt="").filter(Exists(ended))
        return set(run.values_list("pk", flat=True))
