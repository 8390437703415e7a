"""What holds in the portal's tests: a shelf of their own, empty until a test fills it."""

import pytest

from ppid.shelf.models import PublishedSop
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
    """A shelf with something of everything; returns the item that has files."""
    return shelf.everything()
