"""A PDF of 100 full pages read for personal data, in its child: how long, and how much memory at most."""

import resource
import tempfile
import time
from pathlib import Path

from ppid.web.reading import find_personal
from tests.bench.measure import Figure
from tests.make_pdf import pages

_LINE = "Realisasi bantuan sosial per kelurahan menurut jenis, tahap, dan sumber dana sampai akhir triwulan"


def figures(databases) -> list[Figure]:
    lines = "\n".join([_LINE] * 50)
    content = pages(*(f"Halaman {n}, NIK 61710345109{n:05}\n{lines}" for n in range(1, 101)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "laporan.pdf")
        path.write_bytes(content)
        start = time.perf_counter()
        read = find_personal(path, "application/pdf")
        took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert read.pages == 100
    assert read.found[0].count == 100
    return [
        Figure("a PDF of 100 pages read for personal data", took, "s", 3),
        Figure("memory of the largest child so far, the reading one among them", peak, "MB", 200),
    ]
