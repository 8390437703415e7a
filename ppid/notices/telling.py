"""The door of the house of notices: ``tell()``. Whoever calls it says what happened, and to whom it is told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ppid.notices.kinds import KINDS
from ppid.notices.models import MAIL, WEBHOOK, Notice

# What is written down later than this (a story of the demo, an import) is news at the desk alone.
TOO_OLD_TO_SEND = timedelta(days=1)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class News:
    """What happened, as plain data.

    ``kind`` is a key of ``ppid.notices.kinds``; ``key`` names the event (``"case:41:7"``) and tells nobody twice.
    ``lines`` are pairs of a word and what it is («Alasan», «…»); ``url`` is a path of the desk; ``nth`` says for the
    how-many-th time. ``about`` names the item («item:12»): when it becomes secret, what was told of it is sealed. Of
    what ``is_secret`` title and lines are dropped here: only number, kind and due date are kept and sent.
    """

    kind: str
    key: str
    url: str
    title: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    number: str = ""
    due_at: datetime | None = None
    at: datetime | None = None
    nth: int = 1
    is_urgent: bool = False
    is_secret: bool = False
    about: str = field(default="", kw_only=True)


def tell(news: News, *, to: Collection[int]) -> None:
    """Write the notice of each of these people, in the transaction of what happened; one query, none for nobody.

    Who was told of this event already is told nothing more. The database asks for the sending in the same statement.
    """
    tell_all([(news, to)])


def tell_all(told: Iterable[tuple[News, Collection[int]]]) -> None:
    """Tell many things at once, in one query."""
    now = timezone.now()
    notices = [_notice(news, person, now) for news, people in told for person in sorted(set(people))]
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1000)


def _notice(news: News, person: int, now: datetime) -> Notice:
    at = news.at or now
    if news.kind not in KINDS:
        raise KeyError(news.kind)
    return Notice(
        person_id=person,
        event=news.key,
        kind=news.kind,
        at=at,
        number=news.number,
        title="" if news.is_secret else news.title[:_LONGEST],
        facts=[] if news.is_secret else [[word, said[:_LONGEST]] for word, said in news.lines if said],
        url=news.url,
        due_at=news.due_at,
        nth=news.nth,
        is_urgent=news.is_urgent,
        is_secret=news.is_secret,
        about=news.about,
        channels=_channels() if now - at <= TOO_OLD_TO_SEND else [],
    )


def _channels() -> list[str]:
    return [MAIL, WEBHOOK] if settings.WEBHOOK_URL else [MAIL]
