"""What was asked of the portal, and what it acknowledged: the other side of the comparison, kept outside of it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fire.browser import Browser


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An act that was sent and has no answer yet."""

    act: int
    kind: str
    browser: Browser


class Journal:
    """A file of JSON lines: each act before it is sent, each answer that came, each kill with what was under way."""

    def __init__(self, path: Path):
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self._last = 0
        self.acknowledged = 0
        self._under_way: dict[int, UnderWay] = {}
        self.faults: list[str] = []

    def begin(self, kind: str, **about: Any) -> int:
        """Note that this is being asked for; return its number."""
        with self._lock:
            self._last += 1
            self._write({"act": self._last, "kind": kind} | about)
            return self._last

    @contextmanager
    def sending(self, act: int, kind: str, browser: Browser) -> Iterator[None]:
        """Say that the act is on its way while the block runs: the killer aims at that."""
        self._under_way[act] = UnderWay(act, kind, browser)
        try:
            yield
        finally:
            del self._under_way[act]

    def under_way(self) -> list[UnderWay]:
        return list(self._under_way.copy().values())

    def answered(self, act: int, status: int, where: str = "") -> None:
        """Note what came back: 3xx acknowledges it."""
        with self._lock:
            self.acknowledged += status < 400
            self._write({"answered": act, "status": status, "where": where})

    def seen(self, act: int) -> None:
        """Note that an act without an answer was found standing."""
        with self._lock:
            self._write({"seen": act})

    def fault(self, sentence: str) -> None:
        """Note what should never have come."""
        with self._lock:
            self.faults.append(sentence)
            self._write({"fault": sentence})

    def killed(self, what: str, under_way: list[UnderWay], *, in_a_mail: bool) -> None:
        with self._lock:
            acts = {each.act: each.kind for each in under_way}
            self._write({"killed": what, "under_way": acts, "in_a_mail": in_a_mail})

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def read(path: Path) -> list[dict[str, Any]]:
    """Return the acts, each with ``status`` and ``where`` of its answer, ``status`` 0 where none came."""
    acts: dict[int, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if "act" in entry:
            acts[entry["act"]] = entry | {"status": 0, "where": "", "seen": False}
        elif "answered" in entry:
            acts[entry["answered"]] |= {"status": entry["status"], "where": entry["where"]}
        elif "seen" in entry:
            acts[entry["seen"]]["seen"] = True
    return list(acts.values())


def kills(path: Path) -> list[dict[str, Any]]:
    """Return the kills: what was ``killed``, which acts were ``under_way`` (their kinds by number), ``in_a_mail``."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [entry for entry in entries if "killed" in entry]


def is_acknowledged(act: dict[str, Any]) -> bool:
    return 200 <= act["status"] < 400 or act["seen"]
