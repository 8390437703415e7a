"""Mails: sent once, tried again while the server is away, never twice by themselves, and listed with their cause."""

from datetime import datetime, timedelta
from email import message_from_string, policy

import pgtrigger
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from ppid.notices.kinds import SWITCHED
from ppid.notices.models import Dispatch, Notice, RefusedAddress, Switch
from ppid.notices.sending import DIED, MOST_AN_HOUR, WAITS, again, all_again, is_quiet, send_due
from ppid.notices.switches import came_back
from ppid.notices.telling import tell_all
from ppid.organisation.actions import deactivate
from ppid.worktime.calendar import calendar
from tests import make
from tests.notices.news import mail_of, news, told
from tests.notices.smtp import free_port, mute_after_data, server, silent_server, use

pytestmark = pytest.mark.django_db

ZONE = timezone.get_default_timezone()
OPEN = datetime(2026, 11, 26, 9, 40, tzinfo=ZONE)  # a Thursday, within working hours
NIGHT = datetime(2026, 11, 26, 21, 0, tzinfo=ZONE)
MONDAY = datetime(2026, 11, 30, 9, 40, tzinfo=ZONE)
SATURDAY = datetime(2026, 11, 28, 9, 40, tzinfo=ZONE)


def send(at: datetime = OPEN) -> None:
    assert not send_due(at=lambda: at)


def stage(notice) -> tuple[str, str]:
    dispatch = mail_of(notice)
    return dispatch.stage, dispatch.because


def test_a_notice_becomes_a_mail_once():
    notice = told()
    send()
    send()
    assert [each.to for each in mail.outbox] == [[notice.person.email]]
    assert stage(notice) == ("sent", "")
    assert mail_of(notice).sent_at == OPEN


def test_it_says_what_waits_where_and_until_when_in_text_and_html(settings):
    settings.SITE_URL = "https://ppid.example"
    notice = told(due_at=datetime(2026, 11, 26, 15, 45, tzinfo=ZONE), nth=2)
    send()
    [letter] = mail.outbox
    assert letter.subject == "Menunggu Anda, untuk kedua kalinya: Laporan kinerja Dinas Sosial (P-2026-0001)"
    html = letter.alternatives[0].content
    for part in (letter.body, html):
        assert "Menunggu Anda, untuk kedua kalinya" in part
        assert "Laporan kinerja Dinas Sosial" in part
        assert "Siti Aminah, S.Sos." in part
        assert "Kamis, 26 November 2026, 15.45 WIB" in part
        assert f"https://ppid.example/meja/kabar/{notice.pk}/" in part
        assert "https://ppid.example/meja/akun/pemberitahuan/" in part
    assert letter.body.startswith("Menunggu Anda, untuk kedua kalinya\n"), "the second look says so in its first line"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert not letter.attachments


def test_without_the_portals_address_it_leads_nowhere_and_says_where_to_look(settings):
    settings.SITE_URL = ""
    told()
    send()
    assert "http" not in mail.outbox[0].body
    assert "Bukalah meja kerja portal" in mail.outbox[0].body


@pytest.mark.parametrize("kind", [*(kind.key for kind in SWITCHED)])
def test_no_mail_of_what_is_secret_says_a_word_of_it(kind):
    Switch.objects.create(person=make.demo("dinsos"), kind=kind, how="at_once")
    notice = told(kind=kind, is_secret=True, is_urgent=True, title="Burungkenari", lines=(("Alasan", "burungkenari"),))
    send()
    [letter] = mail.outbox
    whole = f"{letter.subject}{letter.body}{letter.alternatives[0].content}".lower()
    assert "burungkenari" not in whole
    assert notice.number in whole.upper()


def test_words_of_strangers_never_break_a_head_or_a_page():
    told(title="Judul\r\nBcc: semua@contoh.example\n<script>alert(1)</script>", is_urgent=True)
    send()
    [letter] = mail.outbox
    assert "\n" not in letter.subject
    assert "<script>" not in letter.alternatives[0].content
    assert letter.recipients() == [make.demo("dinsos").email]


def test_the_server_takes_it_as_utf_8_with_a_name_that_never_changes(settings):
    with server(settings) as box:
        notice = told(title="Daftar «penerima» é")
        send()
    [(address, content)] = box.came
    letter = message_from_string(content, policy=policy.default)
    assert address == notice.person.email
    assert "«penerima» é" in letter["subject"]
    assert letter["message-id"].startswith(f"<{mail_of(notice).token}@")


