"""Kills a process of the house at a random moment, mostly while somebody's act is on its way."""

import random
import time
from collections import Counter

from tests.fire.house import House
from tests.fire.journal import Journal

# What is killed, and how often among a hundred.
WHAT = {"web worker": 42, "queue worker": 18, "database connection": 24, "PostgreSQL": 11, "web master": 5}
# What the moment is looked for in: large uploads, steps, publishing, adopting, or whatever is.
MOMENTS = ("upload", "step", "publish", "adopt", "anything")
_LOOK_FOR = 1.5  # seconds that such a moment is waited for
_WITHIN = 0.12  # seconds after it began
_BREATH = 6  # seconds in which officers may get some acts done between two kills


class Killer:
    """Kills, by the seed alone in what and when; ``done`` counts what was killed, ``hit`` in what."""

    def __init__(self, house: House, journal: Journal, seed: int):
        self.house, self.journal = house, journal
        self.chance = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        self.recovered: list[float] = []

    def kill(self) -> None:
        """Kill once more, and wait until the portal answers again."""
        kills = {
            "web worker": self.house.kill_web_worker,
            "queue worker": self.house.kill_queue,
            "database connection": self.house.kill_backend,
            "PostgreSQL": self.house.kill_postgres,
            "web master": self.house.kill_master,
        }
        [what] = self.chance.choices(list(WHAT), weights=list(WHAT.values()))
        self.let_work(self.chance.randint(1, 6))
        self.await_a_moment(self.chance.choice(MOMENTS))
        under_way = sorted(self.journal.under_way.copy().values())
        at = time.monotonic()
        if not kills[what](self.chance):
            return
        self.journal.killed(what, under_way)
        self.done[what] += 1
        self.hit.update(set(under_way) or {"nothing"})
        self.house.until(self.house.answers, f"After the death of «{what}» the portal did not answer")
        self.recovered.append(time.monotonic() - at)

    def let_work(self, acts: int) -> None:
        """Wait until so many more acts were acknowledged, as far as that comes soon."""
        enough, until = self.journal.acknowledged + acts, time.monotonic() + _BREATH
        while self.journal.acknowledged < enough and time.monotonic() < until:
            time.sleep(0.02)

    def await_a_moment(self, aim: str) -> None:
        """Wait until such an act is on its way, and a moment more."""
        until = time.monotonic() + _LOOK_FOR
        while time.monotonic() < until and not self.is_there(aim):
            time.sleep(0.005)
        time.sleep(self.chance.random() * _WITHIN)

    def is_there(self, aim: str) -> bool:
        kinds = set(self.journal.under_way.copy().values())
        return bool(kinds) if aim in ("anything", "step") else aim in kinds
