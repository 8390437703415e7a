"""Follows docs/operasi.md inside an empty Debian (by script/test-install), and looks whether each promise holds."""

import base64
import hashlib
import hmac
import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from browser import CHIEF, FIRST, HOST, OWN, Browser
from slow import slow_clients

GUIDE = Path("/srv/ppid.git/docs/operasi.md")
PLACEHOLDERS = {"ALAMAT_REPOSITORI": "/srv/ppid.git"}
KEEPER = "pengelola@contoh.go.id"
ITEMS = "SELECT count(*) FROM organisation_user"


def parts() -> dict[str, str]:
    """Return the commands of each numbered part of the guide."""
    found = {}
    for part in re.split(r"^## ", GUIDE.read_text(), flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^```sh\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL)
        if blocks:
            found[part.partition("\n")[0].partition(".")[0]] = "".join(blocks)
    return found


def follow(number: str) -> str:
    """Do what a part of the guide says; return what was said."""
    commands = parts()[number]
    for placeholder, value in PLACEHOLDERS.items():
        commands = commands.replace(placeholder, value)
    return run(commands, title=f"part {number} of the guide")


def run(commands: str, *, title: str = "", code: int = 0) -> str:
    if title:
        print(f"- {title}", flush=True)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != code:
        sys.exit(f"This ended with {done.returncode}:\n{commands}\n---\n{done.stdout[-4000:]}")
    return done.stdout


def holds(promise: bool, sentence: str) -> None:
    if not promise:
        sys.exit(f"It does not hold: {sentence}\n{_log()}")
    print(f"  {sentence}", flush=True)


def _log(service: str = "ppid") -> str:
    return run(f"journalctl -u {service} -n 30 -o cat --no-pager")[-3000:]


def wait_for_the_portal() -> None:
    for _ in range(60):
        if answers():
            return
        time.sleep(1)
    sys.exit(f"The portal does not answer.\n{_log('nginx')}{_log()}")


def answers() -> bool:
    try:
        return Browser().get("/")[0] == 200
    except OSError:  # nginx has not opened its door yet
        return False


def make_a_certificate() -> None:
    """Stand in for the city's certificate authority."""
    run(
        "apt-get install -y --no-install-recommends openssl && install -d -m 750 /etc/ssl/ppid && "
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout /etc/ssl/ppid/kunci.pem "
        f"-out /etc/ssl/ppid/sertifikat.pem -subj /CN={HOST} -addext subjectAltName=DNS:{HOST}",
        title="a certificate",
    )


def may_start(said: str) -> None:
    """Look whether ``doctor`` lets the portal start, and finds both who serve as they should be.

    What only a portal that runs has (a worker, a backup, part 11's mail server) is told there and stops nothing.
    """
    good = ("Portal hanya dapat membaca yang diumumkan", "Cara masuk meja hanya membaca dan menulis baris")
    at_all = "Portal dapat berjalan." in said and all(f"baik   {title}" in said for title in good)
    holds(at_all, f"doctor: the portal can start, and who serves may no more than they should\n{said}")


def install() -> None:
    for number in ("1", "2", "3", "4"):
        follow(number)
    said = follow("5")
    may_start(said)
    again = run("ppid-manage prepare")
    holds(again == "", "a second prepare has nothing to do")
    follow("6")
    make_a_certificate()
    follow("7")
    wait_for_the_portal()


def sign_in() -> tuple[Browser, str]:
    """Sign the first PPID Utama in; return their browser, and the secret of their app with codes."""
    print("- the first sign-in", flush=True)
    plain = urllib.request.build_opener(_NoRedirect()).open
    try:
        plain(f"http://{HOST}/informasi/")
        holds(False, "http leads to https")
    except urllib.error.HTTPError as error:
        holds(error.headers["Location"] == f"https://{HOST}/informasi/", "http leads to https")
    chief = Browser()
    holds(chief.get("/meja/")[1] == "/meja/akun/masuk/", "the desk asks who is there")
    enter_first(chief, CHIEF)
    secret = set_up_second_factor(chief)
    status, path, page = chief.get("/meja/")
    holds((status, path) == (200, "/meja/") and "Dr. Kepala, M.Si." in page, "the signed-in page")
    for _ in range(7):
        page = Browser().send("/meja/akun/masuk/", login=CHIEF, password="salah")[2]
    holds("Tunggu lima menit" in page, "wrong passwords are counted through the proxy")
    holds(chief.get("/meja/")[0] == 200, "and lock nobody out who is in")
    return chief, secret


def enter_first(browser: Browser, email: str) -> None:
    holds(browser.enter_first(email) == (200, "/meja/akun/kata-sandi/"), f"the first password must be changed: {email}")


def set_up_second_factor(browser: Browser) -> str:
    """Set up an app with codes, as the page that everything leads to says; return its secret."""
    status, path, page = browser.get("/meja/")
    holds((status, path) == (200, "/meja/akun/langkah-kedua/"), "who decides sets up a second factor before all else")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', browser.get("/meja/akun/langkah-kedua/aplikasi/")[2])[1]
    secret = secret.replace(" ", "")
    page = browser.send("/meja/akun/langkah-kedua/aplikasi/", code=code_of(secret))[2]
    holds(page.count("<li>") >= 10 and "Simpan kode pemulihan" in page, "its recovery codes are shown")
    dump = run("runuser -u postgres -- pg_dump ppid")
    holds(secret not in dump, "a dump of the database does not hold its secret")
    return secret


def code_of(secret: str) -> str:
    """Return what the app shows now: RFC 6238, by hand."""
    digest = hmac.new(base64.b32decode(secret), int(time.time() // 30).to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def portal_alone() -> None:
    print("- the portal's own sign-in", flush=True)
    url = Path("/etc/ppid/portal_database_url").read_text().strip()
    run(f"psql '{url}' -c 'SELECT count(*) FROM shelf_publisheditem'")
    for climb in ("", "SET ROLE NONE;", "RESET ROLE;"):
        said = run(f"psql '{url}' -v ON_ERROR_STOP=1 -c '{climb} {ITEMS}' 2>&1", code=1 if not climb else 1)
        holds("permission denied" in said, f"reads the shelf and nothing else ({climb or 'as it comes'})")


APPROVE = """
from django.utils import timezone
from ppid.organisation.models import User
from sop.models import SopVersion
from sop.versions.actions import approve, submit
version = SopVersion.objects.get(sop__unit__code="dinsos")
submit(version, actor=User.objects.get(email="pengelola@contoh.go.id"), at=timezone.now())
approve(version, actor=User.objects.get(email="kepala@contoh.go.id"), at=timezone.now(), why="Lembar sumber.")
"""
ASK = """
from ppid.editions.tasks import print_annexes
from ppid.jobs import ask
ask(print_annexes, once="print annexes")
"""
DONE = """
from procrastinate.contrib.django.models import ProcrastinateJob
print(ProcrastinateJob.objects.filter(task_name="ppid.editions.tasks.print_annexes", status="succeeded").count())
"""


def publish() -> tuple[str, bytes]:
    """Let the office put its first sheet on the portal; return address and bytes of its paper."""
    print("- the first sheet", flush=True)
    run(
        f"APPOINT_PASSWORD={FIRST} ppid-manage appoint {KEEPER} --name 'Pengelola' "
        "--order 800/2/2026 --role sop_keeper --unit dinsos"
    )
    enter_first(Browser(), KEEPER)
    run(f"ppid-manage shell -c '{APPROVE}'")
    page = Browser().get("/sop/")[2]
    address = re.search(r'href="(/sop/[^"]+/)"', page.split("<main")[1])[1]
    paper = re.search(r'href="([^"]+\.pdf)"', Browser().get(address)[2])[1]
    with Browser().opener.open(f"https://{HOST}{paper}", timeout=60) as answer:
        content, headers = answer.read(), answer.headers
    holds(content.startswith(b"%PDF"), f"its paper is public: {paper}")
    sent_by_nginx(paper, content, headers)
    return paper, content


def behind_nginx(path: str) -> http.client.HTTPResponse:
    """Ask the portal as nginx does."""
    portal = http.client.HTTPConnection("localhost")
    portal.sock = socket.socket(socket.AF_UNIX)
    portal.sock.connect("/run/ppid/portal.sock")
    portal.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"})
    return portal.getresponse()


def sent_by_nginx(paper: str, content: bytes, headers: Mapping[str, str]) -> None:
    """The portal hands the file over; nginx sends it with the headers that the portal would have sent."""
    with behind_nginx(paper) as handed:
        said, body = handed.headers, handed.read()
    place = said["X-Accel-Redirect"]
    holds(body == b"" and place.startswith("/_berkas/umum/"), f"the portal hands it over: {place}")
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "ETag", "Content-Security-Policy")
    names += ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Referrer-Policy", "Strict-Transport-Security")
    differing = [name for name in names if headers[name] != said[name] or not said[name]]
    holds(differing == [], f"nginx keeps its headers {differing}")
    holds(hashlib.sha256(content).hexdigest() == headers["ETag"].strip('"'), "and sends its bytes")
    part = urllib.request.Request(f"https://{HOST}{paper}", headers={"Range": "bytes=2-5"})
    with Browser().opener.open(part, timeout=60) as answer:
        holds((answer.status, answer.read()) == (206, content[2:6]), "in parts, too")
    holds(Browser().get(place)[0] == 404, "nobody else can name the place")


def dead_database() -> None:
    print("- a dead database", flush=True)
    run("systemctl stop postgresql 'postgresql@*'")
    status, _, page = Browser().get("/")
    holds(status == 503 and "Basis data sedang tidak dapat dihubungi" in page, "503 with a sentence")
    run("systemctl start postgresql")
    wait_for_the_portal()
    holds(True, "and the portal is back by itself")


def work_in_the_background() -> None:
    print("- the worker", flush=True)
    run(f"ppid-manage shell -c '{ASK}'")
    for _ in range(60):
        if run(f"ppid-manage shell --no-imports -c '{DONE}'").split()[-1] != "0":
            return holds(True, "does what is asked for")
        time.sleep(1)
    sys.exit(f"The worker does nothing.\n{_log('ppid-worker')}")


NEWER = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("{app}", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE only_in_the_newer (id int)")]
"""


def a_newer_version() -> None:
    """Let the project have a version that brings a table."""
    folder = Path("/srv/ppid.git/ppid/health/migrations")
    last = max(file.stem for file in folder.glob("0*.py"))
    (folder / "0999_newer.py").write_text(NEWER.format(app="health", last=last))
    run("cd /srv/ppid.git && git add -A && git -c user.name=x -c user.email=x@x commit -qm 'A newer version'")


def has_the_newer_table() -> bool:
    asked = "SELECT count(*) FROM pg_class WHERE relname = 'only_in_the_newer'"
    return run(f'runuser -u postgres -- psql -XAt ppid -c "{asked}"').strip() == "1"


def update_and_back(chief: Browser) -> None:
    """Update to a version that brings a table, with somebody who reads on; then go back to the one before."""
    a_newer_version()
    statuses, longest, over = [], [0.0], threading.Event()

    def read_on() -> None:
        while not over.is_set():
            began = time.monotonic()
            statuses.append(Browser().get("/sop/")[0])
            longest.append(time.monotonic() - began)
            time.sleep(0.05)

    reader = threading.Thread(target=read_on)
    reader.start()
    follow("8")
    over.set()
    reader.join()
    holds(has_the_newer_table(), "the newer version is there")
    holds(set(statuses) == {200}, f"nobody was refused: {len(statuses)} pages, the longest wait {max(longest):.1f} s")
    follow("17")
    wait_for_the_portal()
    holds(not has_the_newer_table(), "the version before is back, with its tables")
    holds(chief.get("/meja/")[1] == "/meja/", "and whoever was signed in still is")
    run("runuser -u postgres -- dropdb ppid_baru; rm -r /var/lib/ppid/files.baru")


def daily_and_update(chief: Browser) -> None:
    update_and_back(chief)
    run("systemctl start ppid-daily", title="the daily service")
    page = chief.get("/meja/siapkan/")[2]
    holds("belum pernah dicoba dipulihkan" in page, "a backup that nobody restored on trial is not done")
    said = follow("9")
    holds(
        re.search(r"is whole and can be restored: \d{3,} rows in \d+ tables, [1-9]\d* files", said) is not None,
        f"a restore is tried: {said}",
    )
    holds("pemulihannya dicoba" in chief.get("/meja/siapkan/")[2], "and the office reads so")
    damage_the_backup()


def damage_the_backup() -> None:
    """A backup that lost a byte is told, and the trial is taken away; the file comes back for what follows."""
    file = run("find /var/backups/ppid/files -type f | head -n 1").strip()
    said = run(
        f"cp {file} /tmp/sound; echo >> {file}; code=0; "
        "ppid-manage verify_backup /var/backups/ppid --trial 2>&1 || code=$?; "
        f"cp /tmp/sound {file}; runuser -u postgres -- psql -XAtc 'SELECT datname FROM pg_database'; exit $code",
        code=1,
    )
    holds("cut short or changed" in said and "coba_pulih" not in said, "a damaged backup is told")
    stolen = run("runuser -u ppid -- cat /etc/ppid/owner_database_url /etc/ppid/backup_key 2>&1", code=1)
    holds(stolen.count("Permission denied") == 2, "the service reads neither the owner's sign-in nor the key")
    sealed = run("grep -rl PASSWORD /var/backups/ppid; grep -rlF 'kepala@contoh.go.id' /var/backups/ppid", code=1)
    holds(sealed == "", "a backup tells nothing to who has no key")


def restore(chief: Browser, secret: str, paper: str, content: bytes) -> None:
    print("- everything is lost", flush=True)
    run(
        "cp /etc/ppid/backup_key /root/backup_key; "
        "systemctl stop ppid ppid-worker; version=$(ls /etc/postgresql); pg_dropcluster --stop $version main; "
        "rm -rf /var/lib/ppid/files /etc/ppid; pg_createcluster $version main"
    )
    run(settings_of_the_guide(), title="the settings, out of the sealed backup")
    follow("4")
    said = follow("10")
    may_start(said)
    run("systemctl start ppid ppid-worker")
    wait_for_the_portal()
    holds(chief.get("/meja/")[1] == "/meja/", "whoever was signed in still is")
    chief.send("/meja/akun/keluar/")
    status, path, _ = chief.send("/meja/akun/masuk/", login=CHIEF, password=OWN)
    holds((status, path) == (200, "/meja/akun/masuk/langkah-kedua/"), "after the password the second step")
    status, path, _ = chief.send("/meja/akun/masuk/langkah-kedua/", code=code_of(secret))
    holds((status, path) == (200, "/meja/"), "whoever had an account signs in as before, from a browser that is known")
    holds("PENGUMUMAN INFORMASI PUBLIK" in chief.get("/meja/sop/")[2].upper(), "the library is there")
    with Browser().opener.open(f"https://{HOST}{paper}", timeout=60) as answer:
        holds(answer.read() == content, "the paper is public again, byte for byte")
    portal_alone()


def settings_of_the_guide() -> str:
    """Return what part 10 of the guide does before part 4."""
    part = GUIDE.read_text().partition("## 10. ")[2]
    return re.search(r"^```\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL)[1]


