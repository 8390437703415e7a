"""What it costs all together: middleware around a view that does nothing, a step by HTTP, a start on a full shelf."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from queue import SimpleQueue
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from ppid.flows.models import Case
from tests import make
from tests.bench.measure import Figure, paired
from tests.bench.office import LARGE, SMALL, inside, twin
from tests.desk.pages import fields
from tests.serve import gunicorn

STEPS, AT_ONCE = 120, 4
OPEN, CLOSED = "/bare/", "/meja/bare/"


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    measured = _middleware()
    with twin(databases[LARGE]) as name:
        inside(name)
        measured.append(_steps())
    for size in databases.sizes:
        inside(databases.shelf(size))
        measured.append(Figure(f"start until the first answer, {size} items on the shelf", _start(), "s", 5))
    return measured


def _middleware() -> list[Figure]:
    """Hold a page with nothing on it, inside all middleware, against the same inside Django's and libraries' alone.

    Keeping pages makes them faster and has figures of its own (``kept``); here it stands aside. That a closed page asks
    who is there is Django's own too.
    """
    theirs = [name for name in settings.MIDDLEWARE if not name.startswith("ppid.")]
    at = theirs.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
    closed = [*theirs[:at], "django.contrib.auth.middleware.LoginRequiredMiddleware", *theirs[at:]]
    with override_settings(ROOT_URLCONF="tests.bench.bare_urls", KEPT_PAGES_MB=0):
        portal, bare = _asking(OPEN), _asking(OPEN, MIDDLEWARE=theirs)
        desk, bare_desk = _asking(CLOSED, "bidang"), _asking(CLOSED, "bidang", MIDDLEWARE=closed)
        of_portal, of_bare, of_desk, of_bare_desk = paired(portal, bare, desk, bare_desk, times=300, warm=20)
    return [
        Figure("empty page of the portal in all middleware, against without ours", of_portal / of_bare, "×", 1.3),
        Figure("empty page of the desk, signed in, against without ours", of_desk / of_bare_desk, "×", 1.3),
        Figure("  the empty page of the desk in all middleware", of_desk * 1000, "ms"),
    ]


def _asking(address: str, who: str = "", **changes) -> Callable[[], object]:
    """Return what asks for the page; its middleware is that of the settings with these changes."""
    client = Client()
    if who:
        client.force_login(make.demo(who))
    with override_settings(**changes):
        assert client.get(address).status_code == 200
    return lambda: client.get(address)


def _steps() -> Figure:
    """Take steps through one worker of gunicorn, several officers' requests at once, everything on."""
    wanted = STEPS + 2 * AT_ONCE
    cases = list(Case.objects.filter(state="updating").order_by("-pk")[:wanted])
    assert len(cases) == wanted, f"{len(cases)} cases wait for step 1, {wanted} are wanted"
    officer = Client()
    officer.force_login(make.demo("bidang"))
    waiting: SimpleQueue = SimpleQueue()
    for case in cases:
        address = reverse("desk:step", args=[case.number, "update_content"])
        waiting.put((address, fields(officer.get(reverse("desk:case", args=[case.number])), address)))
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in officer.cookies.items())
    with gunicorn(workers=1) as server, ThreadPoolExecutor(AT_ONCE) as officers:
        list(officers.map(lambda _: _take(server.port, cookies, waiting, 2), range(AT_ONCE)))  # warm
        begun = time.perf_counter()
        taken = sum(officers.map(lambda _: _take(server.port, cookies, waiting, STEPS // AT_ONCE), range(AT_ONCE)))
        took = time.perf_counter() - begun
    assert taken == STEPS, taken
    return Figure("a step through HTTP with everything on, one worker (40 a second)", 1000 * took / taken, "ms", 25)


def _take(port: int, cookies: str, waiting: SimpleQueue, times: int) -> int:
    """Send so many forms one after the other; return how many steps were taken."""
    line, taken = HTTPConnection("127.0.0.1", port), 0
    for _ in range(times):
        address, form = waiting.get_nowait()
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", address, urlencode(form), headers | {"Referer": f"http://127.0.0.1:{port}/"})
        answer = line.getresponse()
        answer.read()
        taken += answer.status == 302
    return taken


def _start() -> float:
    """Return the seconds from the command until gunicorn has answered."""

    def begin() -> float:
        begun = time.perf_counter()
        with gunicorn(workers=1):
            return time.perf_counter() - begun

    begin()  # what is read from the disk for the first time
    return sorted(begin() for _ in range(3))[1]
