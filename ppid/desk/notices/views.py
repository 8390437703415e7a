"""Pages of news: what I was told, how I want to be told, and what could not be sent."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from ppid.desk.acts import ActPage, OneClick
from ppid.desk.notices.feed import due_dates
from ppid.desk.notices.forms import CameBackForm, SwitchesForm
from ppid.desk.pages import AppointedPage, DeskPage
from ppid.jobs import somebody_works
from ppid.notices import switches
from ppid.notices.letters import address
from ppid.notices.models import Dispatch, Notice
from ppid.notices.sending import again, all_again, is_quiet
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.web.parameters import text
from ppid.web.refusals import ChangedMeanwhile

A_PAGE = 30
S = Dispatch.Stage


class News(DeskPage, TemplateView):
    """What the person was told, the newest first."""

    template_name = "desk/notices/news.html"
    section = "news"

    def get_context_data(self, **kwargs):
        mine = Notice.objects.news_of(self.request.user)
        only_unread = text(self.request.GET, "tampil") == "belum-dibaca"
        page = Paginator(mine.unread() if only_unread else mine, A_PAGE).get_page(self.request.GET.get("halaman"))
        return super().get_context_data(
            page_obj=page,
            notices=page.object_list,
            only_unread=only_unread,
            mails_are_files=mails_are_files(),
            **kwargs,
        )


class NewsItem(View):
    """Lead to the place of one notice, which is read then; nobody else's is found."""

    def get(self, request, pk):
        notice = get_object_or_404(Notice, pk=pk, person=request.user)
        switches.read(Notice.objects.filter(pk=notice.pk))
        return redirect(notice.url)


class ReadAll(OneClick):
    back = reverse_lazy("desk:news")

    def act(self):
        n = switches.read_all(self.request.user)
        return f"{n} kabar ditandai sudah dibaca." if n else "Semua kabar sudah dibaca."


class Switches(DeskPage, ActPage):
    """How the person wants to be told of each kind, and the address of their due dates."""

    template_name = "desk/notices/switches.html"
    section = "news"
    form_class = SwitchesForm
    done = "Pilihan disimpan."

    def get_initial(self):
        return switches.switches_of(self.request.user)

    def act(self, form):
        switches.switch(self.request.user, {kind: how for kind, how in form.cleaned_data.items() if how})

    @property
    def back(self):
        return reverse("desk:news-switches")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            key=switches.calendar_key(self.request.user),
            refused=switches.refused_address(self.request.user),
            mails_are_files=mails_are_files(),
            **kwargs,
        )


class NewCalendarAddress(DeskPage, TemplateView):
    """Make a new secret address; it is shown this once."""

    http_method_names = ["post"]
    template_name = "desk/notices/calendar_address.html"
    section = "news"

    def post(self, request):
        secret = switches.new_calendar_key(request.user)
        path = reverse("desk:calendar-feed", args=[secret])
        return self.render_to_response(self.get_context_data(feed=address(path) or request.build_absolute_uri(path)))


class RevokeCalendarAddress(OneClick):
    back = reverse_lazy("desk:news-switches")

    def act(self):
        revoked = switches.revoke_calendar_key(self.request.user)
        return "Alamat kalender dicabut." if revoked else "Tidak ada alamat kalender yang berlaku."


@method_decorator(login_not_required, name="dispatch")
class CalendarFeed(View):
    """A person's due dates, for whoever has the secret address. Asking changes nothing; robots are sent away."""

    def get(self, request, key):
        person = switches.person_of(key)
        if person is None:
            raise Http404("No such calendar.")
        answer = HttpResponse(due_dates(person, timezone.now()), content_type="text/calendar; charset=utf-8")
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Content-Disposition"] = 'inline; filename="tenggat.ics"'
        return answer


class KeepersPage(AppointedPage):
    """A page of whoever keeps the office."""

    section = "unsent"

    def dispatch(self, request, *args, **kwargs):
        if not self.reader.holds(CHIEF, ADMIN):
            raise PermissionDenied("Surel keluar diurus oleh PPID Utama atau Admin PPID.")
        return super().dispatch(request, *args, **kwargs)


class Unsent(KeepersPage, TemplateView):
    """What could not be sent, why, and a button; and whether anybody sends at all."""

    template_name = "desk/notices/unsent.html"

    def get_context_data(self, **kwargs):
        rows = Dispatch.objects.select_related("notice__person").order_by("-tried_at", "-pk")
        failed = rows.unsent()
        page = Paginator(failed, A_PAGE).get_page(self.request.GET.get("halaman"))
        return super().get_context_data(
            page_obj=page,
            failed=page.object_list,
            tried=rows.filter(stage=S.WAITING, tries__gt=0)[:A_PAGE],
            waiting=rows.filter(stage=S.WAITING).order_by().count(),
            mails_are_files=mails_are_files(),
            works=somebody_works(),
            quiet=is_quiet(self.now, self.working),
            server=f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
            **kwargs,
        )


class SendAgain(KeepersPage, OneClick):
    """Send one more time what failed, or whose outcome nobody knows."""

    back = reverse_lazy("desk:news-unsent")

    def act(self):
        dispatch = get_object_or_404(Dispatch.objects.select_related("notice__person"), pk=self.kwargs["pk"])
        if not again(dispatch, actor=self.request.user):
            raise ChangedMeanwhile("Surel itu sudah tidak menunggu Anda: sudah dikirim lagi atau sudah terkirim.")
        return f"Surel untuk {dispatch.notice.person.name} dikirim lagi."


class SendAllAgain(KeepersPage, OneClick):
    """Send one more time all that failed."""

    back = reverse_lazy("desk:news-unsent")

    def act(self):
        return f"{all_again(actor=self.request.user)} kiriman dicoba lagi."


class CameBack(KeepersPage, ActPage):
    """Note that mails to somebody came back: nothing more is sent to that address."""

    template_name = "desk/notices/came_back.html"
    form_class = CameBackForm

    def act(self, form):
        switches.came_back(form.cleaned_data["person"])
        return form.cleaned_data["person"]

    def told(self, result):
        return f"Ke {result.email} tidak dikirim surel lagi sampai alamatnya diperbaiki atau ada yang mengirim lagi."

    @property
    def back(self):
        return reverse("desk:news-unsent")


def mails_are_files() -> bool:
    return not settings.EMAIL_HOST
