"""Whoever still has the password that somebody else gave them changes it before anything else."""

from django.shortcuts import redirect

OPEN = {"account_change_password", "account_logout"}


class FirstPasswordMiddleware:
    """Lead from every page of the desk to the change of password; pages that are open to everybody ask nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True) or request.resolver_match.view_name in OPEN:
            return None
        if request.user.is_authenticated and request.user.must_change_password:
            return redirect("account_change_password")
        return None
