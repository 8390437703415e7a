"""What was done keeps the name that its unit bore on its day: ledger, passport, lembar uji, decree, DIK, sheet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ppid.desk.registers.columns import CASES_CSV
from ppid.flows.actions import take_step
from ppid.flows.closing import close_unit
from ppid.flows.dik import dik_entry
from ppid.flows.models import Case
from ppid.flows.papers import exclusion_papers
from ppid.flows.passport import passport
from ppid.organisation.units import rename
from ppid.shelf.models import DikEntry, PublishedItem
from sop.models import SopVersion
from tests import make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
FORMER, NEW = "Dinas Sosial Kota Pontianak", "Dinas Sosial dan Pemberdayaan Perempuan"


def renamed(code: str = "dinsos", name: str = NEW, short_name: str = "Dinsos PP") -> None:
    unit, chief = make.unit(code), make.demo("utama")
    rename(unit, name=name, short_name=short_name, starts_on=TODAY, because="Perwa 71/2026", actor=chief)


def test_the_ledger_keeps_the_names_and_what_follows_has_the_new_ones():
    case = make.publication(at="clarifying")
    renamed()
    make.step(case, "clarify", actor="utama")
    *before, last = make.again(case).records.all()
    assert {(record.unit_name, record.unit_short_name) for record in before} == {(FORMER, "Dinas Sosial")}
    assert (last.unit_name, last.unit_short_name) == (NEW, "Dinsos PP")


def test_the_passport_tells_each_step_by_the_name_of_its_day():
    case = make.publication(at="clarifying")
    renamed()
    offices = {row["office"] for row in passport(make.walk(case, to="published"))}
    assert "PPID Pelaksana · Dinas Sosial" in offices
    assert not [office for office in offices if "Dinsos PP" in office]


def test_an_item_that_is_published_bears_the_name_of_that_day_and_keeps_it():
    before = make.publication(at="published")
    renamed()
    after = make.publication(at="published")
    shown = dict(PublishedItem.objects.values_list("number", "unit_name"))
    assert (shown[before.information.number], shown[after.information.number]) == (FORMER, NEW)


@pytest.fixture
def excluded():
    case = make.adopted(unit="disdukcapil")
    renamed("disdukcapil", "Dinas Admindukcapil", "Adminduk")
    return make.again(case)


def test_lembar_uji_and_decree_print_the_unit_as_it_was(excluded):
    former = "Dinas Kependudukan dan Pencatatan Sipil Kota Pontianak"
    assert (excluded.exclusion.test.unit_name, excluded.exclusion.decree.unit_name) == (former, former)
    for kind in (exclusion_papers.test_sheet, exclusion_papers.minutes, exclusion_papers.decree):
        paper = repr(kind(excluded, TODAY))
        assert former in paper
        assert "Unit yang menguasai', 'Dinas Admindukcapil" not in paper


def test_what_a_lembar_uji_said_is_what_its_digest_says(excluded):
    assert excluded.exclusion.test.reckon_digest() == excluded.exclusion.test.digest


def test_the_dik_keeps_the_name_also_when_its_entry_is_written_again(excluded):
    entry = DikEntry.objects.get(number=excluded.number)
    exclusion = excluded.exclusion
    again = dik_entry(excluded, exclusion.test, exclusion.decree, adopted_at=exclusion.adopted_at)
    assert again.unit_name == entry.unit_name != make.unit("disdukcapil").name


def test_an_approved_sheet_keeps_the_name_under_which_it_was_approved():
    version = SopVersion.objects.get(sop__flow="publication")
    owner = version.sop.unit
    assert version.unit_name == owner.name
    renamed(owner.code, "Dinas Kominfo Baru", "Kominfo Baru")
    assert SopVersion.objects.get(pk=version.pk).unit_name == owner.name


def register_says(case: Case) -> str:
    column = next(column for column in CASES_CSV if column.heading == "Perangkat daerah")
    return column.value(Case.objects.for_register(at=timezone.now()).get(pk=case.pk))


def test_registers_name_the_unit_of_an_ended_case_as_it_was_and_of_a_running_one_as_it_is():
    ended, running = make.publication(at="published"), make.publication(at="clarifying")
    renamed()
    assert (register_says(ended), register_says(running)) == (FORMER, NEW)


def test_a_case_that_passed_on_goes_on_under_the_successor_s_name():
    case = make.publication(at="clarifying")
    chief = make.demo("utama")
    close_unit(make.unit("dinsos"), successor=make.unit("dinkes"), last_day=TODAY, because="Perwa 71/2026", actor=chief)
    at = timezone.now() + timedelta(minutes=1)
    record = take_step(make.again(case), "return_for_repair", actor=chief, note="Perbaiki.", at=at)
    assert type(record).objects.get(pk=record.pk).unit_short_name == make.unit("dinkes").short_name
