"""Who hears of what is wrong: those who keep the office at the desk, those who look after the machine by mail, once."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, WARNING, CheckMessage
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from ppid.health.models import Trouble
from ppid.notices.outcomes import NotSent
from ppid.notices.telling import News, tell
from ppid.organisation.actions import ADMIN, CHIEF
from ppid.organisation.models import Appointment, User
from ppid.web.examinations import COULD_NOT_BE_EXAMINED, Examined
from ppid.web.moments import in_words

_LONGEST = 500
_REMEMBERED = timedelta(days=365)
_AWAY = "Periksa: systemctl status postgresql, dan journalctl -u ppid -n 50."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is wrong now: ``key`` stays the same as long as it is the same trouble."""

    key: str
    is_bad: bool
    said: str


def found_in(examined: Iterable[Examined]) -> list[Found]:
    """Return what the examinations found, warnings and errors."""
    return [
        Found(
            _key(message, each.title),
            message.level >= ERROR,
            message.msg + (f" {message.hint}" if message.hint else ""),
        )
        for each in examined
        for message in each.messages
        if message.level >= WARNING
    ]


def _key(message: CheckMessage, title: str) -> str:
    """Return by what it is known: what could not be examined by its own title, or one would hide the other."""
    return title if message.id in (None, COULD_NOT_BE_EXAMINED) else message.id


@transaction.atomic
def note(found: Iterable[Found], *, at: datetime) -> None:
    """Write down what is wrong now and what is over; who keeps the office is told at the desk of what is bad.

    Two that watch at once wait for each other, so nothing is told twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ppid.health.watching'))")
    standing = {trouble.key: trouble for trouble in Trouble.objects.filter(over_at=None)}
    for each in {one.key: one for one in found}.values():
        trouble = standing.pop(each.key, None)
        is_worse = each.is_bad and not (trouble and trouble.is_bad)
        trouble = trouble or Trouble(key=each.key, found_at=at)
        trouble.is_bad, trouble.said, trouble.seen_at = each.is_bad, each.said, at
        if is_worse:
            trouble.told_at = None  # whoever was mailed of the warning is mailed again
        trouble.save()
        if is_worse:
            _tell_the_desk(trouble, at)
    Trouble.objects.filter(pk__in=[trouble.pk for trouble in standing.values()]).update(over_at=at)
    Trouble.objects.filter(over_at__lt=at - _REMEMBERED).delete()


def mail_what_is_untold(*, at: datetime) -> bool:
    """Mail what is new and what is over to those who look after the machine; return whether a mail left.

    Without such an address nothing is mailed. What can't be mailed now is mailed the next time.
    """
    new = list(Trouble.objects.filter(told_at=None, over_at=None))
    over = list(Trouble.objects.filter(told_at__isnull=False, over_at__isnull=False, over_told_at=None))
    if not (new or over):
        return False
    lines = [_line(trouble) for trouble in new]
    if over:
        lines += ["Sudah pulih:", *(_line(trouble) for trouble in over)]
    subject = f"{len(new)} hal perlu dibenahi" if new else "yang dikabarkan sudah pulih"
    if not _mail(
        subject, [*lines, f"Keadaan lengkap: {settings.SITE_URL}{reverse('desk:health')}, atau manage.py doctor."]
    ):
        return False
    Trouble.objects.filter(pk__in=[trouble.pk for trouble in new]).update(told_at=at)
    Trouble.objects.filter(pk__in=[trouble.pk for trouble in over]).update(over_told_at=at)
    return True


def tell_that_the_database_is_away(because: str) -> None:
    """Mail that the database does not answer, once until it is back: nothing can be written down meanwhile."""
    mark = _mark()
    if not mark.exists() and _mail("basis data tidak menjawab", [f"Basis data tidak menjawab: {because}.", _AWAY]):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def tell_that_the_database_is_back() -> None:
    """Mail that the database answers again, where it was told that it did not."""
    mark = _mark()
    if mark.exists() and _mail("basis data kembali menjawab", ["Basis data kembali menjawab."]):
        mark.unlink(missing_ok=True)


def _tell_the_desk(trouble: Trouble, at: datetime) -> None:
    keepers = Appointment.objects.in_force(on=timezone.localdate(at)).filter(role__code__in=[CHIEF, ADMIN])
    told = User.objects.filter(pk__in=keepers.values("user"), must_change_password=False)
    news = News(
        kind="trouble",
        key=f"trouble:{trouble.pk}:{at:%Y%m%d%H%M}",
        url=reverse("desk:health"),
        title=trouble.said[:_LONGEST],
        at=at,
    )
    tell(news, to=list(told.values_list("pk", flat=True)))


def _mail(subject: str, lines: list[str]) -> bool:
    """Mail it at once, past the queue, whose worker may be what is wrong; return whether it left."""
    if not settings.ALERT_EMAIL:
        return False
    message = EmailMessage(f"{settings.SITE_NAME}: {subject}", "\n\n".join(lines), to=settings.ALERT_EMAIL)
    try:
        message.send()
    except NotSent as error:
        log.error("Nobody could be mailed of what is wrong: %s", error.because)
        return False
    return True


def _line(trouble: Trouble) -> str:
    since = in_words(trouble.found_at)
    return f"{'GANGGUAN' if trouble.is_bad else 'Peringatan'}, sejak {since}: {trouble.said}"


def _mark() -> Path:
    return Path(settings.VAR) / "database-away-told"
