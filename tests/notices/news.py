"""News to tell in tests, and what became of it."""

from django.utils import timezone

from ppid.notices.models import Dispatch, Notice
from ppid.notices.telling import News, tell
from tests import make


def news(**fields) -> News:
    given = {"kind": "arrived", "key": "case:1:1", "url": "/meja/perkara/P-2026-0001/", "number": "P-2026-0001"}
    given |= {"title": "Laporan kinerja Dinas Sosial", "lines": (("Dari", "Siti Aminah, S.Sos."),)}
    return News(**given | fields)


def told(who: str = "dinsos", **fields) -> Notice:
    person = make.demo(who)
    tell(news(**fields), to=[person.pk])
    return Notice.objects.get(person=person, event=fields.get("key", "case:1:1"))


def mail_of(notice: Notice) -> Dispatch:
    return notice.dispatches.get(channel="mail")


def notices_of(who: str, kind: str = "") -> list[Notice]:
    found = Notice.objects.filter(person=make.demo(who)).order_by("pk")
    return list(found.filter(kind=kind) if kind else found)


NOW = timezone.now
