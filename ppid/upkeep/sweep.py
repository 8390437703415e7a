"""Clears the stores of what no row names: left by a step that failed or by a process that was killed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from ppid.upkeep.stores import Store

_FEW = 20


@dataclass(frozen=True, slots=True)
class Swept:
    """What lay in a store without a row: files, their size in bytes, and arrivals that never were placed.

    ``is_doubtful`` when it was left there, because the rows rather than the files seem to be missing.
    """

    files: int
    size: int
    leftovers: int
    is_doubtful: bool = False


def sweep(store: Store, *, before: datetime, now: datetime, is_rehearsal: bool = False, is_sure: bool = False) -> Swept:
    """Delete from a store what was placed before a moment and is named by no row.

    The moment spares what an act still under way has placed; where the store has one writer at a time, its lock does,
    so there even the newest file goes. Nothing is deleted, unless the caller ``is_sure``, when no row names any file,
    or when more than half of the files have none: a database that was not restored yet looks like that.
    """
    until = now if store.has_one_writer else before
    unnamed = {each for some in _by_the_hundred(store.files.names(before=until)) for each in _unnamed(store, some)}
    leftovers = list(store.files.leftovers(before=before))
    found = Swept(len(unnamed), sum(store.files.size(each) for each in unnamed), len(leftovers))
    if unnamed and not is_sure and _looks_unrestored(store, len(unnamed)):
        return Swept(found.files, found.size, found.leftovers, is_doubtful=True)
    if not is_rehearsal:
        for some in _by_the_hundred(unnamed):
            store.forget(some)
        for take_away in leftovers:
            take_away()
    return found


def _unnamed(store: Store, hashes: set[str]) -> set[str]:
    return hashes - store.named_among(hashes)


def _looks_unrestored(store: Store, unnamed: int) -> bool:
    if not store.names_any():
        return True
    return unnamed > _FEW and unnamed * 2 > sum(1 for _ in store.files.names())


def _by_the_hundred(hashes: Iterable[str]) -> Iterator[set[str]]:
    rest = iter(hashes)
    while some := set(islice(rest, 500)):
        yield some
