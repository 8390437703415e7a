"""News at the desk: the bell, the list, the switches, what could not be sent, the digest, and one's own calendar."""

from datetime import datetime, timedelta
from email import message_from_string, policy

import icalendar
import pgtrigger
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ppid.desk.notices import digest
from ppid.flows.consequence import fill_test
from ppid.notices.kinds import SWITCHED
from ppid.notices.models import CalendarKey, Dispatch, Notice, Switch
from ppid.notices.sending import send_due
from ppid.notices.switches import new_calendar_key, person_of, revoke_calendar_key
from ppid.organisation.actions import deactivate
from ppid.upkeep.reminders import remind
from ppid.worktime.calendar import calendar
from tests import make
from tests.notices.news import mail_of, told
from tests.notices.smtp import free_port, mute_after_data, server, use

pytestmark = pytest.mark.django_db

ZONE = timezone.get_default_timezone()
CANARY = "burungkenari"


def page(response) -> BeautifulSoup:
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def a_working_morning() -> datetime:
    now = timezone.localtime().replace(hour=7, minute=30)
    while not calendar().is_working_day(now.date()):
        now += timedelta(days=1)
    return now


class TestBell:
    def test_it_shows_the_number_of_rows_of_the_inbox_and_so_does_the_title(self, sign_in):
        for _ in range(2):
            make.publication(at="preparing")
        shown = page(sign_in("dinsos").get("/meja/register/pengumuman/"))
        assert shown.select_one(".bell__n").get_text() == "2"
        assert shown.title.get_text().startswith("(2) ")
        rows = page(sign_in("dinsos").get("/meja/"))
        assert len(rows.select(".ask")) == 2

    def test_without_anything_it_says_none(self, sign_in):
        person = make.person("ppid_pelaksana", unit="dinkes")
        shown = page(sign_in(person).get("/meja/kabar/"))
        assert shown.select_one(".bell__n").get_text() == "0"
        assert not shown.title.get_text().startswith("(")

    def test_it_costs_no_query_of_its_own(self, sign_in):
        client = sign_in("dinsos")
        client.get("/meja/kata-sandi/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/meja/kata-sandi/")
        counted = [each["sql"] for each in asked if "UNION ALL" in each["sql"]]
        assert len(counted) == 1
        assert "notices_notice" in counted[0]


class TestNews:
    def test_it_lists_what_i_was_told_and_leads_to_its_place(self, sign_in):
        case = make.publication(at="preparing")
        client = sign_in("dinsos")
        shown = page(client.get("/meja/kabar/"))
        [row] = shown.select(".news .ask")
        assert "Baru" in row.get_text()
        assert case.information.title in row.get_text()
        answer = client.get(row.find("a")["href"])
        assert answer.url == f"/meja/perkara/{case.number}/kerja/"
        assert "Baru" not in page(client.get("/meja/kabar/")).select_one(".news .ask").get_text()
        assert "Semua kabar sudah dibaca" in page(client.get("/meja/kabar/?tampil=belum-dibaca")).get_text()

    def test_nobody_reads_anothers(self, sign_in):
        notice = told("utama")
        assert sign_in("dinsos").get(f"/meja/kabar/{notice.pk}/").status_code == 404
        notice.refresh_from_db()
        assert notice.read_at is None

    def test_all_are_marked_as_read_at_once(self, sign_in):
        told(key="case:1:1")
        told(key="case:2:1")
        mine, others = make.demo("dinsos"), told("utama")
        sign_in("dinsos").post("/meja/kabar/dibaca/")
        assert not Notice.objects.filter(person=mine, read_at=None).exists()
        others.refresh_from_db()
        assert others.read_at is None

    def test_an_empty_list_says_what_will_stand_there(self, sign_in):
        assert "Belum ada kabar" in page(sign_in(make.person("operator")).get("/meja/kabar/")).get_text()

    def test_a_digest_is_a_mail_and_no_news(self, sign_in):
        told(kind="digest")
        assert "Belum ada kabar" in page(sign_in("dinsos").get("/meja/kabar/")).get_text()


