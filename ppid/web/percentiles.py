"""Percentiles of values that were counted: as PostgreSQL reckons them, without sorting each value again."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any


def percentile(values: Mapping[Any, int] | Iterable[float], share: float) -> float | None:
    """Return the value below which ``share`` of the values lie, between two of them in proportion; None without any.

    Counted values come with how often each was met. The same reckoning as PostgreSQL's ``percentile_cont``.
    """
    counts = Counter(values)
    if not counts:
        return None
    ordered = sorted(counts)
    places = list(accumulate(counts[value] for value in ordered))
    place = share * (places[-1] - 1)
    below, above = (ordered[bisect_right(places, each)] for each in (int(place), min(int(place) + 1, places[-1] - 1)))
    return below + (above - below) * (place - int(place))
