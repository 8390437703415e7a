"""Timing by medians, and the figures as a table or as JSON lines."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value beside its aim; ``aim`` None means that it is told for comparison only."""

    name: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def ok(self) -> bool:
        return self.aim is None or self.value <= self.aim


def seconds(act: Callable[[], object], *, times: int, warm: int = 3) -> float:
    """Return the median of ``times`` runs, after ``warm`` runs that don't count."""
    return paired(act, times=times, warm=warm)[0]


def paired(*acts: Callable[[], object], times: int, warm: int = 3) -> list[float]:
    """Return each act's median, taken in turns so that a busy moment of the machine meets all of them alike."""
    for act in acts * warm:
        act()
    taken = [[] for _ in acts]
    for _ in range(times):
        for act, samples in zip(acts, taken, strict=True):
            start = time.perf_counter()
            act()
            samples.append(time.perf_counter() - start)
    return [statistics.median(samples) for samples in taken]


def grouped(act: Callable[[], object], *, times: int) -> list[float]:
    """Return how long each of the runs took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return taken


def grown(act: Callable[[], object]) -> float:
    """Return by how many MB the process grows at most while it does this: in a fresh one, or old memory hides it."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins here, not with the imports
    idle = _resident("VmRSS")
    act()
    return (_resident("VmHWM") - idle) / 1024


def _resident(name: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])  # kB


def table(figures: list[Figure]) -> Iterator[str]:
    width = 76  # of every part's table alike
    yield f"{'':{width}}  {'measured':>10}  {'aim':>8}"
    for figure in figures:
        aim = "" if figure.aim is None else f"≤ {figure.aim:g}"
        mark = "" if figure.aim is None else ("ok" if figure.ok else "MISSED")
        yield f"{figure.name:{width}}  {figure.value:>10.3g}  {aim:>8}  {figure.unit:<8} {mark}".rstrip()


def json_lines(figures: list[Figure]) -> Iterator[str]:
    for figure in figures:
        yield json.dumps({**asdict(figure), "ok": figure.ok}, ensure_ascii=False)
