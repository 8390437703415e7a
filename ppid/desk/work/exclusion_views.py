"""The lembar uji konsekuensi and the decree of an exclusion: filled in at their step, read before and after."""

from functools import cached_property

from django.conf import settings

from ppid.desk.work.cases import ActsOnCase, OfExclusion
from ppid.desk.work.confirming import confirming
from ppid.desk.work.exclusion_forms import DecreeForm, TestSheetForms
from ppid.flows.consequence import (
    fill_test,
    record_decree,
    refuse_unless_decree_is_open,
    refuse_unless_test_is_open,
)
from ppid.flows.dik import WORDS, dik_words
from ppid.flows.papers import people
from ppid.flows.papers.exclusion_papers import proposed_reason
from ppid.flows.participants import MayTakePart, may_take_part
from ppid.flows.reopened import standing_case
from ppid.information.classification import ClassificationDecree, ConsequenceTest, VoidedDecree
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
        rows = ConsequenceTest.objects.filter(exclusion=self.case.exclusion)
        return rows.select_related("filled_by").prefetch_related("participants").first()

    @property
    def decree(self):
        rows = ClassificationDecree.objects.filter(exclusion=self.case.exclusion)
        return rows.select_related("recorded_by").first()

    def get_context_data(self, **kwargs):
        kwargs.setdefault("test", self.test)
        return super().get_context_data(refusal=self.refusal, **kwargs)


class FillsIn(ExclusionPage, ActsOnCase):
    """The form for whoever has the step, the paper for everybody else."""

    def guard(self):
        if self.request.method == "POST" and self.refusal:
            raise self.refusal

    def get_form(self):
        if self.request.method == "POST":
            return self.sent(self.request.POST)
        if self.refusal:
            return None
        return self.typed(typed) if (typed := self.given_back()) else self.blank()


class TestSheet(FillsIn):
    """The lembar uji konsekuensi."""

    refuse = staticmethod(refuse_unless_test_is_open)
    done = "Lembar uji konsekuensi tersimpan."

    @cached_property
    def offered(self) -> list[MayTakePart]:
        """Whom the rows of participants offer to choose."""
        return may_take_part(self.case, actor=self.request.user, on=self.today)

    def sent(self, data):
        return TestSheetForms.sent(data, self.offered)

    def typed(self, data):
        return TestSheetForms.as_typed(data, self.offered)

    def get_template_names(self):
        return ["desk/work/test_sheet.html" if self.shown_form is None else "desk/work/test_sheet_form.html"]

    def blank(self):
        return TestSheetForms.of(self.test, self.offered, earlier=None if self.test else self.earlier_test())

    def earlier_test(self) -> ConsequenceTest | None:
        """Return the test of the exclusion in force that this case may extend, in the words that the DIK has now."""
        standing = standing_case(self.case.information_id)
        test = standing and ConsequenceTest.objects.filter(exclusion=standing.exclusion_id).first()
        if test:
            for name, words in dik_words(standing, test).items():
                setattr(test, WORDS[name], words)
        return test

    def post(self, request, *args, **kwargs):
        if "tambah" in request.POST or "hapus" in request.POST:
            form = TestSheetForms.with_other_rows(request.POST, self.offered)
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def act(self, form):
        return fill_test(self.case, form.test.as_seen(), form.rows.people(), actor=self.request.user)

    def overtaken(self, form):
        if stored := self.test:
            form.see_row(stored)
        return {"overtaken": stored}

    def get_context_data(self, **kwargs):
        asked = confirming(self.case, self.request.user, now=self.now)
        context = super().get_context_data(confirming=asked, **kwargs)
        self.shown_form = context["form"]
        return context


class Decree(FillsIn):
    """The decree; the head's approval stands above it."""

    refuse = staticmethod(refuse_unless_decree_is_open)
    template_name = "desk/work/decree.html"
    done = "Surat penetapan tersimpan dan bernomor. Cetak PDF-nya pada «Surat-surat», lalu unggah yang bertanda tangan."

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
