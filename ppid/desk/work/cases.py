"""The case's page, and its moves. Whether a move may be made is decided by ppid.flows alone."""

from datetime import date
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.generic import TemplateView

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.obligations.panel import panel_of
from ppid.desk.pages import DeskPage
from ppid.desk.work import sentences
from ppid.desk.work.case_view import CaseView
from ppid.desk.work.decision import FROM_THE_SCREEN, CaseDecision, final_lines, gone_on, sent, typed_so_far
from ppid.desk.work.decision_forms import ChoiceForm, ReturnForm
from ppid.desk.work.exclusion_life import ExclusionLife
from ppid.desk.work.forms import MoveForm
from ppid.desk.work.paper_panel import paper_lines
from ppid.desk.work.shown_findings import shown_findings
from ppid.desk.work.talk import at_work_on, talk_of
from ppid.flows.actions import refuse_unless_allowed
from ppid.flows.knowing import Held
from ppid.flows.models import Case
from ppid.flows.permissions import UTAMA
from ppid.flows.steps import Act, Kind, StepForbidden, StepOutOfOrder, StepUnmet
from ppid.flows.undo import is_final
from ppid.shelf.models import DikEntry, PublishedItem, Tombstone
from ppid.web.fixed_queries import FixedQuery
from ppid.web.parameters import whole
from ppid.web.refusals import Refused, pour
from sop.models import SopVersion


def _to_step(number: str, *, offices: tuple[Held, ...], on: date) -> QuerySet[Case]:
    return Case.objects.visible_with(offices, on=on).for_step().filter(number=number)


_TO_STEP = FixedQuery(_to_step, most=48)


class OfCase(DeskPage):
    """A page about one case, which is not found by those who may not see it."""

    @cached_property
    def case(self):
        return get_object_or_404(self.visible.for_page(), number=self.kwargs["number"])

    @cached_property
    def case_view(self) -> CaseView:
        return CaseView(self.case, self.request.user, now=self.now, today=self.today)

    @property
    def section(self):
        return {"publication": "publications", "exclusion": "exclusions"}[self.case.flow]

    def get_context_data(self, **kwargs):
        about = {"case": self.case, "case_view": self.case_view, "information": self.case.information}
        about["fulfils"] = panel_of(self.case, self.request.user, self.appointments)
        return super().get_context_data(**(about | kwargs))


class OfExclusion(OfCase):
    """A page about one exclusion: fetched with what its papers print."""

    @cached_property
    def case(self):
        return get_object_or_404(self.visible.filter(flow="exclusion").for_exclusion(), number=self.kwargs["number"])


class ActsOnCase(OfCase, ActPage):
    """A page that does one thing with a case, as it stood when the page was drawn (``CaseForm``)."""

    heading = ""

    @property
    def back(self):
        return self.case.get_absolute_url()

    def get_initial(self):
        return {"moves": self.case.moves}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"heading": self.heading} | kwargs))


class PreparesCase(ActsOnCase):
    """A page that does a part of what the working screen does: whoever works there comes back to it."""

    @property
    def back(self):
        return self.case.worked_on_at if self.case_view.works_here else super().back


