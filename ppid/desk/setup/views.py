"""The checklist of the first day, and the act that takes the two source sheets into the library."""

from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.pages import AppointedPage
from ppid.desk.setup.judging import Office
from sop import permissions
from sop.versions.given import take_source_sheets


class Setup(AppointedPage, TemplateView):
    template_name = "desk/setup/setup.html"
    section = "setup"

    def get_context_data(self, **kwargs):
        return super().get_context_data(office=Office(self.request.user, self.today), **kwargs)


class TakeSheets(AppointedPage, ActPage):
    """Take the two source sheets as drafts, in one act."""

    template_name = "desk/setup/take_sheets.html"
    section = "setup"
    not_yours = "Lembar SOP diambil oleh PPID Utama atau Pengelola SOP unitnya."

    def may(self):
        return permissions.keeps_any(self.request.user, on=self.today)

    @property
    def back(self):
        return reverse("desk:setup")

    def act(self, form):
        return take_source_sheets(actor=self.request.user, at=self.now)

    def told(self, result):
        return f"{len(result)} lembar masuk pustaka sebagai draf. Baca, lalu ajukan; orang lain yang menyetujuinya."
