"""Proving again who sits there: by password, by a code, or by a passkey. Then on to where one was going."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView

from ppid.desk.account.forms import AgainForm, PasskeyForm
from ppid.desk.account.passkeys import options_to_sign_in
from ppid.desk.pages import DeskPage
from ppid.desk.typed.keeping import KEPT, Typed, desk_address, opened
from ppid.desk.typed.views import take_up
from ppid.organisation.identity import by_second_factor, prove
from ppid.organisation.second_factor import Standing, standing_of

ONWARD = "lalu"


class SignInAgain(DeskPage, FormView):
    """``interrupted`` is what was being sent as it was asked; ``onward_to`` where one goes on otherwise."""

    template_name = "account/again.html"
    form_class = AgainForm
    goes_before_second_factor = True
    is_interrupted = False
    interrupted: Typed | None = None
    onward_to = ""

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.request.user)

    @cached_property
    def needs_second(self) -> bool:
        """Whether a password is not enough: this session began before the second factor was set up."""
        return self.standing.has_any and not by_second_factor(self.request)

    @property
    def onward(self) -> str:
        return self.onward_to or desk_address((self.request.POST or self.request.GET).get(ONWARD, ""))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, **self.asks()}

    def asks(self) -> dict[str, bool]:
        return {
            "by_password": self.request.user.has_usable_password() and not self.needs_second,
            "by_code": self.standing.app is not None,
        }

    def empty_form(self):
        return self.form_class(user=self.request.user, **self.asks())

    def get_form_class(self):
        return PasskeyForm if "credential" in self.request.POST and not self.is_interrupted else AgainForm

    def form_valid(self, form):
        self.request.session.cycle_key()  # whoever had the cookie before this proof has it no more
        prove(self.request, second_factor=form.by_second_factor)
        if kept := self.request.POST.get(KEPT, ""):
            return redirect(take_up(self.request, kept) or "desk:inbox")
        return redirect(self.onward or "account_home")

    def form_invalid(self, form):
        shown = self.empty_form() if isinstance(form, PasskeyForm) else form
        refused = form.errors.get("credential", []) if isinstance(form, PasskeyForm) else []
        return self.render_to_response(self.get_context_data(form=shown, passkey_refused=refused), status=422)

    def get_context_data(self, **kwargs):
        typed = self.interrupted
        if typed is None and not self.is_interrupted:
            typed = opened(self.request.POST.get(KEPT, ""))
        shown = {
            "typed": typed,
            "kept": typed.sealed() if typed else "",
            "is_interrupted": self.is_interrupted,
            "needs_second": self.needs_second,
            "onward": self.onward,
            "passkey_options": options_to_sign_in(self.request) if self.standing.passkeys else "",
            **self.asks(),
        }
        return super().get_context_data(**shown | kwargs)


def told_to_use_it(request: HttpRequest) -> None:
    """Say why a session that is signed in is asked for its second factor."""
    messages.warning(request, "Langkah kedua dipasang sesudah peramban ini masuk. Buktikan dengan langkah kedua Anda.")
