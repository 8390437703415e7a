"""The dossier of a case, for whoever may see the case: as one PDF, or as a ZIP that is written while it is sent."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from ppid.desk.pages import AppointedPage
from ppid.flows.models import Case
from ppid.flows.papers import drawing
from ppid.proof.dossier.archive import archive
from ppid.proof.dossier.content import gather
from ppid.web.safe_files import PDF, make_harmless


def as_pdf(case: Case) -> HttpResponse:
    """Answer with the dossier of a case fetched ``for_page()``."""
    dossier = gather(case)
    response = HttpResponse(drawing.pdf(dossier.paper), content_type=PDF)
    return _private(response, f"{dossier.name}.pdf", PDF)


def as_zip(case: Case) -> StreamingHttpResponse:
    """Answer with the dossier and its files, piece by piece."""
    dossier = gather(case)
    response = StreamingHttpResponse(archive(dossier), content_type="application/zip")
    return _private(response, f"{dossier.name}.zip", "application/zip")


def _private(response, filename: str, media_type: str):
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return make_harmless(response, media_type)


class DossierView(AppointedPage, View):
    """A dossier, for those who see its case; for everybody else it isn't there."""

    as_form = staticmethod(as_pdf)
    http_method_names = ["get", "head"]

    def get(self, request, number):
        return self.as_form(get_object_or_404(self.visible.for_page(), number=number))


class DossierPdf(DossierView):
    as_form = staticmethod(as_pdf)


class DossierZip(DossierView):
    as_form = staticmethod(as_zip)
