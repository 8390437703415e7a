"""Pages of the portal against a bare view: kept, not modified, and drawn anew; each through all middleware."""

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.bench.measure import Figure, paired
from tests.bench.office import LARGE, inside

PAGES = {
    "home": "/",
    "list": "/informasi/",
    "facet": "/informasi/?jenis=berkala&unit=dinsos&tahun=2026",
    "item": "/informasi/B-000042/",
    "DIP": "/dip/",
}
BARE = "/bare/"
PACKED = {"Accept-Encoding": "gzip"}


def figures(databases) -> list[Figure]:
    inside(databases[LARGE])
    with override_settings(ROOT_URLCONF="tests.bench.bare_urls"):
        return [figure for name, address in PAGES.items() for figure in _of(name, address)]


def _of(name: str, address: str) -> list[Figure]:
    keeping = Client(headers=PACKED)
    with override_settings(KEPT_PAGES_MB=0):
        drawing = Client(headers=PACKED)
        drawing.get(BARE)  # loads the middleware as it is set now
    held = {"If-None-Match": _answered(keeping, address)["ETag"]}
    kept, unchanged, anew, bare = paired(
        lambda: _answered(keeping, address),
        lambda: _answered(keeping, address, 304, headers=held),
        lambda: _answered(drawing, address),
        lambda: _answered(drawing, BARE),
        times=80,
    )
    return [
        Figure(f"{name}: kept, against a bare view", kept / bare, "×", 1.3),
        Figure(f"{name}: not modified, against a bare view", unchanged / bare, "×", 0.5),
        Figure(f"{name}: drawn anew, against a bare view", anew / bare, "×", 3),
        Figure(f"{name}: queries of a page drawn anew", _queries(address), "", 4),
        Figure(f"  {name} kept, drawn anew", kept * 1000, f"ms, {anew * 1000:.1f} ms"),
    ]


def _answered(client: Client, address: str, status: int = 200, **options):
    response = client.get(address, **options)
    assert response.status_code == status, (address, response.status_code)
    return response


def _queries(address: str) -> int:
    """Count the queries of a page that nobody keeps yet, the one for the edition too, of a process that is in use."""
    client = Client()
    _answered(client, "/glosarium/")  # what is announced on top is read once an edition
    with CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as portal:
        _answered(client, address)
    return len(portal)
