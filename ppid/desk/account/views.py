"""The pages of the account, drawn in our look."""

import secrets

from allauth.account.views import LoginView, PasswordChangeView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.utils import timezone

from ppid.desk.account.forms import NewPasswordForm, SignInForm
from ppid.desk.pages import DeskPage
from ppid.organisation.adapter import remember_browser, token_of
from ppid.organisation.models import Appointment


class SignIn(LoginView):
    form_class = SignInForm

    def get_initial(self):
        return {"login": self.request.GET.get("surel", "")}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"demo": self.demo(), "demo_password": settings.DEMO_PASSWORD}

    def form_valid(self, form):
        response = super().form_valid(form)
        account = form.user.email
        token = token_of(self.request, account) or secrets.token_urlsafe(16)
        remember_browser(response, account, token)
        return response

    def demo(self):
        """The demo people with what they may do; none outside the demo."""
        if not settings.DEMO:
            return []
        held = Appointment.objects.in_force(on=timezone.localdate()).filter(user__is_demo=True)
        return held.select_related("user", "role", "unit").order_by("user__pk", "pk")


class ChangePassword(DeskPage, PasswordChangeView):
    form_class = NewPasswordForm
    success_url = reverse_lazy("desk:inbox")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied("Akun Anda belum punya kata sandi. Mintalah admin PPID membuatkannya.")
        return super().dispatch(request, *args, **kwargs)
