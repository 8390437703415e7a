"""No more than so many requests a second from one address, where each costs the portal something.

Each process counts for itself and forgets with every second, so it keeps nothing of anybody, and never more addresses
than ``most_known``.
"""

import ipaddress
import time
from collections.abc import Callable
from threading import Lock


class Crowd:
    """Counts requests by address within the second that runs."""

    def __init__(self, most: int, *, most_known: int = 10_000, clock: Callable[[], float] = time.monotonic):
        self.most, self._most_known, self._clock = most, most_known, clock
        self._second = -1
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def is_too_much(self, address: str) -> bool:
        """Count a request, and say whether it is one too many. Above ``most_known`` addresses all others share one."""
        second, whose = int(self._clock()), _household(address)
        with self._lock:
            if second != self._second:
                self._second, self._counts = second, {}
            if whose not in self._counts and len(self._counts) >= self._most_known:
                whose = ""
            self._counts[whose] = self._counts.get(whose, 0) + 1
            return self._counts[whose] > self.most


def _household(address: str) -> str:
    """Return the network of an IPv6 address, of which one caller has all; any other address as it is."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
