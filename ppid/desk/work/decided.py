"""After a decision: what was recorded, taking it back for ten minutes, and the next decisions that wait."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.acts import OneClick
from ppid.desk.pages import AppointedPage
from ppid.desk.work import sentences
from ppid.desk.work.cases import OfCase
from ppid.desk.work.decision import DecisionScreen
from ppid.desk.work.decision_kinds import AMENDMENT, BY_STEP, HEAD, DecisionKind
from ppid.flows import undo
from ppid.flows.head_approval import HeadApproval
from ppid.flows.ledger import StepRecord
from ppid.flows.steps import Kind
from ppid.shelf.models import Category
from ppid.web.refusals import Refused


class Decided(DecisionScreen, OfCase, TemplateView):
    """What this person decided on the case, and until when they may take it back."""

    template_name = "desk/decision/decided.html"

    @cached_property
    def record(self) -> StepRecord:
        mine = [each for each in self.case_view.records if each.actor_id == self.request.user.pk]
        found = next((each for each in mine if each.sequence == self.kwargs["sequence"]), None)
        if found is None or found.kind in (Kind.UNDO, Kind.TAKEOVER):
            raise Http404
        return found

    @cached_property
    def kind(self) -> DecisionKind:
        row = self.case.activities.get(self.record.step or 0)
        steps = self.case.lawful_steps()
        carried = [steps[number - 1].key for number in row.carries] if row else []
        return next((BY_STEP[key] for key in carried if key in BY_STEP), HEAD)

    @property
    def said(self) -> str:
        """What was decided, in a few words."""
        if self.record.kind == Kind.RETURN:
            return self.kind.sent_back
        if self.record.kind != Kind.STEP:
            return f"{self.record.title}."
        category = next((each.approved for each in self.taken if each.key == "clarify"), None)
        return f"Disetujui sebagai {Category(category['category']).label.lower()}." if category else self.kind.done

    @cached_property
    def taken(self) -> list[StepRecord]:
        """The rows that were taken with this one: one row of the sheet may carry several lawful steps."""
        return [each for each in self.case_view.records if each.done_at == self.record.done_at]

    def get_context_data(self, **kwargs):
        until = undo.undoable_until(self.case, actor=self.request.user, at=self.now)
        is_last = self.record.sequence == self.case.moves
        shown = {
            "said": self.said,
            "onward": sentences.moved(self.case, self.record) if is_last else "",
            "about": self.case.information.title,
            "number": self.case.number,
            "decided_at": self.record.done_at,
            "whole_url": self.case.get_absolute_url(),
            "undo_url": reverse("desk:undo", args=[self.case.number]),
            "undo_until": until if is_last else None,
            "undo_word": self.kind.undo_return if self.record.kind == Kind.RETURN else self.kind.undo,
        }
        return super().get_context_data(**self.decision_context() | shown | kwargs)


class Undo(OfCase, OneClick):
    """Take the last decision back."""

    @property
    def back(self):
        return self.case.get_absolute_url()

    @property
    def onward(self):
        return reverse("desk:decide", args=[self.case.number])

    def act(self):
        undo.undo(self.case, actor=self.request.user)
        return "Putusan Anda diurungkan: proses ini menunggu Anda lagi, seperti semula."


def _own_approval(page: OfCase) -> HeadApproval:
    mine = HeadApproval.objects.filter(case=page.case, recorded_by=page.request.user)
    return get_object_or_404(mine, pk=page.kwargs["pk"])


class HeadApproved(DecisionScreen, OfCase, TemplateView):
    """What the head approved, and until when they may take it back."""

    template_name = "desk/decision/decided.html"
    kind = HEAD

    @cached_property
    def approval(self) -> HeadApproval:
        return _own_approval(self)

    def get_context_data(self, **kwargs):
        try:
            undo.refuse_unless_approval_undoable(self.approval, self.case, actor=self.request.user, at=self.now)
            until = self.approval.recorded_at + undo.UNDO_WITHIN
        except Refused:
            until = None
        shown = {
            "said": "Persetujuan Anda tercatat.",
            "onward": "Surat penetapannya sekarang dapat dicatat dan diberi nomor.",
            "about": self.case.information.title,
            "number": self.case.number,
            "decided_at": self.approval.recorded_at,
            "whole_url": self.case.get_absolute_url(),
            "undo_url": reverse("desk:undo-approval", args=[self.case.number, self.approval.pk]),
            "undo_until": until,
            "undo_word": self.kind.undo,
        }
        return super().get_context_data(**self.decision_context() | shown | kwargs)


class UndoApproval(OfCase, OneClick):
    """Take the head's approval back."""

    @property
    def back(self):
        return self.case.get_absolute_url()

    @property
    def onward(self):
        return reverse("desk:head-approval", args=[self.case.number])

    def act(self):
        undo.undo_approval(_own_approval(self), actor=self.request.user)
        return "Persetujuan Anda diurungkan: pengecualian ini menunggu Anda lagi."


class NextDecision(DecisionScreen, AppointedPage, TemplateView):
    """After a decision that can't be taken back: what was recorded stands in the message, and what waits next."""

    template_name = "desk/decision/next.html"
    kind = AMENDMENT

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.decision_context() | kwargs)