def test_a_server_that_is_down_for_a_day_gets_it_on_the_next(settings):
    use(settings, free_port(), timeout=1)
    notice, now = told(is_urgent=True), OPEN
    for wait in WAITS[:-2]:
        send(now)
        assert stage(notice)[0] == "waiting"
        assert "tidak dapat dihubungi" in stage(notice)[1]
        assert mail_of(notice).next_at == now + wait
        send(now + wait - timedelta(seconds=1))
        now += wait
    assert now - OPEN > timedelta(hours=15)
    with server(settings) as box:
        send(OPEN + timedelta(days=1, hours=6))
    assert len(box.came) == 1
    assert stage(notice) == ("sent", "")


def test_a_server_that_never_comes_back_leaves_it_listed(settings):
    use(settings, free_port(), timeout=1)
    notice, now = told(is_urgent=True), OPEN
    for wait in (*WAITS, timedelta()):
        send(now)
        now += wait
    assert now - OPEN > timedelta(days=1)
    assert stage(notice)[0] == "failed"
    send(now + timedelta(days=9))
    assert mail_of(notice).tries == len(WAITS) + 1


def test_one_try_finds_out_that_the_server_is_away(settings):
    use(settings, free_port(), timeout=1)
    for n in range(5):
        told(key=f"case:{n}:1")
    send()
    assert sorted(Dispatch.objects.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]


def test_a_silent_server_is_left_after_its_time(settings):
    with silent_server(settings):
        notice = told()
        send()
    assert stage(notice)[0] == "waiting"
    assert "tidak menjawab pada waktunya" in stage(notice)[1]


def test_a_refused_address_is_listed_and_keeps_no_other_waiting(settings):
    with server(settings) as box:
        box.refuses[make.demo("dinsos").email] = "550 5.1.1 No such user"
        refused, taken = told("dinsos"), told("utama")
        send()
        assert stage(refused) == ("failed", "Alamatnya ditolak server surel: 550 5.1.1 No such user.")
        assert stage(taken) == ("sent", "")
        later = told("dinsos", key="case:1:2")
        send()
        assert "menolak surel sebelumnya" in stage(later)[1]
        assert len(box.came) == 1, "nothing more is sent there"
        box.refuses.clear()
        assert again(mail_of(later), actor=make.demo("utama"))
        send()
        assert stage(later) == ("sent", "")
        assert not RefusedAddress.objects.exists()


def test_all_that_failed_is_sent_again_also_where_the_address_was_refused(settings):
    with server(settings) as box:
        box.refuses[make.demo("dinsos").email] = "550 5.1.1 No such user"
        notice = told("dinsos")
        came_back(make.demo("operator"))
        send()
        box.refuses.clear()
        assert all_again(actor=make.demo("utama")) == 1
        send()
        assert stage(notice) == ("sent", "")
        assert [each.person for each in RefusedAddress.objects.all()] == [make.demo("operator")], "nothing failed there"


def test_a_refusal_for_now_is_tried_again(settings):
    with server(settings) as box:
        box.refuses[make.demo("dinsos").email] = "450 4.2.0 Greylisted"
        notice = told()
        send()
        assert stage(notice)[0] == "waiting"
        box.refuses.clear()
        send(OPEN + timedelta(minutes=2))
        assert stage(notice) == ("sent", "")


def test_a_mail_that_the_server_will_not_have_is_listed(settings):
    with server(settings) as box:
        box.answers = "554 5.7.1 Spam"
        notice = told()
        send()
    assert stage(notice) == ("failed", "Server surel menolak suratnya: 554 5.7.1 Spam.")
    assert not RefusedAddress.objects.exists()


def test_a_mail_whose_answer_never_came_is_listed_and_never_sent_again_by_itself(settings):
    with mute_after_data(settings) as got:
        notice = told()
        send()
        assert got.is_set()
    assert stage(notice)[0] == "unknown"
    assert "tidak diketahui apakah surel ini sampai" in stage(notice)[1]
    with server(settings) as box:
        send(MONDAY)
        assert box.came == []
        assert again(mail_of(notice), actor=make.demo("utama"))
        assert not again(mail_of(notice), actor=make.demo("utama")), "once"
        send(MONDAY)
        assert len(box.came) == 1


def test_what_a_dead_sender_left_is_listed_and_not_sent():
    notice = told()
    with pgtrigger.ignore():
        Dispatch.objects.filter(notice=notice).update(stage="sending", tries=1)
    send()
    assert stage(notice) == ("unknown", DIED)
    assert mail.outbox == []


