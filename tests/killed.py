"""A process that dies in the middle of an act, as a worker does when the power or the memory ends."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable

from django.db import connections

_PATIENCE = 30  # seconds


def killed(act: Callable, *, when: Callable[[], bool]) -> None:
    """Run the act in a process of its own and kill that, with no goodbye, as soon as ``when()`` is true.

    What holds the act up at that point is a lock that the caller has. Wants ``committed_database``.
    """
    process = multiprocessing.get_context("fork").Process(target=_alone, args=(act,))
    process.start()
    until = time.monotonic() + _PATIENCE
    try:
        while not when():
            assert process.is_alive(), "The act ended before it was killed."
            assert time.monotonic() < until, "The act never came to where it was to be killed."
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()


def _alone(act: Callable) -> None:
    """Run the act on connections of its own; the parent's stay open and untouched."""
    for connection in connections.all():
        connection.connection = None
    act()
