"""Builders of the office's own pages, each handed in and approved by the people whose act it is."""

from datetime import timedelta

from django.utils import timezone

from ppid.pages import acts
from ppid.pages.models import Announcement, PageText
from tests import make

BODY = "Kantor kami ada di **Pontianak**.\n\n## Jam\n\n- Senin"


def handed_in(slug: str = "profil", body: str = BODY, **more) -> PageText:
    last = acts.newest(slug)
    return acts.hand_in(slug, body, **{"actor": make.demo("bidang"), "seen": last.pk if last else None, **more})


def shown(slug: str = "profil", body: str = BODY, **more) -> PageText:
    return acts.approve(handed_in(slug, body, **more), actor=make.demo("utama"))


def announced(text: str = "Kantor tutup 24 Desember.", *, days: int = 7, link: str = "") -> Announcement:
    ends_on = timezone.localdate() + timedelta(days=days)
    return acts.announce(text, ends_on=ends_on, link=link, actor=make.demo("bidang"))


def on_top(text: str = "Kantor tutup 24 Desember.", **more) -> Announcement:
    return acts.approve(announced(text, **more), actor=make.demo("utama"))
