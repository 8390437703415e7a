"""Marking a running publication as urgent («serta merta»)."""

from django import forms

from ppid.desk.work import sentences
from ppid.desk.work.cases import ActsOnCase
from ppid.desk.work.forms import CaseForm
from ppid.flows.models import Case
from ppid.flows.urgency import MAX_REASON, mark_urgent, may_mark_because


class UrgencyForm(CaseForm):
    """Why it must not be delayed."""

    because = forms.CharField(
        label="Mengapa tidak boleh ditunda",
        max_length=MAX_REASON,
        required=False,
        help_text="Satu kalimat. Tersimpan permanen dalam riwayat; hanya petugas yang membacanya.",
    )


class MarkUrgent(ActsOnCase):
    heading = "Tandai serta merta"
    template_name = "desk/work/mark_urgent.html"
    form_class = UrgencyForm
    not_yours = "Hanya yang membuka proses ini atau PPID Utama yang dapat menandainya serta merta."

    def may(self):
        return not may_mark_because(self.case, self.request.user, at=self.now)

    def act(self, form):
        because, seen = form.cleaned_data["because"], form.cleaned_data["moves"]
        return mark_urgent(self.case, because=because, actor=self.request.user, seen=seen)

    def told(self, result):
        return sentences.marked_urgent(Case.objects.get(pk=self.case.pk))
