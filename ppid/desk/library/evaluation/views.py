"""The evaluation of a version: planned against actual time of each step, as page, PDF and XLSX."""

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from ppid.desk.library.evaluation import sheets
from ppid.desk.library.evaluation.chart import chart, untimed
from ppid.desk.library.sop_views import VersionPage
from ppid.flows.evaluation import evaluate, knows_every_case, without_small_counts
from ppid.web.downloads import download
from ppid.web.workbook import XLSX


class EvaluationPage(VersionPage):
    """A page about how a version does in practice."""

    @cached_property
    def evaluation(self):
        found = evaluate(self.version, at=self.now)
        knows = knows_every_case(self.request.user, self.version, on=self.today)
        return found if knows else without_small_counts(found)

    def get_context_data(self, **kwargs):
        told = {"evaluation": self.evaluation, "chart": chart(self.evaluation), "untimed": untimed(self.evaluation)}
        return super().get_context_data(**told, **kwargs)

    def download(self, content: bytes, media_type: str, ending: str) -> HttpResponse:
        name = f"evaluasi-{self.version.sop.slug}-v{self.version.version}.{ending}"
        return download(content, media_type, name)


class Evaluation(EvaluationPage, TemplateView):
    template_name = "desk/library/evaluation/evaluation.html"


class EvaluationPdf(EvaluationPage, View):
    def get(self, request, slug, version):
        return self.download(sheets.pdf(self.get_context_data()), "application/pdf", "pdf")


class EvaluationXlsx(EvaluationPage, View):
    def get(self, request, slug, version):
        return self.download(sheets.xlsx(self.version, self.evaluation), XLSX, "xlsx")
