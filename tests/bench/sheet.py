"""The 7-step sheet and one of 40 steps and 10 performers: warm renders against Chromium printing the sheet's page."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from sop.drawing.drawn import draw
from sop.models import SopVersion
from sop.paper import pdf
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside
from tests.sop.large_sheets import large

CHROMIUM = [
    "/usr/bin/chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-pdf-header-footer",
]


# Run by itself, so that the peak is the render's alone. getrusage() would tell that of the process which started it,
# for Linux hands the figure on to a new program; VmHWM belongs to this one.
_PEAK = """
import re, django
django.setup()
from sop.paper import pdf
from tests.sop.large_sheets import large
pdf.render(large())
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 1024)
"""


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    version = SopVersion.objects.with_sheet().get(sop__flow="publication", version=1)
    small, big = version.sheet(), large()
    ours, theirs = _against_chromium(small)
    ours_big, theirs_big = _against_chromium(big)
    cells = _cells(big) / _cells(small)
    return [
        Figure("7-step sheet, warm, against Chromium printing the sheet's page", ours / theirs, "×", 0.25),
        Figure("  one warm render", ours * 1000, "ms"),
        Figure("  one Chromium print", theirs * 1000, "ms"),
        Figure("40 × 10 sheet, warm, against Chromium printing the sheet's page", ours_big / theirs_big, "×", 0.6),
        Figure("  one warm render", ours_big * 1000, "ms"),
        Figure("  one Chromium print", theirs_big * 1000, "ms"),
        Figure("40 × 10 sheet, cost for a cell against the 7-step sheet's", ours_big / ours / cells, "×", 1),
        Figure("40 × 10 sheet, peak memory", _peak(), "MB", 250),
    ]


def _against_chromium(sheet) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "sheet.html"
        page.write_text(_standalone(sheet), encoding="utf-8")

        def chromium():
            subprocess.run(
                [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", page.as_uri()],
                check=True,
                capture_output=True,
            )

        ours, theirs = paired(lambda: pdf.render(sheet), chromium, times=5, warm=2)
    return ours, theirs


def _cells(sheet) -> int:
    return len(sheet.rows) * (len(sheet.performers) + 6)


def _peak() -> float:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ppid.settings"}
    run = subprocess.run([sys.executable, "-c", _PEAK], check=True, capture_output=True, text=True, env=environment)
    return float(run.stdout)


def _standalone(sheet) -> str:
    """Return the sheet as browsers show it, with its stylesheet linked as a file."""
    drawn = render_to_string("sop/sheet.html", {"sheet": draw(sheet), "heading_tag": "h1"})
    stylesheet = Path(finders.find("css/sheet.css")).as_uri()
    head = f'<meta charset="utf-8"><title>SOP</title><link rel="stylesheet" href="{stylesheet}">'
    return f'<!doctype html><html lang="id"><head>{head}</head><body>{drawn}</body></html>'
