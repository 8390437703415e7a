"""Serves the database of a test as production would: gunicorn with the project's own configuration."""

import fcntl
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection

import psutil
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from psycopg.conninfo import make_conninfo

from ppid.shelf.management.commands.prepare import Command as Prepare


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn on ``port`` of this machine."""

    port: int
    process: subprocess.Popen

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def worker(self) -> psutil.Process:
        return psutil.Process(self.process.pid).children()[0]

    def replace_worker(self) -> None:
        """Let another worker answer, which has kept nothing of what the database held before."""
        old = self.worker()
        old.send_signal(signal.SIGQUIT)
        old.wait(timeout=60)
        _wait_until(self.answers, "gunicorn did not answer again")

    def answers(self) -> bool:
        """Say whether a worker answers, which is later than that the port is open."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as asked, suppress(OSError):
            asked.request("GET", "/robots.txt")
            return bool(asked.getresponse().status)
        return False


@contextmanager
def gunicorn(
    *, workers: int = 1, environment: dict[str, str] | None = None, handed: socket.socket | None = None
) -> Iterator[Server]:
    """Serve the database that the default connection leads to, with the test's files, until the block ends.

    ``environment`` says what else is set, or otherwise; ``handed`` is a socket that listens already and goes on
    listening afterwards, as systemd's.
    """
    parts = connection.settings_dict
    database = make_conninfo(
        dbname=parts["NAME"],
        user=parts["USER"],
        password=parts["PASSWORD"],
        host=parts["HOST"],
        port=parts["PORT"] or None,
        options=f"-c role={settings.DESK_ROLE}",  # as in production: who serves changes rows, and nothing else
    )
    connections.close_all()
    port = handed.getsockname()[1] if handed else _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PPID_DEMO": "1",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "PPID_VAR": str(settings.VAR),
        "PRIVATE_FILES": str(settings.PRIVATE_FILES),
        "PUBLIC_FILES": str(settings.PUBLIC_FILES),
        "LETTERBOX": str(settings.LETTERBOX),
        **(environment or {}),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:ppid.serving", "ppid.wsgi"]
    files = (handed.fileno(),) if handed else ()
    if handed:
        command = ["bash", "-c", f'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&{handed.fileno()}', "bash", *command]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, cwd=settings.BASE_DIR, pass_fds=files
    )
    server = Server(port, process)
    try:
        _wait_until(server.answers, "gunicorn did not answer")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def collect_static() -> None:
    """Collect the static files where the served portal looks for them, once for all runs beside each other."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with override_settings(STORAGES=storages), (settings.VAR / "static.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        Prepare(stdout=io.StringIO()).collect_static()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_until(holds: Callable[[], object], otherwise: str) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise TimeoutError(f"{otherwise} within a minute")
