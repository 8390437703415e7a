"""The registers in a real browser: no column is cut at the width of an office's screen."""

import pytest

from tests import make
from tests.e2e.visit import DESKTOP, PHONE, Visit

pytestmark = pytest.mark.e2e

HIDDEN = "[...document.querySelectorAll('.scroller')].map(each => each.scrollWidth - each.clientWidth)"


@pytest.fixture(scope="module")
def rows(portal):
    """A row in each register, with words as long as offices have them."""
    long = "Laporan pertanggungjawaban pelaksanaan Anggaran Pendapatan dan Belanja Daerah Kecamatan Pontianak Tenggara"
    make.publication(at="published", unit="disdukcapil", title=long, responsible="Sekretaris Dinas Kependudukan")
    make.exclusion(at="adopted", title="Berkas perseorangan")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_no_register_hides_a_column(browser, portal, rows, width):
    with Visit(browser, portal, "utama", width=width) as reader:
        for name in ("/meja/register/pengumuman/", "/meja/register/pengecualian/", "/meja/register/dip/",
                     "/meja/register/dik/", "/dip/", "/dik/"):  # fmt: skip
            reader.go(name)
            assert reader.page.evaluate(HIDDEN) == [0], name
