"""A PDF of 100 full pages read for personal data, in its child: how long, and how much memory at most."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ppid.web.reading import find_personal
from tests.bench.measure import Figure
from tests.make_pdf import pages

_LINE = "Realisasi bantuan sosial per kelurahan menurut jenis, tahap, dan sumber dana sampai akhir triwulan"

_MEASURED = """
import sys
from tests.bench.reading import measured
print(*measured(sys.argv[1]))
"""


def figures(databases) -> list[Figure]:
    """Return what reading takes from a process that has had no other child: the largest one counts."""
    lines = "\n".join([_LINE] * 50)
    content = pages(*(f"Halaman {n}, NIK 61710345109{n:05}\n{lines}" for n in range(1, 101)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "laporan.pdf")
        path.write_bytes(content)
        child = [sys.executable, "-c", _MEASURED, str(path)]
        told = subprocess.run(child, check=True, capture_output=True, text=True)
    took, peak = map(float, told.stdout.split())
    return [
        Figure("a PDF of 100 pages read for personal data", took, "s", 3),
        Figure("  memory of the child that reads it", peak, "MB", 200),
    ]


def measured(path: str) -> tuple[float, float]:
    """Return seconds, and MB of the child."""
    start = time.perf_counter()
    read = find_personal(Path(path), "application/pdf")
    took = time.perf_counter() - start
    assert read.pages == 100
    assert read.found[0].count == 100
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
