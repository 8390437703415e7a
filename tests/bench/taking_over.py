"""A DIP of 5,000 rows in an Excel workbook, from the file to its dry run in the database, with the memory it takes."""

import io
import os
import subprocess
import sys
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from ppid.organisation.models import Unit
from ppid.takeover import preparing
from tests import make
from tests.bench.measure import Figure, grown
from tests.bench.office import SMALL, inside

ROWS = 5_000
_HEAD = [
    "No",
    "Ringkasan isi informasi",
    "Perangkat daerah",
    "Penanggung jawab",
    "Waktu dan tempat pembuatan informasi",
]
_HEAD += ["Bentuk informasi yang tersedia", "Retensi arsip", "Jenis informasi"]
_MEASURED = """
import sys, django
django.setup()
from tests.bench.taking_over import measured
print(*measured(sys.argv[1]))
"""


def figures(databases) -> list[Figure]:
    """Return what the dry run takes in a process of its own, as the server's would that has done nothing else."""
    inside(databases[SMALL])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ppid.settings"}
    child = [sys.executable, "-c", _MEASURED, databases[SMALL]]
    told = subprocess.run(child, env=environment, check=True, capture_output=True, text=True)
    taken, memory = map(float, told.stdout.split())
    return [
        Figure(f"dry run of a DIP of {ROWS:,} rows in .xlsx", taken, "s", 10),
        Figure("  memory that it takes besides", memory, "MB", 150),
    ]


def measured(database: str) -> tuple[float, float]:
    """Return seconds and MB of one dry run."""
    inside(database)
    actor, file = make.demo("bidang"), SimpleUploadedFile("dip.xlsx", _workbook())
    start = time.perf_counter()
    most = grown(lambda: _dry_run(file, actor))
    return time.perf_counter() - start, most


def _dry_run(file: SimpleUploadedFile, actor) -> None:
    takeover = preparing.upload(file, actor=actor)
    preparing.dry_run(takeover, actor=actor, place=0, way="moved")
    assert takeover.rows.tally()["taken"] == ROWS


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DIP")
    sheet.append(_HEAD)
    units = list(Unit.objects.filter(is_active=True).values_list("name", flat=True))
    for n in range(ROWS):
        title = f"Laporan pelaksanaan kegiatan nomor {n} pada tahun berjalan, dengan lampiran dan rekapitulasinya"
        place = f"{2015 + n % 10}, Pontianak"
        sheet.append([n + 1, title, units[n % len(units)], "Sekretaris", place, "Hardcopy", "5 tahun", "Berkala"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
