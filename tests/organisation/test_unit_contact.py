"""Where a unit is reached: written down by itself or by who keeps units, told with who and when, read by the public."""

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.utils import timezone

from ppid.flows.closing import close_unit
from ppid.organisation.models import Unit
from ppid.organisation.unit_contact import reach
from ppid.organisation.units import UnitChanged, UnitForbidden, UnitRefused, rename
from ppid.shelf.units import ShelfUnit
from tests import make

pytestmark = pytest.mark.django_db

OWN = {
    "address": "Jalan Contoh Nomor 7, Pontianak",
    "phone": "(0561) 123456",
    "email": "dinsos@contoh.go.id",
    "hours": "Senin–Jumat 08.00–15.00",
}


def dinsos() -> Unit:
    return make.unit("dinsos")


def side(client) -> str:
    """Return what the unit's page says of whom to ask."""
    page = BeautifulSoup(client.get("/unit/dinsos/").content, "html.parser")
    return " ".join(page.find(id="siapa").parent.get_text(" ").split())


def test_the_units_own_ppid_writes_it_down_and_the_public_reads_it(client):
    assert "Jalan Contoh Nomor 1" in side(client), "the office's own"
    reach(dinsos(), **OWN, actor=make.demo("dinsos"))
    for said in OWN.values():
        assert said in side(client)
    assert "Jalan Contoh Nomor 1" not in side(client)
    assert "jam layanan dan kontaknya" in side(client)
    page = BeautifulSoup(client.get("/unit/dinsos/").content, "html.parser").find(id="siapa").parent
    assert [link["href"] for link in page.find_all("a")][:2] == ["tel:0561123456", "mailto:dinsos@contoh.go.id"]


def test_the_ledger_says_who_changed_it_when_and_from_what(client):
    at = timezone.now()
    reach(dinsos(), **OWN, actor=make.demo("dinsos"), at=at)
    reach(dinsos(), **{**OWN, "phone": "0812-3456-7890"}, actor=make.demo("utama"))
    first, second = dinsos().changes.filter(kind="reached")
    assert (first.actor_name, first.at, first.before["phone"], first.after["phone"]) == (
        make.demo("dinsos").name,
        at,
        "",
        "(0561) 123456",
    )
    assert (second.actor_name, second.before["phone"], second.after["phone"]) == (
        make.demo("utama").name,
        "(0561) 123456",
        "0812-3456-7890",
    )


def test_what_is_emptied_again_is_answered_by_the_office(client):
    reach(dinsos(), **OWN, actor=make.demo("dinsos"))
    reach(dinsos(), **dict.fromkeys(OWN, ""), actor=make.demo("dinsos"))
    assert "Jalan Contoh Nomor 1" in side(client)


def test_machines_read_it_too(client):
    def contact() -> dict | None:
        units = client.get("/api/v1/units").json()["data"]
        return next(unit["contact"] for unit in units if unit["code"] == "dinsos")

    assert contact() is None
    reach(dinsos(), **OWN, actor=make.demo("dinsos"))
    assert contact() == OWN


def test_another_name_leaves_the_contact():
    reach(dinsos(), **OWN, actor=make.demo("dinsos"))
    day = timezone.localdate()
    rename(dinsos(), name="Dinas Baru", short_name="Baru", starts_on=day, because="Perwa 1", actor=make.demo("utama"))
    shown = ShelfUnit.objects.get(code="dinsos")
    assert (shown.name, dinsos().contact, shown.phone) == ("Dinas Baru", OWN, OWN["phone"])


@pytest.mark.parametrize("who", ["utama", "dinsos"])
def test_who_may(who):
    assert reach(dinsos(), **OWN, actor=make.demo(who)).phone == OWN["phone"]


@pytest.mark.parametrize("who", ["bidang", "operator", "atasan", "disdukcapil"])
def test_who_may_not(who):
    with pytest.raises(UnitForbidden, match="PPID Pelaksana unit itu sendiri"):
        reach(dinsos(), **OWN, actor=make.demo(who))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "hubungi kami", "Tulis satu nomor telepon"),
        ("phone", "12345", "Tulis satu nomor telepon"),
        ("phone", "0561 123456, 0561 654321", "Tulis satu nomor telepon"),
        ("email", "dinsos", "Tulis alamat surel"),
        ("email", "dinsos@", "Tulis alamat surel"),
        ("email", "<a@b.id>", "Tulis alamat surel"),
        ("address", "a" * 301, "Paling panjang 300 huruf; ini 301."),
        ("hours", "a" * 201, "Paling panjang 200 huruf; ini 201."),
    ],
)
def test_what_reaches_nobody_is_refused_with_a_sentence(field, typed, sentence):
    with pytest.raises(UnitRefused, match=sentence) as refused:
        reach(dinsos(), **{**OWN, field: typed}, actor=make.demo("dinsos"))
    assert list(refused.value.fields) == [field]
    assert not dinsos().phone


def test_blanks_around_it_are_dropped_and_nothing_new_is_no_change():
    reach(dinsos(), **{**OWN, "address": "  Jalan  Contoh Nomor 7,  Pontianak "}, actor=make.demo("dinsos"))
    assert dinsos().contact == OWN
    with pytest.raises(UnitRefused, match="Tidak ada yang berubah"):
        reach(dinsos(), **OWN, actor=make.demo("dinsos"))


def test_a_unit_that_has_closed_is_reached_at_its_successor():
    chief = make.demo("utama")
    today = timezone.localdate()
    close_unit(dinsos(), successor=make.unit("dinkes"), last_day=today, because="Perwa 71/2026", actor=chief)
    with pytest.raises(UnitChanged, match="diteruskan oleh"):
        reach(dinsos(), **OWN, actor=chief)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"phone": "0561 123456"}, "ledger row only"), ({"hours": "Senin"}, "ledger row only")],
)
def test_the_database_changes_no_contact_without_its_row(change, says):
    with pytest.raises(DatabaseError, match=says), transaction.atomic():
        Unit.objects.filter(code="dinsos").update(**change)
