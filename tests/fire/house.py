"""A whole portal of its own: the embedded PostgreSQL, gunicorn, the queue's worker, mail; each killed and brought back.

What systemd does on a real machine is done here by a thread: what has ended is started again.
"""

import configparser
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import psycopg

from ppid.embedded_postgres import Server
from tests.fire.mailbox import Mailbox, mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = [sys.executable, "-m", "gunicorn", "-c", "python:ppid.serving", "ppid.wsgi"]
QUEUE = [sys.executable, "manage.py", "procrastinate", "worker"]
_AGAIN = 0.2  # seconds until what ended is started again; systemd waits five
_PATIENCE = 90  # seconds


class House:
    """Everything that runs for one office, and the folder in which all of it lies."""

    def __init__(self, folder: Path, *, workers: int = 2, environment: dict[str, str] | None = None):
        self.folder = folder
        self.server = Server(folder / "postgres")
        self.port, self.mail_port = _free_port(), _free_port()
        self.mailbox: Mailbox | None = None
        self.web: subprocess.Popen | None = None
        self.queue: subprocess.Popen | None = None
        self.faults: list[str] = []
        self._watched = threading.Event()
        self._lock = threading.RLock()
        self._more = environment or {}
        self._workers = workers

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the house is told: who serves is the desk's role, not the owner."""
        ours = {
            "DATABASE_URL": self.server.url_of("ppid"),
            "PPID_DEMO": "1",
            "PPID_VAR": str(self.folder / "var"),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": str(self._workers),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail_port),
            "EMAIL_SECURITY": "none",
            "EMAIL_TIMEOUT": "5",
            "SIGN_IN_AGAIN_MINUTES": "720",
            "TMPDIR": str(self.folder / "tmp"),
            "PYTHONUNBUFFERED": "1",
        }
        left_out = ("DATABASE_URL", "PORTAL_", "OWNER_", "PRIVATE_", "PUBLIC_", "LETTERBOX", "PYTEST_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        return kept | ours | self._more

    def run(self, *command: str, owner: bool = False) -> subprocess.CompletedProcess:
        """Run Python with these arguments against this house, as the desk's role or as the owner beside it."""
        told = self.environment | ({"OWNER_DATABASE_URL": self.server.url} if owner else {})
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=told, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def must(self, *command: str, owner: bool = False) -> str:
        """Run it, which has to go well; return what was said."""
        done = self.run(*command, owner=owner)
        if done.returncode:
            raise AssertionError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}")
        return done.stdout

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    # Web and queue, as systemd would.

    def start(self) -> None:
        """Start web and queue, and whatever ends from now on."""
        with self._lock:
            self.web, self.queue = self._popen(WEB), self._popen(QUEUE)
        self._watched.set()
        threading.Thread(target=self._watch, daemon=True).start()
        self.until(self.answers, "the portal did not answer")

    def stop(self) -> None:
        """Stop web and queue in good order."""
        self._watched.clear()
        for process in (self.web, self.queue):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in (self.web, self.queue):
            if process is not None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=20)
                _end_group(process)
        self.web = self.queue = None

    def _popen(self, command: list[str]) -> subprocess.Popen:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _watch(self) -> None:
        while self._watched.is_set():
            time.sleep(_AGAIN)
            with self._lock:
                if not self._watched.is_set():
                    return
                if self.web.poll() is not None:
                    self._note_end("ppid", self.web)
                    self.web = self._popen(WEB)
                if self.queue.poll() is not None:
                    self._note_end("ppid-worker", self.queue)
                    self.queue = self._popen(QUEUE)

    def _note_end(self, unit: str, process: subprocess.Popen) -> None:
        _end_group(process)
        if process.returncode == 0 and restarts(unit) != "always":
            self.faults.append(f"{unit} ended as if all were well, and systemd would not start it again.")

    def answers(self) -> bool:
        """Say whether the portal answers a page that comes out of the database."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as asked, suppress(OSError, HTTPException):
            asked.request("GET", "/meja/akun/masuk/")
            return asked.getresponse().status == 200
        return False

    def jobs_waiting(self) -> int:
        """Count the queue's jobs that are due, or that somebody is said to be doing."""
        statement = (
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
            " OR status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
        )
        with psycopg.connect(self.server.url) as connection:
            return connection.execute(statement).fetchone()[0]

    def until(self, holds: Callable[[], object], otherwise: str, patience: float = _PATIENCE) -> None:
        give_up = time.monotonic() + patience
        while not holds():
            if time.monotonic() > give_up:
                raise TimeoutError(f"{otherwise} within {patience:.0f} seconds:\n{self.log()[-3000:]}")
            time.sleep(0.2)

    # What is killed.

    def kill_web_worker(self, chance: random.Random, line: int) -> bool:
        """Kill the worker that has this line to a browser in hand, or any."""
        workers = _children(self.web)
        with suppress(psutil.Error):
            at_it = [each for each in workers if any(c.raddr and c.raddr.port == line for c in each.net_connections())]
            workers = at_it or workers
        return bool(workers) and _kill(chance.choice(workers).pid)

    def kill_master(self, chance: random.Random, line: int) -> bool:
        return _kill(self.web.pid)

    def kill_queue(self, chance: random.Random, line: int) -> bool:
        return _kill(self.queue.pid)

    def kill_backend(self, chance: random.Random, line: int) -> bool:
        """Kill a connection's own process, one in a transaction where there is one.

        PostgreSQL then ends all the others and recovers by itself.
        """
        with suppress(psycopg.Error), psycopg.connect(self.server.url, connect_timeout=5) as connection:
            statement = (
                "SELECT pid, xact_start IS NOT NULL FROM pg_stat_activity"
                " WHERE usename = 'ppid' AND pid != pg_backend_pid() ORDER BY pid"
            )
            pids = connection.execute(statement).fetchall()
            busy = [pid for pid, is_busy in pids if is_busy] or [pid for pid, _ in pids]
            return bool(busy) and _kill(chance.choice(busy))
        return False

    def kill_postgres(self, chance: random.Random, line: int) -> bool:
        """Kill the whole server, or its first process alone, and start it as whoever comes next would."""
        pid = int((self.server.data / "postmaster.pid").read_text().split()[0])
        backends = psutil.Process(pid).children() if chance.random() < 0.5 else []
        killed = _kill(pid)
        for each in backends:
            _kill(each.pid)
        time.sleep(chance.random() * 0.5)
        self.start_postgres()
        return killed

    def start_postgres(self) -> None:
        """Start the server as the next user of its data would."""
        before, self.server = self.server, Server(self.server.data)
        self.server.acquire()
        before.release()

    # What is taken away for a while.

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """Stop the server; it is there again after the block."""
        self.stop_postgres()
        try:
            yield
        finally:
            self.start_postgres()

    def stop_postgres(self) -> None:
        note = self.server.data / "postmaster.pid"
        os.kill(int(note.read_text().split()[0]), signal.SIGINT)
        self.until(lambda: not note.exists(), "PostgreSQL did not stop")

    @contextmanager
    def without_mail(self) -> Iterator[None]:
        """Close the mail server for the block; afterwards it counts on."""
        self._mail.close()
        try:
            yield
        finally:
            self.open_mail()

    def open_mail(self) -> None:
        self._mail = ExitStack()
        self.mailbox = self._mail.enter_context(mail_server(self.mail_port, self.mailbox, pause=0.15))

    def close_mail(self) -> None:
        self._mail.close()


