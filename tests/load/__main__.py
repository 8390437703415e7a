"""``python -m tests.load``: a day of a city against ``script/server``, all of it on this machine.

Makes a city (``office``) in a folder of its own, serves it by ``script/server``, lets the day come (``day``, by locust
from an environment of its own), samples the memory of what serves, and compares at the end what officers were told with
what is there. Exit code 1 when anything was not as expected.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import psutil

from ppid.embedded_postgres import Server
from tests.load.memory import Memory, quarters, verdict

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "tests" / "load" / "requirements.lock"
PEAK = 0.2  # of a day's requests in its busiest hour


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of visitors, officers and cases")
    parser.add_argument("--items", type=int, default=10_000, help="on the shelf")
    parser.add_argument("--visitors", type=int, default=40, help="at once")
    parser.add_argument("--officers", type=int, default=6, help="at once")
    parser.add_argument("--think", type=float, default=1.0, help="how long people look at a page, against usual")
    parser.add_argument("--minutes", type=float, default=0, help="after which nobody more comes; 0 waits for all")
    parser.add_argument("--steps", type=int, nargs="*", default=[], help="afterwards, so many visitors at once")
    parser.add_argument("--seconds", type=int, default=30, help="for each of these steps")
    parser.add_argument("--new-city", action="store_true", help="also where one lies there from the last day")
    parser.add_argument("--place", type=Path, default=ROOT / "var" / "load")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    locust, place = _environment_of_locust(), options.place.resolve() / "run"
    _city(options)
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run(["cp", "-a", options.place.resolve() / "city", place], check=True)
    environment = _environment(place)
    with Server(place / "postgres").held() as owner:
        with _served(environment | {"BEHIND_PROXY": "1"}) as served:  # as nginx would, each visitor has an address
            report = _day(locust, served, place, options)
        done = subprocess.run(
            [sys.executable, "-m", "tests.load.inside", "compare", place],
            **{"env": environment | {"DATABASE_URL": owner}, "cwd": ROOT, "stdout": subprocess.PIPE, "text": True},
        )
    report["lost"] = done.stdout.splitlines() if done.returncode else []
    (place / "report.json").write_text(json.dumps(report, indent=1))
    return _tell(report)


@dataclass
class Served:
    """What ``script/server`` started: the address, and the processes by what they do."""

    url: str
    process: psutil.Process
    memory: Memory = field(default_factory=Memory)


def _day(locust: Path, served: Served, place: Path, options) -> dict:
    command = [locust, "-m", "tests.load.day", place, served.url]
    how = ["--visitors", options.visitors, "--officers", options.officers, "--think", options.think]
    how += ["--minutes", options.minutes]
    _say(f"The day begins: {options.visitors} visitors and {options.officers} officers at once")
    before = _seconds_of_processor(served.process)
    with _sampled(served):
        driver = _run([*command, *how])
    after = _seconds_of_processor(served.process)
    report = json.loads((place / "day.json").read_text())
    took = {name: after[name] - before.get(name, 0) for name in after} | {"locust": driver}
    took["PostgreSQL and all else"] = took["machine"] - sum(took.values()) + took["machine"]
    report["processor"] = {name: round(seconds) for name, seconds in took.items()}
    report["memory"] = served.memory.samples
    if options.steps:
        _say(f"Steps: {options.steps}")
        _run([*command, "--think", options.think, "--seconds", options.seconds, "--steps", *options.steps])
        report["steps"] = json.loads((place / "steps.json").read_text())
    return report


def _run(command: list) -> float:
    """Run locust; return the seconds of processor that it took."""
    before = os.times()
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
    after = os.times()
    return round(after.children_user + after.children_system - before.children_user - before.children_system, 1)


@contextmanager
def _sampled(served: Served) -> Iterator[None]:
    over = threading.Event()

    def sample() -> None:
        while not over.wait(3):
            served.memory.sample(served.process)

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _seconds_of_processor(process: psutil.Process) -> dict[str, float]:
    """Return the seconds that the whole machine, the portal and the queue's worker took so far."""
    whole = psutil.cpu_times()
    found = {"machine": whole.user + whole.system + whole.nice + whole.irq + whole.softirq}
    for each in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it ended just now
            times = each.cpu_times()
            name = "queue worker" if "procrastinate" in " ".join(each.cmdline()) else "portal"
            found[name] = found.get(name, 0) + times.user + times.system
    return found


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[Served]:
    """Start ``script/server`` on the city, until the block ends."""
    log = Path(environment["PPID_VAR"]) / "server.log"
    with log.open("w") as said:
        process = subprocess.Popen(
            ["script/server"], cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        port = int(environment["PORT"])
        try:
            _wait_for(port, process)
            yield Served(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            asked = HTTPConnection("127.0.0.1", port, timeout=10)
            asked.request("GET", "/sehat/", headers={"X-Forwarded-For": "10.255.0.1"})
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(1)
    sys.exit("script/server does not answer; its log lies in PLACE/server.log")


def _city(options) -> None:
    """Make the city, unless it lies there from the last day: what is served is a copy of it."""
    city = options.place.resolve() / "city"
    if (city / "plan.json").exists() and not options.new_city:
        plan = json.loads((city / "plan.json").read_text())
        if plan["of"] == [options.share, options.items]:
            return
    _say("Making the city")
    shutil.rmtree(city, ignore_errors=True)
    city.mkdir(parents=True)
    with Server(city / "postgres").held() as owner:
        command = [sys.executable, "-m", "tests.load.inside", "build", city, options.share, options.items]
        environment = _environment(city) | {"DATABASE_URL": owner}
        subprocess.run(list(map(str, command)), cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL)


def _environment(place: Path) -> dict[str, str]:
    return os.environ | {"PPID_VAR": str(place), "PPID_DEMO": "1", "PORT": str(_free_port())}


def _environment_of_locust() -> Path:
    """Make sure of locust's own environment, from its lock; return its Python."""
    home = ROOT / "var" / "locust"
    stamp, python = home / "lock", home / "venv" / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != LOCK.read_text():
        _say("Installing locust into var/locust")
        uv = ROOT / ".uv" / "bin" / "uv"
        quiet = {"cwd": ROOT, "check": True, "env": os.environ | {"UV_PYTHON_DOWNLOADS": "never"}}
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, home / "venv"], **quiet)
        install = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, LOCK]
        subprocess.run(install, **quiet)
        stamp.write_text(LOCK.read_text())
    return python


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def _tell(report: dict) -> int:
    """Print the figures; return the exit code."""
    print(f"\n{report['requests']} requests in {report['seconds']:.0f} s: {report['a_second']} a second")
    print(f"{report['visitors']} of {report['planned']} visitors, {report['officers']} officers, acts {report['acts']}")
    rows = [*report["kinds"].items(), ("all", report["all"])]
    print(f"{'':14} {'n':>7} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>8} ms")
    for kind, of in rows:
        print(f"{kind:14} {of['n']:7} {of['p50']:7.0f} {of['p95']:7.0f} {of['p99']:7.0f} {of['max']:8.0f}")
    print(f"processor seconds: {report['processor']}")
    peak = report["requests"] / report["visitors"] * report["planned"] * PEAK
    hours = report["requests"] / peak
    print(f"the busiest hour of the whole day has {peak:.0f} requests: this run holds {hours:.1f} of them")
    for name, samples in report["memory"].items():
        print(f"{name:14} MB (PSS), medians of the quarters: {quarters(samples)}")
    total = [sum(each) for each in zip(*report["memory"].values(), strict=True)]
    is_flat, words = verdict(total, hours)
    print(f"{'together':14} {quarters(total)}: {words}")
    for step in report.get("steps", []):
        of = step["all"]
        times = f"p50 {of['p50']:.0f}, p95 {of['p95']:.0f} ms"
        print(f"{step['at_once']:4} visitors at once: {step['a_second']} a second, {times}")
    problems = [*report["errors"], *report["lost"], *(e for step in report.get("steps", []) for e in step["errors"])]
    print(f"errors: {len(problems)}")
    print("\n".join(problems[:50]))
    return 1 if problems or not is_flat else 0


if __name__ == "__main__":
    sys.exit(main())