class CasePage(OfCase, TemplateView):
    template_name = "desk/work/case.html"
    form = None

    def get_context_data(self, **kwargs):
        on_shelf = {"number": self.case.information.number}
        published = PublishedItem.objects.filter(**on_shelf).first()
        part_of = DikEntry.objects.in_force(on=self.today).filter(open_part=self.case.information.number)
        context = {
            "case_view": self.case_view,
            "manages": any(each.role.code == UTAMA for each in self.appointments),
            "forms": [self.form_of(move) for move in self.case_view.mine if self.has_form(move)],
            "failed": self.form if self.form is not None and self.form.errors else None,
            "focus": self.kwargs.get("key", ""),
            "findings": shown_findings(self.case_view) if self.case.flow == "publication" else [],
            "answers_findings": not self.case_view.why_documents_stay,
            "ledger": self.case_view.ledger(),
            "papers": paper_lines(self.case, self.request.user, today=self.today),
            "life": self.life,
            "talk": talk_of(self.case, self.request.user, now=self.now),
            "at_work": at_work_on(self.case, self.request.user, may=bool(self.case_view.step), now=self.now),
            "is_provisional": bool(self.case.due_at) and self.working.is_provisional(self.case.due_at),
            "followed_now": self.followed_now,
            "others": list(self.visible.filter(information=self.case.information_id).exclude(pk=self.case.pk)),
            "on_shelf": published,
            "open_part_of": part_of.first() if published else None,
            "tombstone": Tombstone.objects.filter(**on_shelf).first(),
        }
        return super().get_context_data(**(context | kwargs))

    @property
    def followed_now(self) -> SopVersion | None:
        """The version that a case of this unit would follow if it were opened today, where that is another one."""
        versions = SopVersion.objects.in_force(on=self.today).for_flow(self.case.flow, self.case.unit)
        followed = versions.select_related("sop__unit").first()
        return None if followed == self.case.sop_version else followed

    @property
    def life(self) -> ExclusionLife | None:
        """The life of the exclusion that this case adopted."""
        if self.case.state != "adopted":
            return None
        return ExclusionLife(self.case, self.request.user, now=self.now, today=self.today, working=self.working)

    def has_form(self, move) -> bool:
        """Leave out the general return where the flow's own already leads to the only row before."""
        return not move.names_its_row or bool(self.case_view.other_returns)

    def form_of(self, move, **posted):
        if self.form is not None and self.form.move == move:
            return self.form
        about = {"documents": self.case_view.current}
        if move.names_its_row:
            about["back"] = self.case_view.other_returns
        decides = {Kind.RETURN: ReturnForm, Kind.STEP: ChoiceForm} if self.case.has_decision else {}
        form_class = decides.get(move.kind, MoveForm)
        if typed := self.given_back(reverse("desk:step", args=[self.case.number, move.key])):
            return form_class.as_typed(typed, case=self.case, move=move, **about)
        return form_class(self.case, move, **about, **posted)


class DecisionPage(CaseDecision, CasePage):
    """The decision screen, for whoever decides on the case; others are led to its page.

    POST picks a sentence of the library for the reason: it fills the text, which is sent by its own button.
    """

    template_name = "desk/decision/decision.html"

    def get(self, request, *args, **kwargs):
        if not self.case_view.decides_here:
            return gone_on(request, self.case)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self.case_view.decides_here:
            return gone_on(request, self.case)
        move = next((each for each in self.case_view.mine if each.key == request.POST.get("langkah")), None)
        if move is not None:
            self.form = self.form_of(move, initial=typed_so_far(request.POST, self.picked()))
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super(CasePage, self).get_context_data(**self.case_decision(**kwargs))


class FullPreview(CaseDecision, CasePage):
    """The portal's whole page of the item as the public would read it, for whoever decides."""

    template_name = "portal/item.html"

    def get(self, request, *args, **kwargs):
        if not self.case_view.decides_here or self.case.flow != "publication":
            return gone_on(request, self.case)
        return render(request, self.template_name, self.full_preview())


_OFF_THE_PORTAL = (Kind.DIVERSION, Kind.WITHDRAWAL, Kind.RETRACTION)


def is_weighty(case) -> bool:
    """Whether the awaited row decides, or adopts an exclusion."""
    return case.has_decision or "adopt" in [each.key for each in case.carried]


