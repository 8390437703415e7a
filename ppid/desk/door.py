"""The door of the desk: nobody in without a sign-in, and whoever was put out while typing keeps the text.

Before anything is done there, the units are as they are to be on this day.
"""

from django.utils import timezone

from ppid.desk.account.views import interrupted
from ppid.desk.mishaps import is_desk, not_written
from ppid.desk.typed.keeping import forget, typed_in
from ppid.flows.closing import bring_due_units_about
from ppid.web.open_views import ClosedUnlessOpenMiddleware


class DeskDoorMiddleware(ClosedUnlessOpenMiddleware):
    """Ask who is there; a form whose session has ended is answered with the sign-in page that keeps it."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or request.method != "POST" or not is_desk(request):
            return answer
        _ = request.POST  # reading it tells whether there was room for its files
        if error := getattr(request, "cannot_write", None):
            return not_written(request, error)
        request.is_sent_form = True
        if request.user.is_authenticated:
            bring_due_units_about(on=timezone.localdate())
        return None

    def process_response(self, request, response):
        """Let go of the draft of a form once it was taken, which sends people on; what is refused stays laid by."""
        if getattr(request, "is_sent_form", False) and 300 <= response.status_code < 400:
            forget(request, request.path)
        return response

    def handle_no_permission(self, request, view_func):
        if typed_in(request):
            return interrupted(request)
        return super().handle_no_permission(request, view_func)