@contextmanager
def house(*, size: str = "", **how) -> Iterator[House]:
    """Build a house with its office, and take it down again; with a ``size`` on a disk of its own, as root can."""
    folder = Path(tempfile.mkdtemp(prefix="ppid-fire-", dir="/tmp"))
    if size:
        mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    folder.chmod(0o755)
    for name in ("var", "tmp"):
        (folder / name).mkdir()
    (folder / "log").touch()
    one = House(folder, **how)
    with ExitStack() as until_the_end:
        until_the_end.callback(_clear, folder)
        one.server.acquire()
        until_the_end.callback(lambda: one.server.release())
        one.server.make_sign_in("ppid")
        one.must("-m", "tests.fire.office", owner=True)
        one.open_mail()
        until_the_end.callback(one.close_mail)
        until_the_end.callback(one.stop)
        one.start()
        yield one


def restarts(unit: str) -> str:
    """Return after which ends systemd starts the unit again, as its file in ``deploy/`` says."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(ROOT / "deploy" / f"{unit}.service")
    return parser["Service"]["Restart"]


def _children(process: subprocess.Popen) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return psutil.Process(process.pid).children()
    return []


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _end_group(process: subprocess.Popen) -> None:
    """End what a killed process left behind, as systemd does before it starts anew."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def _clear(folder: Path) -> None:
    if folder.is_mount():
        unmount(folder)
    if not os.environ.get("FIRE_KEEPS"):
        shutil.rmtree(folder, ignore_errors=True)
