"""The reasons for which what was found in documents may be published as it is."""

from collections.abc import Sequence

from django import forms

from ppid.desk.forms import DeskForm, crispy
from ppid.flows.findings import field_of
from ppid.information.findings import MAX_REASON, Finding


class ReasonsForm(DeskForm):
    """A reason for each finding; one that has its reason may be given another.

    While ``is_draft`` the reasons may stay empty: whoever takes the row is told which are missing.
    """

    def __init__(self, findings: Sequence[Finding], *, is_draft: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.findings, self.is_draft = list(findings), is_draft
        for finding in self.findings:
            self.fields[field_of(finding)] = forms.CharField(
                label=f"{finding.get_kind_display()}: mengapa boleh diumumkan apa adanya?",
                max_length=MAX_REASON,
                required=finding.answer is None and not is_draft,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": "Tuliskan alasannya, atau ganti berkasnya."},
            )
        self.helper = crispy()

    @property
    def reasons(self) -> dict[Finding, str]:
        """What was typed; a finding that has its reason already may stay without another."""
        typed = ((finding, self.cleaned_data.get(field_of(finding), "")) for finding in self.findings)
        needed = not self.is_draft
        return {finding: reason for finding, reason in typed if reason.strip() or needed and finding.answer is None}
