"""Confirming one's part of a row that several columns perform together."""

from django import forms

from ppid.desk.account.weighty import Weighty
from ppid.desk.work import sentences
from ppid.desk.work.cases import ActsOnCase, is_weighty
from ppid.desk.work.forms import CaseForm
from ppid.flows.actions import confirm_row
from ppid.flows.models import Case


class ConfirmationForm(CaseForm):
    """What somebody adds to the confirmation of their part."""

    note = forms.CharField(
        label="Catatan (boleh kosong)", max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )


class ConfirmRow(Weighty, ActsOnCase):
    heading = "Konfirmasi bagian saya"
    template_name = "desk/work/confirm_row.html"
    form_class = ConfirmationForm

    def is_weighty(self):
        return is_weighty(self.case)

    def act(self, form):
        note, seen = form.cleaned_data["note"], form.cleaned_data["moves"]
        return confirm_row(self.case, actor=self.request.user, note=note, seen=seen)

    def told(self, result):
        parts = " dan ".join(f"«{confirmation.label}»" for confirmation in result)
        return f"Bagian {parts} dikonfirmasi. {sentences.waits_for(Case.objects.get(pk=self.case.pk))}"
