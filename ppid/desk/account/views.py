"""The pages of the account, drawn in our look."""

from allauth.account.views import LoginView, PasswordChangeView
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone

from ppid.desk.account.forms import NewPasswordForm, SignInForm
from ppid.desk.pages import DeskPage
from ppid.desk.typed.keeping import KEPT, Typed, opened, typed_in
from ppid.desk.typed.views import take_up
from ppid.organisation.models import Appointment
from ppid.web.parameters import text


class SignIn(LoginView):
    """Sign in; ``interrupted`` is what somebody was typing as their session ended, to be given back afterwards."""

    form_class = SignInForm
    is_interrupted = False
    interrupted: Typed | None = None

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.is_interrupted:  # what was sent is another form
            kwargs = {name: value for name, value in kwargs.items() if name not in ("data", "files")}
        return kwargs

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
            "messages": get_messages(self.request),
        }

    def form_valid(self, form):
        response = super().form_valid(form)
        if kept := self.request.POST.get(KEPT, ""):
            response = redirect(take_up(self.request, kept) or "desk:inbox")
        return response

    def demo(self):
        """The demo people with what they may do; none outside the demo."""
        if not settings.DEMO:
            return []
        held = Appointment.objects.in_force(on=timezone.localdate()).filter(user__is_demo=True)
        return held.select_related("user", "role", "unit").order_by("user__pk", "pk")


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
