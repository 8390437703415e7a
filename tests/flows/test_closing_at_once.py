"""A unit closes at the moment at which somebody begins or does something there: nothing is stranded."""

import pytest
from django.utils import timezone

from ppid.flows.actions import open_publication, register_information
from ppid.flows.closing import close_unit
from ppid.flows.models import Case
from ppid.flows.steps import StepUnmet
from ppid.information.models import Information
from ppid.organisation.models import Unit
from ppid.organisation.unit_history import UnitChange
from ppid.organisation.units import UnitRefused, rename
from sop.drafts.editing import start_sop
from sop.guards import SopRefused
from tests import make
from tests.together import two_at_once

pytestmark = pytest.mark.usefixtures("committed_database")


def closing(code: str = "dinsos", into: str = "dinkes"):
    """Return the act, with what it is given read beforehand."""
    unit, successor, chief, day = make.unit(code), make.unit(into), make.demo("utama"), timezone.localdate()
    return lambda: close_unit(unit, successor=successor, last_day=day, because="Perwa 71/2026", actor=chief)


def nothing_is_left() -> bool:
    closed = Unit.objects.filter(is_active=False)
    return not (Case.objects.filter(unit__in=closed).exists() or Information.objects.filter(unit__in=closed).exists())


def test_a_case_that_is_opened_as_its_unit_closes_is_the_successor_s():
    item, officer = make.information(), make.demo("bidang")
    _, case = two_at_once(closing(), lambda: open_publication(item, actor=officer))
    assert Case.objects.get(pk=case.pk).unit.code == "dinkes"
    assert nothing_is_left()


def test_a_unit_that_closes_as_a_case_is_opened_passes_it_on():
    item, officer = make.information(), make.demo("bidang")
    case, change = two_at_once(lambda: open_publication(item, actor=officer), closing())
    assert isinstance(change, UnitChange)
    assert Case.objects.get(pk=case.pk).passed_on.get().to_name == "Dinas Kesehatan Kota Pontianak"
    assert nothing_is_left()


def test_an_item_is_not_written_for_a_unit_that_closes_meanwhile():
    unit, officer = make.unit("dinsos"), make.demo("bidang")
    _, answer = two_at_once(closing(), lambda: register_information(unit=unit, actor=officer, title="Baru"))
    assert isinstance(answer, StepUnmet)
    assert "Pilih Dinas Kesehatan" in answer.sentences[0]


def test_an_item_that_is_written_as_its_unit_closes_passes_on():
    unit, officer = make.unit("dinsos"), make.demo("bidang")
    item, change = two_at_once(lambda: register_information(unit=unit, actor=officer, title="Baru"), closing())
    assert isinstance(change, UnitChange)
    assert Information.objects.get(pk=item.pk).unit.code == "dinkes"


def test_a_sheet_is_not_begun_for_a_unit_that_closes_meanwhile():
    unit, chief = make.unit("dinsos"), make.demo("utama")
    _, answer = two_at_once(closing(), lambda: start_sop(title="Baru", unit=unit, actor=chief))
    assert isinstance(answer, SopRefused)


def test_a_step_that_is_taken_as_its_unit_closes_is_taken_once_and_passes_on():
    case = make.publication(at="coordinating")
    walked, change = two_at_once(lambda: make.walk(case, to="preparing"), closing())
    assert isinstance(change, UnitChange), change
    assert (walked.state, make.again(case).state, make.again(case).unit.code) == ("preparing", "preparing", "dinkes")


def test_two_units_that_close_into_each_other_leave_one():
    first, second = two_at_once(closing("dinsos", "dinkes"), closing("dinkes", "dinsos"))
    assert isinstance(first, UnitChange)
    assert isinstance(second, UnitRefused)
    assert Unit.objects.get(code="dinkes").is_active


def test_two_names_from_one_day_follow_each_other():
    unit, chief, day = make.unit("dinsos"), make.demo("utama"), timezone.localdate()

    def named(name):
        return lambda: rename(unit, name=name, short_name=name, starts_on=day, because="Perwa", actor=chief)

    two_at_once(named("Satu"), named("Dua"))
    assert [row.name for row in unit.names.all()] == ["Dinas Sosial Kota Pontianak", "Satu", "Dua"]
    assert Unit.objects.get(pk=unit.pk).name == "Dua"
