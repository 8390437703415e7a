"""The page on which is answered what was found in a document."""

from functools import cached_property

from ppid.desk.work.cases import PreparesCase
from ppid.desk.work.documents import OfDocument
from ppid.desk.work.finding_forms import ReasonsForm
from ppid.desk.work.shown_findings import shown_reading
from ppid.flows.findings import answer_findings, refuse_unless_answerable
from ppid.information.findings import Finding


class AnswerFindings(OfDocument, PreparesCase):
    """Say of each finding of a document why it may go on as it is."""

    template_name = "desk/work/answer_findings.html"
    form_class = ReasonsForm
    heading = "Jawab temuan"
    done = "Alasan dicatat. Siapa pun yang memutuskan akan membacanya."

    @cached_property
    def findings(self):
        found = Finding.objects.of([self.document]).select_related("reading")
        return list(found.prefetch_related("answers"))

    def guard(self):
        refuse_unless_answerable(self.case, actor=self.request.user, at=self.now)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"findings": self.findings}

    def act(self, form):
        return answer_findings(self.case, form.reasons, actor=self.request.user)

    def onward(self, result):
        return f"{self.back}#temuan"

    def get_context_data(self, **kwargs):
        shown = shown_reading(self.document, self.case.readings.get(self.document.pk))
        return super().get_context_data(**{"document": self.document, "shown": shown} | kwargs)
