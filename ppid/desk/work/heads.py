"""The head's approval of an exclusion: read, approved or sent back by the head, or a signed scan of it kept."""

from functools import cached_property

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from ppid.desk.account.weighty import Weighty
from ppid.desk.forms import DayInput, DeskForm
from ppid.desk.head_field import HeadField
from ppid.desk.work import preview
from ppid.desk.work.cases import ActsOnCase, OfExclusion
from ppid.desk.work.checks import Check
from ppid.desk.work.decision import FROM_THE_SCREEN
from ppid.desk.work.decision_kinds import HEAD
from ppid.desk.work.forms import CaseForm, UploadField
from ppid.desk.work.paper_panel import paper_lines
from ppid.desk.work.second_look import second_look
from ppid.desk.work.two_ways import TwoWays
from ppid.flows import approve_as_head
from ppid.flows.ledger import StepRecord
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


APPROVED = "Persetujuan Anda tercatat. Surat penetapannya sekarang dapat dicatat dan diberi nomor."
SENT_BACK = "Pengecualian dikembalikan kepada pengujinya dengan alasan Anda."


class OfApproval(OfExclusion, ActsOnCase):
    """A page about the head's approval of an exclusion."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(test=self.case.test, **kwargs)


class HeadApprovalPage(Weighty, TwoWays, OfApproval):
    """The head's decision screen: the test and the papers, approve or send back. Others read how it stands."""

    kind = HEAD
    ways = ("putusan", "setujui", "kembalikan")

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

    def decides_here(self):
        return self.refusal is None and self.case.head_approval is None

    @property
    def goes_back(self):
        return "kembalikan" in self.request.POST or super().goes_back

    def final_lines(self, *, is_back):
        if not is_back or self.case.decree is None:
            return []
        return [
            f"Surat penetapan nomor {self.case.decree.number} tidak berlaku lagi.",
            "Pengecualian kembali kepada pengujinya, dengan alasan Anda.",
        ]

    def shown(self):
        view = self.case_view
        row = preview.dik_as_read(self.case, self.case.test, on=self.today, at=self.now)
        checks = [
            Check("ok", "Hasil uji sudah diterima PPID Utama", f"Langkah {view.decides} lembar SOP ini."),
            Check("ok", "Lembar uji lengkap", f"{len(self.case.test.participants.all())} peserta tercatat."),
        ]
        return {
            "about": self.case.information.title,
            "number": self.case.number,
            "meta": ["Syarat hukum di luar SOP (PP 61/2010 pasal 3)", self.case.unit.short_name],
            "whole_url": self.case.get_absolute_url(),
            "look": second_look(view),
            "reader": preview.reader_of(self.case, view.content, self.request.GET, address=self.request.path),
            "checks": checks,
            "case_view": None,
            **row,
        }

    def guard(self):
        if self.case.test is None or self.case.test.taken_over:
            raise Http404
        if self.request.method == "POST" and self.refusal:
            raise self.refusal

    def act(self, form):
        note, seen = form.cleaned_data["note"], form.cleaned_data["moves"]
        if self.goes_back:
            return approve_as_head.send_back(self.case, actor=self.request.user, reason=note, seen=seen)
        return approve_as_head.approve(self.case, actor=self.request.user, note=note, seen=seen)

    def finished(self, result):
        is_return = isinstance(result, StepRecord)
        if self.request.POST.get("dari") == FROM_THE_SCREEN:
            if is_return:
                return redirect("desk:decided", self.case.number, result.sequence)
            return redirect("desk:head-approved", self.case.number, result.pk)
        messages.success(self.request, SENT_BACK if is_return else APPROVED)
        return redirect(self.back)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            approval=self.case.head_approval,
            refusal=self.refusal,
            papers=[line for line in paper_lines(self.case, self.request.user, today=self.today) if not line.lacks],
            **kwargs,
        )


class KeepApprovalScan(Weighty, OfApproval):
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
