"""The pages of the account, drawn in our look."""

import logging

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from ppid.desk.account import passkeys
from ppid.desk.account.forms import CodeForm, NewPasswordForm, PasskeyForm, SignInForm
from ppid.desk.account.telling import tell_of_wrong_codes
from ppid.desk.pages import DeskPage
from ppid.desk.typed.keeping import KEPT, Typed, opened, typed_in
from ppid.desk.typed.views import take_up
from ppid.organisation.adapter import device_of, token_of
from ppid.organisation.first_password import FirstPasswordEnded, ends_at
from ppid.organisation.identity import prove
from ppid.organisation.models import Appointment
from ppid.organisation.second_factor import CodeRefused, Standing, codes_left, standing_of, use_code
from ppid.organisation.sign_in import count_try
from ppid.web.parameters import text
from ppid.web.refusals import Refused, pour

TOLD_OF_WRONG_CODES = 3  # wrong ones within five minutes: one may mistype, or look at the wrong line

log = logging.getLogger(__name__)


class SignIn(LoginView):
    """Sign in; ``interrupted`` is what somebody was typing as their session ended, to be given back afterwards."""

    form_class = SignInForm
    is_interrupted = False
    interrupted: Typed | None = None
    onward = ""
    passkey_refused: list[str] = []

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.is_interrupted or self.passkey_refused:  # what was sent is another form
            kwargs = {name: value for name, value in kwargs.items() if name not in ("data", "files")}
        return kwargs

    def blank(self):
        return self.get_form_class()(**self.get_form_kwargs())

    def get_initial(self):
        return {"login": text(self.request.GET, "surel")}

    def get_context_data(self, **kwargs):
        typed = self.interrupted or opened(self.request.POST.get(KEPT, ""))
        return super().get_context_data(**kwargs) | {
            "demo": self.demo(),
            "demo_password": settings.DEMO_PASSWORD,
            "typed": typed,
            "kept": typed.sealed() if typed else "",
            "is_interrupted": self.is_interrupted,
            "city_account": settings.OIDC_NAME,
            "passkey_refused": self.passkey_refused,
            "passkeys_possible": passkeys.are_possible(self.request),
            "messages": get_messages(self.request),
        }

    def get_success_url(self):
        return self.onward or super().get_success_url()

    def form_valid(self, form):
        self.onward = onward_with_typed(self.request, form.user)
        return super().form_valid(form)

    def demo(self):
        """The demo people with what they may do; none outside the demo."""
        if not settings.DEMO:
            return []
        held = Appointment.objects.in_force(on=timezone.localdate()).filter(user__is_demo=True)
        return held.select_related("user", "role", "unit").order_by("user__pk", "pk")


def onward_with_typed(request, user) -> str:
    """Lay by what came along for this person, and return where its form is; "" when nothing came along."""
    kept = request.POST.get(KEPT, "")
    return (take_up(request, kept, user=user) or reverse("desk:inbox")) if kept else ""


