"""Does what deploy/Containerfile and compose.yaml say where no container engine runs (script/test-install containers).

Each image is made in an empty Debian by the words of its file, each service runs in it under systemd-nspawn with the
secrets, folders and settings that compose.yaml gives it. For the image ``postgres:15`` Debian's own stands in.
"""

import json
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import yaml
from browser import CHIEF, FIRST, HOST, Browser

HERE = Path(__file__).resolve().parents[2]


class Image:
    """An image as its part of the Containerfile says; ``root`` is its folder."""

    def __init__(self, root: Path, debian: Path):
        self.root, self.cwd, self.user = root, "/", "root"
        self.environment: dict[str, str] = {}
        self.command: list[str] = []
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        subprocess.run(["tar", "-C", root, "-xf", debian], check=True)
        if overlay := os.environ.get("INSTALL_OVERLAY"):
            subprocess.run(["cp", "-a", f"{overlay}/.", root], check=True)
        (root / "etc/resolv.conf").unlink(missing_ok=True)
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")

    def do(self, instruction: str, rest: str) -> None:
        print(f"  {instruction} {rest}", flush=True)
        if instruction == "RUN":
            self.make(rest)
        elif instruction == "COPY":
            self.copy(*rest.split())
        elif instruction == "WORKDIR":
            self.cwd = rest
            (self.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif instruction == "ENV":
            self.environment |= dict(each.split("=", 1) for each in shlex.split(rest))
        elif instruction == "USER":
            self.user = rest
        elif instruction == "CMD":
            self.command = json.loads(rest)
        else:
            sys.exit(f"{instruction} is not known here.")

    def make(self, words: str) -> None:
        """Do a step of the image's making; what it leaves under /run stays, as with an engine."""
        alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec"]
        inside = 'mount -t proc proc "$1/proc"; exec chroot "$1" env -i PATH="$4" HOME=/root sh -ec "cd $2; $3"'
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive"
        ran([*alone, inside.replace('"$4"', "$4"), "sh", str(self.root), self.cwd, words, path])

    def copy(self, source: str, target: str) -> None:
        to = self.root / (self.cwd + "/" + target if not target.startswith("/") else target).lstrip("/")
        if source != ".":
            shutil.copy(HERE / source, to)
            return
        kept = (HERE / "deploy/Containerfile.dockerignore").read_text().splitlines()
        names = [name[1:] for name in kept if name.startswith("!")]
        tar = subprocess.run(["git", "-C", HERE, "archive", "HEAD", *names], stdout=subprocess.PIPE, check=True)
        subprocess.run(["tar", "-C", to, "-xf", "-"], input=tar.stdout, check=True)

    def inside(self, *command: str, user: str = "", more: tuple[str, ...] = ()) -> list[str]:
        """Return the command that runs ``command`` in the image."""
        settings = [f"--setenv={name}={value}" for name, value in self.environment.items()]
        nspawn = ["systemd-nspawn", "--quiet", "--register=no", "--resolv-conf=off", "--timezone=off", "--as-pid2"]
        nspawn += [] if Path("/run/systemd/system").exists() else ["--keep-unit"]
        nspawn += [f"--directory={self.root}", f"--machine=ppid-{secrets.token_hex(4)}", "--volatile=no"]
        nspawn += [f"--chdir={self.cwd}", f"--user={user or self.user}", "--setenv=DEBIAN_FRONTEND=noninteractive"]
        # Several run of one image: what they write is in volumes.
        return ["env", "SYSTEMD_NSPAWN_LOCK=0", *nspawn, "--console=pipe", *settings, *more, *command]


def ran(command: list[str], *, given: str | None = None) -> str:
    done = subprocess.run(command, input=given or "", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"This ended with {done.returncode}: {shlex.join(map(str, command))}\n{done.stdout[-3000:]}")
    return done.stdout


def holds(promise: bool, sentence: str) -> None:
    if not promise:
        sys.exit(f"It does not hold: {sentence}")
    print(f"  {sentence}", flush=True)


def built(place: Path) -> dict[str, Image]:
    """Return the images of the Containerfile by name."""
    images: dict[str, Image] = {}
    for line in (HERE / "deploy/Containerfile").read_text().splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            name = rest.split()[-1]
            print(f"- the image {name}", flush=True)
            images[name] = image = Image(place / name, place / "debian.tar")
        elif instruction and instruction != "#":
            image.do(instruction, rest)
    return images


class Office:
    """What compose.yaml puts together, with its volumes and ``/etc/ppid`` under ``place``."""

    def __init__(self, place: Path, images: dict[str, Image]):
        self.place, self.images, self.running = place, images, []
        self.file = yaml.safe_load((HERE / "deploy/compose.yaml").read_text())
        shutil.rmtree(place, ignore_errors=True)
        for folder in ("etc/ppid", "etc/ssl/ppid", "var/backups/ppid", "volumes"):
            (place / folder).mkdir(parents=True)
        for volume, inside in (("files", "var/lib/ppid"), ("socket", "run/ppid")):
            # An engine fills a volume that is new with what the image holds there, owners too.
            subprocess.run(["cp", "-a", images["portal"].root / inside, place / "volumes" / volume], check=True)

    def bound(self, service: dict) -> tuple[str, ...]:
        """Return how nspawn is told of the service's secrets, folders and settings."""
        found = [f"--setenv={name}={value}" for name, value in service.get("environment", {}).items()]
        for name in service.get("secrets", ()):
            file = self.place / self.file["secrets"][name]["file"].lstrip("/")
            found.append(f"--bind-ro={file}:/run/secrets/{name}")
        for volume in service.get("volumes", ()):
            source, target, *mode = volume.split(":")
            held = self.place / ("volumes/" + source if source in self.file["volumes"] else source.lstrip("/"))
            found.append(f"--bind{'-ro' if mode else ''}={held}:{target}")
        return *found, f"--bind-ro={self.place / 'hosts'}:/etc/hosts"

    def command(self, name: str, *words: str) -> list[str]:
        service = self.file["services"][name]
        image = self.images[service["build"]["target"]]
        asked = list(words) or service.get("command", image.command)
        return image.inside(
            *service.get("entrypoint", []), *asked, user=service.get("user", ""), more=self.bound(service)
        )

    def run(self, name: str, *words: str) -> str:
        return ran(self.command(name, *words))

    def start(self, name: str) -> None:
        log = open(self.place / f"{name}.log", "ab")  # noqa: SIM115 - the service writes there as long as it runs
        self.running.append(subprocess.Popen(self.command(name), stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def browser(self) -> Browser:
        return Browser(self.place / "etc/ssl/ppid/sertifikat.pem")

    def stop(self) -> None:
        for each in reversed(self.running):
            each.terminate()
            each.wait(60)


def keys(office: Office, guide: str) -> None:
    """Make keys and sign-ins as the guide says."""
    commands = re.search(r"^```\n(umask 077.*?)^```", guide, flags=re.MULTILINE | re.DOTALL)[1]
    ran(["bash", "-euo", "pipefail", "-c", commands.replace("/etc/ppid", str(office.place / "etc/ppid"))])
    (office.place / "hosts").write_text(f"127.0.0.1 localhost db {HOST}\n")
    ran(
        shlex.split(
            f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {office.place}/etc/ssl/ppid/kunci.pem "
            f"-out {office.place}/etc/ssl/ppid/sertifikat.pem -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}"
        )
    )


def database(office: Office, image: Image) -> None:
    """Stand in for the image ``postgres:15``: make a cluster, let it be prepared by what is mounted, then serve."""
    service = office.file["services"]["db"]
    image.environment["PGDATA"] = "/var/lib/postgresql/data"
    image.make("apt-get update && apt-get install -y --no-install-recommends postgresql")
    binaries = "/usr/lib/postgresql/15/bin"
    mounts = [each for each in service["volumes"] if each.startswith("./")]
    more = [f"--bind-ro={HERE / 'deploy' / each.split(':')[0]}:{each.split(':')[1]}" for each in mounts]
    more += [each for each in office.bound({"secrets": service["secrets"]}) if "/etc/hosts" not in each]
    prepare = (
        "install -d -o postgres $PGDATA /run/postgresql; "
        f"runuser -u postgres -- {binaries}/initdb -A scram-sha-256 --pwfile=/run/secrets/admin_password >/dev/null; "
        "echo 'local all postgres trust' | cat - $PGDATA/pg_hba.conf > /tmp/hba; cp /tmp/hba $PGDATA/pg_hba.conf; "
        f"runuser -u postgres -- {binaries}/pg_ctl -w -o '-c listen_addresses=' -l /tmp/log start >/dev/null; "
        "runuser -u postgres -- /docker-entrypoint-initdb.d/roles.sh; "
        f"runuser -u postgres -- {binaries}/pg_ctl -w stop >/dev/null"
    )
    ran(image.inside("sh", "-ec", prepare, more=tuple(more)))
    serve = f"install -d -o postgres /run/postgresql; exec runuser -u postgres -- {binaries}/postgres"
    served = image.inside("sh", "-ec", serve, more=tuple(more))
    office.running.append(subprocess.Popen(served, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for _ in range(60):
        if subprocess.run(image.inside("pg_isready", "-h", "127.0.0.1"), stdout=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.5)
    sys.exit("PostgreSQL does not come up.")


def walk(office: Office) -> None:
    print("- docker compose up", flush=True)
    office.run("prepare")
    for name in ("portal", "worker", "nginx"):
        office.start(name)
    for _ in range(120):
        try:
            if office.browser().get("/")[0] == 200:
                break
        except OSError:
            pass
        time.sleep(0.5)
    holds(office.browser().get("/")[0] == 200, "the portal answers by TLS")
    styled = re.search(r'href="(/[^"]+\.css)"', office.browser().get("/")[2])[1]
    holds(office.browser().get(styled)[0] == 200, "with its style")
    office.run("manage", "loaddata", "units", "roles", "holidays", "legal_bases", "sop", "word_families")
    chief = office.command("manage", "appoint", CHIEF, "--name", "Dr. Kepala", "--order", "800/1/2026")
    at = chief.index("--console=pipe")
    ran([*chief[:at], f"--setenv=APPOINT_PASSWORD={FIRST}", *chief[at:]])
    browser = office.browser()
    holds(browser.enter_first(CHIEF) == (200, "/meja/akun/kata-sandi/"), "the first password must be changed")
    holds(browser.get("/meja/")[1] == "/meja/akun/langkah-kedua/", "who decides sets up a second factor")
    said = office.run("manage", "doctor")
    holds("Portal dapat berjalan." in said, "doctor: the portal can run")
    for title in ("Portal hanya dapat membaca yang diumumkan", "Cara masuk meja hanya membaca dan menulis baris"):
        holds(f"baik   {title}" in said, title)
    office.run("backup")
    holds("whole" in office.run("backup", "verify_backup", "/var/backups/ppid"), "a backup, sealed, and read again")
    ls = office.images["portal"].inside("ls", "/run/secrets", more=office.bound(office.file["services"]["portal"]))
    given = set(ran(ls).split()) & set(office.file["secrets"])
    holds(given == {"desk_database_url", "portal_database_url", "secret_key", "mfa_key"}, "the portal has no other key")


def main(place: Path) -> None:
    guide = (HERE / "docs/operasi.md").read_text().partition("Dalam kontainer")[2]
    known = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *more, **named: known("127.0.0.1" if host == HOST else host, *more, **named)
    images = built(place)
    office = Office(place / "office", images)
    keys(office, guide)
    try:
        database(office, Image(place / "db", place / "debian.tar"))
        walk(office)
    finally:
        office.stop()
    print("The containers hold.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
