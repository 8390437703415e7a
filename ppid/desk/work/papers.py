"""The papers of a case: read and taken away as PDF or Word, numbered, cancelled, and their signed scans."""

from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.work.cases import ActsOnCase, OfCase
from ppid.desk.work.paper_forms import CancelForm, NumberForm, ScanForm
from ppid.flows.papers import drawing
from ppid.flows.papers.kinds import BY_SLUG, PaperKind, kinds_of
from ppid.flows.papers.models import PaperNumber
from ppid.flows.papers.numbering import (
    attach_scan,
    cancel_number,
    number_paper,
    proposed_number,
    refuse_unless_keeper,
    refuse_unless_scan_is_taken,
)
from ppid.information.documents import private_store


class OfPaper(OfCase):
    """A page about one paper of a case's flow."""

    @cached_property
    def kind(self) -> PaperKind:
        kind = BY_SLUG.get(self.kwargs["paper"])
        if kind is None or kind not in kinds_of(self.case):
            raise Http404
        return kind

    @cached_property
    def numbered(self) -> PaperNumber | None:
        rows = self.case.paper_numbers.filter(kind=self.kind.key, cancelled_at=None)
        return rows.select_related("document").first()


class SendPaper(SendsKeptFile, OfPaper, View):
    """Send the paper: a numbered one as it was frozen, a draft as the case has it now."""

    form = "pdf"

    def get(self, request, *args, **kwargs):
        if self.form == "pdf" and self.numbered:
            kept = self.numbered.document
            return self.send(private_store(), kept.sha256, media_type=kept.media_type, filename=kept.filename)
        if self.numbered:
            paper = self.numbered.paper
        elif self.kind.lacks(self.case):
            raise Http404
        else:
            paper = self.kind.write(self.case, self.today)
        content, media_type = (
            (drawing.pdf(paper), drawing.PDF) if self.form == "pdf" else (drawing.docx(paper), drawing.DOCX)
        )
        name = f"{self.kind.slug}-{self.case.number}{'-draf' if paper.is_draft else ''}.{self.form}"
        disposition = "inline" if self.form == "pdf" and "unduh" not in request.GET else "attachment"
        headers = {"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=media_type, headers=headers)


class LedToPaper(OfPaper, View):
    """An older address of the lembar uji to be signed leads to the paper."""

    @cached_property
    def kind(self) -> PaperKind:
        return BY_SLUG["lembar-uji"]

    def get(self, request, *args, **kwargs):
        if self.kind not in kinds_of(self.case) or self.kind.lacks(self.case):
            raise Http404
        return redirect("desk:paper-pdf", self.case.number, self.kind.slug)


class ActOnPaper(OfPaper, ActsOnCase):
    template_name = "desk/work/paper_act.html"

    @property
    def back(self):
        return f"{self.case.get_absolute_url()}#surat"

    def guard(self):
        refuse_unless_keeper(self.case, self.kind, actor=self.request.user, at=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(kind=self.kind, numbered=self.numbered, **kwargs)


class GiveNumber(ActOnPaper):
    form_class = NumberForm
    template_name = "desk/work/paper_number.html"
    heading = "Beri nomor"
    done = "Surat bernomor {result.number}. PDF-nya kini tetap; cetak, tanda tangani, lalu unggah pindaiannya di sini."

    def dispatch(self, request, *args, **kwargs):
        if self.kind.key == "decree":  # its number and date are recorded with the rest of it
            return redirect("desk:decree", self.case.number)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"number": proposed_number(self.case, self.kind), "date": self.today}

    def act(self, form):
        return number_paper(self.case, self.kind, actor=self.request.user, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(lacks=self.kind.lacks(self.case), **kwargs)


class OfNumber(ActOnPaper):
    """An act on a paper that has a number."""

    @cached_property
    def numbered(self):
        rows = self.case.paper_numbers.filter(kind=self.kind.key).select_related("document")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class CancelNumber(OfNumber):
    form_class = CancelForm
    template_name = "desk/work/paper_cancel.html"
    heading = "Batalkan nomor"
    done = "Nomor {result.number} dibatalkan. Suratnya kembali menjadi draf."

    def act(self, form):
        return cancel_number(self.numbered, because=form.cleaned_data["because"], actor=self.request.user)


class AttachScan(OfNumber):
    form_class = ScanForm
    template_name = "desk/work/paper_scan.html"
    heading = "Unggah yang bertanda tangan"
    done = "Pindaian «{result.document.filename}» tersimpan di samping suratnya."

    def guard(self):
        refuse_unless_scan_is_taken(self.numbered, actor=self.request.user, at=self.now)

    def act(self, form):
        return attach_scan(self.numbered, form.cleaned_data["file"], actor=self.request.user)
