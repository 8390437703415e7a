"""A usual Word document of an office, from the file to the preview's data."""

import io
from pathlib import Path

from sop.export import docx
from sop.importing import files
from sop.models import SopVersion
from tests.bench.measure import Figure, seconds
from tests.bench.office import SMALL, inside

_DOCUMENTS = Path(__file__).parents[1] / "sop" / "documents"


def figures(databases) -> list[Figure]:
    inside(databases[SMALL])
    usual = (_DOCUMENTS / "bentuk-melayang.docx").read_bytes()
    own = docx.write(SopVersion.objects.with_sheet().get(sop__flow="publication", version=1).sheet())
    return [
        Figure("import of a usual .docx with drawn shapes", _read(usual), "s", 1),
        Figure("  of one that the library exported", _read(own), "s", 1),
    ]


def _read(data: bytes) -> float:
    return seconds(lambda: files.read(io.BytesIO(data), "lembar.docx", len(data)), times=5, warm=1)
