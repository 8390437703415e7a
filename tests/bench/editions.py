"""Two editions of the DIP with 5,000 rows each: compared, read and taken away, and a part of the annex printed."""

import time
from datetime import timedelta

from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from ppid.editions.printing import annex
from ppid.shelf import actions as shelf
from ppid.shelf.models import PublishedRegister
from ppid.shelf.register_fields import DIP, Row
from ppid.shelf.register_models import ANNEX_ROWS, rows_of_part
from tests.bench.measure import Figure, seconds
from tests.bench.office import SMALL, inside

ROWS = 5_000


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    now = timezone.now()
    for number, first in ((901, 0), (902, 250)):  # 250 rows went, 250 came, a tenth changed
        edition = PublishedRegister(
            register=DIP,
            number=number,
            year=now.year,
            as_of=timezone.localdate(now) + timedelta(days=number),
            decree_number=f"{number}/PPID",
            decree_date=timezone.localdate(now),
            set_at=now,
            size=ROWS,
        )
        shelf.put_register(edition, [_row(n, number) for n in range(first, first + ROWS)])
    try:
        return [
            Figure(f"editions of {ROWS:,} rows compared, as a page", _get("/dip/edisi/902/banding/901/"), "s", 1),
            Figure("  an edition, page 2", _get("/dip/edisi/902/?halaman=2"), "s", 1),
            Figure("  an edition as XLSX", _get("/dip/edisi/902/daftar.xlsx"), "s"),
            Figure(f"  a part of its annex as PDF, {ANNEX_ROWS} rows", _printed(edition), "s"),
        ]
    finally:
        PublishedRegister.objects.filter(number__gt=900).delete()


def _row(n: int, edition: int) -> Row:
    values = {
        "number": f"2026-{n:05}",
        "title": f"Laporan realisasi bantuan sosial {n}",
        "summary": "Jumlah penerima dan realisasi anggaran per kelurahan, menurut jenis bantuan.",
        "unit": f"Dinas {n % 40}",
        "responsible": "Sekretaris Dinas",
        "made": "Pontianak, 5 November 2026",
        "form": "Softcopy",
        "retention": f"{edition if n % 10 == 0 else 5} tahun",
        "category": "Berkala",
    }
    return Row(values["number"], values, f"dinas-{n % 40}")


def _get(address: str) -> float:
    """Return how long it takes where no page is kept and nothing is remembered."""
    with override_settings(KEPT_PAGES_MB=0):
        client = Client()
        return seconds(lambda: _answered(client, address), times=5, warm=1)


def _answered(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    assert response.getvalue()  # what is streamed is written only when it is read


def _printed(edition: PublishedRegister) -> float:
    rows, start = list(rows_of_part(edition, 1)), time.perf_counter()
    annex(edition, 1, rows)
    return time.perf_counter() - start
