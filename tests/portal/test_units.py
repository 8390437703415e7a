"""The portal lists a unit once, by its present name; old links go on, and everyday names are searched."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation.units import call, rename
from tests import make
from tests.desk.pages import soup

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def listed(client, **asked) -> str:
    return client.get(reverse("portal:items"), asked).content.decode()


def test_a_renamed_unit_is_listed_once_by_its_present_name(client):
    make.publication(at="published")
    named = {"name": "Dinas Sosial Baru", "short_name": "Dinsos Baru", "because": "Perwa 71/2026"}
    rename(make.unit("dinsos"), starts_on=TODAY, actor=make.demo("utama"), **named)
    make.publication(at="published")
    page = listed(client)
    assert page.count('<option value="dinsos"') == 1
    assert ">Dinas Sosial Baru</option>" in page


def test_an_old_link_goes_on_and_says_the_successor(client):
    case = make.publication(at="published")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa", actor=chief)
    page = listed(client, unit="dinsos")
    assert case.information.number in page
    assert "yang dimilikinya kini pada Dinas Kesehatan Kota Pontianak" in page
    assert '<option value="dinsos"' not in page


def test_what_people_call_a_unit_finds_its_items(client):
    case = make.publication(at="published")
    assert case.information.number not in listed(client, q="bansosku")
    call(make.unit("dinsos"), short_name="Dinas Sosial", everyday_names=["bansosku"], actor=make.demo("utama"))
    assert case.information.number in listed(client, q="bansosku")
    assert case.information.number in listed(client, q="realisasi Bansosku")
    assert case.information.number not in listed(client, q="akta bansosku")


def test_the_page_of_an_item_names_its_unit_as_on_its_day_and_as_it_is_now(client):
    address = reverse("portal:item", args=[make.publication(at="published").information.number])

    def said() -> tuple[str, str]:
        page = soup(client.get(address))
        unit = page.find("dt", string="Unit yang menguasai").find_next("dd")
        return page.find(class_="page-head__meta").text, unit.text

    assert all("kini" not in text for text in said())
    named = {"name": "Dinas Sosial Baru", "short_name": "Dinsos Baru", "because": "Perwa 71/2026"}
    rename(make.unit("dinsos"), starts_on=TODAY, actor=make.demo("utama"), **named)
    assert all("Dinas Sosial Kota Pontianak, kini Dinas Sosial Baru" in text for text in said())
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa", actor=chief)
    assert all("Dinas Sosial Kota Pontianak, kini Dinas Kesehatan Kota Pontianak" in text for text in said())
