"""The figures of a period, of what the reader may see: as a page, as PDF, as XLSX; and the draft of a year's report."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView, View

from ppid.desk.acts import OneClick
from ppid.desk.figures import annual_report, sheets, stuck
from ppid.desk.figures.asked import Asked
from ppid.desk.figures.counted import Counted
from ppid.desk.figures.tables import Table, now_tables, period_tables
from ppid.desk.pages import AppointedPage
from ppid.desk.unit_choices import asked_of
from ppid.flows.knowing import knows_all
from ppid.flows.models import Case
from ppid.flows.papers.drawing import DOCX
from ppid.flows.papers.drawing import docx as written
from ppid.flows.questions import remind
from ppid.organisation.models import Unit
from ppid.web.downloads import download
from ppid.web.moments import in_words
from ppid.web.parameters import whole
from ppid.web.workbook import XLSX

_IN_A_WORKBOOK = 2000  # rows of what is stuck
_NOT_FOR_ALL = "Memuat angka pengecualian: hanya untuk yang perlu mengetahuinya, bukan untuk diumumkan."


class FiguresPage(AppointedPage):
    """A page about the figures of what this person may see."""

    section = "figures"
    most_stuck = 20

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not any(each.is_city_wide or each.is_of_a_unit for each in self.offices):
            raise PermissionDenied("Angka dihitung dari proses, dan peran Anda tidak melihat proses.")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self) -> Asked:
        units = Unit.objects.visible_to(self.request.user, on=self.today).order_by("name").with_spoken()
        asked, told = asked_of(self.request.GET, units.open())
        form = Asked(asked, units=told["units"], today=self.today)
        form.said += told["said"]
        return form

    @cached_property
    def counted(self) -> Counted:
        cases = self.visible
        if unit := self.asked.cleaned_data.get("unit"):
            cases = cases.filter(unit__code=unit)
        return Counted(cases, self.asked.period, self.now, self.most_stuck)

    @cached_property
    def tables(self) -> list[Table]:
        return [*now_tables(self.counted), *period_tables(self.counted, knows_all=knows_all(self.offices))]

    @property
    def carried(self) -> list[Table]:
        """The tables that are taken away: those of the page, with what is stuck as one of them."""
        first, *others = self.tables
        return [first, stuck.table(self.counted.stuck, now=self.now, working=self.working), *others]

    @property
    def whose(self) -> str:
        """Whose figures they are: of a unit, of the own ones, or of the whole city."""
        unit = self.asked.cleaned_data.get("unit")
        return dict(self.asked.fields["unit"].choices)[unit] if unit else self.unit_name

    @property
    def secret(self) -> str:
        """What is printed on what can be carried away, when it counts what isn't everybody's to know."""
        found = self.counted.exclusions
        running = any(each.flow == "exclusion" for each in self.counted.standing)
        return _NOT_FOR_ALL if running or found.letters or found.ended else ""

    def get_context_data(self, **kwargs):
        counted = self.counted
        told = {
            "asked": self.asked,
            "counted": counted,
            "tables": self.tables,
            "whose": self.whose,
            "secret": self.secret,
            "stuck": stuck.rows(counted.stuck, reader=self.reader),
            "running": sum(each.running for each in counted.standing),
            "overdue": sum(each.overdue for each in counted.standing),
            "announced": sum(each.n for each in counted.published),
            "writes_report": any(each.is_city_wide for each in self.offices),
            "report_year": counted.period.last.year,
        }
        return super().get_context_data(**told | kwargs)

    def download(self, content: bytes, media_type: str, ending: str) -> HttpResponse:
        period = self.asked.period
        return download(content, media_type, f"angka-{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}.{ending}")


class Figures(FiguresPage, TemplateView):
    template_name = "desk/figures/figures.html"


class FiguresPdf(FiguresPage, View):
    def get(self, request):
        return self.download(sheets.pdf(self.get_context_data(tables=self.carried)), "application/pdf", "pdf")


class FiguresXlsx(FiguresPage, View):
    most_stuck = _IN_A_WORKBOOK

    def get(self, request):
        printed = f"{self.asked.words}; {self.whose}; dihitung {in_words(self.now)} WIB"
        lines = [printed, *([self.secret] if self.secret else [])]
        return self.download(sheets.xlsx("Angka PPID", lines, self.carried), XLSX, "xlsx")


class Remind(AppointedPage, OneClick):
    """Remind those with whom an overdue case lies; its button stands where the case is told as stuck."""

    @cached_property
    def case(self) -> Case:
        return get_object_or_404(self.visible.select_related("information", "unit"), number=self.kwargs["number"])

    @property
    def back(self):
        return self.case.get_absolute_url()

    @property
    def onward(self):
        return reverse("desk:inbox")

    def act(self):
        told = remind(self.case, "", actor=self.request.user, at=self.now)
        return f"{self.case.number}: pengingat terkirim kepada {told.asked_of}."


class AnnualReport(AppointedPage, View):
    """The draft of the annual report of a year (``?tahun=``), to be edited: from what anybody may know alone."""

    section = "figures"

    def get(self, request):
        if not any(each.is_city_wide for each in self.offices):
            raise PermissionDenied("Laporan tahunan disusun oleh yang bertugas untuk seluruh kota.")
        year = whole(request.GET, "tahun", otherwise=self.today.year - 1)
        if year not in annual_report.years(self.today):
            year = self.today.year - 1
        return download(written(annual_report.draft(year, at=self.now)), DOCX, f"laporan-tahunan-ppid-{year}.docx")
