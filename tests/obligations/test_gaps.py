"""What is open at each unit is counted again when the shelf or the day is another one, and never otherwise."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ppid.flows import answering
from ppid.obligations import gaps, tasks
from ppid.obligations.models import Gap
from ppid.upkeep.management.commands.daily import TASKS
from tests import make
from tests.obligations import said
from tests.portal import shelf_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def counted(unit=said.UNIT, *, on=TODAY):
    gaps.count(on=on)
    return Gap.objects.filter(unit_code=unit).values_list("missing", "old", "late").first()


def test_each_unit_has_its_number_and_one_where_nothing_is_open_has_none():
    shelf_rows.duty()
    shelf_rows.duty("ss-sop", category="on_demand", scope="some", unit_codes=["dinkes"])
    assert counted() == (1, 0, 0)
    assert counted("dinkes") == (2, 0, 0)
    item = shelf_rows.item(published_at=timezone.now())
    shelf_rows.fill(item.number)
    Gap.objects.all().delete()  # as another edition would have it: all of a test is one edition
    assert counted() is None
    assert counted(on=TODAY + timedelta(days=300)) == (0, 1, 0), "it grows old by itself"


def test_the_same_shelf_is_not_counted_twice_on_a_day():
    shelf_rows.duty()
    assert gaps.count(on=TODAY) is True
    assert gaps.count(on=TODAY) is False
    assert gaps.count(on=TODAY + timedelta(days=1)) is True


def test_work_that_outlives_its_day_is_late():
    shelf_rows.duty()
    given = {"of": make.unit("dinsos"), "title": "Profil", "wanted_by": TODAY, "actor": make.demo("bidang")}
    answering.start(said.DUTY, said.UNIT, "", **given)
    assert counted() is None
    assert counted(on=TODAY + timedelta(days=1)) == (0, 0, 1)


def by_the_worker():
    tasks.count()


def by_hand():
    call_command("count_gaps", stdout=io.StringIO())


@pytest.mark.parametrize("counts", [by_the_worker, by_hand])
def test_the_worker_and_the_daily_command_count_alike_and_as_of_today(counts, monkeypatch):
    shelf_rows.duty()
    counts()
    gap = Gap.objects.get(unit_code=said.UNIT)
    assert (gap.missing, gap.counted_on) == (1, TODAY)
    counts()
    assert Gap.objects.get(unit_code=said.UNIT).pk == gap.pk, "neither the shelf nor the day is another one"
    monkeypatch.setattr(timezone, "localdate", lambda at=None: TODAY + timedelta(days=1))
    counts()
    assert Gap.objects.get(unit_code=said.UNIT).counted_on == TODAY + timedelta(days=1)


def test_what_the_night_changes_is_counted_in_the_same_night():
    before = ["bring_units_about", "bring_sops_into_force", "lapse_exclusions"]
    assert all(TASKS.index(task) < TASKS.index("count_gaps") for task in before)
