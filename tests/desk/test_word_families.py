"""Words that mean the same, kept at the desk by those who serve the public."""

import pytest
from django.urls import reverse

from ppid.shelf.models import FamilyWord, WordFamily
from ppid.shelf.search.families import keep_family
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(client, who: str):
    client.force_login(make.demo(who))
    return client


@pytest.mark.parametrize("who", ["utama", "bidang"])
def test_its_keepers_add_change_and_remove_a_family(client, who):
    client = signed_in(client, who)
    form = {"words": "bansos\nbantuan sosial"}
    assert client.post(reverse("desk:family-add"), form).status_code == 302
    family = WordFamily.objects.get()
    page = client.get(reverse("desk:families")).content.decode()
    assert "bansos · bantuan sosial" in page
    client.post(reverse("desk:family-edit", args=[family.pk]), {"words": "bansos\nbantuan sosial\nPKH"})
    assert FamilyWord.objects.count() == 3
    client.post(reverse("desk:family-drop", args=[family.pk]))
    assert not WordFamily.objects.exists()


def test_what_can_not_be_a_family_is_refused_with_a_sentence_and_nothing_is_lost(client):
    client = signed_in(client, "utama")
    page = client.post(reverse("desk:family-add"), {"words": "sekolah\nSekolah"})
    assert page.status_code in (200, 422)
    assert "menunjuk dirinya sendiri" in page.content.decode()
    assert "sekolah\nSekolah" in page.content.decode()


def test_others_read_and_change_nothing(client):
    family = keep_family(["kata satu", "kata dua"])
    client = signed_in(client, "operator")
    assert "kata satu" in client.get(reverse("desk:families")).content.decode()
    assert client.post(reverse("desk:family-drop", args=[family.pk])).status_code == 403
    assert WordFamily.objects.exists()
