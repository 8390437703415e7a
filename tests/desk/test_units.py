"""The pages of units, and the pages on which their names stand: as they were on their day, and as they are now."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from tests import make
from tests.desk.pages import soup

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FORMER = "Dinas Sosial Kota Pontianak"


def test_the_page_of_a_case_shows_both_names_and_in_its_history_that_it_passed_on(sign_in):
    case = make.publication(at="published")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa 71/2026", actor=chief)
    page = soup(sign_in("utama").get(reverse("desk:case", args=[case.number])))
    assert f"{FORMER}, kini Dinas Kesehatan Kota Pontianak" in page.find(class_="page-head__meta").text
    history = page.find(class_="ledger").text
    assert "Diteruskan ke unit lain" in history
    assert f"Dari {FORMER} ke Dinas Kesehatan Kota Pontianak." in history
    assert "untuk Dinas Sosial" in history
