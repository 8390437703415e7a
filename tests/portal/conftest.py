"""What holds in the portal's tests: a shelf of their own, empty until a test fills it."""

import pytest

from ppid.shelf.models import PublishedSop
from sop.drawing.drawn import draw
from sop.models import SopVersion
from tests.portal import shelf_rows


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path, db):
    """Read the shelf through the test's own connection, and keep its files in the test's own folder."""
    settings.PORTAL_DATABASE = "default"
    settings.PUBLIC_FILES = tmp_path / "public"
    PublishedSop.objects.all().delete()  # the office of all tests has its two SOPs in force
    return shelf_rows


@pytest.fixture
def full_shelf(shelf):
    """A shelf with something of everything; returns the item that has files, and the tombstone's number."""
    report = shelf.file()
    former = shelf.item(files=[report])
    shelf.read(report.sha256, pages=1)
    item = shelf.item(
        number=former.number,
        title=former.title,
        files=[
            report,
            shelf.file(b"PK isi", filename='tabel "kelurahan" é.xlsx', media_type="application/zip", title="Tabel"),
        ],
    )
    shelf.announced(item)
    for category in ("immediate", "on_demand"):
        shelf.item(category=category, unit_code="dinkes", unit_name="Dinas Kesehatan")
    shelf.dik()
    shelf.register_edition()
    shelf.register_edition(number=2)
    shelf.page()
    shelf.page(body="Kantor kami pindah.", edition=2, note="Pindah.")
    shelf.announcement()
    shelf.duty()
    shelf.fill(item.number)
    for kind in ("dip", "dik", "reopened", "sop", "dump"):
        shelf.bundle(kind)
    shelf.sop(sheet=draw(SopVersion.objects.first().sheet()), files=[shelf.sop_file()])
    return item
