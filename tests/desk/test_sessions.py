"""One's own sessions at the desk: listed, ended, warned of, and ended by themselves, with what was typed kept."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ppid.desk.typed.keeping import mark_of
from ppid.desk.typed.models import TypedDraft
from ppid.notices.models import Notice
from ppid.notices.sending import send_due
from ppid.organisation import appointing
from ppid.organisation.models import SignInSession
from tests import make
from tests.desk.pages import fields, soup, text

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-yang-panjang"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36"
OFFICE, ELSEWHERE = "203.0.113.9", "198.51.100.7"
LIST, INBOX, LOGIN = "account_sessions", "desk:inbox", "account_login"


@pytest.fixture
def member():
    user = make.person("ppid_pelaksana")
    user.set_password(PASSWORD)
    user.save()
    return user


def browser(member, agent=LAPTOP, address=OFFICE) -> Client:
    client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
    assert client.post(reverse(LOGIN), {"login": member.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get(reverse(INBOX)).status_code == 200


def why(client) -> str:
    return text(client.get(reverse(INBOX), follow=True))


def session_at(address) -> SignInSession:
    return SignInSession.objects.get(began_at_address=address)


def move_clock(**by) -> None:
    """Let so much time have passed since all that sessions know; of one that ended nothing changes."""
    by = timedelta(**by)
    # What it began as never changes: so the row stands for one that began earlier.
    for each in SignInSession.objects.filter(ended_at=None):
        values = {name: getattr(each, name) for name in ("person", "digest", "browser", "system")}
        values |= {"began_at_address": each.began_at_address, "address": each.address}
        SignInSession.objects.filter(pk=each.pk).end("ended")
        SignInSession.objects.filter(pk=each.pk).delete()
        SignInSession.objects.create(**values, started_at=each.started_at - by, seen_at=each.seen_at - by)


class TestList:
    def test_this_one_is_marked_and_each_says_device_address_and_when(self, member):
        here = browser(member)
        browser(member, PHONE, ELSEWHERE)
        page = here.get(reverse(LIST))
        mine, other = (" ".join(row.get_text(" ").split()) for row in soup(page).select(".session"))
        assert "Chrome di Windows Sesi ini" in mine
        assert f"dari {OFFICE}" in mine
        assert "Chrome di Android" in other
        assert f"dari {ELSEWHERE}" in other
        assert "Sesi ini" not in other

    def test_nobody_sees_or_ends_those_of_others(self, member, sign_in):
        browser(member)
        theirs = SignInSession.objects.get()
        stranger = sign_in("utama")
        assert OFFICE not in text(stranger.get(reverse(LIST)))
        assert stranger.post(reverse("account_session_end", args=[theirs.pk])).status_code == 404

    def test_alone_it_says_so(self, member):
        assert "Tidak ada sesi lain yang terbuka." in text(browser(member).get(reverse(LIST)))


class TestEnding:
    def test_another_one_is_ended_after_a_question(self, member):
        here, phone = browser(member), browser(member, PHONE, ELSEWHERE)
        url = reverse("account_session_end", args=[session_at(ELSEWHERE).pk])
        assert "Chrome di Android" in text(here.get(url))
        assert is_in(phone), "a look ends nothing"
        assert "Sesi di Chrome di Android diakhiri." in text(here.post(url, follow=True))
        assert is_in(here)
        assert "diakhiri dari perangkat lain" in why(phone)

    def test_all_others_are_ended(self, member):
        here, *others = browser(member), browser(member, PHONE, ELSEWHERE), browser(member, PHONE, OFFICE)
        url = reverse("account_sessions_end_others")
        assert text(here.get(url)).count("Chrome di Android") == 2
        assert "2 sesi lain diakhiri." in text(here.post(url, follow=True))
        assert is_in(here)
        assert not any(is_in(each) for each in others)
        assert "Tidak ada sesi lain" in text(here.post(url, follow=True))

    def test_where_there_is_no_other_nothing_is_offered(self, member):
        body = browser(member).get(reverse("account_sessions_end_others")).content.decode()
        assert "Tidak ada sesi lain yang terbuka." in body
        assert "btn-danger" not in body
        assert "di semua perangkat lain" not in body

    def test_this_one_is_signed_out_of(self, member):
        here = browser(member)
        response = here.post(reverse("account_session_end", args=[SignInSession.objects.get().pk]))
        assert response.headers["Location"] == reverse(LOGIN)
        assert not is_in(here)

    def test_one_that_ended_meanwhile_is_said(self, member):
        here = browser(member)
        browser(member, PHONE, ELSEWHERE)
        other = session_at(ELSEWHERE)
        SignInSession.objects.filter(pk=other.pk).end("ended")
        url = reverse("account_session_end", args=[other.pk])
        assert "sudah berakhir" in text(here.get(url, follow=True))
        assert here.post(url).status_code == 422

    def test_signing_out_ends_it_for_the_list_too(self, member):
        here = browser(member)
        here.post(reverse("account_logout"))
        assert SignInSession.objects.get().because == "signed_out"

    def test_signing_in_anew_in_the_same_browser_ends_the_one_before(self, member):
        here = browser(member)
        here.force_login(member)
        assert list(SignInSession.objects.order_by("pk").values_list("because", flat=True)) == ["signed_out", ""]

    def test_a_cookie_from_before_the_end_never_counts_again(self, member):
        here = browser(member)
        kept = Session.objects.get()
        before = (kept.session_key, kept.session_data, kept.expire_date)
        here.post(reverse("account_logout"))
        Session.objects.create(session_key=before[0], session_data=before[1], expire_date=before[2])
        thief = Client()
        thief.cookies["sessionid"] = before[0]
        assert not is_in(thief)

    def test_without_djangos_row_the_list_of_another_browser_still_works(self, member):
        browser(member, PHONE, ELSEWHERE)
        Session.objects.all().delete()
        here = browser(member)
        assert "Chrome di Android" in text(here.get(reverse(LIST)))
        assert here.post(reverse("account_session_end", args=[session_at(ELSEWHERE).pk])).status_code == 302

    def test_without_our_row_it_does_not_count(self, member):
        here = browser(member)
        SignInSession.objects.all().end("ended")
        SignInSession.objects.all().delete()
        assert not is_in(here)

    def test_changing_the_password_ends_all_others(self, member):
        here, phone = browser(member), browser(member, PHONE, ELSEWHERE)
        new = "pontianak-di-khatulistiwa"
        typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        here.post(reverse("account_change_password"), typed)
        assert is_in(here)
        assert not is_in(phone)
        assert session_at(ELSEWHERE).because == "password"

    def test_a_keeper_ends_all_of_somebodys(self, member, sign_in):
        here, utama = browser(member), sign_in("utama")
        url = reverse("desk:person-sign-out", args=[member.pk])
        assert url in utama.get(reverse("desk:person", args=[member.pk])).content.decode()
        assert "Ia sedang masuk di 1 tempat." in text(utama.get(url))
        assert "1 sesi" in text(utama.post(url, {"note": "Telepon hilang."}, follow=True))
        assert "diakhiri oleh pengelola akun" in why(here)
        page = text(utama.get(reverse("desk:person", args=[member.pk])))
        assert "Semua sesi diakhiri" in page
        assert "Telepon hilang." in page

    def test_who_keeps_no_people_ends_nobodys(self, member, sign_in):
        assert sign_in("dinsos").post(reverse("desk:person-sign-out", args=[member.pk])).status_code == 403


class TestLimits:
    def test_unused_for_an_hour_it_ends_and_says_why(self, member):
        here = browser(member)
        move_clock(minutes=59)
        assert is_in(here)
        move_clock(minutes=61)
        assert "lama tidak dipakai" in why(here)
        assert SignInSession.objects.get().because == "idle"

    def test_after_twelve_hours_it_ends_however_much_it_is_used(self, member):
        here = browser(member)
        for _ in range(14):
            move_clock(minutes=50)
            assert is_in(here)
        move_clock(minutes=50)
        assert "terlalu lama sejak Anda masuk" in why(here)

    def test_the_limits_are_settings(self, member, settings):
        settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 10, 1
        here = browser(member)
        move_clock(minutes=11)
        assert not is_in(here)

    def test_what_a_page_asks_by_itself_is_no_use(self, member):
        here = browser(member)
        move_clock(minutes=50)
        left = here.get(reverse("account_session_left")).json()
        assert 540 <= left["left"] <= 600
        assert left["isFinal"] is False
        here.get(reverse(INBOX), headers={"X-Background": "1"})
        assert here.get(reverse("account_session_left")).json()["left"] <= 600

    def test_to_stay_is_one_small_post(self, member):
        here = browser(member)
        move_clock(minutes=58)
        assert here.post(reverse("account_session_renew")).json() == {"left": 3600, "isFinal": False}

    def test_near_the_end_of_its_hours_nothing_makes_it_longer(self, member):
        here = browser(member)
        for _ in range(14):
            move_clock(minutes=50)
            assert is_in(here)
        left = here.post(reverse("account_session_renew")).json()
        assert left["isFinal"] is True
        assert 19 * 60 <= left["left"] <= 20 * 60

    def test_every_page_of_the_desk_says_how_long_it_lasts(self, member):
        dialog = soup(browser(member).get(reverse(INBOX))).find("dialog", id="batas-sesi")
        assert 3590 <= int(dialog["data-left"]) <= 3600
        assert dialog["data-renew"] == reverse("account_session_renew")

    def test_a_form_that_is_sent_too_late_keeps_what_was_typed(self, member):
        here = browser(member)
        move_clock(minutes=90)
        url = reverse("desk:open-publication")
        response = here.post(url, {"title": "Laporan yang panjang", "penulis": mark_of(member)})
        assert response.status_code == 403
        assert "lama tidak dipakai" in text(response)
        typed = fields(response, reverse(LOGIN)) | {"login": member.email, "password": PASSWORD}
        assert here.post(reverse(LOGIN), typed).headers["Location"] == url
        assert ["title", "Laporan yang panjang"] in TypedDraft.objects.get().fields

    def test_what_the_script_lays_by_is_a_draft_and_no_use(self, member):
        here = browser(member)
        move_clock(minutes=59)
        url = reverse("desk:open-publication")
        here.post(
            f"{reverse('desk:set-aside')}?untuk={url}&lalu={url}",
            {"title": "Laporan", "penulis": mark_of(member)},
            headers={"X-Requested-With": "fetch", "X-Background": "1"},
        )
        assert TypedDraft.objects.get().path == url
        assert here.get(reverse("account_session_left")).json()["left"] <= 60

    def test_a_clock_that_was_a_day_ahead_signs_nobody_out_for_ever_and_lets_none_live_for_ever(self, member):
        here = browser(member)
        move_clock(days=-1)  # it began in a future from which the clock came back
        assert "terlalu lama" in why(here)
        assert is_in(browser(member))
        other = browser(member)
        mine = SignInSession.objects.filter(pk=SignInSession.objects.latest("pk").pk)
        mine.update(seen_at=timezone.now() + timedelta(days=300))  # it was used in that future
        assert is_in(other)
        assert mine.get().seen_at <= timezone.now()


class TestStolenCookie:
    def steal(self, victim: Client, *, agent, address) -> Client:
        thief = Client(REMOTE_ADDR=address, headers={"User-Agent": agent})
        thief.cookies["sessionid"] = victim.cookies["sessionid"].value
        return thief

    def test_from_another_device_and_network_it_ends_for_both_and_the_owner_is_told(self, member):
        here = browser(member)
        thief = self.steal(here, agent=PHONE, address=ELSEWHERE)
        assert "tiba-tiba dipakai dari perangkat dan jaringan yang lain" in why(thief)
        assert not is_in(here)
        notice = Notice.objects.get(kind="session_moved")
        assert (notice.person, notice.is_urgent) == (member, True)
        told = dict(notice.facts)
        assert told["Dari alamat"] == ELSEWHERE
        assert told["Perangkat"] == "Chrome di Android"
        assert OFFICE in told["Sesinya dimulai di"]
        assert "ganti kata sandi" in told["Bila itu bukan Anda"]

    def test_what_the_thief_sends_is_not_done(self, member):
        thief = self.steal(browser(member), agent=PHONE, address=ELSEWHERE)
        new = "pontianak-di-khatulistiwa"
        typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        thief.post(reverse("account_change_password"), typed)
        member.refresh_from_db()
        assert member.check_password(PASSWORD)

    @pytest.mark.parametrize(("agent", "address"), [(LAPTOP, ELSEWHERE), (PHONE, OFFICE)])
    def test_another_network_alone_is_a_journey_and_another_device_alone_an_update(self, member, agent, address):
        here = browser(member)
        assert is_in(self.steal(here, agent=agent, address=address))
        assert is_in(here)

    def test_another_network_shows_in_the_list(self, member):
        here = browser(member)
        is_in(self.steal(here, agent=LAPTOP, address=ELSEWHERE))
        page = text(self.steal(here, agent=LAPTOP, address=ELSEWHERE).get(reverse(LIST)))
        assert "Jaringannya berganti sejak masuk." in page
        assert ELSEWHERE in page


class TestNewDevice:
    def test_the_first_sign_in_of_all_is_no_news(self, member):
        browser(member)
        assert not Notice.objects.filter(person=member).exists()

    def test_a_browser_that_nobody_knows_is_told_with_when_what_and_from_where(self, member, mailoutbox, settings):
        browser(member)
        browser(member, PHONE, ELSEWHERE)
        notice = Notice.objects.get(kind="new_device")
        told = dict(notice.facts)
        assert notice.title == "Akun Anda dipakai masuk dari Chrome di Android"
        assert told["Dari alamat"] == ELSEWHERE
        assert str(timezone.localdate().year) in told["Kapan"]
        assert "beri tahu PPID Utama" in told["Bila itu bukan Anda"]
        assert notice.url == reverse(LIST)

    def test_it_is_mailed_though_whoever_took_the_account_reads_it_first(self, member, settings, mailoutbox):
        browser(member)
        thief = browser(member, PHONE, ELSEWHERE)
        notice = Notice.objects.get(kind="new_device")
        thief.get(reverse("desk:news-item", args=[notice.pk]))
        Notice.objects.update(read_at=timezone.now())
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        send_due()
        [mail] = mailoutbox
        assert mail.to == [member.email]
        assert "perangkat yang belum dikenal" in mail.subject.lower()
        assert ELSEWHERE in mail.body

    def test_a_browser_that_is_known_is_no_news(self, member):
        here = browser(member)
        here.post(reverse("account_logout"))
        here.post(reverse(LOGIN), {"login": member.email, "password": PASSWORD})
        assert not Notice.objects.filter(kind="new_device").exists()

    def test_no_flood(self, member):
        for _ in range(9):
            browser(member, PHONE, ELSEWHERE)
        assert Notice.objects.filter(kind="new_device").count() == 5

    def test_no_switch_turns_it_off(self, sign_in):
        page = sign_in("utama").get(reverse("desk:news-switches"))
        assert "perangkat baru" not in text(page)


class TestLeaving:
    def test_who_was_stopped_is_out_at_once_and_is_told_why(self, member):
        here = browser(member)
        appointing.stop(member.appointments.get(), actor=make.demo("utama"))
        assert "Penugasan Anda yang terakhir sudah berakhir" in why(here)
        assert SignInSession.objects.get().because == "left"

    def test_signing_in_fails_with_the_words_of_a_wrong_password(self, member):
        appointing.stop(member.appointments.get(), actor=make.demo("utama"))
        response = Client().post(reverse(LOGIN), {"login": member.email, "password": PASSWORD})
        assert "Surel atau kata sandi salah." in text(response)

    def test_the_page_of_a_person_says_it_and_offers_the_appointment_that_helps(self, member, sign_in):
        appointing.stop(member.appointments.get(), actor=make.demo("utama"))
        from ppid.organisation.leaving import close_what_lapsed

        close_what_lapsed()
        page = sign_in("utama").get(reverse("desk:person", args=[member.pk]))
        assert "berakhir bersama penugasannya yang terakhir" in text(page)
        assert reverse("desk:appoint", args=[member.pk]) in page.content.decode()
        assert "Akun berakhir bersama penugasan terakhirnya" in text(page)
