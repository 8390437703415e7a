"""The reports of the public: the list, and a report with its answer. Rules: ``ppid.reports``."""

from functools import cached_property

from django import forms
from django.db.models import F
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.information.models import Information
from ppid.reports.handling import LONGEST, handle
from ppid.reports.models import Problem
from ppid.reports.permissions import readable_by
from ppid.shelf.models import PublishedItem
from ppid.web.paged import PagedList


class Problems(AppointedPage, PagedList):
    """What the public reported, what is open first."""

    model = Problem
    template_name = "desk/reports/problems.html"
    section = "problems"
    paginate_by = 50

    def get_queryset(self):
        found = readable_by(self.offices, on=self.today).select_related("handling")
        return found.order_by(F("handling__at").desc(nulls_first=True), "-reported_at", "-pk")


class NoteForm(DeskForm):
    note = forms.CharField(
        label="Yang sudah dilakukan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-most": LONGEST}),
        help_text="Dibaca petugas saja. Tercatat bersama nama Anda dan tidak dapat diubah lagi.",
    )


class ProblemPage(AppointedPage, ActPage):
    """A report, the item it is of, and what was done about it."""

    form_class = NoteForm
    template_name = "desk/reports/problem.html"
    section = "problems"
    beside = "note"
    done = "Tercatat: laporan {result.problem.receipt} sudah ditangani."

    @cached_property
    def problem(self) -> Problem:
        return get_object_or_404(readable_by(self.offices, on=self.today), pk=self.kwargs["pk"])

    @property
    def back(self):
        return reverse("desk:problems")

    def may(self):
        return self.problem is not None

    def act(self, form):
        return handle(self.problem, form.cleaned_data["note"], actor=self.request.user)

    def get_context_data(self, **kwargs):
        problem = self.problem
        item = Information.objects.select_related("unit").filter(number=problem.number).first()
        cases = self.visible.filter(information__number=problem.number, flow="publication")
        return super().get_context_data(
            problem=problem,
            item=item,
            case=cases.order_by("-pk").first(),
            is_public=PublishedItem.objects.filter(number=problem.number).exists(),
            contact=getattr(problem, "contact", None),
            handling=getattr(problem, "handling", None),
            **kwargs,
        )
