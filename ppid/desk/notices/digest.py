"""The digest of a working day's morning: what waits, what of it is late, and the news that was left to it."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ppid.desk.notices.due import row_of, waiting_for
from ppid.notices.kinds import DIGEST
from ppid.notices.letters import Letter, address
from ppid.notices.models import Dispatch, Notice
from ppid.notices.sending import DIGESTS_FROM
from ppid.notices.switches import wants_digest
from ppid.notices.telling import News, tell_all
from ppid.organisation.models import Appointment, User
from ppid.worktime.calendar import WorkingCalendar, calendar

_SHOWN, _NEWS = 12, 10
_MORNING = range(DIGESTS_FROM, 10)  # o'clock; a worker that was away until then writes none
_LEFT = Dispatch.Stage.DIGEST


def write_digests(now: datetime | None = None) -> int:
    """Write the digest of each person to whom something waits, once a working day; return how many are due.

    Who wants none is told there all the same what was too much for mails of its own. Whether it is sent, and with
    what, is seen when it is sent: what was done meanwhile is not told any more.
    """
    now = now or timezone.now()
    today, working = timezone.localdate(now), calendar()
    if not working.is_working_day(today) or timezone.localtime(now).hour not in _MORNING:
        return 0
    had = Notice.objects.filter(person=OuterRef("pk"), event=_event(today))
    held = Appointment.objects.in_force(on=today).filter(user=OuterRef("pk"))
    people = User.objects.filter(~Exists(had), Exists(held), is_active=True, must_change_password=False)
    told = []
    for person in people.order_by("pk"):
        if _is_due(person, now, working):
            news = News(kind=DIGEST, key=_event(today), url=reverse("desk:inbox"), at=now)
            told.append((news, [person.pk]))
    tell_all(told)
    return len(told)


def compose(notice: Notice) -> Letter | None:
    """Return the digest's mail as of now; None when nothing waits any more."""
    now = timezone.now()
    waiting = waiting_for(notice.person, now, most=_SHOWN)
    news = list(_left_to(notice.person)[:_NEWS])
    if not waiting.tasks and not news:
        return None
    today = timezone.localdate(now)
    soon = [task for task in waiting.tasks if task.is_urgent or task.day and task.day <= today]
    coming = [task for task in waiting.tasks if task not in soon]
    numbers = in_words(waiting.tally.waiting, waiting.tally.late)
    context = {
        "greeting": _greeting(len(soon)),
        "counts": numbers,
        "first": [row_of(task) for task in soon],
        "coming": [row_of(task, _when(task, today)) for task in coming],
        "more": max(0, waiting.tally.waiting - len(waiting.tasks)),
        "news": [_told(each) for each in news],
        "place": address(reverse("desk:inbox")),
    }
    subject = f"{date_format(today, 'l, j F')}: {numbers}"
    return Letter(subject, "mail/digest", context, tells=[each.pk for each in news])


def in_words(waiting: int, late: int) -> str:
    """Return «3 menunggu, 1 terlambat»."""
    words = f"{waiting} menunggu"
    return f"{words}, {late} terlambat" if late else words


def _is_due(person: User, now: datetime, working: WorkingCalendar) -> bool:
    if _left_to(person).exists():
        return True
    return wants_digest(person) and bool(waiting_for(person, now, most=1, working=working).tasks)


def _greeting(soon: int) -> str:
    if not soon:
        return "Selamat pagi. Hari ini tidak ada yang mendesak."
    return f"Selamat pagi. {soon} hal perlu Anda kerjakan hari ini."


def _when(task, today) -> str:
    if task.day is None:
        return "Tanpa batas"
    if task.day <= today + timedelta(days=6):
        return date_format(task.day, "l, j M")
    return date_format(task.day, "j M Y")


def _left_to(person: User):
    left = Dispatch.objects.filter(notice__person=person, notice__read_at=None, channel="mail", stage=_LEFT)
    return left.select_related("notice").order_by("-notice__at")


def _told(dispatch: Dispatch) -> dict:
    notice = dispatch.notice
    title = f"{notice.said} ({notice.number})" if notice.number else notice.said
    place = address(reverse("desk:news-item", args=[notice.pk]))
    return {"opens": notice.opens, "title": title, "place": place}


def _event(day) -> str:
    return f"digest:{day.isoformat()}"