class TestSwitches:
    def test_each_kind_has_its_choice_and_it_is_kept(self, sign_in):
        client = sign_in("dinsos")
        shown = page(client.get("/meja/akun/pemberitahuan/"))
        assert {select["name"] for select in shown.select("select")} == {kind.key for kind in SWITCHED}
        chosen = {kind.key: "none" for kind in SWITCHED} | {"overdue": "at_once"}
        token = shown.select_one("form .form-end").find_parent("form")
        hidden = {each["name"]: each["value"] for each in token.select("input[type=hidden]")}
        assert client.post("/meja/akun/pemberitahuan/", chosen | hidden).status_code == 302
        assert Switch.objects.get(person=make.demo("dinsos"), kind="overdue").how == "at_once"
        assert Switch.objects.filter(person=make.demo("dinsos"), how="none").count() == len(SWITCHED) - 1

    def test_what_is_none_of_the_choices_is_refused_beside_its_field(self, sign_in):
        answer = sign_in("dinsos").post("/meja/akun/pemberitahuan/", {"arrived": "lain"})
        assert answer.status_code == 422
        assert not Switch.objects.exists()


class TestUnsent:
    @pytest.fixture
    def failed(self):
        notice = told()
        with pgtrigger.ignore():
            Dispatch.objects.filter(notice=notice).update(
                stage="unknown", because="Tidak diketahui sampainya.", tries=1, tried_at=timezone.now()
            )
        return mail_of(notice)

    def test_it_names_the_cause_and_a_button_sends_once_more(self, sign_in, failed):
        client = sign_in("utama")
        shown = page(client.get("/meja/kabar/surel/"))
        assert "Tidak diketahui sampainya." in shown.get_text()
        assert "EMAIL_HOST" in shown.get_text(), "says that mails are files"
        client.post(f"/meja/kabar/surel/{failed.pk}/lagi/")
        failed.refresh_from_db()
        assert (failed.stage, failed.again_by, failed.tries) == ("waiting", make.demo("utama"), 0)
        assert (
            "sudah tidak menunggu" in client.post(f"/meja/kabar/surel/{failed.pk}/lagi/", follow=True).content.decode()
        )

    def test_all_that_failed_is_sent_again_at_once_but_not_what_may_have_arrived(self, sign_in, failed):
        refused = mail_of(told("bidang"))
        with pgtrigger.ignore():
            Dispatch.objects.filter(pk=refused.pk).update(stage="failed", because="Ditolak.")
        sign_in("utama").post("/meja/kabar/surel/lagi/")
        stages = dict(Dispatch.objects.filter(pk__in=[failed.pk, refused.pk]).values_list("pk", "stage"))
        assert stages == {failed.pk: "unknown", refused.pk: "waiting"}

    @pytest.mark.parametrize("who", ["dinsos", "operator", "bidang"])
    def test_it_is_for_who_keeps_the_office(self, sign_in, who, failed):
        client = sign_in(who)
        assert client.get("/meja/kabar/surel/").status_code == 403
        assert client.post(f"/meja/kabar/surel/{failed.pk}/lagi/").status_code == 403
        failed.refresh_from_db()
        assert failed.stage == "unknown"

    def test_whose_mails_came_back_gets_none_any_more(self, sign_in):
        person = make.demo("dinsos")
        sign_in("utama").post("/meja/kabar/surel/kembali/", {"person": person.pk})
        assert "kembali" in page(sign_in("dinsos").get("/meja/akun/pemberitahuan/")).get_text()


