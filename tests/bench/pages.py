"""Pages of the desk with 100 and with 10,000 items: as many queries, about the same time."""

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from ppid.flows.evaluation import evaluate
from sop.models import SopVersion
from tests import make
from tests.bench.measure import Figure, seconds
from tests.bench.office import LARGE, SMALL, inside

ROUNDS = 4


def figures(databases) -> list[Figure]:
    found = small_and_large(databases, "inbox", "/meja/", queries=None)
    address = "/meja/sop/pengumuman-informasi-publik/1/evaluasi/"
    found += small_and_large(databases, "evaluation", address, queries=None, many="10,000 cases")
    return [*found, *_evaluated(databases)]


def small_and_large(databases, name, address, *, queries, few="100", many="10,000 items") -> list[Figure]:
    """Measure one page on both databases, in turns, and compare the best round of each.

    ``queries`` is how many it may take, None when that isn't promised; ``few`` and ``many`` say what there is of.
    """
    counts, times = {}, {SMALL: [], LARGE: []}
    for _ in range(ROUNDS):
        for size in (SMALL, LARGE):
            inside(databases[size])
            client = _client(address)
            counts[size] = _queries(client, address)
            times[size].append(seconds(lambda client=client: _get(client, address), times=15))
    rows = [
        Figure(f"{name}: queries with {many}, difference to {few}", abs(counts[LARGE] - counts[SMALL]), "", 0),
        Figure(f"{name}: time with {many} against {few}", min(times[LARGE]) / min(times[SMALL]), "×", 1.5),
    ]
    if queries is not None:
        rows.insert(0, Figure(f"{name}: queries", counts[LARGE], "", queries))
    return [*rows, Figure(f"  {name} with {many}", min(times[LARGE]) * 1000, "ms")]


def _evaluated(databases) -> list[Figure]:
    """Compare the evaluation alone, without its page, of 100 and of 10,000 ended cases."""
    times = {}
    for size in (SMALL, LARGE):
        inside(databases[size])
        version = SopVersion.objects.with_sheet().get(sop__flow="publication")
        times[size] = seconds(lambda version=version: evaluate(version), times=40)
    aim = Figure("evaluation of 10,000 cases against 100", times[LARGE] / times[SMALL], "×", 1.5)
    return [aim, Figure("  evaluation of 10,000 cases", times[LARGE] * 1000, "ms")]


def _client(address: str) -> Client:
    """Return a client whose pages are drawn each time; what is kept, tests/bench/kept.py measures."""
    with override_settings(KEPT_PAGES_MB=0):
        client = Client()
        client.get("/robots.txt")  # loads the middleware as it is set now
    if address.startswith("/meja/"):
        client.force_login(make.demo("bidang"))
    return client


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)


def _queries(client: Client, address: str) -> int:
    _get(client, address)
    with (
        CaptureQueriesContext(connections["default"]) as desk,
        CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as portal,
    ):
        _get(client, address)
    return len(desk) + len(portal)
