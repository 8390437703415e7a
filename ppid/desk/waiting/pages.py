"""What waits for people among the office's own pages and announcements: to approve, to mend what came back."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.waiting.cases import NO_TERM
from ppid.desk.waiting.kind import Kind, Task
from ppid.organisation.puppets import in_hands_of
from ppid.pages.models import Announcement, PageText
from ppid.pages.permissions import DECIDER, WRITER


class _ToApprove(Kind):
    group, icon = "halaman", "document-text"
    model: type[PageText] | type[Announcement]

    def rows(self, reader):
        if not reader.holds(DECIDER):
            return self.model.objects.none()
        return (
            self.model.objects.waiting().exclude(written_by__in=in_hands_of(reader.user)).order_by("written_at", "pk")
        )


class PageToApprove(_ToApprove):
    """A text of a page that somebody else handed in."""

    key, model = "page", PageText

    def tasks(self, rows, reader):
        for text in rows:
            yield Task(
                is_secret=False,
                of="Halaman PPID",
                title=text.kind.title,
                url=reverse("desk:page", args=[text.slug]),
                wants="Baca naskahnya, lalu setujui atau kembalikan.",
                came_from=f"Ditulis {text.written_name}, {date_format(text.written_at, 'l, j F Y')}",
                status=NO_TERM,
                since=text.written_at,
            )


class AnnouncementToApprove(_ToApprove):
    """An announcement for the top of every page that somebody else handed in."""

    key, icon, model = "announcement", "megaphone", Announcement

    def tasks(self, rows, reader):
        for each in rows:
            yield Task(
                is_secret=False,
                of="Pengumuman di atas halaman",
                title=each.text,
                url=reverse("desk:announcements"),
                wants=f"Tampil sampai {date_format(each.ends_on)}. Setujui atau kembalikan.",
                came_from=f"Ditulis {each.written_name}, {date_format(each.written_at, 'l, j F Y')}",
                status=NO_TERM,
                since=each.written_at,
            )


class PageSentBack(Kind):
    """A text that came back to who wrote it, and after which no other one was handed in."""

    key, group, icon = "page-back", "halaman", "arrow-uturn-left"

    def rows(self, reader):
        if not reader.holds(WRITER):
            return PageText.objects.none()
        later = PageText.objects.filter(slug=OuterRef("slug"), pk__gt=OuterRef("pk"))
        back = PageText.objects.filter(~Exists(later), decision="returned", written_by=reader.user)
        return back.order_by("decided_at", "pk")

    def sent_back(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        for text in rows:
            yield Task(
                is_secret=False,
                of="Halaman PPID",
                title=text.kind.title,
                url=reverse("desk:page-write", args=[text.slug]),
                wants="Perbaiki naskahnya, lalu ajukan lagi.",
                came_from=f"Dikembalikan {text.decided_name}, {date_format(text.decided_at, 'l, j F Y')}",
                status=NO_TERM,
                since=text.decided_at,
            )