def test_mails_that_come_back_stop_the_mails_there():
    came_back(make.demo("dinsos"))
    notice = told()
    send()
    assert stage(notice)[0] == "failed"
    assert "kembali" in stage(notice)[1]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (OPEN, False),
        (NIGHT, True),
        (SATURDAY, True),
        (datetime(2026, 11, 26, 7, 14, tzinfo=ZONE), True),
        (datetime(2026, 11, 26, 15, 45, tzinfo=ZONE), False),
        (datetime(2026, 12, 25, 10, 0, tzinfo=ZONE), True),
        (datetime(2026, 12, 31, 23, 59, tzinfo=ZONE), True),
        (datetime(2028, 2, 29, 10, 0, tzinfo=ZONE), False),
    ],
)
def test_the_office_is_quiet_outside_its_hours(moment, quiet):
    assert is_quiet(moment, calendar()) is quiet


def test_outside_the_hours_only_what_must_not_be_delayed_is_sent():
    calm, urgent = told(key="case:1:1"), told(key="case:2:1", is_urgent=True)
    send(NIGHT)
    assert (stage(calm)[0], stage(urgent)[0]) == ("waiting", "sent")
    send(OPEN + timedelta(days=1))
    assert stage(calm)[0] == "sent"


def test_a_clock_that_was_ahead_keeps_nothing_waiting():
    notice = told()
    far = OPEN + timedelta(days=400)
    with pgtrigger.ignore():
        Dispatch.objects.filter(notice=notice).update(next_at=far)
    send()
    assert stage(notice)[0] == "sent"


@pytest.mark.parametrize(
    ("how", "becomes"), [("at_once", "sent"), ("both", "sent"), ("digest", "digest"), ("none", "skipped")]
)
def test_a_person_says_how_they_are_told(how, becomes):
    Switch.objects.create(person=make.demo("dinsos"), kind="arrived", how=how)
    notice = told()
    send()
    assert stage(notice)[0] == becomes


def test_what_was_read_at_the_desk_is_not_sent_any_more():
    notice = told()
    Notice.objects.filter(pk=notice.pk).update(read_at=OPEN)
    send()
    assert stage(notice) == ("skipped", "Sudah dibaca di meja.")


@pytest.mark.parametrize("kind", ["account", "new_device", "session_moved", "office_moved"])
def test_what_happens_to_an_account_is_mailed_at_any_hour_though_it_was_read(kind):
    """Whoever took an account reads its notices, and can switch off what there is a switch for."""
    notice = told(kind=kind, is_urgent=True)
    Notice.objects.filter(pk=notice.pk).update(read_at=OPEN)
    assert kind not in {each.key for each in SWITCHED}
    send(NIGHT)
    assert stage(notice)[0] == "sent"


def test_who_left_gets_no_mail():
    notice = told()
    deactivate(make.demo("dinsos"), actor=make.demo("utama"))
    send()
    assert stage(notice)[0] == "skipped"


def test_whoever_is_told_a_thousand_things_at_once_gets_a_few_mails_and_a_digest():
    person = make.demo("dinsos").pk
    tell_all((news(key=f"case:{n}:1"), [person]) for n in range(1000))
    while send_due(at=lambda: OPEN):
        pass
    assert len(mail.outbox) == MOST_AN_HOUR
    assert Dispatch.objects.filter(stage="digest").count() == 1000 - MOST_AN_HOUR


def test_a_fault_of_ours_in_one_mail_keeps_no_other_from_being_sent(monkeypatch):
    broken, sound = told(key="case:1:1"), told(key="case:2:1")
    sends = EmailBackend.send_messages

    def fails_once(self, messages):
        if "(P-2026-0001)" in messages[0].subject and not mail_of(sound).sent_at and not mail_of(broken).because:
            raise ZeroDivisionError
        return sends(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fails_once)
    send()
    assert stage(broken) == ("failed", "Kesalahan pada portal: ZeroDivisionError.")
    assert stage(sound)[0] == "sent"


def test_without_a_server_mails_are_files(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "ppid.notices.post.FilePost", tmp_path / "mail"
    notice = told()
    send()
    [file] = (tmp_path / "mail").glob("*.eml")
    assert notice.person.email in file.read_text()
    assert stage(notice)[0] == "sent"


def test_where_no_file_can_be_written_it_waits_and_says_so(settings, tmp_path):
    (tmp_path / "mail").write_text("not a folder")
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "ppid.notices.post.FilePost", tmp_path / "mail"
    notice = told()
    send()
    assert stage(notice)[0] == "waiting"
    assert "tidak dapat ditulis" in stage(notice)[1]
