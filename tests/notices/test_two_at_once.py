"""Two at the same moment: what is told once, and sent once; and a sender that dies in the middle."""

import time
from datetime import datetime

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ppid.notices import sending
from ppid.notices.models import Dispatch, Notice
from ppid.notices.telling import tell
from tests import make
from tests.killed import killed
from tests.notices.news import mail_of, news, told
from tests.together import two_at_once

OPEN = datetime(2026, 11, 26, 9, 40, tzinfo=timezone.get_default_timezone())


def test_two_who_tell_the_same_event_tell_it_once(committed_database):
    person = make.demo("dinsos").pk
    assert two_at_once(lambda: tell(news(), to=[person]), lambda: tell(news(), to=[person])) == (None, None)
    assert Notice.objects.filter(event="case:1:1").count() == 1
    assert Dispatch.objects.count() == 1


def test_two_senders_send_it_once(committed_database, mailoutbox):
    told()

    def send():
        return sending.send_due(at=lambda: OPEN)

    assert two_at_once(send, send) == (False, False)
    assert len(mailoutbox) == 1


def test_a_row_is_taken_by_one_alone(committed_database):
    notice = told()
    key = mail_of(notice).pk
    first, second = two_at_once(lambda: sending._take(key, OPEN), lambda: sending._take(key, OPEN))
    assert first is not None
    assert second is None, "without the lock both would send it"


def test_two_press_send_again_and_it_is_sent_once(committed_database):
    notice, utama = told(), make.demo("utama")
    dispatch = mail_of(notice)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_dispatch SET stage = 'sending'")
        cursor.execute("UPDATE notices_dispatch SET stage = 'unknown', because = 'x'")
    pressed = two_at_once(lambda: sending.again(dispatch, actor=utama), lambda: sending.again(dispatch, actor=utama))
    assert pressed == (True, False)


def test_a_worker_killed_in_the_middle_of_a_send_is_listed_and_the_mail_not_sent_again(
    committed_database, monkeypatch, mailoutbox
):
    notice = told()
    sends = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, messages: time.sleep(60))
    killed(lambda: sending.send_due(at=lambda: OPEN), when=lambda: mail_of(notice).stage == "sending")
    monkeypatch.setattr(EmailBackend, "send_messages", sends)
    for _ in range(50):  # until PostgreSQL has noticed that the sender is gone
        sending.send_due(at=lambda: OPEN)
        if mail_of(notice).stage != "sending":
            break
        time.sleep(0.1)
    assert (mail_of(notice).stage, mail_of(notice).because) == ("unknown", sending.DIED)
    assert mailoutbox == []


def test_the_worker_sends_what_was_told_by_the_job_that_came_with_it(committed_database, mailoutbox):
    notice = told(is_urgent=True)  # at whatever hour this test runs
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False)
    assert [each.to for each in mailoutbox] == [[notice.person.email]]
    assert mail_of(notice).stage == "sent"
    jobs = ProcrastinateJob.objects.filter(task_name="ppid.notices.tasks.send")
    assert set(jobs.values_list("status", flat=True)) == {"succeeded"}
