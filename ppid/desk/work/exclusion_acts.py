"""Opening an exclusion again, extending it by a new test, naming its open part: the pages that begin it."""

from ppid.desk.work import sentences
from ppid.desk.work.amendment_forms import LiftForm, OpenPartForm
from ppid.desk.work.amendments import Proposes
from ppid.desk.work.cases import ActsOnCase
from ppid.flows.actions import open_exclusion
from ppid.flows.dik import refuse_unless_in_force


class Lift(Proposes):
    kind = "lift_exclusion"
    form_class = LiftForm
    template_name = "desk/work/lift.html"

    def get_initial(self):
        return {}


class NameOpenPart(Proposes):
    kind = "name_open_part"
    form_class = OpenPartForm
    template_name = "desk/work/name_open_part.html"


class Extend(ActsOnCase):
    """Begin a new test of what is excluded: a case of its own, that continues this one once it is adopted."""

    heading = "Perpanjang dengan uji baru"
    template_name = "desk/work/extend.html"

    def guard(self):
        refuse_unless_in_force(self.case, at=self.now)

    def act(self, form):
        return open_exclusion(self.case.information, actor=self.request.user)

    def told(self, result):
        return f"{sentences.opened(result)} Pengecualian {self.case.number} tetap berlaku sampai penetapan yang baru."

    def onward(self, result):
        return result.get_absolute_url()
