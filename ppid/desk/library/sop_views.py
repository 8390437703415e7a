"""The SOP library: every sheet with its versions, drawn and as PDF; what may be done with one is in ``act_views``."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from ppid.desk.kept_files import SendsKeptFile
from ppid.desk.library.editor.findings import findings
from ppid.desk.library.running import running
from ppid.desk.pages import AppointedPage
from ppid.organisation.deciding import Deciders
from ppid.web.safe_files import PDF
from sop import permissions
from sop.drawing.drawn import draw
from sop.models import UNDECIDED, SopVersion
from sop.own_work import approvers
from sop.paper import pdf
from sop.versions import upkeep
from sop.versions.store import sheet_store

NOT_YOURS = (
    "Menyusun, mengonfirmasi, dan mengajukan lembar adalah tugas Pengelola SOP unitnya; menyetujui, mengembalikan, dan "
    "mencabut adalah wewenang PPID Utama yang penugasannya berlaku."
)


class LibraryPage(AppointedPage):
    section = "sops"

    @cached_property
    def approves(self) -> bool:
        return permissions.approves(self.request.user, on=self.today)

    @cached_property
    def keeps_units(self) -> set[int]:
        return {unit.pk for unit in permissions.keeps_units(self.request.user, on=self.today)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            approves=self.approves,
            keeps_any=bool(self.keeps_units),
            why_not=NOT_YOURS,
            today=self.today,
            **kwargs,
        )


class VersionPage(LibraryPage):
    """A page of one version of a sheet."""

    @cached_property
    def version(self) -> SopVersion:
        versions = SopVersion.objects.with_sheet().select_related("approved_by", "confirmed_by")
        return get_object_or_404(versions, sop__slug=self.kwargs["slug"], version=self.kwargs["version"])

    @property
    def keeps(self) -> bool:
        return self.version.sop.unit_id in self.keeps_units

    @cached_property
    def deciders(self) -> Deciders | None:
        """Who could approve this version and who of them worked on it; None once it is decided."""
        return approvers(self.version, on=self.today) if self.version.state in UNDECIDED else None

    @property
    def own_work(self) -> str:
        """Why this person, who approves sheets, doesn't approve this one; "" when nothing stands against it."""
        if not self.approves or self.deciders is None:
            return ""
        return self.deciders.refusal_of(self.request.user, "menyetujui versi ini")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"version": self.version, "keeps": self.keeps})


class Version(VersionPage, TemplateView):
    template_name = "desk/library/version.html"

    def get_context_data(self, **kwargs):
        siblings = self.version.sop.versions.order_by("-version")
        standing = upkeep.standing(self.version, person=self.request.user, on=self.today)
        return super().get_context_data(
            sheet=draw(self.version.sheet()),
            siblings=siblings,
            deciders=self.deciders,
            own_work=self.own_work,
            undecided=next((each for each in siblings if each.state in UNDECIDED), None),
            changes=self.version.changes.all(),
            findings=findings(self.version),
            is_mine_to_mend=self.keeps and self.version.state == SopVersion.State.DRAFT,
            running=running(self.version, is_in_force=standing.is_in_force, on=self.today),
            standing=standing,
            **kwargs,
        )


class VersionPdf(SendsKeptFile, VersionPage, View):
    """The kept bytes of an approved version; of a draft, a fresh print with its watermark."""

    def get(self, request, slug, version):
        name = f"{slug}-v{version}.pdf"
        if self.version.pdf_sha256:
            return self.send(sheet_store(), self.version.pdf_sha256, media_type=PDF, filename=name)
        drawn = pdf.render(self.version.sheet(), watermark="DRAF")
        disposition = content_disposition_header(False, f"draf-{name}")
        return HttpResponse(drawn, content_type="application/pdf", headers={"Content-Disposition": disposition})
