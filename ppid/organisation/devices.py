"""What a browser says it is, in words, and from which network it asks: simply read, and never trusted for more."""

import ipaddress
from dataclasses import dataclass

_LONGEST = 512
# What a browser calls itself, the more special before what it imitates.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("MiuiBrowser/", "Mi Browser"),
    ("YaBrowser/", "Yandex"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
# Of an address that is no other's: a household, a mast, an office.
_IPV4_NETWORK, _IPV6_NETWORK = 24, 48


@dataclass(frozen=True, slots=True)
class Device:
    """A browser on a system and the address from which it asks; each "" where nothing is known of it."""

    browser: str = ""
    system: str = ""
    address: str = ""

    @classmethod
    def told_by(cls, agent: str, address: str) -> "Device":
        """Return what the header ``User-Agent`` tells, and the address when it is one."""
        agent = agent[:_LONGEST]
        return cls(_first(agent, _BROWSERS), _first(agent, _SYSTEMS), _plain(address))

    def is_unlike(self, other: "Device") -> bool:
        """Whether both say what they are, and it is not the same; a new version of a browser is."""
        return bool(self.called and other.called) and self.called != other.called

    @property
    def called(self) -> str:
        return f"{self.browser}/{self.system}".strip("/")

    @property
    def words(self) -> str:
        """What people call it: «Chrome di Android»."""
        if self.browser and self.system:
            return f"{self.browser} di {self.system}"
        return self.browser or (f"Peramban di {self.system}" if self.system else "Peramban yang tidak dikenal")


def network_of(address: str) -> str:
    """Return the network of an address, "" for what is none: phones change their address within it all day."""
    plain = _plain(address)
    if not plain:
        return ""
    bits = _IPV6_NETWORK if ":" in plain else _IPV4_NETWORK
    return str(ipaddress.ip_network(f"{plain}/{bits}", strict=False))


def is_elsewhere(one: str, other: str) -> bool:
    """Whether both addresses are known and lie in different networks."""
    networks = network_of(one), network_of(other)
    return all(networks) and networks[0] != networks[1]


def _first(agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((words for mark, words in known if mark in agent), "")


def _plain(address: str) -> str:
    """Return the address as it is written shortest, "" for what is none."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 6:
        return str(found.ipv4_mapped or ipaddress.IPv6Address(int(found)))  # without its zone
    return str(found)
