"""Opening a case: for a new item, or for one that is in the register."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from ppid.desk.pages import DeskPage
from ppid.desk.work import sentences
from ppid.desk.work.forms import OpeningForm
from ppid.flows.opening import items_to_open, open_case, open_new, units_acted_for
from ppid.flows.steps import StepUnmet
from ppid.web.refusals import Refused, pour


class Opens(DeskPage):
    """A page that opens cases of one flow, for those who have an appointment."""

    flow = ""
    section = "waiting"

    def dispatch(self, request, *args, **kwargs):
        if not self.appointments:
            raise PermissionDenied(
                "Anda belum punya penugasan yang berlaku, jadi belum dapat membuka perkara. Hubungi PPID Utama."
            )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"flow": self.flow} | kwargs))


class OpenCase(Opens, FormView):
    template_name = "desk/work/open.html"
    form_class = OpeningForm

    def get_form_kwargs(self):
        units = units_acted_for(self.request.user, on=self.today)
        return super().get_form_kwargs() | {"flow": self.flow, "units": units}

    def form_valid(self, form):
        try:
            case = open_new(self.flow, actor=self.request.user, **form.new_item())
        except Refused as refusal:
            pour(refusal, form)
            return self.form_invalid(form)
        messages.success(self.request, sentences.opened(case))
        return redirect(case)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OpenAgain(Opens, TemplateView):
    """Choose an item of the register, and open a case for it."""

    template_name = "desk/work/open_again.html"

    @property
    def items(self):
        return items_to_open(self.request.user, on=self.today)

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("q", "").strip()
        items = self.items.matching(words) if words else self.items
        page = Paginator(items, 20).get_page(self.request.GET.get("halaman"))
        return super().get_context_data(**({"page_obj": page, "words": words} | kwargs))

    def post(self, request, *args, **kwargs):
        item = get_object_or_404(self.items, number=request.POST.get("number", ""))
        try:
            case = open_case(self.flow, item, actor=request.user)
        except StepUnmet as refusal:
            return self.render_to_response(self.get_context_data(refused=refusal.sentences), status=409)
        messages.success(request, sentences.opened(case))
        return redirect(case)