def proved_twice(request, response):
    """Note, once the person is in, that they proved it by a second factor too."""
    if request.user.is_authenticated:
        prove(request, second_factor=True)
    return response


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStep(FormView):
    """After the right password: a code of the app, a recovery code, or a passkey. Wrong ones are counted."""

    template_name = "account/second_step.html"
    form_class = CodeForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect("desk:inbox")
        self.stage = LoginStageController.enter(request, AuthenticateStage.key)
        if self.stage is None:
            messages.warning(request, "Waktu untuk langkah kedua sudah habis. Masuk sekali lagi.")
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self):
        return self.stage.login.user

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.user)

    def get_form_class(self):
        return PasskeyForm if "credential" in self.request.POST else CodeForm

    def get_form_kwargs(self):
        by_passkey = self.get_form_class() is PasskeyForm
        return super().get_form_kwargs() | ({"user": self.user} if by_passkey else {})

    def post(self, request, *args, **kwargs):
        if "batal" in request.POST:
            clear_login(request)
            return redirect("account_login")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            used = Authenticator.Type.WEBAUTHN if isinstance(form, PasskeyForm) else self.use(form.cleaned_data["code"])
        except Refused as refusal:
            log.warning("A second step of account %s was refused.", self.user.pk)
            pour(refusal, form, beside="code")
            return self.form_invalid(form)
        if isinstance(form, PasskeyForm):
            form.cleaned_data["credential"].record_usage()
        response = proved_twice(self.request, self.stage.exit())
        if used == Authenticator.Type.RECOVERY_CODES:
            left = codes_left(self.user)
            messages.warning(
                self.request,
                f"Anda masuk dengan kode pemulihan. Sisa {left} kode. Bila perangkat Anda hilang, ganti aplikasi atau "
                "hapus kunci sandinya di «Akun saya», lalu buat kode pemulihan baru.",
            )
        return response

    def use(self, code: str) -> str:
        """Take the code, unless too many were wrong: of this account in this place, and of the account anywhere."""
        account, address = self.user.email, get_account_adapter().get_client_ip(self.request)
        tried = count_try(
            f"second step: {account}", address=address, browser=token_of(self.request, account), anywhere=True
        )
        try:
            used = use_code(self.user, code)
        except CodeRefused:
            if tried.nth >= TOLD_OF_WRONG_CODES:
                tell_of_wrong_codes(self.user, device_of(self.request))
            raise
        tried.succeeded()
        return used

    def form_invalid(self, form):
        refused = form.errors.get("credential", []) if isinstance(form, PasskeyForm) else []
        shown = CodeForm() if isinstance(form, PasskeyForm) else form
        return self.render_to_response(self.get_context_data(form=shown, passkey_refused=refused), status=422)

    def get_context_data(self, **kwargs):
        has = self.standing
        options = passkeys.options_to_sign_in(self.request, self.user) if has.passkeys else ""
        shown = {"standing": has, "passkey_options": options, "who": self.user}
        return super().get_context_data(**shown | kwargs)


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInByPasskey(View):
    """Sign in by a passkey alone: GET gives what the browser is to prove, POST takes its answer.

    No try is counted: a signature can't be guessed, and whom it names anybody could write.
    """

    http_method_names = ["get", "post"]

    def get(self, request):
        if request.user.is_authenticated:
            return redirect("desk:inbox")
        if request.headers.get("X-Requested-With") != "fetch" or not passkeys.are_possible(request):
            return redirect("account_login")
        return JsonResponse(passkeys.options_for_anybody(request))

    def post(self, request):
        form = PasskeyForm(request.POST, user=None)
        passkey = form.cleaned_data["credential"] if form.is_valid() else None
        if passkey is None or not passkey.user.is_active:
            page = SignIn(passkey_refused=form.errors.get("credential") or [passkeys.UNKNOWN])
            page.setup(request)
            return page.render_to_response(page.get_context_data(form=page.blank()), status=422)
        user = passkey.user
        onward = onward_with_typed(request, user) or get_next_redirect_url(request)
        response = perform_passwordless_login(request, passkey, Login(user=user, redirect_url=onward))
        return proved_twice(request, response)


def interrupted(request):
    """Answer a form whose sender is not signed in any more: the sign-in page, with what was typed kept in it."""
    page = SignIn(is_interrupted=True, interrupted=typed_in(request))
    page.setup(request)
    return page.render_to_response(page.get_context_data(), status=403).render()


class ChangePassword(DeskPage, PasswordChangeView):
    form_class = NewPasswordForm
    success_url = reverse_lazy("desk:inbox")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied("Akun Anda belum punya kata sandi. Mintalah admin PPID membuatkannya.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except FirstPasswordEnded as refusal:
            pour(refusal, form, beside="oldpassword")
            return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(good_until=ends_at(self.request.user), **kwargs)
