"""The decision screen in an office of many cases: how many queries it asks, and its time against the case page."""

from django.test import Client
from django.urls import reverse

from ppid.flows.models import Case
from tests import make
from tests.bench.measure import Figure, paired
from tests.bench.office import LARGE, inside
from tests.bench.pages import _get, _queries
from tests.desk.test_queries import SESSION

MOST_QUERIES, MOST_OF_THE_PLAIN_PAGE = 25 + SESSION, 1.5


def figures(databases) -> list[Figure]:
    inside(databases[LARGE])
    client = Client()
    client.force_login(make.demo("utama"))
    case = come_back_twice()
    screen, plain = reverse("desk:decide", args=[case.number]), case.get_absolute_url()
    queries = _queries(client, screen)
    ours, theirs = paired(lambda: _get(client, screen), lambda: _get(client, plain), times=20)
    return [
        Figure("decision screen of a case that came back: queries", queries, "", MOST_QUERIES),
        Figure("decision screen: time against the plain case page", ours / theirs, "×", MOST_OF_THE_PLAIN_PAGE),
        Figure("  decision screen", ours * 1000, "ms"),
    ]


def come_back_twice() -> Case:
    """Make a publication that was sent back twice and waits for step 4 again."""
    case = make.publication(at="clarifying")
    for reason in ("Ringkasan kurang.\nTabel terpotong.", "Masih kurang."):
        case = make.step(case, "return_for_repair", actor="utama", note=reason)
        case = make.step(case, "prepare", actor="dinsos")
    return case
