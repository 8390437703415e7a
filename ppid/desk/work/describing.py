"""Changing what the DIP says about the item of a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.generic import FormView

from ppid.desk.work.cases import OfCase
from ppid.desk.work.forms import DescribeForm
from ppid.flows.documents import describe, refuse_unless_describable
from ppid.flows.steps import StepForbidden, StepOutOfOrder
from ppid.information.models import Information
from ppid.web.refusals import ChangedMeanwhile


class Describe(OfCase, FormView):
    template_name = "desk/work/describe.html"
    form_class = DescribeForm

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_unless_describable(self.case, actor=request.user, at=self.now)
            return super().dispatch(request, *args, **kwargs)
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except StepOutOfOrder as refusal:
            messages.warning(request, " ".join(refusal.sentences))
            return redirect(self.case)

    def get_form_kwargs(self):
        stored = Information.objects.get(pk=self.case.information_id)
        return super().get_form_kwargs() | {"flow": self.case.flow, "instance": stored}

    def form_valid(self, form):
        try:
            describe(self.case, form.described(), actor=self.request.user, seen=form.cleaned_data["seen"])
        except ChangedMeanwhile as refusal:
            return self.compare(form, refusal)
        messages.success(self.request, "Keterangan informasi disimpan.")
        return redirect(f"{self.case.get_absolute_url()}#keterangan")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def compare(self, form, refusal):
        """Show what is stored beside what was typed; the next sending means it."""
        stored = Information.objects.get(pk=self.case.information_id)
        form.add_error(None, refusal.sentences[0])
        form.data = form.data.copy()
        form.data["seen"] = stored.description_mark
        typed = form.described()
        rows = [(form[name].label, getattr(stored, name), typed[name]) for name in typed]
        differing = [row for row in rows if row[1] != row[2]]
        return self.render_to_response(self.get_context_data(form=form, differing=differing), status=409)
