"""Serves the database of a test as production would: gunicorn with the project's own configuration."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from psycopg.conninfo import make_conninfo


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


@contextmanager
def gunicorn(*, workers: int = 1) -> Iterator[Server]:
    """Serve the database that the default connection leads to, with the test's files, until the block ends."""
    parts = connection.settings_dict
    database = make_conninfo(
        dbname=parts["NAME"],
        user=parts["USER"],
        password=parts["PASSWORD"],
        host=parts["HOST"],
        port=parts["PORT"] or None,
    )
    connections.close_all()
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "PPID_DEMO": "1",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "PPID_VAR": str(settings.VAR),
        "PRIVATE_FILES": str(settings.PRIVATE_FILES),
        "PUBLIC_FILES": str(settings.PUBLIC_FILES),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:ppid.serving", "ppid.wsgi"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=settings.BASE_DIR)
    try:
        _wait_for(port)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def collect_static() -> None:
    """Collect the static files where the served portal looks for them."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("gunicorn did not answer within 20 seconds")
