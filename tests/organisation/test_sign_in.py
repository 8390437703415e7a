"""What is counted of tries to sign in: by account and place together, kept, and one by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.organisation import sign_in
from ppid.organisation.models import SignInTry
from ppid.organisation.sign_in import TooManyTries, count_try
from tests.together import two_at_once

WHO = "utama@demo.example"


def fail(times: int, account: str = WHO, **place) -> None:
    for _ in range(times):
        count_try(account, **{"address": "203.0.113.9", **place})


@pytest.mark.django_db
def test_the_sixth_wrong_password_within_five_minutes_is_not_looked_at():
    fail(5)
    with pytest.raises(TooManyTries, match="Tunggu lima menit"):
        fail(1)
    with pytest.raises(TooManyTries):
        fail(1, account=WHO.upper())
    SignInTry.objects.update(at=timezone.now() - timedelta(minutes=5, seconds=1))
    fail(5)


@pytest.mark.django_db
def test_right_passwords_are_not_counted():
    for _ in range(20):
        count_try(WHO, address="203.0.113.9").succeeded()
    assert not SignInTry.objects.exists()


@pytest.mark.django_db
def test_junk_erases_no_count():
    fail(5)
    for n in range(90):
        fail(1, account=f"orang{n}@example.test")
    SignInTry.objects.bulk_create(SignInTry(key=f"{n:064x}") for n in range(20_000))
    with pytest.raises(TooManyTries):
        fail(1)


@pytest.mark.django_db
def test_an_address_that_tries_everybodys_account_waits():
    for n in range(100):
        fail(1, account=f"orang{n}@example.test")
    with pytest.raises(TooManyTries):
        fail(1, account="yang.lain@example.test")
    fail(1, account="yang.lain@example.test", address="203.0.113.10")
    fail(1, account="yang.lain@example.test", browser="dikenal")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.10", False),
        ("", "", True),
    ],
)
def test_an_ipv6_network_is_one_place(one, other, same):
    fail(5, address=one)
    if same:
        with pytest.raises(TooManyTries):
            fail(1, address=other)
    else:
        fail(1, address=other)


@pytest.mark.django_db
def test_neither_account_nor_address_can_be_read_from_what_is_kept():
    fail(1)
    kept = " ".join(SignInTry.objects.values_list("key", flat=True))
    assert "utama" not in kept
    assert "203.0" not in kept


@pytest.mark.django_db
def test_old_tries_are_forgotten():
    fail(1)
    SignInTry.objects.update(at=timezone.now() - timedelta(days=2))
    fail(1, account="lain@example.test")
    assert sign_in.forget_old_tries() == 2
    assert SignInTry.objects.count() == 2


def test_many_at_once_are_counted_one_by_one(committed_database):
    fail(4)
    first, second = two_at_once(lambda: fail(1), lambda: fail(1))
    assert first is None
    assert isinstance(second, TooManyTries)


def test_many_accounts_at_once_from_one_address_are_counted_one_by_one(committed_database):
    for n in range(99):
        fail(1, account=f"orang{n}@example.test")
    answers = two_at_once(lambda: fail(1, account="a@example.test"), lambda: fail(1, account="b@example.test"))
    assert isinstance(answers[1], TooManyTries)
