"""PDFs read in a limited child: for personal data and for the search; how long, and how much memory at most."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ppid.web.reading import find_personal, read_pages
from tests.bench.measure import Figure
from tests.make_pdf import pages

_LINE = "Realisasi bantuan sosial per kelurahan menurut jenis, tahap, dan sumber dana sampai akhir triwulan"
_PDF = "application/pdf"

_MEASURED = """
import sys
from tests.bench.reading import measured
print(*measured(*sys.argv[1:]))
"""


def figures(databases) -> list[Figure]:
    """Return what reading takes from a process that has had no other child: the largest one counts."""
    personal, personal_peak = _child("personal", 100)
    text, text_peak = _child("text", 20)
    return [
        Figure("a PDF of 100 pages read for personal data", personal, "s", 3),
        Figure("  memory of the child that reads it", personal_peak, "MB", 200),
        Figure("a PDF of 20 pages read for the search", text, "s", 1),
        Figure("  memory of the child that reads it", text_peak, "MB", 250),
    ]


def _child(what: str, count: int) -> tuple[float, float]:
    lines = "\n".join([_LINE] * 50)
    content = pages(*(f"Halaman {n}, NIK 61710345109{n:05}\n{lines}" for n in range(1, count + 1)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "laporan.pdf")
        path.write_bytes(content)
        child = [sys.executable, "-c", _MEASURED, what, str(path), str(count)]
        told = subprocess.run(child, check=True, capture_output=True, text=True)
    took, peak = map(float, told.stdout.split())
    return took, peak


def measured(what: str, path: str, count: str) -> tuple[float, float]:
    """Return seconds, and MB of the child."""
    start = time.perf_counter()
    if what == "text":
        assert len(read_pages(Path(path), _PDF).pages) == int(count)
    else:
        read = find_personal(Path(path), _PDF)
        assert (read.pages, read.found[0].count) == (int(count), int(count))
    took = time.perf_counter() - start
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
