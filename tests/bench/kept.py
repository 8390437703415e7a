"""Pages of the portal on shelves of 10,000 items and more: kept, not modified, drawn anew, and growing with the shelf.

Each goes through all middleware, and is held against a view that renders the base template alone. A page is drawn anew
where nobody asked for its address yet: so nothing of it is kept but what one process reads once an edition
(``ppid.portal.of_edition``), and rows that said the same before (``ppid.web.drawn``). A question of the search is one
that nobody asked yet, but for the next pages of what was found.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote_plus

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from ppid.shelf.models import ItemCount, PublishedItem, SearchWord, ShownDuty
from ppid.shelf.sitemap import SitemapPart
from ppid.web import drawn
from tests.bench.measure import Figure, grouped, paired
from tests.bench.office import inside
from tests.bench.shelf import COMMON, RARE, THREE

BARE = "/bare/"
PACKED = {"Accept-Encoding": "gzip"}
OF_EACH = 24  # addresses of a kind of page, of which the slowest but one is told
ROUNDS = 3
_count = itertools.count(1)
_SIGNS = str.maketrans("0123456789", ".,;:!?()*-")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its name, and the addresses of such pages on the shelf that is asked just now."""

    name: str
    addresses: Callable[[], list[str]]


def _some(rows, *names: str) -> list:
    """Return rows that lie as far from each other as they can."""
    found = list(rows.values_list(*names))
    return found[:: max(len(found) // OF_EACH, 1)][:OF_EACH]


def _facets() -> list[str]:
    """Return the three filters together, as what there is of them falls; the last of them find nothing."""
    slugs = {"periodic": "berkala", "immediate": "serta-merta", "on_demand": "setiap-saat"}
    found = _some(ItemCount.objects.order_by("n", "pk"), "category", "unit_code", "year")
    return [f"/informasi/?jenis={slugs[a]}&unit={unit}&tahun={year}" for a, unit, year in found]


def _items() -> list[str]:
    newest = PublishedItem.objects.order_by("-pk").values_list("pk", flat=True).first()
    keys = [newest - n * (newest // OF_EACH) // 2 for n in range(OF_EACH)]
    return list(PublishedItem.objects.filter(pk__in=keys).values_list("number", flat=True))


def _words() -> list[str]:
    """Return words from the commonest to those that stand in one entry."""
    found = SearchWord.objects.order_by("-entries", "word").values_list("word", flat=True)
    return [*found[: OF_EACH // 2], *found.order_by("entries", "word")[: OF_EACH // 2]]


def _units() -> list[str]:
    return sorted(dict.fromkeys(ItemCount.objects.values_list("unit_code", flat=True)))[:OF_EACH]


def _duties() -> list[str]:
    return list(ShownDuty.objects.standing(on=timezone.localdate()).values_list("code", flat=True))[:OF_EACH]


def _search(words: list[str]) -> list[str]:
    return [f"/cari/?q={quote_plus(each)}" for each in words]


KINDS = (
    Kind("home", lambda: ["/"]),
    Kind("list", lambda: ["/informasi/", *(f"/informasi/?halaman={n}" for n in range(2, 500, 40))]),
    Kind("facets", _facets),
    Kind("list, words", lambda: [f"/informasi/?q={word}" for word in _words()]),
    Kind("item", lambda: [f"/informasi/{number}/" for number in _items()]),
    Kind("DIP", lambda: ["/dip/", "/dip/?urut=judul", "/dip/?urut=unit", "/dip/?halaman=150"]),
    Kind("unit", lambda: [f"/unit/{code}/" for code in _units()]),
    Kind("search, a common word", lambda: _search([COMMON])),
    Kind("search, a rare word", lambda: _search([RARE])),
    Kind("search, three words", lambda: _search([THREE])),
    Kind("search, all kinds of words", lambda: _search(_words())),
    Kind("search, next pages of what was found", lambda: [f"/cari/?halaman={n}&q={COMMON}" for n in range(2, 8)]),
    Kind("matrix", lambda: [reverse("portal:duties")]),
    Kind("matrix of a year", lambda: [f"{reverse('portal:duties')}?tahun={timezone.localdate().year - 1}"]),
    Kind("duties of a unit", lambda: [reverse("portal:duties_of_unit", args=[code]) for code in _units()]),
    Kind("a duty", lambda: [reverse("portal:duty", args=[code]) for code in _duties()]),
    Kind("DIK", lambda: ["/dik/", "/dik/?urut=sk", *(f"/dik/?unit={code}" for code in _units()[:5])]),
    Kind("open again", lambda: ["/dik/dibuka-kembali/", "/dik/dibuka-kembali/?urut=unit"]),
    Kind("SOP", lambda: ["/sop/", "/sop/?urut=berlaku", *(f"/sop/?unit={code}" for code in _units()[:5])]),
    Kind("SOP, to print", lambda: ["/sop/?cetak"]),
    Kind("statistics", lambda: [reverse("portal:statistics")]),
    Kind("feed", lambda: [reverse("portal:atom"), *(f"{reverse('portal:atom')}?unit={code}" for code in _units()[:5])]),
    Kind("API", lambda: ["/api/v1/items", *(f"/api/v1/items?unit={code}" for code in _units()[:5])]),
    Kind("API, an item", lambda: [f"/api/v1/items/{number}" for number in _items()]),
    Kind("sitemap", lambda: [reverse("portal:sitemap")]),
)


def figures(databases) -> list[Figure]:
    with override_settings(ROOT_URLCONF="tests.bench.bare_urls"):
        small, *larger = databases.sizes
        inside(databases.shelf(larger[0]))
        found = [figure for kind in KINDS for figure in _of(kind, larger[0])]
        for size in larger:
            found += _growth(databases, small, size)
        inside(databases.shelf(larger[-1]))
        return [*found, *_map(larger[-1])]


def _of(kind: Kind, size: int) -> list[Figure]:
    address = kind.addresses()[0]
    reader, bare = Client(headers=PACKED), _bare()
    held = {"If-None-Match": _answered(reader, address)["ETag"]}
    kept, unchanged, anew, plain = paired(
        lambda: _answered(reader, address),
        lambda: _answered(reader, address, 304, headers=held),
        lambda: _anew(reader, address),
        lambda: _answered(bare, BARE),
        times=60,
    )
    first = paired(lambda: _never_drawn(reader, address), times=10)[0]
    steady, cold = _queries(reader, address), _queries(Client(), address)
    return [
        Figure(f"{kind.name}: kept, against a bare view", kept / plain, "×", 1.3),
        Figure(f"{kind.name}: not modified, against a bare view", unchanged / plain, "×", 0.5),
        Figure(f"{kind.name}: drawn anew, against a bare view", anew / plain, "×", 3),
        Figure(f"{kind.name}: queries of a page drawn anew, the edition's too", steady, "", 4),
        Figure("  the first page of an edition in its process: queries", cold, ""),
        Figure("  kept; anew; no row drawn before", kept * 1000, f"ms; {anew * 1000:.1f}; {first * 1000:.1f}"),
    ]


def _growth(databases, small: int, large: int) -> Iterator[Figure]:
    """Compare the slow pages of each kind on two shelves, in turns: of each address its best round."""
    best: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for size in (small, large):
            inside(databases.shelf(size))
            for kind in KINDS:
                taken = _each(kind.addresses())
                before = best.get((kind.name, size), taken)
                best[kind.name, size] = [min(pair) for pair in zip(before, taken, strict=True)]
    for kind in KINDS:
        few, many = (_p95(best[kind.name, size]) for size in (small, large))
        yield Figure(f"{kind.name}: p95 with {large:,} items against {small:,}", many / few, "×", 1.5)
        yield Figure(f"  with {large:,} items", many * 1000, "ms")


def _each(addresses: list[str]) -> list[float]:
    """Return the best time of each page."""
    reader = Client(headers=PACKED)
    _anew(reader, addresses[0])
    return [min(grouped(partial(_anew, reader, address), times=3)) for address in addresses]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[max(-(-len(taken) * 95 // 100) - 1, 0)]


def _map(size: int) -> list[Figure]:
    """Measure a whole part of the map of items, which is as long on every shelf."""
    part = SitemapPart.objects.order_by("part").values_list("part", flat=True).first()
    reader, address = Client(headers=PACKED), reverse("portal:sitemap_items", args=[part])
    taken = paired(lambda: _anew(reader, address), times=3, warm=1)[0]
    return [Figure(f"a part of the sitemap with {size:,} items", taken * 1000, "ms")]


def _bare() -> Client:
    """Return a client whose pages are drawn each time, and nothing of them kept or asked for."""
    with override_settings(KEPT_PAGES_MB=0):
        client = Client(headers=PACKED)
        client.get(BARE)  # loads the middleware as it is set now
    return client


def _answered(client: Client, address: str, status: int = 200, **options):
    """Ask as another reader: none may search so often."""
    n = next(_count)
    reader = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
    response = client.get(address, REMOTE_ADDR=reader, **options)
    assert response.status_code == status, (address, response.status_code)
    return response


def _anew(client: Client, address: str):
    """Ask for what nobody has asked for yet: by a parameter that no page knows; the API refuses those, so its host.

    A question of the search is another one by signs that are no words, for what was found once is remembered.
    """
    n = next(_count)
    if address.startswith("/api/"):
        return _answered(client, address, headers={"host": f"h{n}.example"})
    if address.startswith("/cari/?q="):
        return _answered(client, f"{address}+{str(n).translate(_SIGNS)}")
    return _answered(client, f"{address}{'&' if '?' in address else '?'}bench={n}")


def _never_drawn(client: Client, address: str):
    drawn.kept.clear()
    return _anew(client, address)


def _queries(client: Client, address: str) -> int:
    """Count the queries of a page that nobody keeps yet."""
    with CaptureQueriesContext(connections[settings.PORTAL_DATABASE]) as portal:
        _anew(client, address)
    return len(portal)
