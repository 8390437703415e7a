"""How often one address may do something in a while: counted in the process, in bounded memory, and soon forgotten.

Each worker counts for itself, so what gets through is at most that many times the number of workers.
"""

from collections import OrderedDict, deque
from threading import Lock
from time import monotonic

from ppid.web.callers import household


class Rate:
    """At most ``most`` times within ``seconds`` for an address; of ``addresses`` the longest silent are forgotten."""

    def __init__(self, *, most: int, seconds: float, addresses: int = 10_000):
        self.most, self.seconds, self.addresses = most, seconds, addresses
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Count one more from the address, unless it has had its share."""
        now, caller = monotonic(), household(address)
        with self._lock:
            times = self._times.setdefault(caller, deque(maxlen=self.most))
            self._times.move_to_end(caller)
            while len(self._times) > self.addresses:
                self._times.popitem(last=False)
            if len(times) == self.most and now - times[0] < self.seconds:
                return False
            times.append(now)
            return True

    def forget(self) -> None:
        """Let everybody begin anew."""
        with self._lock:
            self._times.clear()
