"""The SOP library: every sheet with its versions, drawn, as PDF, and what PPID Utama may do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from ppid.desk.pages import AppointedPage
from ppid.information.documents import private_store
from sop import actions, pdf
from sop.drawing import draw
from sop.models import SopVersion

NOT_YOURS = "Menyetujui, mengonfirmasi, dan membuat versi baru adalah wewenang PPID Utama yang penugasannya berlaku."


class LibraryPage(AppointedPage):
    section = "sops"

    @cached_property
    def leads(self) -> bool:
        return any(held.role.code == "ppid_utama" for held in self.appointments)

    def get_context_data(self, **kwargs):
        return super().get_context_data(leads=self.leads, why_not=NOT_YOURS, **kwargs)


class VersionPage(LibraryPage):
    """A page of one version of a sheet."""

    @cached_property
    def version(self) -> SopVersion:
        versions = SopVersion.objects.with_sheet().select_related("approved_by", "confirmed_by")
        return get_object_or_404(versions, sop__slug=self.kwargs["slug"], version=self.kwargs["version"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"version": self.version})


class Version(VersionPage, TemplateView):
    template_name = "desk/library/version.html"

    def get_context_data(self, **kwargs):
        siblings = self.version.sop.versions.order_by("-version")
        has_draft = any(each.state == SopVersion.State.DRAFT for each in siblings)
        sheet = draw(self.version.sheet())
        return super().get_context_data(sheet=sheet, siblings=siblings, has_draft=has_draft, **kwargs)


class VersionPdf(VersionPage, View):
    """The kept bytes of an approved version; of a draft, a fresh print with its watermark."""

    def get(self, request, slug, version):
        name = f"{slug}-v{version}.pdf"
        if self.version.pdf_sha256:
            kept = private_store().open(self.version.pdf_sha256)
            return FileResponse(kept, filename=name, content_type="application/pdf")
        drawn = pdf.render(self.version.sheet(), watermark="DRAF")
        disposition = content_disposition_header(False, f"draf-{name}")
        return HttpResponse(drawn, content_type="application/pdf", headers={"Content-Disposition": disposition})


class ActOnVersion(VersionPage, TemplateView):
    """A confirmation on GET, the act on POST; a refusal comes back as sentences on the same page."""

    act = None
    done = ""

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.leads:
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, slug, version):
        try:
            result = type(self).act(self.version, actor=request.user)
        except actions.SopRefused as refusal:
            return self.render_to_response(self.get_context_data(sentences=refusal.sentences))
        messages.success(request, self.done.format(version=result))
        return redirect(result)


class Approve(ActOnVersion):
    template_name = "desk/library/approve.html"
    act = staticmethod(actions.approve)
    done = "Versi {version.version} berlaku sejak sekarang. Lembar dan PDF-nya tampil di portal publik."

    def get_context_data(self, **kwargs):
        in_force = self.version.sop.versions.in_force(on=self.today).first()
        return super().get_context_data(in_force=in_force, **kwargs)


class ConfirmInterpretation(ActOnVersion):
    template_name = "desk/library/confirm.html"
    act = staticmethod(actions.confirm_interpretation)
    done = "Penafsiran versi {version.version} dikonfirmasi."


class NewDraft(ActOnVersion):
    template_name = "desk/library/new_draft.html"
    act = staticmethod(actions.new_draft)
    done = "Versi {version.version} dibuat sebagai draf."
