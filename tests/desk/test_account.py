"""Signing in and out: three pages, one sentence when it fails, and nothing that a stranger could open."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ppid.organisation.models import User
from ppid.organisation.sign_in import count_try
from tests import make
from tests.desk.pages import fields, text

pytestmark = pytest.mark.django_db

WRONG = "Surel atau kata sandi salah. Periksa keduanya, lalu coba lagi."


@pytest.fixture
def member():
    user = make.person("ppid_pelaksana")
    user.set_password("sandi-yang-panjang")
    user.save()
    return user


def sign_in(client, email, password="sandi-yang-panjang", **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_the_right_password_leads_to_the_inbox_or_where_one_wanted_to_go(member):
    assert sign_in(Client(), member.email).headers["Location"] == reverse("desk:inbox")
    wanted = reverse("desk:open-publication")
    assert sign_in(Client(), member.email.upper(), next=wanted).headers["Location"] == wanted


def test_a_foreign_address_is_not_followed(member):
    response = sign_in(Client(), member.email, next="https://example.com/")
    assert response.headers["Location"] == reverse("desk:inbox")


def test_failing_says_one_sentence_and_the_same_to_everyone(member):
    left = make.person("ppid_pelaksana")
    left.set_password("sandi-yang-panjang")
    left.save()
    make.change(left, is_active=False)
    tries = [(member.email, "salah"), ("tak.ada@example.test", "salah"), (left.email, "sandi-yang-panjang")]
    for email, password in tries:
        response = sign_in(Client(), email, password)
        assert response.status_code == 200
        assert text(response).count(WRONG) == 1
        assert email in response.content.decode()


def test_too_many_failures_are_a_sentence(member):
    client = Client()
    for _ in range(5):
        assert WRONG in text(sign_in(client, member.email, "salah"))
    assert "Tunggu lima menit" in text(sign_in(client, member.email, "salah"))
    assert "Tunggu lima menit" in text(sign_in(client, member.email)), "also with the right password"


def test_signing_in_often_locks_nobody_out(member):
    for _ in range(8):
        assert sign_in(Client(), member.email).status_code == 302


def test_a_stranger_elsewhere_locks_nobody_out(member):
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(20):
        sign_in(stranger, member.email, "salah")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.10"), member.email).status_code == 302


def test_a_stranger_at_the_same_address_locks_no_browser_that_is_known(member):
    known = Client()
    sign_in(known, member.email)
    known.post(reverse("account_logout"))
    for n in range(100):
        count_try(f"orang{n}@example.test", address="127.0.0.1")
    assert "Tunggu lima menit" in text(sign_in(Client(), member.email)), "a browser that nobody knows waits"
    assert sign_in(known, member.email).status_code == 302


def test_a_known_browser_has_its_own_five_tries_and_helps_nobody_else(member):
    known, other = Client(), make.person("operator")
    sign_in(known, member.email)
    known.post(reverse("account_logout"))
    for _ in range(6):
        last = sign_in(known, member.email, "salah")
    assert "Tunggu lima menit" in text(last)
    for _ in range(5):
        sign_in(Client(), other.email, "salah")
    assert "Tunggu lima menit" in text(sign_in(known, other.email, "salah")), "it is known to one account alone"


def test_the_mark_of_a_known_browser_is_sent_to_the_accounts_pages_alone(member):
    cookie = sign_in(Client(), member.email).cookies["known_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/meja/akun/", True, "Lax")
    assert member.email not in cookie.value
    forged = Client()
    forged.cookies["known_browser"] = f"{cookie.value[:-3]}abc"
    for _ in range(6):
        last = sign_in(forged, member.email, "salah")
    assert "Tunggu lima menit" in text(last)


def test_outside_the_demo_browsers_take_the_cookies_over_tls_alone(member, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Secure-sessionid", "__Secure-csrftoken"
    settings.KNOWN_BROWSER_COOKIE_NAME = "__Secure-known_browser"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    known = Client(enforce_csrf_checks=True)
    page = known.get(reverse("account_login"), secure=True)
    typed = {"login": member.email, "password": "sandi-yang-panjang", **fields(page, reverse("account_login"))}
    typed |= {"login": member.email, "password": "sandi-yang-panjang"}
    come_from = {"HTTP_REFERER": "https://testserver/meja/akun/masuk/"}
    answer = known.post(reverse("account_login"), typed, secure=True, **come_from)
    assert answer.headers["Location"] == reverse("desk:inbox")
    assert all(each["secure"] and name.startswith("__Secure-") for name, each in known.cookies.items())
    assert {"__Secure-sessionid", "__Secure-csrftoken", "__Secure-known_browser"} == set(known.cookies)
    assert known.get(reverse("desk:inbox"), secure=True).status_code == 200
    for n in range(100):
        count_try(f"orang{n}@example.test", address="127.0.0.1")
    known.cookies.pop("__Secure-sessionid")
    page = known.get(reverse("account_login"), secure=True)
    typed |= {"csrfmiddlewaretoken": fields(page, reverse("account_login"))["csrfmiddlewaretoken"]}
    assert known.post(reverse("account_login"), typed, secure=True, **come_from).status_code == 302, "it is known"


def test_behind_a_proxy_the_true_address_counts_and_none_that_a_visitor_writes(member, settings):
    settings.BEHIND_PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1
    stranger, officer = Client(), Client()
    for n in range(8):
        sign_in_from(stranger, f"198.51.100.{n}, 203.0.113.9", member.email, "salah")
    assert "Tunggu lima menit" in text(sign_in_from(stranger, "203.0.113.9", member.email, "salah"))
    assert sign_in_from(officer, "203.0.113.10", member.email).status_code == 302


def sign_in_from(client, forwarded, email, password="sandi-yang-panjang"):
    typed = {"login": email, "password": password}
    return client.post(reverse("account_login"), typed, headers={"X-Forwarded-For": forwarded})


def test_a_proxy_that_is_not_set_up_is_told_in_the_log_and_signing_in_goes_on(member, settings, caplog):
    assert sign_in_from(Client(), "203.0.113.9", member.email).status_code == 302
    assert "BEHIND_PROXY is not set" in caplog.text
    settings.BEHIND_PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 3
    assert sign_in_from(Client(), "203.0.113.9", member.email).status_code == 302
    assert "TRUSTED_PROXY_COUNT" in caplog.text


def test_a_wrong_password_is_a_line_of_the_log_with_the_accounts_number_alone(member, caplog):
    sign_in(Client(), member.email, "salah-sama-sekali")
    sign_in(Client(), "sandi-diketik-di-sini@kota.example", "salah-sama-sekali")
    told = [record.getMessage() for record in caplog.records if record.name == "ppid.organisation.adapter"]
    assert told == [f"A wrong password for account {member.pk}.", "A wrong password for no account."]


def test_signing_out_is_a_form(member):
    client = Client()
    sign_in(client, member.email)
    assert "Keluar dari meja kerja?" in text(client.get(reverse("account_logout")))
    assert client.post(reverse("account_logout")).headers["Location"] == reverse("portal:home")
    assert client.get(reverse("desk:inbox")).status_code == 302


def test_the_password_is_changed(member):
    client = Client()
    sign_in(client, member.email)
    url = reverse("account_change_password")
    wrong = client.post(
        url,
        {"oldpassword": "bukan", "password1": "pontianak-di-khatulistiwa", "password2": "pontianak-di-khatulistiwa"},
    )
    assert "Kata sandi yang sekarang salah." in text(wrong)
    right = {
        "oldpassword": "sandi-yang-panjang",
        "password1": "pontianak-di-khatulistiwa",
        "password2": "pontianak-di-khatulistiwa",
    }
    assert "Kata sandi Anda sudah diganti." in text(client.post(url, right, follow=True))


def change(client, new, old="sandi-yang-panjang"):
    typed = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), typed, follow=True)


def test_who_has_a_first_password_changes_it_before_anything_else(member):
    make.first_password(member, "sandi-yang-panjang")
    client = Client()
    assert sign_in(client, member.email).status_code == 302
    for name in ("desk:inbox", "desk:dip", "desk:people"):
        assert client.get(reverse(name)).headers["Location"] == reverse("account_change_password")
        assert client.post(reverse(name)).headers["Location"] == reverse("account_change_password")
    page = client.get(reverse("account_change_password"))
    assert "Kata sandi Anda yang sekarang dibuat oleh orang lain." in text(page)
    assert client.get(reverse("portal:home")).status_code == 200
    assert "harus lain dari yang sekarang" in text(change(client, "sandi-yang-panjang"))
    assert client.get(reverse("desk:inbox")).status_code == 302
    assert "Kata sandi Anda sudah diganti." in text(change(client, "pontianak-di-khatulistiwa"))
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_a_first_password_that_was_not_changed_in_its_days_lets_nobody_in(member, settings):
    settings.FIRST_PASSWORD_DAYS = 3
    just_in_time = timezone.now() - timedelta(days=3) + timedelta(minutes=5)
    make.first_password(member, "sandi-yang-panjang", at=just_in_time)
    assert sign_in(Client(), member.email).status_code == 302
    make.first_password(member, "sandi-yang-panjang", at=just_in_time - timedelta(minutes=6))
    client = Client()
    said = text(sign_in(client, member.email))
    assert "Kata sandi pertama ini sudah lewat masanya sejak" in said
    assert "Minta yang baru kepada PPID Utama atau Admin PPID" in said
    assert client.get(reverse("desk:inbox")).status_code == 302
    wrong = text(sign_in(client, member.email, "salah"))
    assert WRONG in wrong
    assert "lewat masanya" not in wrong, "nobody but who has the password hears of it"
    make.change(member, is_active=False)
    assert WRONG in text(sign_in(Client(), member.email))


def test_a_first_password_that_ends_while_its_page_is_open_is_changed_no_more(member):
    make.first_password(member, "sandi-yang-panjang")
    client = Client()
    sign_in(client, member.email)
    assert "paling lambat" in text(client.get(reverse("account_change_password")))
    make.first_password(member, "sandi-yang-panjang", at=timezone.now() - timedelta(days=4))
    client.force_login(User.objects.get(pk=member.pk))
    assert "sudah lewat masanya" in text(change(client, "pontianak-di-khatulistiwa"))
    member.refresh_from_db()
    assert member.must_change_password
    assert member.check_password("sandi-yang-panjang")


def test_who_has_a_first_password_can_still_sign_out(member):
    make.first_password(member, "sandi-yang-panjang")
    client = Client()
    sign_in(client, member.email)
    assert client.post(reverse("account_logout")).headers["Location"] == reverse("portal:home")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("198765432109876", "tidak boleh hanya angka"),
        ("0812-3456-7890", "tidak boleh hanya angka"),
        ("sitirahmayulianti", "hampir sama dengan nama"),
        ("Siti.Rahma-Yulianti!1", "hampir sama dengan nama"),
        ("YuliantiYulianti12", "hampir sama dengan nama"),
        ("sri-199001012015012001", "NIP"),
        ("s.rahma@2026", "hampir sama"),
        ("pendek", "12"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(member, password, sentence):
    nip = "199001012015012001"
    member = make.change(member, name="Siti Rahma Yulianti, S.E.", nip=nip, email="s.rahma@example.test")
    client = Client()
    sign_in(client, member.email)
    assert sentence in text(change(client, password))
    member.refresh_from_db()
    assert member.check_password("sandi-yang-panjang")


@pytest.mark.parametrize("password", ["pontianak-di-khatulistiwa", "siti suka sungai kapuas", "k7mp-x3vh-2qrt-wz9a"])
def test_a_password_of_several_words_is_taken_also_with_the_name_among_them(member, password):
    member = make.change(member, name="Siti Rahma, S.E.")
    client = Client()
    sign_in(client, member.email)
    assert "Kata sandi Anda sudah diganti." in text(change(client, password))


def test_who_finds_a_desk_open_can_not_guess_its_password_for_ever(member):
    client = Client()
    sign_in(client, member.email)
    for _ in range(5):
        assert "Kata sandi yang sekarang salah." in text(change(client, "pontianak-di-khatulistiwa", old="salah"))
    waiting = text(change(client, "pontianak-di-khatulistiwa"))
    assert "Tunggu lima menit" in waiting
    assert "('" not in waiting


def test_who_knows_the_password_may_take_any_time_to_find_a_new_one(member):
    client = Client()
    sign_in(client, member.email)
    for _ in range(7):
        assert "tidak boleh hanya angka" in text(change(client, "198765432109876"))


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_no_other_page_of_the_account_has_an_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/", "2fa/", "reauthenticate/"])
def test_their_usual_addresses_lead_nowhere(path):
    assert Client().get(f"/meja/akun/{path}").status_code == 404


def test_the_demo_lists_its_people_and_production_does_not(settings):
    assert "utama@demo.example" in text(Client().get(reverse("account_login")))
    settings.DEMO = False
    assert "utama@demo.example" not in text(Client().get(reverse("account_login")))
