"""The lembar uji konsekuensi and the decree of an exclusion: filled in at their step, read before and after."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from ppid.desk.pages import DeskPage
from ppid.desk.work.exclusion_forms import DecreeForm, TestSheetForms
from ppid.flows.consequence import (
    fill_test,
    record_decree,
    refuse_unless_decree_is_open,
    refuse_unless_test_is_open,
)
from ppid.flows.steps import StepForbidden
from ppid.information.models import ClassificationDecree, ConsequenceTest
from ppid.web.refusals import Refused


class ExclusionPage(DeskPage, TemplateView):
    """A page of one exclusion that the person may see. ``refuse`` raises when it is not theirs to fill in now."""

    section = "exclusions"
    refuse = None

    @cached_property
    def case(self):
        return get_object_or_404(self.visible.filter(flow="exclusion").for_exclusion(), number=self.kwargs["number"])

    @cached_property
    def refusal(self) -> Refused | None:
        try:
            type(self).refuse(self.case, actor=self.request.user, at=self.now)
        except Refused as refusal:
            return refusal

    @property
    def test(self):
        rows = ConsequenceTest.objects.filter(exclusion=self.case.exclusion)
        return rows.select_related("filled_by").prefetch_related("participants").first()

    @property
    def decree(self):
        rows = ClassificationDecree.objects.filter(exclusion=self.case.exclusion)
        return rows.select_related("recorded_by").first()

    def refuse_others(self):
        """Answer 403 to whoever may not fill this in at all; a step that has passed gets a sentence instead."""
        if isinstance(self.refusal, StepForbidden):
            raise PermissionDenied(self.refusal.sentences[0])

    def get_context_data(self, **kwargs):
        kwargs.setdefault("test", self.test)
        return super().get_context_data(case=self.case, refusal=self.refusal, **kwargs)


class TestSheet(ExclusionPage):
    """The lembar uji konsekuensi: the form for whoever has the step, the sheet for everybody else."""

    refuse = staticmethod(refuse_unless_test_is_open)

    def get_template_names(self):
        return ["desk/work/test_sheet_form.html" if "forms" in self.kept else "desk/work/test_sheet.html"]

    def get(self, request, number):
        kept = {} if self.refusal else {"forms": TestSheetForms.of(self.test)}
        return self.show(**kept)

    def post(self, request, number):
        self.refuse_others()
        if "tambah" in request.POST or "hapus" in request.POST:
            return self.show(forms=TestSheetForms.with_other_rows(request.POST))
        forms = TestSheetForms.sent(request.POST)
        if forms.is_valid() and self.save(forms):
            messages.success(request, "Lembar uji konsekuensi tersimpan.")
            return redirect(self.case)
        return self.show(forms=forms)

    def save(self, forms) -> bool:
        try:
            fill_test(self.case, forms.test.as_seen(), forms.rows.people(), actor=self.request.user)
        except Refused as refusal:
            forms.test.refuse(refusal, current=self.test)
            return False
        return True

    def show(self, **kept):
        self.kept = kept
        return self.render_to_response(self.get_context_data(**kept))


class TestSheetPaper(ExclusionPage):
    """The sheet as it is printed and signed."""

    refuse = staticmethod(refuse_unless_test_is_open)
    template_name = "desk/work/test_sheet_paper.html"

    def get_context_data(self, **kwargs):
        if (test := self.test) is None:
            raise Http404
        return super().get_context_data(test=test, **kwargs)


class Decree(ExclusionPage):
    """The head's approval and the decree: the form for whoever has step 5, its text for everybody else."""

    refuse = staticmethod(refuse_unless_decree_is_open)
    template_name = "desk/work/decree.html"

    def get(self, request, number):
        form = None if self.refusal else DecreeForm(instance=self.decree, initial=self.first_words())
        return self.render_to_response(self.get_context_data(form=form, decree=self.decree))

    def post(self, request, number):
        self.refuse_others()
        form = DecreeForm(request.POST)
        if form.is_valid() and self.save(form):
            messages.success(request, "Surat penetapan tersimpan. Langkah 5 dapat diselesaikan.")
            return redirect(self.case)
        return self.render_to_response(self.get_context_data(form=form, decree=self.decree))

    def save(self, form) -> bool:
        try:
            record_decree(self.case, form.as_seen(), actor=self.request.user)
        except Refused as refusal:
            form.refuse(refusal, current=self.decree)
            return False
        return True

    def first_words(self) -> dict:
        return {} if self.decree else {"place": "Pontianak", "date": self.today}
