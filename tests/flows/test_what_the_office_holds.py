"""The DIP lists what the office holds: with files, on paper alone, or on request; made when the office says so."""

from datetime import date

import pytest
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from ppid.flows.actions import take_step
from ppid.flows.documents import add_document, describe
from ppid.flows.steps import StepUnmet
from ppid.information.models import Information
from ppid.shelf.models import PublishedItem
from tests import make
from tests.portal.test_items import text_of

pytestmark = pytest.mark.django_db

ON_PAPER = {"has_softcopy": False, "has_hardcopy": True}
ON_REQUEST = {"has_softcopy": False, "on_request": True}
# As long as titles of laws are.
LAW = ("Peraturan Daerah Kota Pontianak tentang Perubahan atas Peraturan Daerah " * 8)[:500]


@pytest.mark.parametrize(
    ("forms", "text", "how"),
    [
        (ON_PAPER, "Hardcopy", "Tersedia sebagai hardcopy pada Dinas Sosial"),
        (ON_REQUEST, "Atas permintaan", "Diberikan atas permintaan. Sampaikan permohonan informasi kepada PPID"),
        ({**ON_PAPER, "on_request": True}, "Hardcopy dan atas permintaan", "dijawab paling lambat 10 hari kerja"),
    ],
)
def test_an_item_without_a_file_goes_the_same_way_and_says_how_to_get_it(client, forms, text, how):
    case = make.publication(at="published", **forms)
    item = PublishedItem.objects.get(number=case.information.number)
    assert (item.form_text, item.files.count()) == (text, 0)
    page = text_of(client.get(item.get_absolute_url()))
    assert how in page
    assert item.number in page
    for address in (reverse("portal:dip"), reverse("portal:items"), reverse("portal:home")):
        assert item.title in text_of(client.get(address)), address
        assert text in text_of(client.get(address)), address
    assert text in b"".join(client.get(reverse("portal:dip_csv")).streaming_content).decode()


@pytest.mark.parametrize("forms", [{}, {"has_hardcopy": True}, {"on_request": True}])
def test_what_is_ticked_as_softcopy_still_needs_a_file(forms):
    case, siti = make.publication(at="preparing", **forms), make.demo("dinsos")
    with pytest.raises(StepUnmet, match="hapus centang softcopy"):
        take_step(case, "prepare", actor=siti, evidence=make.evidence(case, siti))


def test_an_item_in_no_form_at_all_is_not_prepared():
    case, siti = make.publication(at="preparing", has_softcopy=False), make.demo("dinsos")
    with pytest.raises(StepUnmet, match="Lengkapi keterangan informasi"):
        take_step(case, "prepare", actor=siti, evidence=make.evidence(case, siti))


def test_a_file_that_would_be_published_is_a_softcopy():
    case, siti = make.publication(at="preparing", **ON_PAPER), make.demo("dinsos")
    add_document(case, make.pdf(), title="Laporan", actor=siti)
    with pytest.raises(StepUnmet, match="keterangannya tidak menyebut softcopy"):
        take_step(case, "prepare", actor=siti, evidence=make.evidence(case, siti))
    describe(make.again(case), {"has_softcopy": True}, actor=siti)
    make.walk(make.again(case), to="published")


@pytest.mark.parametrize(
    ("written", "days"),
    [("2024", (date(2024, 1, 1), date(2024, 12, 31))), ("setiap bulan", (None, None))],
)
def test_when_it_was_made_is_kept_as_written_up_to_the_portal(client, written, days):
    case = make.publication(at="published", made_when=written)
    item = PublishedItem.objects.get(number=case.information.number)
    assert (item.made_when, (item.made_from, item.made_to)) == (written, days)
    assert f"Pontianak, {written}" in text_of(client.get(item.get_absolute_url()))
    assert f"Pontianak, {written}" in text_of(client.get(reverse("portal:dip")))


def test_new_words_bring_new_days_and_days_alone_are_never_changed():
    case, siti = make.publication(at="preparing"), make.demo("dinsos")
    describe(case, {"made_when": "semester II 2025"}, actor=siti)
    item = make.again(case).information
    assert (item.made_from, item.made_to) == (date(2025, 7, 1), date(2025, 12, 31))
    with pytest.raises(DatabaseError), make.savepoint():
        Information.objects.filter(pk=item.pk).update(made_from=date(2020, 1, 1))
    with pytest.raises(IntegrityError, match="made_from_comes_before_made_to"), make.savepoint():
        Information.objects.bulk_create([turned_round(item)])
    describe(make.again(case), {"made_when": "setiap bulan"}, actor=siti)
    item = make.again(case).information
    assert (item.made_from, item.made_to) == (None, None)


def turned_round(item: Information) -> Information:
    days = {"made_when": "x", "made_from": date(2027, 1, 1), "made_to": date(2026, 1, 1)}
    made = {"created_by": item.created_by, "created_at": item.created_at}
    return Information(number="2026-9999", title="x", unit=item.unit, **days, **made)


def test_a_title_as_long_as_a_laws_is_read_everywhere(client):
    assert len(LAW) == 500
    case = make.publication(at="published", title=LAW.strip())
    number = case.information.number
    for address in ("/", "/informasi/", "/dip/", f"/informasi/{number}/"):
        assert LAW.strip() in text_of(client.get(address)), address
    take_step(case, "retract", actor=make.demo("utama"), note="Keliru.")
    assert LAW.strip() in text_of(client.get(f"/informasi/{number}/"))
