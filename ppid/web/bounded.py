"""What a process keeps in memory, up to so many bytes: what nobody asked for the longest time goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Values by their keys, the last asked for; ``held`` of at most ``most`` bytes, each as ``weigh`` says."""

    def __init__(self, most: int, weigh: Callable[[Value], int]):
        self.most, self.held = most, 0
        self._weigh = weigh
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if (value := self._values.get(key)) is not None:
                self._values.move_to_end(key)
            return value

    def keep(self, key: Key, value: Value) -> None:
        """Keep the value, unless one is there, and let go of those that nobody asked for the longest time."""
        with self._lock:
            if key in self._values:
                return
            self._values[key] = value
            self.held += self._weigh(value)
            while self.held > self.most and self._values:
                _, dropped = self._values.popitem(last=False)
                self.held -= self._weigh(dropped)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.held = 0
