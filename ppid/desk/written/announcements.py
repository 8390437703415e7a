"""The announcement on top of the portal's pages, at the desk: hand in, approve, send back, end."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage, OneClick
from ppid.desk.forms import ReasonForm
from ppid.desk.written.forms import AnnounceForm
from ppid.desk.written.views import NOT_DECIDED_BY_YOU, NOT_WRITTEN_BY_YOU, WrittenPage
from ppid.pages import acts, permissions
from ppid.pages.models import Announcement

_SHOWN = 30  # of those that are over


class AnnouncementsPage(WrittenPage):
    @cached_property
    def ends(self) -> bool:
        return permissions.ends(self.request.user, on=self.today) is not None

    @property
    def back(self):
        return reverse("desk:announcements")


class Announcements(AnnouncementsPage, TemplateView):
    template_name = "desk/written/announcements.html"

    def get_context_data(self, **kwargs):
        waiting = list(Announcement.objects.waiting())
        on_top = list(Announcement.objects.on_top(on=self.today))
        shown = [each.pk for each in (*waiting, *on_top)]
        return super().get_context_data(
            waiting=[(each, acts.may_decide(each, on=self.today)) for each in waiting],
            on_top=on_top,
            former=Announcement.objects.exclude(pk__in=shown)[:_SHOWN],
            ends=self.ends,
            **kwargs,
        )


class Announce(AnnouncementsPage, ActPage):
    form_class = AnnounceForm
    template_name = "desk/written/announce.html"
    not_yours = NOT_WRITTEN_BY_YOU
    done = "Pengumuman diajukan. Ia tampil di atas setiap halaman sesudah PPID Utama menyetujuinya."
    beside = "text"

    def may(self):
        return self.writes

    def act(self, form):
        return acts.announce(actor=self.request.user, **form.cleaned_data)


class OfAnnouncement(AnnouncementsPage):
    @cached_property
    def announcement(self) -> Announcement:
        return get_object_or_404(Announcement, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(announcement=self.announcement, **kwargs)


class DecideAnnouncement(Weighty, OfAnnouncement, ActPage):
    """Mixin: an act of who decides on it."""

    not_yours = NOT_DECIDED_BY_YOU
    template_name = "desk/written/announcement_act.html"

    def may(self):
        return self.decides

    def get_context_data(self, **kwargs):
        deciders = acts.may_decide(self.announcement, on=self.today)
        refusal = deciders.refusal_of(self.request.user, "memutuskan pengumuman ini")
        return super().get_context_data(refusal=refusal, **kwargs)


class ApproveAnnouncement(DecideAnnouncement):
    extra_context = {"heading": "Setujui pengumuman", "button": "Setujui dan tampilkan"}
    done = "Disetujui. Pengumuman tampil di atas setiap halaman portal."

    def act(self, form):
        return acts.approve(self.announcement, actor=self.request.user)


class SendBackAnnouncement(DecideAnnouncement):
    form_class = ReasonForm
    extra_context = {"heading": "Kembalikan pengumuman", "button": "Kembalikan"}
    done = "Pengumuman dikembalikan kepada {result.written_name}."

    def act(self, form):
        return acts.send_back(self.announcement, actor=self.request.user, reason=form.cleaned_data["reason"])


class EndAnnouncement(Weighty, OfAnnouncement, ActPage):
    form_class = ReasonForm
    template_name = "desk/written/announcement_act.html"
    extra_context = {"heading": "Akhiri pengumuman", "button": "Akhiri sekarang"}
    not_yours = "Pengumuman diakhiri oleh Bidang Pengelolaan dan Layanan Informasi atau PPID Utama."
    done = "Pengumuman diakhiri dan tidak tampil lagi."

    def may(self):
        return self.ends

    def act(self, form):
        return acts.end(self.announcement, actor=self.request.user, reason=form.cleaned_data["reason"])


class WithdrawAnnouncement(OfAnnouncement, OneClick):
    def act(self):
        acts.withdraw(self.announcement, actor=self.request.user)
        return "Pengumuman ditarik."
