"""Whoever decides or administers sets up a second factor before anything else, where the office requires it."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from ppid.desk.account.again import ONWARD, told_to_use_it
from ppid.desk.account.first_password import OPEN
from ppid.desk.account.oidc import has_second_factor_of_the_city
from ppid.desk.typed.keeping import lay_by, typed_in
from ppid.organisation.identity import by_second_factor


class SecondFactorMiddleware:
    """Lead to setting it up, or to using the one that was set up elsewhere meanwhile; what was typed is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not settings.SECOND_FACTOR_ROLES or not getattr(view_func, "login_required", True):
            return None
        if request.resolver_match.view_name in OPEN or not request.user.is_authenticated:
            return None
        if getattr(getattr(view_func, "view_class", None), "goes_before_second_factor", False):
            return None
        if has_second_factor_of_the_city(request):
            return None
        needs, has = request.held_session.needs_factor, request.held_session.has_factor
        if has and not by_second_factor(request):
            _keep(request)
            told_to_use_it(request)
            where = request.get_full_path() if request.method == "GET" else request.path
            return redirect(f"{reverse('account_again')}?{urlencode({ONWARD: where})}")
        if needs and not has:
            _keep(request)
            return redirect("second_factor_setup")
        return None


def _keep(request: HttpRequest) -> None:
    typed = typed_in(request)
    if typed is not None and typed.author == request.user.pk:
        lay_by(typed)
        request.is_sent_form = False  # the door forgets what was taken: this was not
