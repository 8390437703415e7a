"""What somebody with an auditor's link sees, without a sign-in: read-only, each opening written down.

GET shows what opening means and leaves no trace, so no robot or mail scanner that follows the address uses it.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from ppid.desk.proof.dossiers import as_pdf, as_zip
from ppid.flows.models import Case
from ppid.proof.giving import is_hidden, link_of, use
from ppid.web.refusals import Refused


@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class AuditorPage(View):
    """Mixin of the pages of a link: never indexed, and a sentence once it leads nowhere.

    The secret in the address is all that lets anybody in, so there is nothing to forge, and no cookie is needed.
    """

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            context = {"sentences": refusal.sentences}
            response = render(request, "desk/proof/auditor_ended.html", context, status=refusal.status)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request, secret, **kwargs):
        link_of(secret, at=timezone.now())
        return render(request, "desk/proof/auditor_door.html", {"secret": secret})


class Opened(AuditorPage):
    """The cases of the link, once somebody opens it."""

    def post(self, request, secret):
        link, _ = use(secret, "opened")
        cases = Case.objects.for_list().filter(auditor_links__link=link).order_by("auditor_links__pk")
        shown = [(case, is_hidden(link, case)) for case in cases]
        return render(request, "desk/proof/auditor.html", {"link": link, "secret": secret, "shown": shown})


class TakenPdf(AuditorPage):
    """The dossier of one case of the link, as one PDF."""

    def post(self, request, secret, number):
        _, case = use(secret, "pdf", number=number)
        return as_pdf(case)


class TakenZip(AuditorPage):
    """The dossier of one case of the link, with all its files."""

    def post(self, request, secret, number):
        _, case = use(secret, "zip", number=number)
        return as_zip(case)
