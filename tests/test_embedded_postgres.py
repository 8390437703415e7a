"""The embedded server: started once, shared, stopped by the last one out, and not fooled by what a crash leaves."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from ppid.embedded_postgres import Server, ServerDoesNotStart


@pytest.fixture(scope="module")
def data(short_folder):
    """Data that is made once; each test leaves it without a running server."""
    with Server(short_folder / "postgres", throwaway=True).held():
        pass
    return short_folder / "postgres"


@pytest.fixture
def server(data):
    return Server(data, throwaway=True)


def answers(address):
    try:
        with psycopg.connect(address) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def supervise(data, *command, options=(), stderr=None):
    return subprocess.Popen(
        [sys.executable, "-m", "ppid.embedded_postgres", "--throwaway", *options, str(data), "--", *command],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def test_it_runs_while_held_and_not_after(server):
    with server.held() as address:
        assert answers(address)
    assert not answers(address)


def test_it_sorts_alike_on_every_machine(server):
    with server.held() as address, psycopg.connect(address) as connection:
        provider = connection.execute("SELECT datlocprovider FROM pg_database WHERE datname = 'postgres'").fetchone()
    assert provider == ("b",)


def test_the_last_one_out_stops_it(data):
    first, second = Server(data, throwaway=True), Server(data, throwaway=True)
    first.acquire()
    second.acquire()
    first.release()
    assert answers(second.url)
    second.release()
    assert not answers(second.url)


def test_a_forked_child_does_not_stop_it_for_its_parent(server):
    with server.held() as address:
        if (child := os.fork()) == 0:
            server.release()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert answers(address)


def test_what_a_crash_left_is_taken_over_and_stopped(data, server):
    crashed = supervise(data, "sh", "-c", "echo $$; exec sleep 60")
    orphan = int(crashed.stdout.readline())
    crashed.kill()
    crashed.wait()
    os.kill(orphan, signal.SIGKILL)
    assert answers(server.url), "the crash leaves the server running"
    with server.held() as address:
        assert answers(address)
    assert not answers(server.url)


def postmaster(data):
    return int((data / "postmaster.pid").read_text().split()[0])


def busy_backend(address):
    """Let a backend reckon for hours: it looks at nothing else, and doesn't see that its server is gone."""
    connection = psycopg.connect(address)
    [pid] = connection.execute("SELECT pg_backend_pid()").fetchone()
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12::bigint)")
    return connection, pid


def is_running(pid):
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("note_is_left", [True, False])
def test_backends_that_outlived_their_server_are_ended_before_another_opens_the_same_data(data, server, note_is_left):
    """Two servers at work on one folder would spoil it; the note of the first is what PostgreSQL itself goes by."""
    crashed = supervise(data, "sh", "-c", "echo $$; exec sleep 60")
    holder = int(crashed.stdout.readline())
    connection, left = busy_backend(server.url)
    crashed.kill()
    crashed.wait()
    os.kill(holder, signal.SIGKILL)
    os.kill(postmaster(data), signal.SIGKILL)
    time.sleep(0.5)
    assert is_running(left), "a backend that is busy does not notice"
    if not note_is_left:
        (data / "postmaster.pid").unlink()
    with server.held() as address:
        assert answers(address)
        assert not is_running(left)
    connection.close()


def test_a_server_that_dies_under_a_running_command_is_brought_up_again(data, server):
    command = supervise(data, "sleep", "60")
    until = time.monotonic() + 20
    while not answers(server.url):
        assert time.monotonic() < until
        time.sleep(0.1)
    os.kill(died := postmaster(data), signal.SIGKILL)
    until = time.monotonic() + 20
    while not answers(server.url):
        assert time.monotonic() < until, "nobody brought it up again"
        time.sleep(0.1)
    assert postmaster(data) != died
    assert command.poll() is None, "the command goes on"
    command.terminate()
    command.wait(timeout=30)
    assert not answers(server.url)


def test_a_server_that_can_not_be_brought_up_is_said_once_and_tried_again(data, server):
    command = supervise(data, "sleep", "60", stderr=subprocess.PIPE)
    until = time.monotonic() + 20
    while not answers(server.url):
        assert time.monotonic() < until
        time.sleep(0.1)
    control = data / "global" / "pg_control"
    control.rename(aside := data / "pg_control.aside")
    os.kill(postmaster(data), signal.SIGKILL)
    assert "does not start" in command.stderr.readline()
    time.sleep(2.5)
    aside.rename(control)
    until = time.monotonic() + 20
    while not answers(server.url):
        assert time.monotonic() < until, "nobody tried again"
        time.sleep(0.1)
    command.terminate()
    said = command.communicate(timeout=30)[1]
    assert "does not start" not in said


def test_data_that_was_deleted_under_a_running_command_is_said_and_not_made_anew(data, server):
    command = supervise(data, "sh", "-c", "echo it is up; exec sleep 60", stderr=subprocess.PIPE)
    assert command.stdout.readline() == "it is up\n"
    died = postmaster(data)
    data.rename(aside := data.with_name("aside"))
    os.kill(died, signal.SIGKILL)
    assert "is gone" in command.stderr.readline()
    assert not data.exists()
    assert command.poll() is None
    command.terminate()
    command.wait(timeout=30)
    aside.rename(data)
    with server.held() as address:
        assert answers(address)


