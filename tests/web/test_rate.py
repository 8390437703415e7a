"""How often one address may: its share in a while, in bounded memory, counted by whom the proxy names."""

import pytest
from django.test import RequestFactory

from ppid.web import rate
from ppid.web.callers import address_of
from ppid.web.rate import Rate


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

    monkeypatch.setattr(rate, "monotonic", lambda: Clock.now)
    return Clock


def test_each_address_has_its_share_and_gets_it_again(clock):
    counted = Rate(most=2, seconds=60)
    assert [counted.allows("a") for _ in range(3)] == [True, True, False]
    assert counted.allows("b")
    clock.now += 59
    assert not counted.allows("a")
    clock.now += 1
    assert [counted.allows("a") for _ in range(3)] == [True, True, False]


def test_the_longest_silent_are_forgotten(clock):
    counted = Rate(most=1, seconds=60, addresses=2)
    assert [counted.allows(each) for each in "abc"] == [True] * 3
    assert len(counted._times) == 2
    assert counted.allows("a"), "forgotten"
    assert not counted.allows("c")


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "x" * 9000, "x" * 64),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_names(settings, proxies, told, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert address_of(RequestFactory().get("/", headers={"X-Forwarded-For": told})) == address


def test_a_network_of_ipv6_is_one_caller_and_nonsense_is_itself(clock):
    counted = Rate(most=1, seconds=60)
    assert counted.allows("2001:db8:1:2::1")
    assert not counted.allows("2001:db8:1:2:ffff::9")
    assert counted.allows("2001:db8:1:3::1")
    assert counted.allows("fe80::1%eth0")
    assert counted.allows("a:nonsense")
    assert not counted.allows("a:nonsense")
