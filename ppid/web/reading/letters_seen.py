"""The letters on a page that is only a picture, read by Debian's Tesseract for Indonesian where it is installed.

One page at a time: it is drawn in the limited child, and read by a process that knows nothing but the picture.
"""

import resource
import shutil
import subprocess
from functools import cache
from pathlib import Path

from ppid.web.reading.asking import Unreadable, draw_page
from ppid.web.reading.page_texts import MOST_LETTERS
from ppid.web.reading.pieces import HEAVY, SLOW

_LANGUAGE = "ind"
_WIDTH = 1654  # pixels: A4 at 200 dots an inch
_DPI = "200"
_SECONDS, _MEMORY = 40, 1024 * 1024 * 1024
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


@cache
def can_read_letters() -> bool:
    """Say whether Tesseract and its Indonesian are installed."""
    program = _program()
    if program is None:
        return False
    try:
        told = subprocess.run(  # noqa: S603 - Debian's own program
            [program, "--list-langs"], capture_output=True, timeout=10, env=_ENVIRONMENT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in (told.stdout + told.stderr).decode(errors="replace").split()


def letters_on(path: Path, number: int) -> str:
    """Return what is written on the page. Raises Unreadable, also when it takes too long."""
    picture = draw_page(path, number, width=_WIDTH)
    command = [_program() or "tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--dpi", _DPI]
    try:
        done = subprocess.run(  # noqa: S603 - as above
            command,
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            env=_ENVIRONMENT,
            preexec_fn=_limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(SLOW) from error
    except OSError as error:
        raise Unreadable(SLOW) from error
    if done.returncode:
        raise Unreadable(HEAVY)
    return done.stdout.decode(errors="replace").replace("\0", "")[:MOST_LETTERS]


def _program() -> str | None:
    return shutil.which("tesseract", path=_ENVIRONMENT["PATH"])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
