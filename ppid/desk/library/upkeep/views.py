"""A version in force and beside others: comparing, the yearly look, who has read it, the signed sheet, and numbers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import FormView, ListView, TemplateView, View

from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.library.act_views import KeepersAct
from ppid.desk.library.sop_views import NOT_YOURS, LibraryPage, VersionPage
from ppid.desk.library.upkeep.forms import PatternForm, SignedForm, StillRightForm
from ppid.organisation.models import Unit
from ppid.web.safe_files import PDF
from sop.drafts import numbering
from sop.models import NumberingPattern, SignedSheet, SopVersion
from sop.versions import actions, compare_pdf, upkeep
from sop.versions.compare import compare
from sop.versions.signed import attach_signed
from sop.versions.store import sheet_store


class ComparePage(LibraryPage):
    """Two versions of one SOP."""

    @cached_property
    def versions(self) -> tuple[SopVersion, SopVersion]:
        of_sop = SopVersion.objects.with_sheet().filter(sop__slug=self.kwargs["slug"])
        return tuple(get_object_or_404(of_sop, version=self.kwargs[side]) for side in ("before", "after"))

    @cached_property
    def comparison(self):
        return compare(*(version.sheet() for version in self.versions))


class Compare(ComparePage, TemplateView):
    template_name = "desk/library/compare.html"

    def get_context_data(self, **kwargs):
        before, after = self.versions
        shown = {"before": before, "after": after, "comparison": self.comparison}
        return super().get_context_data(**kwargs | shown)


class ComparePdf(ComparePage, View):
    def get(self, request, slug, before, after):
        drawn = compare_pdf.render(self.comparison, *self.versions)
        disposition = content_disposition_header(False, f"{slug}-v{before}-v{after}.pdf")
        return HttpResponse(drawn, content_type="application/pdf", headers={"Content-Disposition": disposition})


class DueForReview(LibraryPage, ListView):
    section = "sop-reviews"
    template_name = "desk/library/due_for_review.html"
    context_object_name = "versions"
    paginate_by = 50

    def get_queryset(self):
        due = SopVersion.objects.due_for_review(on=self.today)
        return due.select_related("sop__unit").order_by("review_on", "title", "pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(keeps_units=self.keeps_units, **kwargs)


class StillRight(KeepersAct):
    template_name = "desk/library/still_right.html"
    form_class = StillRightForm
    act = staticmethod(upkeep.confirm_still_right)
    done = "Tinjauan tercatat. Versi {version.version} ditinjau lagi paling lambat {version.review_on:%d/%m/%Y}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(reviews=self.version.reviews.select_related("actor"), **kwargs)


class AssignNumber(KeepersAct):
    template_name = "desk/library/assign_number.html"
    act = staticmethod(numbering.assign_number)
    done = "Nomor SOP versi {version.version} sekarang {version.number}."

    def get_context_data(self, **kwargs):
        unit = self.version.sop.unit
        return super().get_context_data(number=numbering.next_number(unit, self.today.year), unit=unit, **kwargs)


class AttachSigned(KeepersAct):
    template_name = "desk/library/attach_signed.html"
    form_class = SignedForm
    done = "Lembar bertanda tangan versi {version.version} tersimpan."

    @staticmethod
    def act(version, *, actor, upload):
        return attach_signed(version, upload, actor).version


class SignedPdf(SendsKeptFile, VersionPage, View):
    """The signed sheet, byte for byte."""

    def get(self, request, slug, version):
        signed = get_object_or_404(SignedSheet, version=self.version)
        return self.send(sheet_store(), signed.sha256, media_type=PDF, filename=signed.filename)


class Acknowledge(VersionPage, View):
    http_method_names = ["post"]

    def post(self, request, slug, version):
        try:
            upkeep.acknowledge(self.version, actor=request.user)
        except actions.SopRefused as refusal:
            messages.error(request, " ".join(refusal.sentences))
        else:
            messages.success(request, f"Tercatat: Anda sudah membaca versi {version}.")
        return redirect(self.version)


class Numbering(LibraryPage, FormView):
    """How one unit numbers its SOPs."""

    template_name = "desk/library/numbering.html"
    form_class = PatternForm

    @cached_property
    def unit(self) -> Unit:
        return get_object_or_404(Unit, code=self.kwargs["unit"])

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and self.unit.pk not in self.keeps_units:
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"pattern": NumberingPattern.objects.filter(unit=self.unit).values_list("pattern", flat=True).first()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            unit=self.unit, number=numbering.next_number(self.unit, self.today.year), **kwargs
        )

    def form_valid(self, form):
        try:
            numbering.set_pattern(self.unit, form.cleaned_data["pattern"], actor=self.request.user)
        except actions.SopRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error("pattern", sentence)
            return self.form_invalid(form)
        messages.success(self.request, "Pola nomor tersimpan.")
        return redirect(self.request.path)
