"""A clock that jumps both ways under people at work: sessions, due dates, reminders and the ledger bear it."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.notices.models import Notice
from ppid.upkeep.reminders import remind_of_cases
from tests import make
from tests.desk.pages import fields, text

PASSWORD = "sandi-yang-panjang"


@pytest.fixture
def clock(monkeypatch):
    """The machine's clock, off by ``clock.off``."""

    class Clock:
        off = timedelta()

    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + Clock.off)
    return Clock


def signed_in(client: Client | None = None) -> Client:
    user = make.demo("bidang")
    user.set_password(PASSWORD)
    user.save()
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(days=3), timedelta(days=-3)], ids=["forwards", "back"])
def test_a_jump_ends_the_session_and_keeps_what_is_typed_and_the_step_goes_on(clock, jump):
    case, client = make.publication(at="updating"), signed_in()
    url = reverse("desk:step", args=[case.number, "update_content"])
    sent = fields(client.get(case.get_absolute_url()), action=url) | {"note": "Diketik sebelum jam berubah."}
    clock.off = jump
    answer = client.post(url, sent)
    assert "Yang Anda ketik tidak hilang: masuk lagi" in text(answer)
    assert make.again(case).moves == 0
    again = fields(answer, action=reverse("account_login")) | {"login": make.demo("bidang").email, "password": PASSWORD}
    back = client.post(reverse("account_login"), again)
    assert back.status_code == 302
    sent = fields(client.get(back.url), action=url)
    assert sent["note"] == "Diketik sebelum jam berubah."
    assert client.post(url, sent).status_code == 302
    assert make.again(case).moves == 1


@pytest.mark.usefixtures("committed_database")
def test_steps_before_and_after_each_jump_hold_in_the_ledger(clock):
    case = make.publication(at="updating")
    for key, days in (("update_content", 40), ("coordinate", -40), ("prepare", 0), ("clarify", 400), ("release", -400)):
        clock.off = timedelta(days=days)
        case = make.step(case, key, actor=make.PUBLICATION[key])
        assert case.due_at is None or case.due_at >= case.received_at
    rows = list(case.records.all())
    assert [row.done_at >= row.received_at for row in rows] == [True] * 5
    assert [row.used_days is None or row.used_days >= 0 for row in rows] == [True] * 5
    clock.off = timedelta()
    call_command("verify_ledger", stdout=io.StringIO())


@pytest.mark.django_db
def test_what_was_told_of_a_late_row_is_told_once_whatever_the_clock_does(clock):
    make.publication(at="clarifying")
    Notice.objects.all().delete()
    told = []
    for days in (40, -40, 40):
        clock.off = timedelta(days=days)
        remind_of_cases()
        told.append(Notice.objects.count())
    assert told[0] > 0
    assert told == [told[0]] * 3