def desk_alone() -> None:
    print("- the desk's own sign-in", flush=True)
    for refused in (
        "TRUNCATE flows_case CASCADE",
        "CREATE TABLE x (id int)",
        "SET ROLE ppid_owner",
        "DELETE FROM chain_link",
    ):
        said = run(f"runuser -u ppid -- psql -v ON_ERROR_STOP=1 ppid -c '{refused}' 2>&1", code=1)
        holds("permission denied" in said, f"changes rows and nothing else ({refused})")


def units() -> None:
    run("systemd-analyze verify /etc/systemd/system/ppid*", title="the units, by systemd's own judge")
    timers = run("systemctl list-timers --all --no-pager")
    holds("ppid-daily" in timers and "ppid-watch" in timers, "the clock has both its jobs")
    lines = run("journalctl -u ppid -u ppid-worker -o cat --no-pager").splitlines()
    said = [line for line in lines if line.startswith("{")]
    holds(bool(said) and all(map(json.loads, said)), f"what is logged is JSON a line: {len(said)} of {len(lines)}")
    for account, code in (("www-data", 0), ("nobody", 1)):
        run(f"runuser -u {account} -- test -w /run/ppid/portal.sock", code=code)
    holds(True, "nginx alone reaches the portal")


def main() -> None:
    with open("/etc/hosts", "a") as hosts:
        hosts.write(f"127.0.0.1 localhost {HOST}\n")
    run("git config --global --add safe.directory '*'")
    install()
    chief, secret = sign_in()
    portal_alone()
    desk_alone()
    dead_database()
    published = publish()
    slow_clients(holds, lambda: Browser().get("/")[0] == 200, host=HOST, large=published[0])
    work_in_the_background()
    daily_and_update(chief)
    restore(chief, secret, *published)
    units()
    print("The guide holds.")


if __name__ == "__main__":
    main()
