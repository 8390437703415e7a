"""The desk's one search and its list of running cases, with 100 and with 10,000 items: as many queries, how long."""

from tests.bench.measure import Figure
from tests.bench.pages import small_and_large

PAGES = {
    "desk search, number": ("/meja/cari/?q=2026-0042", 24),
    "desk search, rare word": ("/meja/cari/?q=nomor42", 24),
    "desk search, common word": ("/meja/cari/?q=laporan", 30),
    "desk search, nothing": ("/meja/cari/?q=takadasamasekali", 24),
    "running cases": ("/meja/berjalan/", 14),
}


def figures(databases) -> list[Figure]:
    return [
        figure
        for name, (address, queries) in PAGES.items()
        for figure in small_and_large(databases, name, address, queries=queries)
    ]