class TestDigest:
    def test_in_the_morning_of_a_working_day_it_says_how_much_waits_and_is_late(self):
        now = a_working_morning()
        case = make.publication(at="preparing")
        assert digest.write_digests(now) >= 1
        assert digest.write_digests(now) == 0, "once a day"
        notice = Notice.objects.get(kind="digest", person=make.demo("dinsos"))
        letter = digest.compose(notice)
        assert letter.subject.endswith(": 1 menunggu")
        send_due(at=lambda: now)
        mine = next(each for each in mail.outbox if each.to == [make.demo("dinsos").email])
        assert case.information.title in mine.body
        assert case.information.title in mine.alternatives[0].content

    @pytest.mark.parametrize("hour", [0, 6, 10, 16, 23])
    def test_at_other_hours_there_is_none(self, hour):
        make.publication(at="preparing")
        assert digest.write_digests(a_working_morning().replace(hour=hour)) == 0

    def test_on_a_day_off_there_is_none(self):
        make.publication(at="preparing")
        assert digest.write_digests(datetime(2026, 11, 28, 7, 30, tzinfo=ZONE)) == 0
        assert digest.write_digests(datetime(2026, 12, 25, 7, 30, tzinfo=ZONE)) == 0

    def test_where_nothing_waits_there_is_none(self):
        digest.write_digests(a_working_morning())
        told_to = set(Notice.objects.filter(kind="digest").values_list("person__email", flat=True))
        assert make.demo("operator").email not in told_to

    def test_who_wants_none_gets_none(self):
        make.publication(at="preparing")
        for kind in SWITCHED:
            Switch.objects.create(person=make.demo("dinsos"), kind=kind.key, how="at_once")
        digest.write_digests(a_working_morning())
        assert not Notice.objects.filter(kind="digest", person=make.demo("dinsos")).exists()

    def test_what_was_done_meanwhile_is_not_told_any_more(self):
        now = a_working_morning()
        case = make.publication(at="preparing")
        digest.write_digests(now)
        make.walk(make.again(case), to="clarifying")
        notice = Notice.objects.get(kind="digest", person=make.demo("dinsos"))
        send_due(at=lambda: now)
        assert mail_of(notice).stage == "skipped"

    def test_yesterdays_is_not_sent_today(self):
        now = a_working_morning()
        make.publication(at="preparing")
        digest.write_digests(now)
        day = calendar().next_working_day(now.date())
        send_due(at=lambda: now.replace(year=day.year, month=day.month, day=day.day))
        notice = Notice.objects.get(kind="digest", person=make.demo("dinsos"))
        assert mail_of(notice).stage == "skipped"

    def test_news_that_was_left_to_it_stands_in_it_once(self):
        now = a_working_morning()
        notice = told(kind="ended", title="Laporan yang ditarik")
        send_due(at=lambda: now)
        assert mail_of(notice).stage == "digest"
        digest.write_digests(now)
        send_due(at=lambda: now)
        mine = next(each for each in mail.outbox if each.to == [make.demo("dinsos").email])
        assert "Laporan yang ditarik" in mine.body
        assert mail_of(notice).stage == "skipped"

    def test_news_waits_for_the_digest_that_is_sent(self, settings):
        now = a_working_morning()
        notice = told(kind="ended", title="Laporan yang ditarik")
        send_due(at=lambda: now)
        told(kind="digest", key="digest:x", at=now)
        use(settings, free_port(), timeout=1)
        send_due(at=lambda: now)
        assert mail_of(notice).stage == "digest", "the server was away"
        with server(settings) as box:
            send_due(at=lambda: now + timedelta(minutes=2))
        [(_, content)] = box.came
        body = message_from_string(content, policy=policy.default).get_body(("plain",))
        assert "Laporan yang ditarik" in body.get_content()
        assert mail_of(notice).because == "Diberitahukan dalam ringkasan."

    def test_a_digest_that_may_have_arrived_has_told_its_news(self, settings):
        now = a_working_morning()
        notice = told(kind="ended")
        send_due(at=lambda: now)
        told(kind="digest", key="digest:x", at=now)
        with mute_after_data(settings):
            send_due(at=lambda: now)
        assert mail_of(notice).stage == "skipped"

    def test_what_was_too_much_for_mails_is_in_the_digest_of_who_wants_none(self):
        now = a_working_morning()
        for kind in SWITCHED:
            Switch.objects.create(person=make.demo("dinsos"), kind=kind.key, how="at_once")
        notice = told(title="Yang kedua puluh satu")
        Dispatch.objects.filter(notice=notice).update(stage="digest")
        assert digest.write_digests(now) >= 1
        send_due(at=lambda: now)
        mine = next(each for each in mail.outbox if each.to == [make.demo("dinsos").email])
        assert "Yang kedua puluh satu" in mine.body


