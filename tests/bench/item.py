"""An item's page with its document in it, and the verification of bytes: queries, and time against a bare view."""

from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from ppid.shelf import known_bytes
from ppid.shelf.models import KnownBytes, PublishedFile, ReadFile
from tests.bench.measure import Figure, paired
from tests.bench.office import LARGE, inside
from tests.portal import shelf_rows

BARE = "/bare/"
ITEM = "/informasi/B-000042/"


def figures(databases) -> list[Figure]:
    inside(databases[LARGE])
    with transaction.atomic(), override_settings(ROOT_URLCONF="tests.bench.bare_urls", PORTAL_DATABASE="default"):
        sha256 = _read()
        found = [
            *_page("item with its document", ITEM),
            *_page("item with its document, page 40", f"{ITEM}?halaman=40"),
            *_page("verification, known", f"/verifikasi/?sha256={sha256}"),
            *_page("verification, not known", f"/verifikasi/?sha256={'0' * 64}"),
        ]
        transaction.set_rollback(True)
    return found


def _read() -> str:
    """Let the item's file have sixty pages, and as many others be known as there would be of 10,000 items."""
    file = PublishedFile.objects.filter(item__number="B-000042").first()
    if not ReadFile.objects.filter(sha256=file.sha256).exists():
        shelf_rows.read(file.sha256, pages=60)
    at = file.item.published_at
    known_bytes.note("item", "B-000042", file.item.edition, [(file.key, file.sha256)], at=at, unit_name="Dinas Sosial")
    KnownBytes.objects.bulk_create(
        KnownBytes(kind="item", number=f"B-{n:06}", edition=9, key="x", sha256=f"{n:064x}", published_at=at)
        for n in range(10_000, 20_000)
    )
    return file.sha256


def _page(name: str, address: str) -> list[Figure]:
    with override_settings(KEPT_PAGES_MB=0):
        drawing = Client()
        drawing.get(BARE)  # loads the middleware as it is set now
    anew, bare = paired(lambda: _answered(drawing, address), lambda: _answered(drawing, BARE), times=60)
    keeping = Client()
    _answered(keeping, f"{address}{'&' if '?' in address else '?'}before")  # what is read once an edition is read
    with CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as asked:
        _answered(keeping, address)
    return [
        Figure(f"{name}: queries of a page drawn anew, the edition's too", len(asked), "", 4),
        Figure(f"  {name}: drawn anew, against a bare view", anew / bare, f"×, {anew * 1000:.1f} ms"),
    ]


def _answered(client: Client, address: str):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response
