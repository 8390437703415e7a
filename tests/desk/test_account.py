"""Signing in and out: three pages, one sentence when it fails, and nothing that a stranger could open."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests import make
from tests.desk.pages import text

pytestmark = pytest.mark.django_db

WRONG = "Surel atau kata sandi salah. Periksa keduanya, lalu coba lagi."


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


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
    left.is_active = False
    left.save()
    tries = [(member.email, "salah"), ("tak.ada@example.test", "salah"), (left.email, "sandi-yang-panjang")]
    for email, password in tries:
        response = sign_in(Client(), email, password)
        assert response.status_code == 200
        assert text(response).count(WRONG) == 1
        assert email in response.content.decode()


def test_too_many_failures_are_a_sentence(member):
    client = Client()
    for _ in range(6):
        response = sign_in(client, member.email, "salah")
    assert "Tunggu lima menit" in text(response)


def test_too_many_requests_are_a_page_in_indonesian(member, settings):
    client = Client()
    for _ in range(31):
        response = sign_in(client, "")
    assert response.status_code == 429
    assert "Tunggu satu menit" in text(response)


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


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_no_other_page_of_the_account_has_an_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/", ""])
def test_their_usual_addresses_lead_nowhere(path):
    assert Client().get(f"/meja/akun/{path}").status_code == 404


def test_the_demo_lists_its_people_and_production_does_not(settings):
    assert "utama@demo.example" in text(Client().get(reverse("account_login")))
    settings.DEMO = False
    assert "utama@demo.example" not in text(Client().get(reverse("account_login")))
