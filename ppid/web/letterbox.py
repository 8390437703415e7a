"""The letter box between portal and office: the portal can write nothing to the database, so it drops small files here.

Each letter is one JSON file under ``LETTERBOX``, named at random and renamed into place, so that no half-written one is
ever read. The office's worker takes them in (``take_in``); on a portal of its own the folder is a shared mount, or is
carried over. Whoever takes a letter in must bear that it comes twice: its name tells it apart.
"""

import json
import logging
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

LARGEST = 16 * 1024  # bytes of one letter
MOST = 2000  # letters of one kind that may wait

logger = logging.getLogger(__name__)


class LetterboxFull(Exception):
    """So many letters wait, or this one is so long, that no more is taken."""


def drop(kind: str, letter: dict[str, Any]) -> str:
    """Drop a letter and return its name. Raises LetterboxFull; OSError when the folder can't be written."""
    text = json.dumps(letter, ensure_ascii=False, separators=(",", ":"))
    folder = _folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    if len(text.encode()) > LARGEST or len(waiting(kind)) >= MOST:
        raise LetterboxFull(kind)
    name = secrets.token_hex(16)
    begun = folder / f"{name}.begun"
    begun.write_text(text, encoding="utf-8")
    begun.rename(folder / f"{name}.json")
    return name


def waiting(kind: str) -> list[Path]:
    """Return the letters of this kind that nobody took in yet, the oldest first."""
    found = []
    for path in _folder(kind).glob("*.json"):
        try:
            found.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:
            continue  # another worker took it in meanwhile
    return [path for _, path in sorted(found)]


def take_in(kind: str, handle: Callable[[str, dict[str, Any]], None], *, most: int = 200) -> int:
    """Hand each waiting letter to ``handle(name, letter)`` in a transaction of its own; return how many were taken in.

    A letter goes once its transaction holds; one that is no letter is put aside («.unread») and told in the log.
    """
    taken = 0
    for path in waiting(kind)[:most]:
        try:
            letter = _read(path)
        except FileNotFoundError:
            continue
        except (ValueError, RecursionError):
            logger.error("A letter in the letter box can't be read and is put aside: %s.", path)
            path.rename(path.with_suffix(".unread"))
            continue
        with transaction.atomic():
            handle(path.stem, letter)
        path.unlink(missing_ok=True)
        taken += 1
    return taken


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST:
        raise ValueError(path)
    letter = json.loads(path.read_bytes())
    if not isinstance(letter, dict):
        raise ValueError(path)
    return letter


def _folder(kind: str) -> Path:
    return Path(settings.LETTERBOX) / kind
