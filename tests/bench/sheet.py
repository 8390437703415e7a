"""The 7-step sheet: a warm render against headless Chromium printing the same HTML."""

import subprocess
import tempfile
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from sop import pdf
from sop.drawing import draw
from sop.models import SopVersion
from tests.bench.measure import Figure, paired
from tests.bench.office import SMALL, inside

CHROMIUM = [
    "/usr/bin/chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-pdf-header-footer",
]


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    version = SopVersion.objects.with_sheet().get(sop__flow="publication", version=1)
    sheet = version.sheet()
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
    return [
        Figure("7-step sheet, warm, against Chromium printing the same HTML", ours / theirs, "×", 0.25),
        Figure("  one warm render", ours * 1000, "ms"),
        Figure("  one Chromium print", theirs * 1000, "ms"),
    ]


def _standalone(sheet) -> str:
    """Return the HTML that ``sop.pdf`` gives to WeasyPrint, with its stylesheet linked as a file."""
    html = render_to_string("pdf/sheet.html", {"sheet": draw(sheet), "watermark": "", "foot": ""})
    stylesheet = Path(finders.find("css/sheet.css")).as_uri()
    return html.replace("</head>", f'<link rel="stylesheet" href="{stylesheet}"></head>')
