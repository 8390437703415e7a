"""What a person is told about their own account: by mail at once, read at the desk or not, and without a switch."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from ppid.notices.models import Notice
from ppid.notices.telling import News, tell
from ppid.organisation.devices import Device
from ppid.organisation.models import User
from ppid.organisation.sessions import SignInSession
from ppid.web.moments import in_words

# So many of a kind within a day: whoever has the password of somebody can't flood their mail.
MOST_A_DAY = 5
NOT_YOU = (
    "Akhiri sesinya pada halaman «Sesi dan perangkat», ganti kata sandi Anda, lalu beri tahu PPID Utama. Bila Anda "
    "tidak dapat masuk lagi, hubungi PPID Utama sekarang juga."
)


def tell_of_new_device(session: SignInSession) -> None:
    """Tell the person that somebody signed in as them in a browser that nobody knows."""
    title = f"Akun Anda dipakai masuk dari {session.device.words}"
    _tell("new_device", session, title, [*_from(session.device, session.started_at)])


def tell_of_moved(session: SignInSession, device: Device, *, at: datetime) -> None:
    """Tell the person that their session was ended, because it came from another device in another network."""
    title = "Sesi Anda diakhiri karena tiba-tiba dipakai dari perangkat dan jaringan lain"
    before = ("Sesinya dimulai di", f"{session.device.words}, {session.address or 'alamat tidak diketahui'}")
    _tell("session_moved", session, title, [before, *_from(device, at)])


def tell_of_wrong_codes(person: User, device: Device) -> None:
    """Tell the person, once a day, that somebody who has their password types wrong codes of the second step."""
    now = timezone.now()
    known = "Orang itu sudah mengetik kata sandi Anda dengan benar. Masuk, ganti kata sandi Anda sekarang juga, lalu "
    news = News(
        kind="account",
        key=f"wrong-codes:{person.pk}:{timezone.localdate(now).isoformat()}",
        url=reverse("account_home"),
        title="Kode langkah kedua Anda beberapa kali salah diketik",
        lines=(*_from(device, now), ("Bila itu bukan Anda", f"{known}beri tahu PPID Utama.")),
        at=now,
        is_urgent=True,
    )
    tell(news, to=[person.pk])


def _from(device: Device, at: datetime):
    yield "Kapan", f"{in_words(at)} {timezone.localtime(at).tzname()}"
    yield "Perangkat", device.words
    yield "Dari alamat", device.address or "tidak diketahui"


def _tell(kind: str, session: SignInSession, title: str, lines: list[tuple[str, str]]) -> None:
    now = timezone.now()
    today = Notice.objects.filter(person=session.person_id, kind=kind, at__gt=now - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        return
    news = News(
        kind=kind,
        key=f"session:{session.pk}:{kind}",
        url=reverse("account_sessions"),
        title=title,
        lines=(*lines, ("Bila itu bukan Anda", NOT_YOU)),
        at=now,
        is_urgent=True,
    )
    tell(news, to=[session.person_id])
