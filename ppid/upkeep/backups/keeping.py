"""Which sets of a folder are kept, and the sweeping of what no set needs any more."""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ppid.upkeep.backups.sealing import Damaged, Key
from ppid.upkeep.backups.sets import FILES, HALF, FolderSet, listed, place

_SET = re.compile(r"20\d\d-\d\d-\d\d_\d{6}")


class Busy(Exception):
    """Another backup is being written there."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Let one backup at a time write into the folder, and sweep what a killed one left. Raises Busy."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with open(folder / ".lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"Another backup is being written into {folder}: wait for it.") from error
        for half in folder.glob(f"*{HALF}"):
            shutil.rmtree(half)
        for half in (folder / FILES).glob(f"{HALF}*"):
            half.unlink()
        yield


def sets_in(folder: Path) -> list[Path]:
    """Return the whole sets, the oldest first."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and _SET.fullmatch(path.name))


def keep_only(folder: Path, *, days: int, months: int) -> list[Path]:
    """Delete the sets beyond the newest ``days``, but the last of each of the newest ``months``; return them."""
    all_sets = sets_in(folder)
    last_of_month = {path.name[:7]: path for path in all_sets}
    monthly = sorted(last_of_month)[-months:] if months else []
    kept = {*all_sets[-days:], *(last_of_month[month] for month in monthly)}
    gone = [path for path in all_sets if path not in kept]
    for path in gone:
        # Renamed first: what is deleted by half bears no set's name.
        half = path.with_name(f"{path.name}{HALF}")
        path.rename(half)
        shutil.rmtree(half)
    return gone


def sweep_files(folder: Path, key: Key | None) -> int:
    """Delete the files that no set names; return how many. Raises Damaged, before anything is deleted."""
    files, named = folder / FILES, set[str]()
    for path in sets_in(folder):
        try:
            one = FolderSet(path, key)
            named.update(place(files, sha256, one.key).name for sha256, _, _ in listed(one))
        except Damaged as damage:
            raise Damaged(
                f"Files that no backup needs were left alone: {path.name} can't be read. {damage}"
            ) from damage
    swept = 0
    for path in files.glob("??/*"):
        if path.name not in named:
            path.unlink()
            swept += 1
    return swept
