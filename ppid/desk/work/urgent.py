"""Marking a running publication as urgent («serta merta»)."""

from django import forms

from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.work import sentences
from ppid.desk.work.cases import OfCase
from ppid.flows.models import Case
from ppid.flows.urgency import MAX_REASON, mark_urgent, may_mark_because


class UrgencyForm(DeskForm):
    """Why it must not be delayed. ``moves`` is the case as the person saw it."""

    moves = forms.IntegerField(widget=forms.HiddenInput, required=False)
    because = forms.CharField(
        label="Mengapa tidak boleh ditunda",
        max_length=MAX_REASON,
        required=False,
        help_text="Satu kalimat. Tersimpan permanen dalam riwayat; hanya petugas yang membacanya.",
    )


class MarkUrgent(OfCase, ActPage):
    template_name = "desk/work/mark_urgent.html"
    form_class = UrgencyForm
    not_yours = "Hanya yang membuka proses ini atau PPID Utama yang dapat menandainya serta merta."

    def may(self):
        return not may_mark_because(self.case, self.request.user, at=self.now)

    @property
    def back(self):
        return self.case.get_absolute_url()

    def get_initial(self):
        return {"moves": self.case.moves}

    def act(self, form):
        because, seen = form.cleaned_data["because"], form.cleaned_data["moves"]
        return mark_urgent(self.case, because=because, actor=self.request.user, seen=seen)

    def told(self, result):
        return sentences.marked_urgent(Case.objects.get(pk=self.case.pk))