class CaseStep(Weighty, CaseDecision, CasePage):
    """The case's page with one move in focus, and the move itself; for whoever decides it is their screen."""

    is_drawn = False  # whether an answer to what was sent shows the page

    @cached_property
    def case(self):
        """The case: with all that its page prints only where a page is drawn."""
        if self.is_drawn or self.request.method != "POST" or self.request.POST.get("dari") == FROM_THE_SCREEN:
            return super().case
        if (case := _TO_STEP.first(self.kwargs["number"], offices=tuple(self.offices), on=self.today)) is None:
            raise Http404
        return case

    @cached_property
    def move(self):
        try:
            return self.case.move_called(self.kwargs["key"])
        except KeyError as error:
            raise Http404 from error

    def is_weighty(self):
        return is_weighty(self.case) or self.move.kind in _OFF_THE_PORTAL

    def keep_before_asking(self):
        """Keep the files that came along, and choose them, as a refused step does."""
        try:
            self.refuse_unless_allowed(whole(self.request.POST, "moves", otherwise=-1))
        except Refused:
            return
        form = self.form_of(self.move, data=self.request.POST, files=self.request.FILES)
        form.full_clean()
        form.keep_uploads(self.request.user)
        self.request.POST, self.request._files = form.data, MultiValueDict()

    def refuse_unless_allowed(self, seen=None):
        refuse_unless_allowed(self.case, self.move, Act(self.request.user, self.now, seen=seen))

    def get(self, request, *args, **kwargs):
        try:
            self.refuse_unless_allowed()
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except StepOutOfOrder as refusal:
            messages.warning(request, " ".join(refusal.sentences))
            return redirect(self.case)
        if self.is_of_the_screen:
            return redirect("desk:decide", self.case.number)
        if self.case_view.works_here and self.move == self.case_view.step:
            return redirect("desk:work", self.case.number)
        return super().get(request, *args, **kwargs)

    @property
    def is_of_the_screen(self) -> bool:
        """Whether this person decides here, by a move that the decision screen has."""
        return self.case_view.decides_here

    def post(self, request, *args, **kwargs):
        was_a_decision = request.POST.get("dari") == FROM_THE_SCREEN and self.is_of_the_screen
        try:
            if was_a_decision and (page := self.ask_to_be_sure()):
                return page
            record = self.take()
        except StepForbidden as refusal:
            raise PermissionDenied(*refusal.sentences) from refusal
        except StepOutOfOrder as refusal:
            return self.answer(409, stale=refusal.sentences, typed=request.POST.get("note", ""))
        except StepUnmet as refusal:
            pour(refusal, self.form)
            return self.answer(refusal.status)
        if record is None:
            return self.answer(422)
        if was_a_decision:
            return redirect("desk:decided", self.case.number, record.sequence)
        messages.success(request, sentences.moved(record.case, record))
        return redirect(record.case)

    def ask_to_be_sure(self):
        """Return the page that repeats what can't be undone, before it is done; None where that isn't needed."""
        self.refuse_unless_allowed(whole(self.request.POST, "moves", otherwise=-1))
        if "pasti" in self.request.POST or not is_final(self.case, self.move):
            return None
        self.form = self.form_of(self.move, data=self.request.POST, files=self.request.FILES)
        self.form.full_clean()
        self.form.keep_uploads(self.request.user)
        if self.form.errors:
            return self.answer(422)
        self.form.refuse_unmet(self.request.user)
        context = {
            "act": self.form.button,
            "act_url": self.request.path,
            "about": self.case.information.title,
            "lines": final_lines(self.case, self.move, self.form),
            "sent": sent(self.form),
            "reason": self.form.cleaned_data.get("note", ""),
            "back": self.here,
        }
        page = super(CasePage, self).get_context_data(**context | {"number": self.case.number})
        return render(self.request, "desk/decision/sure.html", page)

    def take(self):
        """Make the move; None when the form itself has errors. Files that came along are kept either way."""
        self.refuse_unless_allowed(whole(self.request.POST, "moves", otherwise=-1))
        self.form = self.form_of(self.move, data=self.request.POST, files=self.request.FILES)
        self.form.full_clean()
        self.form.keep_uploads(self.request.user)
        return self.form.take(self.request.user) if not self.form.errors else None

    def answer(self, status, **context):
        """Draw the page again from what the database has now."""
        self.is_drawn = True
        for name in ("case", "case_view", "kind"):
            self.__dict__.pop(name, None)
        if self.is_of_the_screen:
            self.template_name = DecisionPage.template_name
            context = super(CasePage, self).get_context_data(**self.case_decision(**context))
            return self.render_to_response(context, status=status)
        return self.render_to_response(self.get_context_data(**context), status=status)
