"""What gunicorn serves: a kept sheet against a static file, and a worker's memory after mixed requests."""

import gzip
import http.client
import re
from pathlib import Path

from django.conf import settings

from ppid.shelf.models import PublishedSop
from tests import make
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside
from tests.serve import gunicorn

REQUESTS = 200


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    sop = PublishedSop.objects.get(slug="pengumuman-informasi-publik")
    static = _static_of_about(sop.pdf_size)
    user = make.demo("bidang")
    user.set_password(settings.DEMO_PASSWORD)
    user.save()
    with gunicorn() as server:
        first, following = _visit(server.port)
        line = http.client.HTTPConnection("127.0.0.1", server.port)
        kept, file = paired(
            lambda: _get(line, f"{sop.get_absolute_url()}lembar.pdf"), lambda: _get(line, static), times=60
        )
        _mixed(line, server.port)
        memory = server.worker().memory_info().rss / 2**20
    return [
        Figure("first visit: all that a browser loads of the home page", first / 1000, "KB", 150),
        Figure("next page: an item, with what the browser has not yet", following / 1000, "KB", 20),
        Figure("kept sheet against a static file", kept / file, "×", 3),
        Figure(f"resident memory of a worker after {REQUESTS} mixed requests", memory, "MB", 180),
    ]


def _visit(port: int) -> tuple[int, int]:
    """Return the bytes on the wire of the home page with all that it names, and of an item's page after it."""
    line, held = http.client.HTTPConnection("127.0.0.1", port), set()

    def load(address: str) -> int:
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        body = answer.read()
        assert answer.status == 200, (address, answer.status)
        held.add(address)
        page = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
        return len(body) + sum(
            load(named)
            for named in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode(errors="ignore"))
            if named not in held
        )

    return load("/"), load("/informasi/B-000042/")


def _static_of_about(size: int) -> str:
    """Return the address of the collected static file whose size is nearest to ``size`` bytes."""
    files = [
        path for path in Path(settings.STATIC_ROOT).rglob("*") if path.is_file() and path.suffix in (".css", ".js")
    ]
    nearest = min(files, key=lambda path: abs(path.stat().st_size - size))
    return f"{settings.STATIC_URL}{nearest.relative_to(settings.STATIC_ROOT)}"


def _get(line: http.client.HTTPConnection, address: str, cookie: str = "") -> bytes:
    line.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (address, answer.status)
    return body


def _mixed(line: http.client.HTTPConnection, port: int) -> None:
    """Send the requests of a busy hour: portal pages, files, and an officer's pages with drawn sheets."""
    cookie = _sign_in(port)
    public = ["/", "/informasi/", "/informasi/B-000042/", "/informasi/?q=laporan", "/dip/", "/dik/", "/sop/"]
    public += ["/sop/pengumuman-informasi-publik/", "/sop/pengumuman-informasi-publik/lembar.pdf", "/dip.csv"]
    desk = ["/meja/", "/meja/perkara/B-000042/", "/meja/sop/", "/meja/register/pengumuman/"]
    addresses = [*public, *desk]
    for n in range(REQUESTS):
        address = addresses[n % len(addresses)]
        _get(line, address, cookie if address.startswith("/meja/") else "")


def _sign_in(port: int) -> str:
    """Sign the demo's Bidang in, and return the cookies."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", "/meja/akun/masuk/")
    answer = line.getresponse()
    form = answer.read().decode()
    csrf = answer.getheader("Set-Cookie").split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    body = f"csrfmiddlewaretoken={token}&login=bidang%40demo.example&password={settings.DEMO_PASSWORD}"
    headers = {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/meja/akun/masuk/", body, headers)
    answer = line.getresponse()
    answer.read()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
    assert answer.status == 302, answer.status
    return "; ".join([csrf, *cookies])
