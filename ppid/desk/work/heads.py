"""The head's approval of an exclusion: read, approved or sent back by the head, or a signed scan of it kept."""

from functools import cached_property

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from ppid.desk.forms import DayInput, DeskForm
from ppid.desk.head_field import HeadField
from ppid.desk.work.cases import ActsOnCase, OfExclusion
from ppid.desk.work.forms import CaseForm, UploadField
from ppid.desk.work.paper_panel import paper_lines
from ppid.flows import approve_as_head
from ppid.web.refusals import Refused


class ApprovalForm(CaseForm):
    """The head's word; a reason is needed to send it back."""

    note = forms.CharField(
        label="Catatan, atau alasan bila dikembalikan",
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": 4000}),
        help_text="Tersimpan permanen. Wajib bila dikembalikan.",
    )


class ApprovalScanForm(DeskForm):
    """A signed approval: whose it was is chosen among the heads, never typed."""

    appointment = HeadField()
    approved_on = forms.DateField(
        label="Tanggal persetujuan",
        widget=DayInput,
        error_messages={"required": "Isi tanggal persetujuannya.", "invalid": "Tulis tanggal yang ada."},
    )
    file = UploadField(label="Pindaian persetujuan yang ditandatangani")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = HeadField.held().order_by("-starts_on", "pk")


class OfApproval(OfExclusion, ActsOnCase):
    """A page about the head's approval of an exclusion."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(test=self.case.test, **kwargs)


class HeadApprovalPage(OfApproval):
    """The test and the papers to read; approve, or send back. Who isn't asked reads how it stands."""

    form_class = ApprovalForm
    template_name = "desk/work/head_approval.html"

    @cached_property
    def refusal(self) -> Refused | None:
        if self.case.head_approval is not None:
            return None
        try:
            approve_as_head.refuse_unless_head(self.case, actor=self.request.user, at=self.now)
        except Refused as refusal:
            return refusal
        return None

    def guard(self):
        if self.case.test is None or self.case.test.taken_over:
            raise Http404
        if self.request.method == "POST" and self.refusal:
            raise self.refusal

    def act(self, form):
        note, seen = form.cleaned_data["note"], form.cleaned_data["moves"]
        if "kembalikan" in self.request.POST:
            approve_as_head.send_back(self.case, actor=self.request.user, reason=note, seen=seen)
            return "Pengecualian dikembalikan kepada pengujinya dengan alasan Anda."
        approve_as_head.approve(self.case, actor=self.request.user, note=note, seen=seen)
        return "Persetujuan Anda tercatat. Surat penetapannya sekarang dapat dicatat dan diberi nomor."

    def finished(self, result):
        messages.success(self.request, result)
        return redirect(self.back)

    def get_context_data(self, **kwargs):
        may_decide = self.refusal is None and self.case.head_approval is None
        return super().get_context_data(
            approval=self.case.head_approval,
            refusal=self.refusal,
            may_decide=may_decide,
            papers=[line for line in paper_lines(self.case, self.request.user, today=self.today) if not line.lacks],
            **kwargs,
        )


class KeepApprovalScan(OfApproval):
    """A scan of the approval that the head signed on paper."""

    form_class = ApprovalScanForm
    heading = "Unggah persetujuan pimpinan"
    template_name = "desk/work/head_approval_scan.html"
    done = "Persetujuan {result.in_words} tersimpan."

    def guard(self):
        approve_as_head.refuse_unless_scan_is_open(self.case, actor=self.request.user, at=self.now)

    def get_initial(self):
        return {"approved_on": self.today, "appointment": approve_as_head.heads(on=self.today).first()}

    def act(self, form):
        typed = form.cleaned_data
        return approve_as_head.keep_approval_scan(
            self.case,
            typed["file"],
            approved_on=typed["approved_on"],
            appointment=typed["appointment"],
            actor=self.request.user,
        )
