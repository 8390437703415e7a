"""A day under fire from beginning to end: officers at work, so many kills, then everything read and compared."""

import json
import time
from dataclasses import dataclass, field

from tests.fire.house import House, house
from tests.fire.journal import Journal
from tests.fire.killer import Killer
from tests.fire.officers import Day, Officer

_LAST_ACTS = 60  # seconds
_SETTLES = 400  # seconds


@dataclass
class Outcome:
    """What happened, in words and figures; ``faults`` is empty when all is well."""

    kills: dict[str, int] = field(default_factory=dict)
    recovered: list[float] = field(default_factory=list)
    stories: int = 0
    faults: list[str] = field(default_factory=list)
    said: str = ""
    seconds: float = 0

    def __str__(self) -> str:
        killed = ", ".join(f"{n} × {what}" for what, n in sorted(self.kills.items()))
        slow = sorted(self.recovered)
        back = f"{slow[len(slow) // 2]:.1f} s at the middle, {slow[-1]:.1f} s at most" if slow else "-"
        lines = [
            f"Killed {sum(self.kills.values())} times in {self.seconds:.0f} s: {killed}.",
            f"Answered again after {back}.",
            self.said.strip(),
            *(f"FAULT: {each}" for each in self.faults),
        ]
        return "\n".join(lines)


def campaign(*, kills: int, seed: int, officers: int = 4, settles: bool = True) -> Outcome:
    """Build a house, let officers work while processes are killed, and judge.

    ``settles``: wait until the queue has taken up what killed workers left, which takes minutes.
    """
    with house() as home:
        return under_fire(home, kills=kills, seed=seed, officers=officers, settles=settles)


def under_fire(home: House, *, kills: int, seed: int, officers: int, settles: bool) -> Outcome:
    journal = Journal(home.folder / "journal")
    day = Day(home.port, journal, seed)
    at_work = [Officer(day, number) for number in range(officers)]
    killer = Killer(home, journal, seed)
    began = time.monotonic()
    for each in at_work:
        each.start()
    while sum(killer.done.values()) < kills:
        killer.kill()
    day.over.set()
    for each in at_work:
        each.join(timeout=_LAST_ACTS)
    outcome = Outcome(dict(killer.done), killer.recovered, day.stories, [*journal.faults])
    outcome.seconds = time.monotonic() - began
    if settles:
        home.mailbox.pause = 0
        home.until(lambda: not home.jobs_waiting(), "The queue did not take up what was left", patience=_SETTLES)
    _judge(home, outcome)
    outcome.faults += home.faults
    return outcome


def _judge(home: House, outcome: Outcome) -> None:
    """Stop what serves, and compare."""
    home.stop()
    home.must("-m", "tests.fire.late_mails")  # by the real sender, with nobody to kill it
    (home.folder / "mails").write_text(json.dumps([home.mailbox.came, home.mailbox.words]))
    done = home.run("-m", "tests.fire.judge", str(home.folder))
    outcome.said += done.stdout
    if done.returncode:
        outcome.faults.append("The judge found what is told above.")
