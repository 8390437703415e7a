"""Back to a form with what was typed there, and aside from a form to come back to it."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import View

from ppid.desk.typed.keeping import KEPT, Typed, desk_address, lay_by, opened, own_typed
from ppid.web.refusals import Refused


def take_up(request, sealed: str, *, user=None) -> str:
    """Lay by what was sealed for this person, and return the address of its form; "" when it is not theirs.

    ``user`` is who is about to be let in, where nobody is signed in yet.
    """
    typed = opened(sealed)
    if typed is None or typed.author != (user or request.user).pk:
        messages.warning(request, "Isian yang tertunda tidak dibuka: sudah terlalu lama, atau diketik orang lain.")
        return ""
    lay_by(typed)
    return typed.path


class GiveBack(View):
    """Open the form again with what was typed."""

    http_method_names = ["post"]

    def post(self, request):
        return redirect(take_up(request, request.POST.get(KEPT, "")) or "desk:inbox")


class SetAside(View):
    """Keep what is typed in the form of the page ``untuk``, and go on to ``lalu``."""

    http_method_names = ["post"]

    def post(self, request):
        form, onward = (self.address(name) for name in ("untuk", "lalu"))
        said, refused = "", ""
        try:
            if typed := own_typed(request):
                saved = lay_by(Typed(typed.author, form, typed.fields, typed.files))
                said = f"Tersimpan {date_format(timezone.localtime(saved.saved_at), 'H.i')}"
        except Refused as refusal:
            refused = " ".join(refusal.sentences)
        if request.headers.get("X-Requested-With") == "fetch":  # saved as it is typed: the page stays
            return HttpResponse(refused or said)
        if refused:
            messages.warning(request, refused)
        return redirect(onward)

    def address(self, name: str) -> str:
        if found := desk_address(self.request.GET.get(name, "")):
            return found
        raise BadRequest(f"{name} is no address of the desk")
