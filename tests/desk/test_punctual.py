"""Punctuality on the desk: in whole numbers, with what is overdue now, and every number to be looked up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ppid.flows.actions import open_publication, take_step
from tests import make
from tests.desk.pages import soup, text

pytestmark = pytest.mark.django_db


def late_case(title: str, *, unit: str = "dinsos"):
    """Return a publication that waits for step 2, one day, since a month ago."""
    long_ago = timezone.now() - timedelta(days=30)
    case = open_publication(make.information(title=title, unit=unit), actor=make.demo("bidang"), at=long_ago)
    take_step(case, "update_content", actor=make.demo("bidang"), at=long_ago)
    return make.again(case)


def test_the_inbox_counts_what_is_overdue_and_gives_no_percentage(sign_in):
    make.publication(at="preparing")  # Bidang took step 2 in time
    make.step(late_case("Terlambat dikerjakan"), "coordinate", actor="bidang")
    late_case("Belum dikerjakan")
    page = text(sign_in("bidang").get(reverse("desk:inbox")))
    assert "1 tepat waktu 1 terlambat 1 sedang terlambat" in page
    assert "Lihat 3 langkahnya" in page
    assert "%" not in page


def test_every_number_can_be_looked_up(sign_in):
    make.step(late_case("Terlambat dikerjakan"), "coordinate", actor="bidang")
    late_case("Belum dikerjakan")
    response = sign_in("bidang").get(reverse("desk:punctual"))
    assert [title.get_text(strip=True) for title in soup(response).select(".rows__title")] == ["Belum dikerjakan"]
    (row,) = soup(response).select(".ledger tbody tr")
    assert "Terlambat dikerjakan" in row.text
    assert "2 · Koordinasi pengumpulan" in row.text
    assert row.select_one(".status--late").get_text(strip=True) == "Terlambat"


def test_a_step_that_was_late_before_it_came_to_them_says_so(sign_in):
    case = late_case("Sudah lama", unit="dinkes")
    new = make.person("bidang_layanan", starts_on=timezone.localdate())
    make.step(case, "coordinate", actor=new)
    page = text(sign_in(new).get(reverse("desk:punctual")))
    assert "1 tepat waktu 0 terlambat 0 sedang terlambat" in page
    assert "Langkahnya terlambat sebelum sampai di meja Anda" in page


@pytest.mark.parametrize(("who", "words"), [("bidang", "seluruh kota"), ("dinsos", "unit Anda")])
def test_figures_of_a_city_wide_role_say_so(who, words, sign_in):
    make.publication(at="preparing")
    page = text(sign_in(who).get(reverse("desk:inbox")))
    assert f"Berjalan di {words}" in page
    rail = soup(sign_in(who).get(reverse("desk:inbox"))).select_one("nav.side").text
    assert ("Seluruh kota" in rail, "Unit saya" in rail) == (who == "bidang", who == "dinsos")


def test_whoever_has_nothing_measured_reads_so(sign_in):
    page = text(sign_in("operator").get(reverse("desk:punctual")))
    assert "Belum ada langkah Anda yang berbatas waktu." in page


def test_the_number_of_queries_does_not_grow(sign_in):
    client = sign_in("bidang")
    for n in range(2):
        late_case(f"Lama {n}")
        make.step(late_case(f"Selesai {n}"), "coordinate", actor="bidang")
    address = reverse("desk:punctual")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for n in range(4):
        late_case(f"Lagi {n}")
        make.step(late_case(f"Juga {n}"), "coordinate", actor="bidang")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 22
