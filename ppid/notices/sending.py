"""Sending what waits, once: one sender at a time, and each row's stage moved under its lock before and after.

A row that stands as being sent while nobody sends was left by a worker that died: whether it arrived nobody knows, so
it is listed and sent again by a person alone. The gateway knows what it got by its ``id``, so it is told again.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from ppid.notices import gateway, letters
from ppid.notices.kinds import DIGEST, KINDS, How
from ppid.notices.models import MAIL, WEBHOOK, Dispatch, Notice, RefusedAddress, Switch
from ppid.notices.outcomes import Later, LeftOut, NotSent, OutcomeUnknown, Refused
from ppid.organisation.models import User
from ppid.worktime.calendar import WorkingCalendar, calendar

logger = logging.getLogger(__name__)

_LOCK = "ppid.notices.sending"
_A_RUN = 20.0  # seconds, so that the worker's other jobs get their turn
_LOOKED_AT = 200  # rows
# After the last of these, a little over two days, nothing is tried any more by itself.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 2 * 60, 4 * 60, 8 * 60, 12 * 60, 24 * 60))
# More than these within an hour go to the digest: whoever gets a thousand mails reads none.
MOST_AN_HOUR = 20
DIGESTS_FROM = 7  # o'clock, on working days

S = Dispatch.Stage
DIED = "Pengirim terhenti di tengah pengiriman; tidak diketahui apakah surel ini sampai."


def send_due(*, at: Callable[[], datetime] = timezone.now, seconds: float = _A_RUN) -> bool:
    """Send what waits, most urgent first; return whether something is left that could be sent now.

    Somebody else who is sending goes on alone.
    """
    with _alone() as alone:
        if not alone:
            return False
        _note_what_was_left()
        until, post, closed = time.monotonic() + seconds, None, set()
        working = calendar(since=at())
        try:
            post = get_connection()
            moved = True
            while moved and (due := _due(at(), working, closed)):
                moved = False  # what another holds at the moment is left for the next run
                for key, channel in due:
                    if time.monotonic() > until:
                        return True
                    if channel in closed:
                        continue
                    dispatch = _take(key, at())
                    moved |= dispatch is not None
                    if isinstance(dispatch, Dispatch) and not _send(dispatch, post, at):
                        closed.add(channel)
        finally:
            if post is not None:
                post.close()
    return False


@transaction.atomic
def again(dispatch: Dispatch, *, actor: User) -> bool:
    """Let what failed, or whose outcome nobody knows, be sent once more; whether it still stood so."""
    RefusedAddress.objects.filter(person=dispatch.notice.person_id).delete()
    return bool(_wait_anew(Dispatch.objects.unsent().filter(pk=dispatch.pk), actor))


@transaction.atomic
def all_again(*, actor: User) -> int:
    """Let all that failed be sent once more, and return how many; what may have arrived is asked for one by one."""
    failed = Dispatch.objects.filter(stage=S.FAILED)
    RefusedAddress.objects.filter(person__in=failed.filter(channel=MAIL).values("notice__person")).delete()
    return _wait_anew(failed, actor)


def _wait_anew(rows: QuerySet[Dispatch], actor: User) -> int:
    n = rows.update(stage=S.WAITING, tries=0, next_at=None, because="", again_by=actor)
    if n:
        ask_to_send()
    return n


def ask_to_send() -> None:
    """Wake the sender after this transaction; the job is one of its rows."""
    from ppid.notices.tasks import send  # the task sends through this module

    send.defer()


def is_quiet(at: datetime, working: WorkingCalendar) -> bool:
    """Whether the office is closed at this moment: only what must not be delayed is sent then."""
    hours = working.hours(timezone.localdate(at))
    return not hours or not hours[0][0] <= at <= hours[-1][1]


def oldest_waiting(at: datetime) -> tuple[datetime, timedelta] | None:
    """Return since when the oldest mail waits that may be sent at this moment, and how long of it in open hours today.

    What waits for the office to open, or for a digest, is not late. None when nothing waits.
    """
    working = calendar()
    mails = Dispatch.objects.filter(stage=S.WAITING, channel=MAIL).exclude(notice__kind=DIGEST)
    if quiet := is_quiet(at, working):
        mails = mails.filter(notice__is_urgent=True)
    since = mails.aggregate(at=Min("notice__at"))["at"]
    if since is None:
        return None
    opened = since if quiet else working.hours(timezone.localdate(at))[0][0]
    return since, at - max(since, opened)


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the office's one place of a sender, as long as this connection to the database lives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [_LOCK])
        [alone] = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [_LOCK])


def _note_what_was_left() -> None:
    """Note what a sender that died left behind."""
    left = Dispatch.objects.filter(stage=S.SENDING)
    left.filter(channel=MAIL).update(stage=S.UNKNOWN, because=DIED)
    left.filter(channel=WEBHOOK).update(stage=S.WAITING)


def _due(at: datetime, working: WorkingCalendar, closed: set[str]) -> list[tuple[int, str]]:
    """Return what may be sent now. A time to wait until beyond all waits comes of a clock that was set back."""
    now = Q(next_at=None) | Q(next_at__lte=at) | Q(next_at__gt=at + WAITS[-1])
    waiting = Dispatch.objects.filter(now, stage=S.WAITING).exclude(channel__in=closed)
    if is_quiet(at, working):
        today = timezone.localtime(at)
        morning = working.is_working_day(today.date()) and today.hour >= DIGESTS_FROM
        waiting = waiting.filter(Q(notice__is_urgent=True) | (Q(notice__kind=DIGEST) if morning else Q(pk__in=[])))
    return list(waiting.order_by("-notice__is_urgent", "pk").values_list("pk", "channel")[:_LOOKED_AT])


def _take(key: int, at: datetime) -> Dispatch | str | None:
    """Take the row to send it; this stands before anything is sent.

    Return where it went instead when it need not be sent, None when somebody else has it.
    """
    with transaction.atomic():
        rows = Dispatch.objects.select_for_update(of=("self",), skip_locked=True).select_related("notice__person")
        dispatch = rows.filter(pk=key, stage=S.WAITING).first()
        if dispatch is None:
            return None
        if left := _left(dispatch, at):
            stage, because = left
            Dispatch.objects.filter(pk=key).update(stage=stage, because=because)
            return stage
        Dispatch.objects.filter(pk=key).update(stage=S.SENDING, tried_at=at, tries=dispatch.tries + 1)
    dispatch.tries += 1
    return dispatch


def _left(dispatch: Dispatch, at: datetime) -> tuple[str, str] | None:
    """Return to which stage it goes instead of being sent, and why; None when it is sent now."""
    notice, person = dispatch.notice, dispatch.notice.person
    if not person.is_active:
        return S.SKIPPED, "Akunnya sudah tidak aktif."
    if notice.kind == DIGEST:
        late = timezone.localdate(at) != timezone.localdate(notice.at)
        return (S.SKIPPED, "Harinya sudah lewat; ringkasan hari berikutnya menggantikannya.") if late else None
    if dispatch.again_by_id:
        return None
    if notice.read_at and KINDS[notice.kind].is_switched:  # whoever took an account reads its notices
        return S.SKIPPED, "Sudah dibaca di meja."
    how = _how(person, notice)
    if how == How.NONE:
        return S.SKIPPED, "Menurut pilihannya kabar ini hanya di meja."
    if notice.is_urgent:
        return None
    if how == How.DIGEST and dispatch.channel == MAIL:  # the gateway has no digest: it is told at once
        return S.DIGEST, ""
    if notice.kind == "due_soon" and notice.due_at and notice.due_at < at:
        return S.SKIPPED, "Tenggatnya sudah lewat sebelum surel ini dapat dikirim."
    if dispatch.channel == MAIL and _had_many(person, at):
        return S.DIGEST, ""
    return None


def _how(person: User, notice: Notice) -> str:
    switch = Switch.objects.filter(person=person, kind=notice.kind).values_list("how", flat=True).first()
    return switch or KINDS[notice.kind].how


def _had_many(person: User, at: datetime) -> bool:
    hour = Dispatch.objects.filter(notice__person=person, channel=MAIL, sent_at__gt=at - timedelta(hours=1))
    return hour.count() >= MOST_AN_HOUR


def _send(dispatch: Dispatch, post, at: Callable[[], datetime]) -> bool:
    """Send what was taken and note its outcome; False when nothing more can be sent this way now."""
    try:
        if dispatch.channel == MAIL:
            _mail(dispatch, post)
        else:
            gateway.call(dispatch)
    except NotSent as outcome:
        _note(dispatch, outcome, at())
        return not (isinstance(outcome, Later) and outcome.is_everywhere)
    except Exception as error:  # a fault of ours in one mail keeps no other from being sent
        logger.exception("The notice %s could not be sent.", dispatch.notice_id)
        _note(dispatch, Refused(f"Kesalahan pada portal: {type(error).__name__}."), at())
        return True
    _move(dispatch, stage=S.SENT, sent_at=at(), because="", next_at=None)
    return True


def _mail(dispatch: Dispatch, post) -> None:
    person = dispatch.notice.person
    if refused := RefusedAddress.objects.filter(person=person, address__iexact=person.email).first():
        raise Refused(f"Alamat ini menolak surel sebelumnya: {refused.because}")
    letter = letters.letter_of(dispatch.notice)
    if letter is None:
        raise LeftOut("Tidak ada lagi yang menunggu.")
    mail = letters.message(letter, dispatch)
    try:
        post.send_messages([mail])
    except OutcomeUnknown:
        _told_in(letter)
        raise
    _told_in(letter)


def _told_in(letter: letters.Letter) -> None:
    """Note that what was left to the digest was told in it; before it was sent it is left to the next one."""
    told = Dispatch.objects.filter(pk__in=letter.tells, stage=S.DIGEST)
    told.update(stage=S.SKIPPED, because="Diberitahukan dalam ringkasan.")


def _note(dispatch: Dispatch, outcome: NotSent, at: datetime) -> None:
    if isinstance(outcome, OutcomeUnknown):
        _move(dispatch, stage=S.UNKNOWN, because=outcome.because)
    elif isinstance(outcome, LeftOut):
        _move(dispatch, stage=S.SKIPPED, because=outcome.because)
    elif isinstance(outcome, Later) and dispatch.tries <= len(WAITS):
        _move(dispatch, stage=S.WAITING, because=outcome.because, next_at=at + WAITS[dispatch.tries - 1])
    else:
        _move(dispatch, stage=S.FAILED, because=outcome.because)
        if isinstance(outcome, Refused) and outcome.is_address:
            person = dispatch.notice.person
            told = {"address": person.email, "because": outcome.because, "at": at}
            RefusedAddress.objects.update_or_create(person=person, defaults=told)


def _move(dispatch: Dispatch, **fields) -> None:
    """Note what became of it, unless another one noted meanwhile that its sender died."""
    Dispatch.objects.filter(pk=dispatch.pk, stage=S.SENDING).update(**fields)
