"""The page on which is answered what was found in a document."""

from collections.abc import Sequence
from functools import cached_property

from django import forms

from ppid.desk.forms import DeskForm, crispy
from ppid.desk.work.cases import ActsOnCase
from ppid.desk.work.documents import OfDocument
from ppid.desk.work.shown_findings import shown_reading
from ppid.flows.findings import answer_findings, field_of, refuse_unless_answerable
from ppid.information.findings import MAX_REASON, Finding


class ReasonsForm(DeskForm):
    """A reason for each finding of one document; one that has its reason may be given another."""

    def __init__(self, findings: Sequence[Finding], **kwargs):
        super().__init__(**kwargs)
        self.findings = list(findings)
        for finding in self.findings:
            self.fields[field_of(finding)] = forms.CharField(
                label=f"{finding.get_kind_display()}: mengapa boleh diumumkan apa adanya?",
                max_length=MAX_REASON,
                required=finding.answer is None,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Tuliskan alasannya, atau ganti berkasnya."},
            )
        self.helper = crispy()

    @property
    def reasons(self) -> dict[Finding, str]:
        """What was typed; a finding that has its reason already may stay without another."""
        typed = ((finding, self.cleaned_data.get(field_of(finding), "")) for finding in self.findings)
        return {finding: reason for finding, reason in typed if reason.strip() or finding.answer is None}


class AnswerFindings(OfDocument, ActsOnCase):
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
