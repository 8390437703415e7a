"""«Periksa keaslian»: what a file or a paper in somebody's hand is. Its hash alone is asked for, nothing is sent."""

from django.conf import settings
from django.http import Http404
from django.views.generic import TemplateView

from ppid.portal.pages import OpenPage, on_shelf
from ppid.portal.proofs import asked_hash, known, of_short_address
from ppid.shelf.models import ShortAddress


class Verify(OpenPage, TemplateView):
    """A field for a SHA-256, a file chosen in the browser, and the answer."""

    template_name = "portal/verify.html"
    section = "verify"

    def get_context_data(self, **kwargs):
        typed = self.request.GET.get("sha256", "")
        sha256, refusal = asked_hash(typed)
        return super().get_context_data(
            typed=typed[:400],
            sha256=sha256,
            refusal=refusal,
            proofs=known(sha256) if sha256 else [],
            signature_check=settings.SIGNATURE_CHECK,
            **kwargs,
        )


class Short(OpenPage, TemplateView):
    """What a short address, typed from a paper, leads to."""

    template_name = "portal/short.html"
    section = "verify"

    def get_context_data(self, code, **kwargs):
        proof = of_short_address(on_shelf(ShortAddress).filter(code=code.lower()))
        if proof is None:
            raise Http404
        return super().get_context_data(
            proof=proof, code=code.lower(), signature_check=settings.SIGNATURE_CHECK, **kwargs
        )