@pytest.mark.parametrize("note", ["4194304999\n/somewhere\n", "", "half a no"])
def test_a_stale_pid_file_does_not_keep_it_from_starting(data, server, note):
    (data / "postmaster.pid").write_text(note)
    with server.held() as address:
        assert answers(address)


def test_a_stale_pid_that_is_another_program_by_now_is_left_alone(data, server):
    """PostgreSQL alone would refuse to start: it only asks whether its account runs a process of that number."""
    account = server._account()
    other = subprocess.Popen(["sleep", "60"], cwd=data, user=account and account[0])
    (data / "postmaster.pid").write_text(f"{other.pid}\n{data}\n")
    (data / ".s.PGSQL.5432.lock").write_text(f"{other.pid}\n{data}\n")
    made = (data / "PG_VERSION").stat().st_ctime_ns
    with server.held() as address:
        assert answers(address)
    assert (data / "PG_VERSION").stat().st_ctime_ns == made, "throwaway data that does not start is made anew"
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_broken_off_first_start_leaves_nothing_in_the_way(short_folder):
    half = short_folder / "again.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    with Server(short_folder / "again", throwaway=True).held() as address:
        assert answers(address)
    assert not half.exists()


def test_throwaway_data_that_a_power_cut_spoiled_is_made_again(data, server):
    (data / "global" / "pg_control").write_bytes(b"")
    with server.held() as address:
        assert answers(address)


def test_kept_data_that_is_spoiled_is_left_alone_and_said(short_folder):
    server = Server(short_folder / "kept")
    server.data.mkdir(exist_ok=True)
    (server.data / "PG_VERSION").write_text("9")
    if os.geteuid() == 0:
        shutil.chown(server.data, *server._account())
    with pytest.raises(ServerDoesNotStart, match="does not start"):
        server.acquire()
    assert (server.data / "PG_VERSION").exists()


def test_a_path_too_long_for_a_socket_gets_a_private_folder_for_it(short_folder):
    server = Server(
        short_folder / ("a folder with a very long name, spaces & 'quotes' " * 2) / "postgres", throwaway=True
    )
    with server.held() as address:
        assert answers(address)
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert not server.sockets.exists()


def test_a_command_runs_with_the_address_and_its_status_comes_back(data, server):
    script = "import os, sys; print(os.environ['DATABASE_URL'], os.environ['PPID_DEMO']); sys.exit(7)"
    command = supervise(data, sys.executable, "-c", script)
    assert command.communicate(timeout=30)[0].split()[0] == server.url
    assert command.returncode == 7
    assert not answers(server.url)


def test_a_command_can_be_served_by_a_narrower_role_beside_the_owner(data, server):
    script = (
        "import os, psycopg; served = psycopg.connect(os.environ['DATABASE_URL']);"
        "print(*served.execute('SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user').fetchone());"
        "print(os.environ['OWNER_DATABASE_URL'])"
    )
    for _ in range(2):  # the second finds the role
        command = supervise(data, sys.executable, "-c", script, options=["--served-by", "ppid"])
        assert command.communicate(timeout=30)[0].split() == ["ppid", "False", server.url]


@pytest.mark.parametrize(
    ("sent", "options", "caught"),
    [
        (signal.SIGINT, [], "INT"),
        (signal.SIGTERM, [], "TERM"),
        (signal.SIGHUP, [], "HUP"),
        (signal.SIGINT, ["--stop-signal", "SIGTERM"], "TERM"),
        (signal.SIGHUP, ["--stop-signal", "SIGTERM"], "TERM"),
    ],
)
def test_a_signal_reaches_the_command_once_and_then_stops_the_server(data, server, sent, options, caught):
    script = 'for s in INT TERM HUP; do trap "echo $s; exit 0" $s; done; sleep 60 & echo ready; wait'
    command = supervise(data, "bash", "-c", script, options=options)
    assert command.stdout.readline() == "ready\n"
    command.send_signal(sent)
    assert command.communicate(timeout=30)[0] == f"{caught}\n"
    assert command.returncode == 0
    assert not answers(server.url)


@pytest.mark.parametrize("pause", [0.05, 0.1, 0.15, 0.2, 0.3])
def test_a_signal_while_the_server_starts_leaves_nothing(data, server, pause):
    starting = supervise(data, "sleep", "60")
    time.sleep(pause)
    starting.terminate()
    starting.wait(timeout=30)
    time.sleep(0.2)
    assert not answers(server.url)


def test_what_a_command_leaves_behind_is_ended(data):
    command = supervise(data, "sh", "-c", "sleep 60 >/dev/null & echo $!")
    left = Path("/proc", command.communicate(timeout=30)[0].strip())
    with contextlib.suppress(FileNotFoundError):
        assert (left / "stat").read_text().split()[2] == "Z"
