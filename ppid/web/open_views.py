"""Closed unless marked open: every view wants a sign-in, except those under ``login_not_required``."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class ClosedUnlessOpenMiddleware(LoginRequiredMiddleware):
    """Ask who is there only before a closed view.

    Django's own asks first, so that even an open page reads the session and tells caches to vary on the cookie.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
