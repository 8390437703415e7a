"""Where a unit is reached, at the desk: who is offered to change it, and what a refusal leaves."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

pytestmark = pytest.mark.django_db

OWN = {
    "address": "Jalan Contoh Nomor 7, Pontianak",
    "phone": "(0561) 123456",
    "email": "dinsos@contoh.go.id",
    "hours": "Senin–Jumat 08.00–15.00",
}
ADDRESS = "/meja/unit/dinsos/kontak/"


def test_its_own_ppid_finds_it_from_the_units_page_and_keeps_it(sign_in):
    client = sign_in("dinsos")
    unit = reverse("desk:unit", args=["dinsos"])
    assert ADDRESS in client.get(unit).content.decode()
    assert client.post(ADDRESS, OWN).status_code == 302
    page = client.get(unit).content.decode()
    assert "Kontak disimpan." in page
    assert "Telepon: – → (0561) 123456." in page


def test_others_see_it_and_are_told_whose_it_is(sign_in):
    client = sign_in("bidang")
    assert ADDRESS not in client.get(reverse("desk:unit", args=["dinsos"])).content.decode()
    answer = client.get(ADDRESS)
    assert answer.status_code == 403
    assert "PPID Pelaksana unit itu sendiri" in answer.content.decode()


def test_a_refusal_keeps_what_was_typed_beside_its_sentence(sign_in):
    answer = sign_in("dinsos").post(ADDRESS, {**OWN, "phone": "tidak ada"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find(id="id_phone")["value"] == "tidak ada"
    assert page.find(id="id_address")["value"] == OWN["address"]
    assert "Tulis satu nomor telepon" in page.text


def test_the_ppid_of_another_unit_is_offered_nothing_here(sign_in):
    client = sign_in("disdukcapil")
    assert ADDRESS not in client.get(reverse("desk:unit", args=["dinsos"])).content.decode()
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, OWN).status_code == 403
    own = "/meja/unit/disdukcapil/kontak/"
    assert own in client.get(reverse("desk:unit", args=["disdukcapil"])).content.decode()
    assert client.get(own).status_code == 200
