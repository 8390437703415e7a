"""Proposing a change of what a finished case brought about, and deciding on it. Rules: ``ppid.flows.amendments``."""

from functools import cached_property

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ppid.desk.account.weighty import Weighty
from ppid.desk.forms import DeskForm
from ppid.desk.work import preview
from ppid.desk.work.amendment_forms import DecisionForm, DikForm
from ppid.desk.work.cases import ActsOnCase
from ppid.desk.work.decision import FROM_THE_SCREEN
from ppid.desk.work.decision_kinds import AMENDMENT
from ppid.desk.work.second_look import TextChange
from ppid.desk.work.two_ways import TwoWays
from ppid.flows.amendments import (
    AmendmentKind,
    changes,
    decide,
    deciders,
    propose,
    refuse_unless_decidable,
    refuse_unless_proposable,
    withdraw,
)
from ppid.flows.steps import StepForbidden
from ppid.web.refusals import Forbidden, Refused
from ppid.web.word_changes import word_changes


class Proposes(ActsOnCase):
    """A page that proposes a change of ``kind``. Its form gives ``after()``, and ``grounds()`` that it rests on.

    Subclass it with the kind, a template over ``desk/work/propose.html`` and a form over ``ProposalForm``.
    """

    kind = ""
    done = "Usul tersimpan. Sekarang menunggu keputusan orang lain."

    def guard(self):
        refuse_unless_proposable(self.case, self.kind, actor=self.request.user, at=self.now)

    @property
    def rule(self) -> AmendmentKind:
        return AmendmentKind.kinds[self.kind]

    @property
    def heading(self):
        return self.rule.title

    def get_initial(self):
        try:
            self.guard()
        except Refused:
            return {}  # nothing stands there that could be changed
        return self.rule.before(self.case)

    def act(self, form):
        return propose(self.case, self.kind, actor=self.request.user, after=form.after(), **form.grounds())

    def told(self, result):
        names = [each.user.name for each in deciders(result, on=self.today)]
        if not names:
            return "Usul tersimpan. Belum ada PPID Utama atau Atasan PPID lain yang dapat memutuskannya."
        return f"Usul tersimpan. Sekarang menunggu keputusan {' atau '.join(names)}."

    def onward(self, result):
        return reverse("desk:amendment", args=[self.case.number, result.pk])


class CorrectDik(Proposes):
    kind = "correct_dik"
    form_class = DikForm
    template_name = "desk/work/correct_dik.html"


class OfAmendment(ActsOnCase):
    @cached_property
    def amendment(self):
        return get_object_or_404(self.case.amendments.for_page(), pk=self.kwargs["pk"])

    @property
    def heading(self):
        return AmendmentKind.kinds[self.amendment.kind].title

    def get_context_data(self, **kwargs):
        more = {"amendment": self.amendment, "changes": changes(self.amendment)}
        return super().get_context_data(**(more | kwargs))


class Decide(Weighty, TwoWays, OfAmendment):
    """What is proposed, for everybody who sees the case; and the decision, for whoever may decide."""

    form_class = DecisionForm
    template_name = "desk/work/amendment.html"
    kind = AMENDMENT
    ways = ("approve", "ya", "tidak")

    def decides_here(self):
        return self.why_not is None and self.amendment.is_undecided

    def final_lines(self, *, is_back):
        if is_back:
            return ["Usul ini ditutup dengan alasan Anda. Pengusulnya dapat membuat usul yang baru."]
        rule = AmendmentKind.kinds[self.amendment.kind]
        return [*rule.effects, "Tercatat tetap atas nama Anda."]

    def shown(self):
        texts = [TextChange(label, word_changes(before, after)) for label, before, after in changes(self.amendment)]
        return {
            "about": self.case.information.title,
            "number": self.case.number,
            "meta": [self.heading, self.case.unit.short_name],
            "whole_url": self.case.get_absolute_url(),
            "texts": texts,
            "case_view": None,
            **preview.amended_as_read(self.amendment, at=self.now),
        }

    def finished(self, result):
        if self.request.POST.get("dari") == FROM_THE_SCREEN:
            messages.success(self.request, self.told(result))
            return redirect("desk:next-decision")
        return super().finished(result)

    @cached_property
    def why_not(self) -> Refused | None:
        try:
            refuse_unless_decidable(self.amendment, actor=self.request.user, at=self.now)
        except Refused as refusal:
            return refusal
        return None

    def guard(self):
        if self.request.method == "POST" and isinstance(self.why_not, Forbidden):
            raise self.why_not

    def act(self, form):
        data = form.cleaned_data
        return decide(self.amendment, approve=data["approve"], actor=self.request.user, note=data["note"])

    def told(self, result):
        return f"{AmendmentKind.kinds[result.kind].title}: {result.get_decision_display().lower()}."

    def get_context_data(self, **kwargs):
        waits = self.amendment.is_undecided
        more = {
            "why_not": self.why_not,
            "deciders": deciders(self.amendment, on=self.today) if waits else [],
            "is_mine": waits and self.amendment.proposed_by_id == self.request.user.pk,
        }
        return super().get_context_data(**(more | kwargs))


class Withdraw(OfAmendment):
    heading = "Tarik usul"
    form_class = DeskForm
    template_name = "desk/work/amendment_withdraw.html"
    done = "Usul ditarik."

    def guard(self):
        if self.amendment.proposed_by_id != self.request.user.pk:
            raise StepForbidden("Usul ditarik oleh pengusulnya sendiri.")

    def act(self, form):
        return withdraw(self.amendment, actor=self.request.user)
