"""Confirming with one click that a published item is still right. Rules: ``ppid.flows.renewal``."""

from django.utils.formats import date_format

from ppid.desk.work.cases import ActsOnCase
from ppid.flows.renewal import confirm_still_right, refuse_unless_confirmable


class StillRight(ActsOnCase):
    heading = "Nyatakan masih sesuai"
    template_name = "desk/work/still_right.html"

    def guard(self):
        refuse_unless_confirmable(self.case, actor=self.request.user, at=self.now)

    def act(self, form):
        return confirm_still_right(self.case, actor=self.request.user, at=self.now)

    def told(self, result):
        return (
            f"Dinyatakan masih sesuai per {date_format(result.confirmed_on)}. "
            f"Perbarui atau nyatakan lagi paling lambat {date_format(result.renew_by)}."
        )
