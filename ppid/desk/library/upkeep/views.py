"""A version in force and beside others: comparing, the yearly look, who has read it, the signed sheet, and numbers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from ppid.desk.acts import ActPage
from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.library.act_views import ActOnVersion, KeepersAct
from ppid.desk.library.sop_views import NOT_YOURS, LibraryPage, VersionPage
from ppid.desk.library.upkeep.forms import PatternForm, SignedForm, StillRightForm
from ppid.organisation.models import Unit
from ppid.web.paged import PagedList
from ppid.web.safe_files import PDF
from sop.drafts import numbering
from sop.ledgers import SignedSheet
from sop.models import NumberingPattern, SopVersion
from sop.versions import compare_pdf, upkeep
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


class DueForReview(LibraryPage, PagedList):
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
    do = staticmethod(upkeep.confirm_still_right)
    done = "Tinjauan tercatat. Versi {result.version} ditinjau lagi paling lambat {result.review_on:%d/%m/%Y}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(reviews=self.version.reviews.all(), **kwargs)


class AssignNumber(KeepersAct):
    template_name = "desk/library/assign_number.html"
    do = staticmethod(numbering.assign_number)
    done = "Nomor SOP versi {result.version} sekarang {result.number}."

    def get_context_data(self, **kwargs):
        unit = self.version.sop.unit
        return super().get_context_data(number=numbering.next_number(unit, self.today.year), unit=unit, **kwargs)


class AttachSigned(KeepersAct):
    template_name = "desk/library/attach_signed.html"
    form_class = SignedForm
    done = "Lembar bertanda tangan versi {result.version} tersimpan."

    def act(self, form):
        return attach_signed(self.version, form.cleaned_data["upload"], self.request.user).version


class SignedPdf(SendsKeptFile, VersionPage, View):
    """The signed sheet, byte for byte."""

    def get(self, request, slug, version):
        signed = get_object_or_404(SignedSheet, version=self.version)
        return self.send(sheet_store(), signed.sha256, media_type=PDF, filename=signed.filename)


class Acknowledge(ActOnVersion):
    """Note that the person has read the version; the button stands on the version's own page."""

    do = staticmethod(upkeep.acknowledge)
    done = "Tercatat: Anda sudah membaca versi {result.version.version}."

    def get(self, request, *args, **kwargs):
        return redirect(self.back)

    def onward(self, result):
        return self.back

    def form_invalid(self, form, status=422, **context):
        messages.error(self.request, " ".join(form.non_field_errors()))
        return redirect(self.version)


class Numbering(LibraryPage, ActPage):
    """How one unit numbers its SOPs."""

    template_name = "desk/library/numbering.html"
    form_class = PatternForm
    not_yours = NOT_YOURS
    beside = "pattern"
    done = "Pola nomor tersimpan."

    @cached_property
    def unit(self) -> Unit:
        return get_object_or_404(Unit, code=self.kwargs["unit"])

    def may(self):
        return self.unit.pk in self.keeps_units

    @property
    def back(self):
        return self.request.path

    def get_initial(self):
        return {"pattern": NumberingPattern.objects.filter(unit=self.unit).values_list("pattern", flat=True).first()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            unit=self.unit, number=numbering.next_number(self.unit, self.today.year), **kwargs
        )

    def act(self, form):
        return numbering.set_pattern(self.unit, form.cleaned_data["pattern"], actor=self.request.user)
