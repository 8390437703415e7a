"""Two people act at the same moment: what a lock promises, played out step by step."""

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction

_PATIENCE = 30  # seconds


def two_at_once(first: Callable, second: Callable) -> tuple:
    """Run both acts side by side; return what each gave back: its value, or the exception that it raised.

    ``first`` does its work and keeps its transaction open until ``second`` waits for it or has ended. So ``second``
    sees what stood before, comes to the lock, waits, and goes on when ``first`` has committed. A lock that is missing,
    or a check that stands before it, lets both through: then the test that asks for one refusal falls.
    Wants ``committed_database``; load what each act is given beforehand, as two open pages would have.
    """
    answers: dict[str, object] = {}
    working, second_pid = threading.Event(), []

    def lead():
        with transaction.atomic():
            try:
                answers["first"] = first()
            finally:
                working.set()
            _until_waiting(second_pid, follower)

    def follow():
        working.wait(_PATIENCE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            second_pid.append(cursor.fetchone()[0])
        answers["second"] = second()

    leader = threading.Thread(target=_answering, args=(lead, "first", answers))
    follower = threading.Thread(target=_answering, args=(follow, "second", answers))
    leader.start()
    follower.start()
    leader.join(2 * _PATIENCE)
    follower.join(2 * _PATIENCE)
    assert not leader.is_alive(), "The first act never ended."
    assert not follower.is_alive(), "The second act never ended."
    return answers["first"], answers["second"]


def _answering(act: Callable, name: str, answers: dict) -> None:
    try:
        act()
    except Exception as error:
        answers[name] = error
    finally:
        connections.close_all()


def _until_waiting(pids: list[int], follower: threading.Thread) -> None:
    """Return when the other session waits for a lock, or has ended."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and follower.is_alive():
        if pids:
            with connection.cursor() as cursor:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", pids)
                if cursor.fetchone()[0]:
                    return
        time.sleep(0.01)
