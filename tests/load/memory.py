"""The memory of what serves, sampled, and the rule by which it counts as flat.

Flat: over the requests of the last busiest hour that a run holds, memory is at most one in a hundred above that of the
hour's worth before. What came earlier is left out, because a process fills what it keeps (drawn pages, rows, what an
edition holds) up to its bounds; the quarters tell of it.
"""

import statistics
from collections import defaultdict

import psutil

MOST = 1.01
MB = 2**20


class Memory:
    """Megabytes by what a process does; PSS, so what several share counts once."""

    def __init__(self):
        self.samples: dict[str, list[float]] = defaultdict(list)

    def sample(self, server: psutil.Process) -> None:
        """Add one sample of all that the server started. A process that ends meanwhile makes it none."""
        try:
            found = {name: round(process.memory_full_info().pss / MB, 1) for name, process in _by_name(server)}
        except psutil.Error:
            return
        if not self.samples or set(found) == set(self.samples):
            for name, megabytes in found.items():
                self.samples[name].append(megabytes)


def _by_name(server: psutil.Process) -> list[tuple[str, psutil.Process]]:
    """Return the Python processes that stay: gunicorn's master and workers, the queue's worker."""
    found, workers = [], 0
    for process in server.children(recursive=True):
        words = " ".join(process.cmdline())
        if "procrastinate worker" in words and "python" in words:
            if process.parent() and "procrastinate" not in " ".join(process.parent().cmdline()):
                found.append(("queue worker", process))
        elif "ppid.serving" in words:
            if any("ppid.serving" in " ".join(each.cmdline()) for each in process.children()):
                found.append(("master", process))
            elif "ppid.serving" in " ".join(process.parent().cmdline()):
                workers += 1
                found.append((f"worker {workers}", process))
    return found


def quarters(samples: list[float]) -> list[float]:
    """Return the median of each quarter of the run."""
    quarter = max(len(samples) // 4, 1)
    return [round(statistics.median(samples[n * quarter : (n + 1) * quarter] or samples[-1:]), 1) for n in range(4)]


def verdict(samples: list[float], hours: float) -> tuple[bool, str]:
    """Return whether memory stayed flat in a run that holds so many hours' worth of requests, and the words for it."""
    hour = int(len(samples) / hours) if hours >= 2 else 0
    if hour < 4:
        return True, "too few requests or samples to judge"
    before, last = statistics.median(samples[-2 * hour : -hour]), statistics.median(samples[-hour:])
    is_flat = last <= before * MOST
    return is_flat, f"{'flat' if is_flat else 'GROWS'}, {last / before - 1:+.1%} over the last hour's worth of requests"
