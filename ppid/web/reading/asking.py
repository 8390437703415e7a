"""Asks the child: starts it with limits of time, takes what it says, and turns every failure into a sentence."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ppid.web.reading.pieces import BROKEN, HEAVY, SLOW, Piece, ReadText, What
from ppid.web.refusals import Refused

logger = logging.getLogger(__name__)
T = TypeVar("T")

_CHILD = Path(__file__).with_name("child.py")
# Nothing of the portal's own environment: the child reads what strangers wrote.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
_A_MOMENT, _A_WHILE = 30, 120  # seconds; the child's own limit of processor time is below them
_REFUSED, _FAULT = 3, 4  # what the child leaves with; see there


class Unreadable(Refused):
    """A file can't be read or drawn; its sentence says why."""


def count_pages(path: Path | str) -> int:
    """Return how many pages a PDF or a picture has. Raises Unreadable, also for what has no pages."""
    return _said("count", ask_child("count", path, within=_A_MOMENT), int)


def draw_page(path: Path | str, number: int, *, width: int) -> bytes:
    """Return page ``number``, from 1 on, of a PDF or a picture as PNG, ``width`` pixels wide at most.

    Raises Unreadable, also for a page that isn't there.
    """
    return ask_child("draw", path, str(number), str(width), within=_A_MOMENT)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as WebP, and its size in pixels."""

    width: int
    height: int
    content: bytes


def picture_page(path: Path | str, number: int, *, width: int) -> PagePicture:
    """Return page ``number``, from 1 on, of a PDF or a picture, ``width`` pixels wide at most. Raises Unreadable."""
    told, _, content = ask_child("picture", path, str(number), str(width), within=_A_MOMENT).partition(b"\n")
    across, down = _said("picture", told, lambda size: (int(size[0]), int(size[1])))
    return PagePicture(across, down, content)


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of a table, how many there are in all, and what it is called in its file.

    ``is_cut`` when some columns are left out.
    """

    name: str
    rows: int
    table: list[list[str]]
    is_cut: bool


def first_rows(path: Path | str, media_type: str, *, rows: int, columns: int, letters: int) -> FirstRows:
    """Return the first rows of a CSV, Excel or OpenDocument table, cells cut at ``letters``. Raises Unreadable."""
    bounds = (str(rows), str(columns), str(letters))
    return _said("table", ask_child("table", path, media_type, *bounds, within=_A_WHILE), _rows)


def _rows(told: Any) -> FirstRows:
    table = [[str(cell) for cell in row] for row in told["table"]]
    return FirstRows(str(told["name"]), int(told["rows"]), table, bool(told["is_cut"]))


def read_text(path: Path | str, media_type: str, *, within: int = _A_WHILE) -> ReadText:
    """Return what stands and hides in a file of this media type. Raises Unreadable, also after ``within`` seconds."""
    return _said("read", ask_child("read", path, media_type, within=within), _text)


def _text(told: Any) -> ReadText:
    pieces = [Piece(what, place, text, [tuple(cell) for cell in cells]) for what, place, text, cells in told["pieces"]]
    return ReadText(pieces, told["pages"], told["is_cut"], told["is_signed"])


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The text of a file page by page: (number, place, text). ``in_all`` is how many pages it has, None without any.

    ``scanned`` are the pages of which all or nearly all is a picture; ``is_cut`` when there was more than is kept.
    """

    pages: list[tuple[int, str, str]]
    in_all: int | None
    scanned: list[int]
    is_cut: bool


def read_pages(path: Path | str, media_type: str, *, within: int = _A_WHILE) -> PageTexts:
    """Return what everybody sees of the file as text. Raises Unreadable, also after ``within`` seconds."""
    return _said("pages", ask_child("pages", path, media_type, within=within), _pages)


def _pages(told: Any) -> PageTexts:
    pages = [(int(number), str(place), str(text)) for number, place, text in told["pages"]]
    return PageTexts(pages, told["in_all"], [int(each) for each in told["scanned"]], bool(told["is_cut"]))


@dataclass(frozen=True, slots=True)
class KindFound:
    """What was found of one kind: how often, and the first places, each with a mask of what stands there."""

    kind: str
    count: int
    places: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What of a file may be personal data. ``is_signed`` when a change would break a signature."""

    found: list[KindFound]
    pages: int | None
    is_signed: bool


def find_personal(
    path: Path | str,
    media_type: str,
    *,
    names: Sequence[str] = (),
    allowed: Sequence[str] = (),
    within: float = _A_WHILE,
) -> PersonalData:
    """Return what of the file, and of the ``names`` it is shown under, may be personal data; no value leaves the child.

    ``allowed`` are telephone numbers and addresses of the office itself. Raises Unreadable, also after ``within``
    seconds.
    """
    asked = (media_type, json.dumps(list(names)), json.dumps(list(allowed)))
    return _said("find", ask_child("find", path, *asked, within=within), _personal)


def _personal(told: Any) -> PersonalData:
    found = [KindFound(kind, count, [(where, mask) for where, mask in places]) for kind, count, places in told["found"]]
    return PersonalData(found, told["pages"], told["is_signed"])


def clean_file(path: Path | str, media_type: str) -> tuple[bytes, list[str]]:
    """Return the file without what its properties say of author and place, and what was taken out of it.

    Both are empty when there was nothing to take. Raises Unreadable with the sentence why the file stays as it is.
    """
    told, _, content = ask_child("clean", path, media_type, within=_A_MOMENT).partition(b"\n")
    return content, _said("clean", told, _taken)


def _taken(told: Any) -> list[str]:
    return [What(each).value for each in told]


def _said(verb: str, answer: bytes, as_what: Callable[[Any], T]) -> T:
    """Return what the child answered; what it never says, a file may have made it say. Raises Unreadable for that."""
    try:
        return as_what(json.loads(answer))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        logger.error("The reading child answered %s with something else.", verb)
        raise Unreadable(BROKEN) from error


def ask_child(verb: str, path: Path | str, *arguments: str, within: float) -> bytes:
    """Return what the child answers. Raises Unreadable when it refuses, fails, dies or takes too long."""
    command = [sys.executable, "-I", str(_CHILD), verb, str(path), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the arguments are a path and numbers
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=within, env=_ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(SLOW) from error
    except OSError as error:  # no room for another process now: it can be tried again
        logger.warning("The reading child could not be started at %s: %s", verb, error)
        raise Unreadable(SLOW) from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _REFUSED:
        raise Unreadable(done.stdout.decode(errors="replace"))
    if done.returncode == _FAULT:
        logger.error("Reading failed at %s: %s", verb, done.stdout.decode(errors="replace"))
        raise Unreadable(BROKEN)
    logger.warning("The reading child died at %s with %s.", verb, done.returncode)
    raise Unreadable(HEAVY)
