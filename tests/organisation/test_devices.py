"""What a browser says it is, in words, and from which network it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid.organisation.devices import Device, is_elsewhere, network_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{WINDOWS}Chrome/131.0.0.0 Safari/537.36", "Chrome di Windows"),
        (f"{WINDOWS}Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge di Windows"),
        (f"{WINDOWS}Chrome/131.0.0.0 Safari/537.36 OPR/116.0", "Opera di Windows"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox di Linux"),
        (f"{PHONE}Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome di Android"),
        (f"{PHONE}SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Internet di Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) CriOS/131.0 Safari/604.1", "Chrome di iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari di macOS"),
        ("Mozilla/5.0 (Windows NT 10.0)", "Peramban di Windows"),
        ("curl/8.5.0", "Peramban yang tidak dikenal"),
        ("", "Peramban yang tidak dikenal"),
    ],
)
def test_what_it_is_called(agent, words):
    assert Device.told_by(agent, "203.0.113.9").words == words


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        ("203.0.113.9", "203.0.113.200", False),
        ("203.0.113.9", "203.0.114.9", True),
        ("2001:db8:1:2::1", "2001:db8:1:9::1", False),
        ("2001:db8:1::1", "2001:db8:2::1", True),
        ("::ffff:203.0.113.9", "203.0.113.10", False),
        ("203.0.113.9", "2001:db8:1::1", True),
        ("", "203.0.113.9", False),
        ("bukan alamat", "203.0.113.9", False),
    ],
)
def test_what_is_another_network(one, other, elsewhere):
    assert is_elsewhere(one, other) is elsewhere


def test_a_new_version_of_a_browser_is_the_same_device_and_what_says_nothing_is_unlike_none():
    old, new = (Device.told_by(f"{WINDOWS}Chrome/{n}.0 Safari/537.36", "") for n in (130, 131))
    assert not new.is_unlike(old)
    assert new.is_unlike(Device.told_by(f"{PHONE}Chrome/131.0 Safari/537.36", ""))
    assert not new.is_unlike(Device())


@given(st.text(max_size=2000), st.text(max_size=80))
def test_nothing_that_is_sent_breaks_it(agent, address):
    device = Device.told_by(agent, address)
    assert len(device.words) <= 40
    assert len(device.address) <= 45
    assert network_of(device.address) or not device.address
