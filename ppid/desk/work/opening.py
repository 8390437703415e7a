"""Opening a case: for a new item, or for one that is in the register."""

from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ppid.desk.acts import ActPage
from ppid.desk.pages import DeskPage
from ppid.desk.setup.judging import runs
from ppid.desk.work import sentences
from ppid.desk.work.forms import OpeningForm
from ppid.flows.actions import NOT_AMONG_THEM
from ppid.flows.opening import items_to_open, open_case, open_new, units_to_open
from ppid.flows.permissions import UTAMA
from ppid.web.parameters import text

NOT_READY = (
    "Proses belum dapat dimulai: kantor ini belum siap. Yang masih kurang, dan siapa yang mengerjakannya, ada di sini."
)


class Opens(DeskPage, ActPage):
    """A page that opens cases of one flow, for those who have an appointment."""

    flow = ""
    section = "waiting"

    @cached_property
    def units(self):
        return units_to_open(self.flow, self.request.user, on=self.today)

    def may(self):
        return bool(self.appointments) and (self.flow != "exclusion" or self.units.exists())

    def dispatch(self, request, *args, **kwargs):
        """Lead to the checklist of the first day while no case of this flow could walk."""
        if self.may() and (self.unready or not self.number_of("sheets")):
            messages.warning(request, NOT_READY)
            return redirect("desk:setup")
        return super().dispatch(request, *args, **kwargs)

    def also_counted(self):
        return super().also_counted() | {"sheets": runs(self.flow, on=self.today)}

    @property
    def not_yours(self):
        if self.appointments:
            return NOT_AMONG_THEM
        return "Anda belum punya penugasan yang berlaku, jadi belum dapat membuka proses. Hubungi PPID Utama."

    @property
    def back(self):
        return reverse("desk:inbox")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"flow": self.flow} | kwargs))

    def told(self, result):
        return sentences.opened(result)

    def onward(self, result):
        return result.get_absolute_url()


class OpenCase(Opens):
    template_name = "desk/work/open.html"
    form_class = OpeningForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"flow": self.flow, "units": self.units}

    def get_context_data(self, **kwargs):
        leads = any(each.role.code == UTAMA for each in self.appointments)
        return super().get_context_data(**({"leads": leads} | kwargs))

    def act(self, form):
        return open_new(self.flow, actor=self.request.user, **form.new_item())


class OpenAgain(Opens):
    """Choose an item of the register, and open a case for it."""

    template_name = "desk/work/open_again.html"

    @property
    def items(self):
        return items_to_open(self.flow, self.request.user, on=self.today)

    def get_context_data(self, **kwargs):
        words = text(self.request.GET, "q")
        items = self.items.matching(words) if words else self.items
        page = Paginator(items, 20).get_page(self.request.GET.get("halaman"))
        return super().get_context_data(**({"page_obj": page, "words": words} | kwargs))

    def act(self, form):
        item = get_object_or_404(self.items, number=text(self.request.POST, "number"))
        return open_case(self.flow, item, actor=self.request.user)
