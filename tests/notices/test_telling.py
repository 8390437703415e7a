"""One event, one notice: in the transaction of what happened, with what is to be sent, and never a word too much."""

from datetime import date, datetime, time, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.notices.models import Dispatch, Notice
from ppid.notices.telling import News, tell, tell_all
from tests import make
from tests.notices.news import mail_of, news, told

pytestmark = pytest.mark.django_db


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="ppid.notices.tasks.send", status="todo").count()


def test_a_notice_is_one_query_and_asks_to_be_sent_by_the_same():
    people = [make.demo(each).pk for each in ("dinsos", "utama", "bidang")]
    before = jobs()
    with CaptureQueriesContext(connection) as asked:
        tell(news(), to=people)
    assert len(asked) == 1
    assert Notice.objects.filter(event="case:1:1").count() == 3
    assert [(each.channel, each.stage, each.tries) for each in Dispatch.objects.all()] == [("mail", "waiting", 0)] * 3
    assert jobs() - before == 1


def test_nobody_to_tell_asks_nothing():
    with CaptureQueriesContext(connection) as asked:
        tell(news(), to=[])
    assert len(asked) == 0


def test_an_event_is_told_a_person_once_and_its_sending_asked_for_once():
    notice = told()
    tell(news(title="Lain"), to=[notice.person_id, notice.person_id])
    assert Notice.objects.get(event="case:1:1").title == "Laporan kinerja Dinas Sosial"
    assert Dispatch.objects.count() == 1


def test_a_rollback_takes_notice_sending_and_job():
    before = jobs()
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    told_of = Notice.objects.filter(event="case:1:1")
    assert (told_of.count(), Dispatch.objects.count(), jobs()) == (0, 0, before)


def test_what_is_secret_keeps_its_number_alone():
    notice = told(is_secret=True, title="Burungkenari", lines=(("Alasan", "burungkenari"),))
    assert (notice.title, notice.facts, notice.number) == ("", [], "P-2026-0001")


def test_what_happened_days_ago_is_told_at_the_desk_and_not_sent():
    told(at=timezone.now() - timedelta(days=3))
    assert Dispatch.objects.count() == 0


def test_the_gateway_is_asked_for_where_there_is_one(settings):
    settings.WEBHOOK_URL = "https://gerbang.example/ppid"
    told()
    assert set(Dispatch.objects.values_list("channel", flat=True)) == {"mail", "webhook"}


def test_news_of_no_known_kind_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        tell(news(kind="lain"), to=[make.demo("dinsos").pk])


def test_very_long_words_are_cut_not_refused():
    notice = told(title="x" * 10_000, lines=(("Alasan", "y" * 10_000),))
    assert (len(notice.title), len(notice.facts[0][1])) == (500, 500)


def test_the_database_takes_nothing_of_a_secret_item_that_says_it_is_open():
    case = make.exclusion(at="testing")
    about = f"item:{case.information_id}"
    with pytest.raises(DatabaseError, match="told by its number alone"), make.savepoint():
        told(about=about)
    assert told(about=about, is_secret=True).title == ""


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_what_is_secret_is_so_to_the_last_day_of_its_term_for_the_database_too():
    ends_on = timezone.localdate() + timedelta(days=30)
    case = make.adopted(ends_on=ends_on)
    about = f"item:{case.information_id}"
    for days in (-30, 0):
        with pytest.raises(DatabaseError, match="told by its number alone"), make.savepoint():
            told(about=about, at=noon(ends_on + timedelta(days=days)))
    assert told(about=about, at=noon(ends_on + timedelta(days=1))).title


def test_what_was_opened_or_continued_is_judged_by_what_stands():
    opened = make.lifted(make.adopted())
    assert told(about=f"item:{opened.information_id}", key="dibuka").title
    old = make.adopted(days_ago=3)
    make.adopted(of=old.information)
    with pytest.raises(DatabaseError, match="told by its number alone"), make.savepoint():
        told(about=f"item:{old.information_id}", key="diperpanjang")


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("stays as it was told", {"title": "Lain"}),
        ("stays as it was told", {"facts": [["Alasan", "lain"]]}),
        ("notice_stays|Cannot update", {"event": "case:1:2"}),
        ("notice_stays|Cannot update", {"kind": "returned"}),
        ("notice_stays|Cannot update", {"person": 1}),
        ("notice_stays|Cannot update", {"url": "/meja/lain/"}),
    ],
)
def test_a_notice_is_sealed_never_rewritten(rule, fields):
    notice = told()
    with pytest.raises(DatabaseError, match=rule), make.savepoint():
        Notice.objects.filter(pk=notice.pk).update(**fields)


def test_a_sealed_notice_is_never_opened_again():
    notice = told(is_secret=True)
    with pytest.raises(DatabaseError, match="stays as it was told"), make.savepoint():
        Notice.objects.filter(pk=notice.pk).update(is_secret=False)


LAWFUL = {
    ("waiting", "sending"),
    ("waiting", "digest"),
    ("waiting", "skipped"),
    ("sending", "sent"),
    ("sending", "waiting"),
    ("sending", "failed"),
    ("sending", "unknown"),
    ("sending", "skipped"),
    ("digest", "skipped"),
    ("failed", "waiting"),
    ("unknown", "waiting"),
}


@pytest.mark.parametrize("before", Dispatch.Stage.values)
@pytest.mark.parametrize("after", Dispatch.Stage.values)
def test_the_database_holds_how_a_sending_moves(before, after):
    dispatch = mail_of(told())
    with pgtrigger.ignore():
        put(dispatch, before)
    lawful = (before, after) in LAWFUL or before == after
    if lawful:
        put(dispatch, after)
    else:
        with pytest.raises(DatabaseError, match="Invalid transition"), make.savepoint():
            put(dispatch, after)


def put(dispatch, stage, **fields):
    person = make.demo("utama")
    sent = timezone.now() if stage == "sent" else None
    rows = Dispatch.objects.filter(pk=dispatch.pk)
    rows.update(stage=stage, sent_at=sent, because="Sebab.", **{"again_by": person, **fields})


def test_what_failed_is_sent_again_by_a_person_alone():
    dispatch = mail_of(told())
    with pgtrigger.ignore():
        put(dispatch, "unknown", again_by=None)
    with pytest.raises(DatabaseError, match="by a person alone"), make.savepoint():
        put(dispatch, "waiting", again_by=None)


def test_many_things_are_told_at_once():
    person = make.demo("dinsos").pk
    with CaptureQueriesContext(connection) as asked:
        tell_all((news(key=f"case:{n}:1"), [person]) for n in range(1000))
    assert len(asked) == 1
    assert Dispatch.objects.count() == 1000


def test_a_notice_leads_to_the_desk():
    with pytest.raises(IntegrityError, match="notice_leads_to_the_desk"), make.savepoint():
        tell(News(kind="arrived", key="x", url="https://lain.example/"), to=[make.demo("dinsos").pk])
