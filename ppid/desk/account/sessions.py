"""One's own sessions: listed, ended one by one or all but this one, and what is left of the present one."""

from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from ppid.desk.acts import ActPage
from ppid.desk.pages import DeskPage
from ppid.organisation.adapter import SESSION
from ppid.organisation.sessions import SignInSession, end_all
from ppid.web.refusals import Refused

_ENDED_SHOWN = 10


class OwnSessions(DeskPage, TemplateView):
    """The person's sessions, this one first, and the last ones that ended."""

    template_name = "account/sessions.html"

    def get_context_data(self, **kwargs):
        mine = SignInSession.objects.filter(person=self.request.user.pk)
        this = self.request.held_session
        others = list(mine.open(at=self.now).exclude(pk=this.pk))
        ended = mine.exclude(pk__in=[this.pk, *(each.pk for each in others)]).order_by("-started_at", "-pk")
        return super().get_context_data(this=this, others=others, ended=ended[:_ENDED_SHOWN], **kwargs)


class _OfSessions(DeskPage, ActPage):
    template_name = "account/session_end.html"
    back = reverse_lazy("account_sessions")
    words = ""  # what the page and its button call the act

    def get_context_data(self, **kwargs):
        return super().get_context_data(words=self.words, **kwargs)


class EndSession(_OfSessions):
    """End one of one's own sessions; the present one is signed out of."""

    words = "Akhiri sesi"
    done = "Sesi di {result.device.words} diakhiri."

    @cached_property
    def session(self) -> SignInSession:
        return get_object_or_404(SignInSession, person=self.request.user.pk, pk=self.kwargs["pk"])

    @property
    def is_this(self) -> bool:
        return self.session.pk == self.request.held_session.pk

    def guard(self):
        if self.session.ends_because(self.session.device, at=self.now):
            raise Refused("Sesi itu sudah berakhir.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(session=self.session, is_this=self.is_this, **kwargs)

    def act(self, form):
        SignInSession.objects.filter(pk=self.session.pk).end(SignInSession.Because.ENDED)
        return self.session

    def finished(self, result):
        if self.is_this:
            logout(self.request)
            return redirect("account_login")
        return super().finished(result)


class EndOthers(_OfSessions):
    words = "Akhiri semua sesi lain"

    def get_context_data(self, **kwargs):
        others = SignInSession.objects.filter(person=self.request.user.pk).open(at=self.now)
        return super().get_context_data(others=others.exclude(pk=self.request.held_session.pk), **kwargs)

    def act(self, form):
        return end_all(self.request.user, SignInSession.Because.ENDED, but=self.request.session[SESSION])

    def told(self, result):
        return f"{result} sesi lain diakhiri." if result else "Tidak ada sesi lain yang masih terbuka."


class _Left(View):
    def answer(self):
        left = self.request.session_left
        return JsonResponse({"left": left.seconds, "isFinal": left.is_final})


class SessionLeft(_Left):
    """Say how many seconds the session has left; asking is no use of it."""

    http_method_names = ["get"]

    def get(self, request):
        return self.answer()


class RenewSession(_Left):
    """Count as use of the session, which the middleware has written down already; say what is left."""

    http_method_names = ["post"]

    def post(self, request):
        return self.answer()
