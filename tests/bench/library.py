"""The SOP library with 50 and with 5,000 sheets: as many queries, about the same time, in public and at the desk."""

from django.db import connection

from ppid.shelf.search import index
from sop.models import Sop
from tests.bench.measure import Figure
from tests.bench.office import LARGE, ROADS, SMALL, WORDS, inside
from tests.bench.pages import small_and_large
from tests.make import unit

FEW, MANY = 50, 5_000
UNITS = ("dinsos", "disdukcapil", "dinkes", "diskominfo")
PUBLIC = {
    "library": "/sop/",
    "library, page 2": "/sop/?halaman=2",
    "library, a unit": "/sop/?unit=dinkes",
    "library search, rare word": "/sop/?q=nomor42",
    "library search, a step": "/sop/?q=memeriksa+tahap7",
    "library search, common word": "/sop/?q=laporan",
}
DESK = {"library at the desk": "/meja/sop/", "library search at the desk": "/meja/sop/?q=nomor42"}


def figures(databases) -> list[Figure]:
    for size, sheets in ((SMALL, FEW), (LARGE, MANY)):
        inside(databases[size])
        fill(sheets)
    found = []
    for pages, queries in ((PUBLIC, 6), (DESK, None)):
        for name, address in pages.items():
            found += small_and_large(databases, name, address, queries=queries, few=str(FEW), many=f"{MANY:,} sheets")
    inside(databases[SMALL])
    return found


def fill(sheets: int) -> None:
    """Show as many sheets as are missing to ``sheets``, each drawn like the office's first; the desk lists them too."""
    missing = range(sheets - Sop.objects.count())
    units = {code: unit(code) for code in UNITS}
    Sop.objects.bulk_create(
        Sop(slug=f"bench-{n}", title=_title(n), unit=units[UNITS[n % 4]], theme=f"tema {n % 12}") for n in missing
    )
    rows = [
        (f"bench-{n}", _title(n), _title(n).casefold(), f"tema {n % 12}", *_unit(units, n), f"{n}/SOP/2026", _steps(n))
        for n in missing
    ]
    with connection.cursor() as cursor:
        # The drawn sheet is copied inside the database: it is long, and the same for all.
        cursor.executemany(
            """
            INSERT INTO shelf_publishedsop
                (slug, title, name, theme, unit_code, unit_name, number, steps, version, status, flow, is_master,
                 effective, in_force_from, ended_because, related, sheet, pdf_sha256, pdf_size, approved_at)
            SELECT %s, %s, %s, %s, %s, %s, %s, %s, 1, 'in_force', '', false,
                   '2026', in_force_from, '', '{}', sheet, pdf_sha256, pdf_size, approved_at
            FROM shelf_publishedsop WHERE flow = 'publication' AND status = 'in_force' AND is_master
            """,
            rows,
        )
    index.mend()  # rows that no act of the shelf wrote are not found yet
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _unit(units, n: int) -> tuple[str, str]:
    return units[UNITS[n % 4]].code, units[UNITS[n % 4]].name


def _title(n: int) -> str:
    return f"Penyusunan {WORDS[n % 10]} {WORDS[n // 10 % 10]} {ROADS[n // 100 % 10]} nomor{n}"


def _steps(n: int) -> str:
    verbs = ("Menerima", "Memeriksa", "Mencatat", "Menyusun", "Menyetujui", "Mengirim", "Mengarsipkan")
    return "\n".join(f"{verb} {WORDS[n // 3 % 10]} wilayah {ROADS[n // 5 % 10]} tahap{n}" for verb in verbs)
