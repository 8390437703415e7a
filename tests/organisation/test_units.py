"""Units through time: a rename keeps what was, on its day; nothing of a unit changes without its ledger."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ppid.organisation.models import Unit
from ppid.organisation.unit_history import PlannedChange, UnitChange, UnitName
from ppid.organisation.units import (
    UnitChanged,
    UnitForbidden,
    UnitRefused,
    add_unit,
    bring_names_into_force,
    call,
    cancel_plan,
    rename,
)
from ppid.portal.of_edition import ReadOnce
from ppid.shelf.units import ShelfUnit, Units
from ppid.web.spoken import Spoken
from tests import make

pytestmark = pytest.mark.django_db

TODAY, DAY = timezone.localdate(), timedelta(days=1)
FORMER = "Dinas Sosial Kota Pontianak"
NEW = {"name": "Dinas Sosial dan Pemberdayaan Perempuan", "short_name": "Dinsos PP", "because": "Perwa 71/2026"}


@pytest.fixture
def chief():
    return make.demo("utama")


def dinsos() -> Unit:
    return make.unit("dinsos")


def test_every_unit_has_its_first_name_however_it_came_into_the_register():
    assert set(Unit.objects.values_list("pk", "name")) == set(UnitName.objects.values_list("unit", "name"))
    fresh = Unit.objects.create(code="kesbang", name="Badan Kesbangpol", short_name="Kesbangpol")
    assert [(row.name, row.starts_on) for row in fresh.names.all()] == [("Badan Kesbangpol", None)]


def test_a_new_name_holds_from_its_day_on_and_the_former_one_before(chief):
    rename(dinsos(), starts_on=TODAY - 10 * DAY, actor=chief, **NEW)
    unit = dinsos()
    assert (unit.code, unit.name, unit.short_name) == ("dinsos", NEW["name"], NEW["short_name"])
    assert unit.name_on(TODAY - 11 * DAY).name == FORMER
    assert unit.name_on(TODAY - 10 * DAY).name == unit.name_on(TODAY).name == NEW["name"]
    assert UnitName.objects.on(TODAY - 11 * DAY).get(unit=unit).short_name == "Dinas Sosial"


def test_the_ledger_says_who_renamed_it_by_what_law_and_what_it_was(chief):
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    line = UnitChange.objects.get(unit=dinsos())
    assert (line.kind, line.actor_name, line.because, line.effective_on) == (
        "renamed",
        chief.name,
        "Perwa 71/2026",
        TODAY,
    )
    assert (line.before["name"], line.after["name"]) == (FORMER, NEW["name"])


def test_a_name_for_a_day_to_come_waits_for_its_day(chief):
    first_day = TODAY + 3 * DAY
    rename(dinsos(), starts_on=first_day, actor=chief, **NEW)
    assert bring_names_into_force(on=first_day - DAY) == []
    assert dinsos().name == FORMER
    assert [name.name for name in bring_names_into_force(on=first_day)] == [NEW["name"]]
    assert (dinsos().name, dinsos().name_on(first_day - DAY).name) == (NEW["name"], FORMER)
    assert bring_names_into_force(on=first_day) == []


def test_a_plan_that_was_given_up_comes_to_nothing(chief):
    plan = rename(dinsos(), starts_on=TODAY + DAY, actor=chief, **NEW)
    cancel_plan(plan, actor=chief)
    assert bring_names_into_force(on=TODAY + DAY) == []
    with pytest.raises(UnitChanged, match="sudah dibatalkan"):
        cancel_plan(plan, actor=chief)


def test_a_rename_before_the_last_one_is_refused_and_changes_nothing(chief):
    rename(dinsos(), starts_on=TODAY - DAY, actor=chief, **NEW)
    with pytest.raises(UnitRefused, match="paling awal pada hari itu") as refusal:
        rename(dinsos(), name="Dinas Lain", short_name="Dl", starts_on=TODAY - 2 * DAY, because="x", actor=chief)
    assert refusal.value.fields == ("starts_on",)
    assert dinsos().names.count() == 2


def test_a_slip_in_a_name_is_mended_on_the_same_day(chief):
    rename(dinsos(), starts_on=TODAY, actor=chief, **{**NEW, "name": "Dinas Soisal"})
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    assert dinsos().name == dinsos().name_on(TODAY).name == NEW["name"]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": "   "}, "name", "Tulis namanya"),
        ({"short_name": "x" * 61}, "short_name", "Paling panjang 60"),
        ({"because": " "}, "because", "dasar hukum"),
        ({"name": FORMER, "short_name": "Dinas Sosial"}, "name", "sekarang dipakai"),
        ({"name": "dinas kesehatan KOTA pontianak"}, "name", "unit lain"),
        ({"short_name": "disdukcapil"}, "short_name", "unit lain"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beside_its_field(chief, change, field, sentence):
    with pytest.raises(UnitRefused, match=sentence) as refusal:
        rename(dinsos(), actor=chief, **{"starts_on": TODAY, **NEW, **change})
    assert refusal.value.fields == (field,)
    assert dinsos().name == FORMER


def test_two_units_cannot_plan_the_same_name(chief):
    rename(dinsos(), starts_on=TODAY + DAY, actor=chief, **NEW)
    with pytest.raises(UnitRefused, match="akan dipakainya"):
        rename(make.unit("dinkes"), starts_on=TODAY + DAY, actor=chief, **NEW)
    with pytest.raises(UnitRefused, match="sudah tercatat nama lain"):
        rename(dinsos(), starts_on=TODAY + DAY, actor=chief, **{**NEW, "name": "Lain", "short_name": "Ln"})


def test_everyday_names_are_kept_once_each_and_found(chief):
    call(make.unit("disdukcapil"), short_name="Capil", everyday_names=["KTP ", "ktp", "  akta   lahir"], actor=chief)
    unit = make.unit("disdukcapil")
    assert (unit.short_name, unit.everyday_names) == ("Capil", ["KTP", "akta lahir"])
    assert unit.name_on(TODAY).short_name == "Capil"
    assert unit.name_on(TODAY - DAY).short_name == "Disdukcapil"
    assert [found.code for found in Unit.objects.called("akta")] == ["disdukcapil"]
    with pytest.raises(UnitRefused, match="Tidak ada yang berubah"):
        call(unit, short_name="Capil", everyday_names=["KTP", "akta lahir"], actor=chief)


def test_a_former_name_still_finds_the_unit(chief):
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    assert [unit.code for unit in Unit.objects.called("dinas sosial kota")] == ["dinsos"]


def test_what_is_too_much_to_be_called_is_refused(chief):
    with pytest.raises(UnitRefused, match="Paling banyak 20"):
        call(dinsos(), short_name="Dinsos", everyday_names=[f"nama {n}" for n in range(21)], actor=chief)
    with pytest.raises(UnitRefused, match="60 huruf"):
        call(dinsos(), short_name="Dinsos", everyday_names=["x" * 61], actor=chief)


def test_a_unit_is_added_with_its_first_day(chief):
    first_day = date(2017, 1, 3)
    fields = {"code": "bapenda", "name": "Badan Pendapatan Daerah", "short_name": "Bapenda"}
    unit = add_unit(opened_on=first_day, everyday_names=["pajak"], because="Perda 7/2016", actor=chief, **fields)
    assert unit.names.get().starts_on == first_day
    assert UnitChange.objects.get(unit=unit).kind == "added"
    with pytest.raises(UnitRefused, match="unit lain"):
        add_unit(actor=chief, **{**fields, "code": "bapenda2"})
    with pytest.raises(ValidationError):
        add_unit(actor=chief, **{**fields, "name": "Lain", "short_name": "Lain"})  # the code is taken


def test_only_who_keeps_the_office_changes_units():
    for key in ("bidang", "dinsos", "operator", "atasan"):
        for act in (
            lambda who: rename(dinsos(), starts_on=TODAY, actor=who, **NEW),
            lambda who: call(dinsos(), short_name="X", everyday_names=[], actor=who),
            lambda who: add_unit(code="x", name="X", short_name="X", actor=who),
        ):
            with pytest.raises(UnitForbidden):
                act(make.demo(key))


def test_the_portal_calls_a_unit_by_its_present_name(chief):
    make.publication(at="published")
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    call(dinsos(), short_name="Dinsos PP", everyday_names=["bansos"], actor=chief)
    units = Units(ShelfUnit.objects.all())
    assert units.name("dinsos", of_its_day=FORMER) == NEW["name"]
    [(code, name, said)] = ReadOnce(TODAY).items.units
    assert (name, set(said)) == (NEW["name"], {"Dinsos PP", "bansos"})
    spoken = Spoken([(code, said), ("dinkes", ["bansos", "Posyandu"])])
    assert spoken.meant("laporan Posyandu 2026") == ({"dinkes"}, "laporan 2026")
    assert spoken.meant("laporan Bansos 2026") == ({"dinsos", "dinkes"}, "laporan 2026")
    assert spoken.meant("dinsos pp akta") == ({"dinsos"}, "akta")
    assert spoken.meant("bansosku") == (set(), "bansosku")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE organisation_unit SET name = 'Lain' WHERE code = 'dinsos'",
        "UPDATE organisation_unit SET short_name = 'Lain' WHERE code = 'dinsos'",
        "UPDATE organisation_unit SET everyday_names = '{x}' WHERE code = 'dinsos'",
        "UPDATE organisation_unit SET code = 'lain' WHERE code = 'dinsos'",
        "UPDATE organisation_unit SET is_active = false, closed_on = now(),"
        " successor_id = (SELECT id FROM organisation_unit WHERE code = 'dinkes') WHERE code = 'dinsos'",
        "DELETE FROM organisation_unit WHERE code = 'dinsos'",
        "TRUNCATE organisation_unitname",
        "TRUNCATE organisation_unitchange",
        "TRUNCATE organisation_plannedchange",
        "UPDATE organisation_unitname SET name = 'Lain'",
        "DELETE FROM organisation_unitname",
        "UPDATE organisation_unitchange SET actor_name = 'Lain'",
        "DELETE FROM organisation_unitchange",
        "DELETE FROM organisation_plannedchange",
        "UPDATE organisation_plannedchange SET name = 'Lain'",
        "INSERT INTO organisation_unitname (unit_id, name, short_name, starts_on, legal_basis, recorded_by_name,"
        " recorded_at) SELECT id, 'Dahulu', 'Dahulu', '2001-01-01', '', '', now() FROM organisation_unit"
        " WHERE code = 'dinsos'",
    ],
)
def test_the_database_keeps_units_and_their_history(chief, sql):
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    rename(dinsos(), starts_on=TODAY + DAY, actor=chief, **{**NEW, "name": "Dinas Besok", "short_name": "Besok"})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        (FORMER, FORMER, "starts where its unit stands"),
        (NEW["name"], "Nama yang tak pernah ada", "newest name"),
        (NEW["name"], NEW["name"], "without its change"),
    ],
)
def test_a_row_of_the_ledger_is_no_row_without_its_change(chief, starts, ends, sentence):
    rename(dinsos(), starts_on=TODAY, actor=chief, **NEW)
    now = dinsos().told
    before, after = {**now, "name": starts}, {**now, "name": ends, "everyday_names": ["x"]}

    def write():
        with transaction.atomic(), connection.cursor() as cursor:
            UnitChange.objects.create(unit=dinsos(), kind="called", before=before, after=after, at=timezone.now())
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=sentence):
        write()


def test_what_was_planned_and_ended_stays_ended(chief):
    plan = rename(dinsos(), starts_on=TODAY + DAY, actor=chief, **NEW)
    cancel_plan(plan, actor=chief)
    with pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
        PlannedChange.objects.filter(pk=plan.pk).update(cancelled_at=None)


def test_the_shelf_remembers_what_a_unit_was_called_before():
    unit = make.unit("dishub")
    first = unit.name
    for name in ("Dinas Perhubungan Kota", "Dinas Transportasi"):
        rename(
            make.unit("dishub"),
            name=name,
            short_name=name,
            starts_on=timezone.localdate(),
            because="Perwa 1/2026",
            actor=make.demo("utama"),
        )
    assert ShelfUnit.objects.get(code="dishub").former_names == [first, "Dinas Perhubungan Kota"]
