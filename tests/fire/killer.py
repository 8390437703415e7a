"""Kills a process of the house at a random moment, mostly the very one that has somebody's act in hand."""

import random
import time
from collections import Counter

from tests.fire.house import House
from tests.fire.journal import Journal, UnderWay

# What is killed, and how often among a hundred.
WHAT = {"web worker": 42, "queue worker": 20, "database connection": 20, "PostgreSQL": 14, "web master": 4}
# What the moment is looked for in: large uploads, steps, publishing, adopting, or whatever is.
MOMENTS = {"upload": 40, "step": 35, "publish": 10, "adopt": 5, "anything": 10}
_LOOK_FOR = 2.5  # seconds that such a moment is waited for; then any act will do
_WITHIN = 0.25  # seconds after it began
_BREATH = 4  # seconds in which officers may get some acts done between two kills
NO_STEPS = ("upload", "open", "document", "test", "head", "decree", "exclude")


class Killer:
    """Kills, by the seed alone in what and how; ``done`` counts what was killed."""

    def __init__(self, house: House, journal: Journal, seed: int):
        self.house, self.journal = house, journal
        self.chance = random.Random(seed)
        self.done: Counter[str] = Counter()
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
        what, aim = self._one_of(WHAT), self._one_of(MOMENTS)
        self.let_work(self.chance.randint(0, 3))
        aimed = None
        if what == "queue worker" and self.chance.random() < 0.8:
            self.await_a_mail()
        else:
            aimed = self.await_a_moment(aim)
        under_way, in_a_mail = self.journal.under_way(), self.house.mailbox.is_taking
        at = time.monotonic()
        if not kills[what](self.chance, aimed.browser.line if aimed else 0):
            return
        self.journal.killed(what, under_way, in_a_mail=in_a_mail)
        self.done[what] += 1
        self.house.until(self.house.answers, f"After the death of «{what}» the portal did not answer")
        self.recovered.append(time.monotonic() - at)

    def let_work(self, acts: int) -> None:
        """Wait until so many more acts were acknowledged, as far as that comes soon."""
        enough, until = self.journal.acknowledged + acts, time.monotonic() + _BREATH
        while self.journal.acknowledged < enough and time.monotonic() < until:
            time.sleep(0.02)

    def await_a_mail(self) -> None:
        """Wait until a mail was taken of which its sender was not told yet."""
        until = time.monotonic() + _LOOK_FOR
        while time.monotonic() < until and not self.house.mailbox.is_taking:
            time.sleep(0.002)

    def await_a_moment(self, aim: str) -> UnderWay | None:
        """Wait until such an act is on its way, and a moment more; return it, None when none came."""
        until = time.monotonic() + _LOOK_FOR
        while time.monotonic() < until:
            if found := [each for each in self.journal.under_way() if fits(each.kind, aim)]:
                time.sleep(self.chance.random() * _WITHIN)
                if found[0] in self.journal.under_way():
                    return found[0]
            time.sleep(0.002)
        return next(iter(self.journal.under_way()), None)

    def _one_of(self, weights: dict[str, int]) -> str:
        [one] = self.chance.choices(list(weights), weights=list(weights.values()))
        return one


def fits(kind: str, aim: str) -> bool:
    return aim == "anything" or kind == aim or (aim == "step" and kind not in NO_STEPS)
