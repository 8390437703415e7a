"""The lembar uji konsekuensi and the decree of an exclusion: filled in at their step, read before and after."""

from functools import cached_property

from django.conf import settings
from django.shortcuts import redirect
from django.views.generic import TemplateView

from ppid.desk.work.cases import ActsOnCase, OfExclusion
from ppid.desk.work.confirming import confirming
from ppid.desk.work.exclusion_forms import DecreeForm
from ppid.desk.work.working_test_forms import stored_test
from ppid.flows.consequence import record_decree, refuse_unless_decree_is_open, refuse_unless_test_is_open
from ppid.flows.papers import people
from ppid.flows.papers.exclusion_papers import proposed_reason
from ppid.information.classification import ClassificationDecree, VoidedDecree
from ppid.web.refusals import Refused


class ExclusionPage(OfExclusion):
    """A page of one exclusion. ``refuse`` raises when it is not theirs to fill in now."""

    refuse = None

    @cached_property
    def refusal(self) -> Refused | None:
        try:
            type(self).refuse(self.case, actor=self.request.user, at=self.now)
        except Refused as refusal:
            return refusal

    @property
    def test(self):
        return stored_test(self.case)

    @property
    def decree(self):
        rows = ClassificationDecree.objects.filter(exclusion=self.case.exclusion)
        return rows.select_related("recorded_by").first()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("test", self.test)
        return super().get_context_data(refusal=self.refusal, **kwargs)


class TestSheet(ExclusionPage, TemplateView):
    """The lembar uji konsekuensi, to be read; whoever fills it in does so on the working screen."""

    refuse = staticmethod(refuse_unless_test_is_open)
    template_name = "desk/work/test_sheet.html"

    def get(self, request, *args, **kwargs):
        if self.case_view.works_here:
            return redirect(f"{self.case.worked_on_at}#isian")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        asked = confirming(self.case, self.request.user, now=self.now)
        return super().get_context_data(confirming=asked, **kwargs)


class Decree(ExclusionPage, ActsOnCase):
    """The decree, a form for whoever has the step and to be read by others; the head's approval stands above it."""

    refuse = staticmethod(refuse_unless_decree_is_open)
    template_name = "desk/work/decree.html"
    done = "Surat penetapan tersimpan dan bernomor. Cetak PDF-nya pada «Surat-surat», lalu unggah yang bertanda tangan."

    def guard(self):
        if self.request.method == "POST" and self.refusal:
            raise self.refusal

    def get_form(self):
        if self.request.method == "POST":
            return self.sent(self.request.POST)
        if self.refusal:
            return None
        return self.typed(typed) if (typed := self.given_back()) else self.blank()

    @cached_property
    def deciders(self) -> list[str]:
        held = people.holding(self.case, people.UTAMA, on=self.today)
        return [people.in_words(each) for each in held]

    def sent(self, data):
        return DecreeForm(data, deciders=self.deciders)

    def typed(self, data):
        return DecreeForm.as_typed(data, deciders=self.deciders)

    def blank(self):
        return DecreeForm(instance=self.decree, initial=self.first_words(), deciders=self.deciders)

    def first_words(self) -> dict:
        if self.decree or not self.test:
            return {}
        return {"place": settings.CITY, "date": self.today, "reason": proposed_reason(self.test)}

    def act(self, form):
        return record_decree(self.case, form.as_seen(), actor=self.request.user)

    def overtaken(self, form):
        if stored := self.decree:
            form.see_row(stored)
        return {}

    def get_context_data(self, **kwargs):
        voided = VoidedDecree.objects.filter(exclusion=self.case.exclusion)
        approval = self.case.head_approval
        return super().get_context_data(decree=self.decree, voided=voided, approval=approval, **kwargs)