class TestCalendar:
    def test_a_secret_address_shows_my_due_dates_and_asking_changes_nothing(self, sign_in):
        case = make.publication(at="preparing")
        shown = page(sign_in("dinsos").post("/meja/akun/kalender/baru/"))
        address = shown.select_one(".address").get_text().strip()
        path = "/" + address.split("/", 3)[3]
        key = CalendarKey.objects.get()
        assert key.digest not in path
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(path)
        assert not [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "Cookie" not in answer.get("Vary", "")
        [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        assert case.number in event["summary"]
        assert event["dtend"].dt == timezone.localtime(case.due_at)

    def test_it_ends_when_it_is_taken_back_or_replaced_or_its_person_leaves(self):
        person = make.demo("dinsos")
        first = new_calendar_key(person)
        second = new_calendar_key(person)
        assert (person_of(first), person_of(second)) == (None, person)
        assert revoke_calendar_key(person)
        assert person_of(second) is None
        third = new_calendar_key(person)
        deactivate(person, actor=make.demo("utama"))
        assert person_of(third) is None
        for secret in (first, second, third, "tebakan", "a" * 500):
            assert Client().get(f"/meja/tenggat/{secret}.ics").status_code == 404

    def test_a_key_that_was_revoked_never_opens_again(self):
        new_calendar_key(make.demo("dinsos"))
        revoke_calendar_key(make.demo("dinsos"))
        with pytest.raises(Exception, match="Cannot update"), make.savepoint():
            CalendarKey.objects.update(revoked_at=None)

    def test_two_that_are_made_at_once_are_one(self):
        new_calendar_key(make.demo("dinsos"))
        new_calendar_key(make.demo("dinsos"))
        assert CalendarKey.objects.filter(revoked_at=None).count() == 1


def test_no_mail_no_digest_and_no_calendar_says_a_word_of_what_is_excluded(settings):
    settings.WEBHOOK_URL = ""
    now = a_working_morning()
    private = {name: f"{CANARY} {name}" for name in ("title", "summary", "responsible", "made_place", "retention")}
    case = make.publication(at="clarifying", unit="disdukcapil", **private)
    make.step(case, "return_for_repair", actor="utama", note=f"{CANARY} alasan")
    make.walk(make.again(case), to="clarifying", hands=make.PUBLICATION | {"prepare": "disdukcapil"})
    make.step(make.again(case), "divert", actor="utama", note=f"{CANARY} dialihkan")
    exclusion = make.again(case).diverted_to
    exclusion = make.walk(exclusion, to="testing")
    words = {name: f"{CANARY} {name}" for name in ("subject", "public_interest", "redacted_parts", "place")}
    fill_test(exclusion, make.test(**words), [make.participant(name=f"{CANARY} peserta")], actor=make.demo("opd"))
    exclusion = make.step(make.again(exclusion), "test_consequences", actor="opd", note=f"{CANARY} catatan")
    exclusion = make.step(exclusion, "return_to_testing", actor="utama", note=f"{CANARY} kembalikan")
    remind(make.again(exclusion).due_at + timedelta(days=30))
    digest.write_digests(now)
    send_due(at=lambda: now)
    send_due(at=lambda: now.replace(hour=9))
    assert mail.outbox
    for letter in mail.outbox:
        assert CANARY not in f"{letter.subject}{letter.body}{letter.alternatives[0].content}".lower(), letter.subject
    assert any(exclusion.number in letter.subject for letter in mail.outbox)
    for who in ("utama", "opd", "bidang", "atasan", "disdukcapil"):
        secret = new_calendar_key(make.demo(who))
        feed = Client().get(f"/meja/tenggat/{secret}.ics")
        assert CANARY.encode() not in feed.content.lower()
    assert not Notice.objects.filter(title__icontains=CANARY).exists()
